using System.Text.Json.Serialization;
using CaseManagement.Domain.Delegations;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Parties;

namespace CaseManagement.Domain.Complaints;

/// <summary>Whether the one complained of is known among the staff.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RespondentBinding>))]
public enum RespondentBinding
{
    /// <summary>No person is complained of.</summary>
    None,

    /// <summary>A name that nobody has bound: staff of that name are kept out until somebody does.</summary>
    Unknown,

    /// <summary>A member of the staff.</summary>
    Staff,

    /// <summary>Nobody who works here.</summary>
    NotStaff,
}

/// <summary>Somebody who said that they have a part in the matter.</summary>
public sealed record DeclaredInterest(string Person, string? Reason, DateTimeOffset At);

/// <summary>
/// Who is kept out of one case: the one complained of and everyone below them, whoever declared an interest, staff who complain themselves, and whoever
/// acts for any of these at present. What a department is complained of for, it usually has to put right: that keeps nobody out.
/// </summary>
public sealed class CaseExclusion
{
    /// <summary>Who led a department within so many days before the case came in counts as having led it when things happened.</summary>
    public const int DaysBefore = 365;

    [JsonInclude]
    public RespondentBinding Binding { get; internal set; }

    /// <summary>The member of the staff complained of, by id.</summary>
    [JsonInclude]
    public string? Staff { get; internal set; }

    [JsonInclude]
    public List<DeclaredInterest> Interests { get; internal set; } = [];

    /// <summary>Ids of all who are kept out now, in order.</summary>
    [JsonInclude]
    public List<string> Barred { get; internal set; } = [];

    /// <summary>Whether a person is kept out; a program never is.</summary>
    public bool Bars(string? person) => person is not null && Barred.Contains(person);

    /// <summary>Whether a resolved candidate stands for one person who is kept out.</summary>
    public bool BarsCandidate(string candidate) =>
        candidate.StartsWith(Candidates.UserPrefix, StringComparison.Ordinal) && Barred.Contains(candidate[Candidates.UserPrefix.Length..]);

    /// <summary>Somebody says that they have a part in the matter, and gives the case up.</summary>
    /// <exception cref="RuleViolationException"><see cref="ConfidentialityRules.InterestDeclared"/></exception>
    public void Declare(CaseAct act, string? reason)
    {
        var person = act.By.PersonId ?? throw new RuleViolationException(Tasks.TaskRules.NotACandidate);
        RuleViolationException.ThrowUnless(!Interests.Exists(i => i.Person == person), ConfidentialityRules.InterestDeclared);
        if (reason is { Length: > 0 })
        {
            Complaint.ThrowUnlessText(reason);
        }

        Interests.Add(new DeclaredInterest(person, reason, act.At));
        act.Record(CaseEvents.InterestDeclared, ("reason", string.IsNullOrWhiteSpace(reason) ? null : reason.Trim()));
        Follow(act);
    }

    /// <summary>Says who among the staff the one complained of is, or that they are none of them.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="staff">The person's id; null: nobody who works here.</param>
    /// <exception cref="RuleViolationException"><see cref="ConfidentialityRules.NoRespondent"/>, <see cref="ConfidentialityRules.PersonUnknown"/></exception>
    public void Bind(CaseAct act, string? staff)
    {
        RuleViolationException.ThrowUnless(act.Complaint.Respondent?.Person is { Length: > 0 }, ConfidentialityRules.NoRespondent);
        RuleViolationException.ThrowUnless(staff is null || act.Rules.Chart.Knows(staff), ConfidentialityRules.PersonUnknown);
        (Binding, Staff) = (staff is null ? RespondentBinding.NotStaff : RespondentBinding.Staff, staff);
        act.Record(CaseEvents.RespondentBound, ("binding", Binding.ToString()));
        Follow(act);
    }

    /// <summary>Says whom the complaint is about. Who is named loses the case in the same commit.</summary>
    /// <exception cref="RuleViolationException"><see cref="ConfidentialityRules.RespondentTooLong"/></exception>
    public void Name(CaseAct act, Respondent respondent)
    {
        RuleViolationException.ThrowUnless((respondent.Person?.Length ?? 0) <= 100 && (respondent.Department?.Length ?? 0) <= 100, ConfidentialityRules.RespondentTooLong);
        var complaint = act.Complaint;
        var named = new Respondent(Given(respondent.Department), Given(respondent.Person));
        if (named == (complaint.Respondent ?? new Respondent(null, null)))
        {
            return;
        }

        var isOther = named.Person != complaint.Respondent?.Person;
        complaint.Respondent = named is { Department: null, Person: null } ? null : named;
        act.Record(CaseEvents.RespondentNamed, ("department", named.Department));
        act.Log.Signal(CaseSignals.FactsChanged);
        if (isOther)
        {
            Rebind(act);
        }

        static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
    }

