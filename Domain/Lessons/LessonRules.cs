using CaseManagement.Domain.Authority;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Masking;
using CaseManagement.Domain.Parties;

namespace CaseManagement.Domain.Lessons;

/// <summary>When a case may become a lesson, and who says so. Outside programs rely on the codes.</summary>
public static class LessonRules
{
    public static readonly Rule CaseOpen = new("lesson.case-open", "Only a closed case is released as a lesson.");
    public static readonly Rule KeptClosely = new("lesson.kept-closely", "A case that is kept closely, or whose data is restricted or to be erased, is no lesson.");
    public static readonly Rule Exists = new("lesson.exists", "The case is in the library, or somebody has proposed it.");
    public static readonly Rule NotProposed = new("lesson.not-proposed", "The lesson does not wait for a decision.");
    public static readonly Rule NotReleased = new("lesson.not-released", "The lesson is not in the library.");
    public static readonly Rule Own = new("lesson.own", "Whoever proposed a lesson does not release it.");
    public static readonly Rule NotAllowed = new("lesson.not-allowed", "The process names who releases lessons; this person is not one of them.");
    public static readonly Rule ReasonRequired = new("lesson.reason-required", "Say why it is not released.");

    /// <summary>Lets a case become a lesson or refuses it.</summary>
    /// <exception cref="RuleViolationException"><see cref="CaseOpen"/>, <see cref="KeptClosely"/>, or a gate of the process: what must hold, not who may.</exception>
    public static void EnsureMayBecome(Complaint complaint, CaseRules rules)
    {
        RuleViolationException.ThrowUnless(!complaint.IsOpen, CaseOpen);
        RuleViolationException.ThrowUnless(complaint.Confidentiality.Level < ConfidentialityLevel.Restricted && !complaint.Rights.IsRestricted && complaint.Rights.Erasure is null, KeptClosely);
        rules.Pack.Gates.ThrowIfRefused(GateAction.Lesson, new CaseFacts(complaint, rules));
    }

    /// <summary>The roles that release lessons of a process; none: whoever proposes one releases it with that.</summary>
    public static IReadOnlyList<string> ReleasedBy(CaseRules rules) =>
        [.. rules.Pack.Gates.Where(gate => gate.Action == GateAction.Lesson).SelectMany(gate => gate.Only).Distinct(StringComparer.Ordinal)];

    /// <summary>Whether somebody holds a role that releases lessons of a process.</summary>
    public static bool MayRelease(CaseRules rules, Performer who) =>
        ReleasedBy(rules) is { Count: 0 } || ReleasedBy(rules).Any(role => who.Memberships.Any(m => m.Role == role));

    /// <summary>Recognises the persons of a case: what it covers stands in no lesson.</summary>
    public static WordMask MaskOf(Complaint complaint, OrganisationChart chart)
    {
        var (who, respondent) = (complaint.Complainant, complaint.Respondent?.Person);
        return new WordMask(
            new[] { who.Name, who.Phone, who.Email, respondent, respondent is null ? null : chart.Find(respondent)?.Name }.Select(known => (known, Mask.Nothing)),
            hides: true);
    }
}