    /// <summary>The one complained of is named, or another than before: by the id of a member of the staff, or by a name nobody has bound.</summary>
    internal void Rebind(CaseAct act)
    {
        (Binding, Staff) = act.Complaint.Respondent?.Person is not { Length: > 0 } person ? (RespondentBinding.None, null)
            : act.Rules.Chart.Knows(person) ? (RespondentBinding.Staff, person)
            : (RespondentBinding.Unknown, (string?)null);
        Follow(act);
    }

    /// <summary>Works out again who is kept out, and who may take the tasks nobody holds, as after a change of the organisation.</summary>
    /// <returns>Whether the case has to be written.</returns>
    public static bool Changes(CaseAct act)
    {
        var before = act.Complaint.Tasks.Open.SelectMany(t => t.CandidateKeys).ToList();
        if (act.Complaint.Exclusion.Follow(act) || act.Complaint.Confidentiality.Follow(act))
        {
            return true;
        }

        if (act.Complaint.Exclusion.Barred.Count == 0)
        {
            return false;
        }

        act.Complaint.Tasks.ResolveCandidates(act);
        return !act.Complaint.Tasks.Open.SelectMany(t => t.CandidateKeys).SequenceEqual(before, StringComparer.Ordinal);
    }

    /// <summary>Works out again who is kept out. Who is kept out from now on loses what they held of the case.</summary>
    /// <returns>Whether anybody came or went.</returns>
    internal bool Follow(CaseAct act)
    {
        // of a case written before names were bound
        if (Binding == RespondentBinding.None && act.Complaint.Respondent?.Person is { Length: > 0 } named)
        {
            (Binding, Staff) = act.Rules.Chart.Knows(named) ? (RespondentBinding.Staff, named) : (RespondentBinding.Unknown, null);
        }

        var wanted = Of(act.Complaint, act.Rules.Chart, act.At);
        if (wanted.SequenceEqual(Barred, StringComparer.Ordinal))
        {
            return false;
        }

        List<string> newcomers = [.. wanted.Except(Barred, StringComparer.Ordinal)];
        Barred = wanted;
        if (newcomers.Count > 0)
        {
            // not who: it would tell of a member of the staff that they complained
            act.As(Actor.Workflow).Record(CaseEvents.ExclusionApplied);
            LetGo(act, newcomers);
            act.Complaint.Confidentiality.TakeOut(act, newcomers);
        }

        act.Complaint.Tasks.ResolveCandidates(act);
        act.Log.Signal(CaseSignals.FactsChanged);
        return true;
    }

    /// <summary>These persons have no part in the case any more: what they held is there to be taken by others, and nothing that waits to be sent reaches them.</summary>
    internal static void LetGo(CaseAct act, IReadOnlyList<string> people)
    {
        var (process, facts, tasks) = (act.As(Actor.Workflow), act.Complaint.Facts, act.Complaint.Tasks);
        foreach (var task in tasks.Open.Where(t => t.Assignee is { } holder && people.Contains(holder)).ToList())
        {
            tasks.TakeBack(process, task);
        }

        if (act.Complaint.Handler is { } handler && people.Contains(handler))
        {
            facts.Set("handler", FactValue.Unknown);
        }

        if (facts["team"].List is { } team && team.Any(people.Contains))
        {
            var left = team.Where(p => !people.Contains(p)).ToList();
            facts.Set("team", left.Count == 0 ? FactValue.Unknown : FactValue.OfList(left));
        }

        tasks.TakeBackDelegated(people);
        foreach (var person in people)
        {
            act.Log.Silence(person);
        }
    }

    private List<string> Of(Complaint complaint, OrganisationChart chart, DateTimeOffset at)
    {
        var respondents = Binding switch
        {
            RespondentBinding.Staff => [Staff!],
            RespondentBinding.Unknown => chart.HasStaff ? chart.NamedLike(complaint.Respondent!.Person!) : [complaint.Respondent!.Person!],
            _ => (IReadOnlyList<string>)[],
        };
        var barred = new SortedSet<string>(respondents, StringComparer.Ordinal);
        foreach (var respondent in respondents)
        {
            barred.UnionWith(chart.Below(respondent, complaint.ReceivedAt.AddDays(-DaysBefore)));
        }

        barred.UnionWith(Interests.Select(i => i.Person));
        barred.UnionWith(chart.AmongStaff(complaint.Complainant));
        barred.UnionWith(chart.ActingForAny([.. barred], at));
        return [.. barred];
    }
}
