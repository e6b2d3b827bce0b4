using CaseManagement.Domain.Parties;

namespace CaseManagement.Domain.Delegations;

/// <summary>The rules about acting for somebody. Outside programs rely on the codes.</summary>
public static class DelegationRules
{
    /// <summary>Longest time from the first day to the last, and farthest ahead the first may lie.</summary>
    public const int MostDays = 366;

    /// <summary>Longest reason, in characters.</summary>
    public const int LongestReason = 500;

    /// <summary>The role whose holders answer for the people of their department.</summary>
    public const string SupervisorRole = "supervisor";

    public static readonly Rule NotOneself = new("delegation.self", "Nobody acts for themselves.");
    public static readonly Rule PersonUnknown = new("delegation.person-unknown", "No such person works here.");
    public static readonly Rule NotYours = new("delegation.not-yours", "Only the person, or whoever leads or supervises their unit, has somebody act for them.");
    public static readonly Rule DaysWrong = new("delegation.days-wrong", "The first day is today or later and at most a year ahead; the last is not before it and at most a year after it.");
    public static readonly Rule ReasonWrong = new("delegation.reason-wrong", "A reason of 1 to 500 characters is required.");
    public static readonly Rule CoverIsWhole = new("delegation.cover-is-whole", "Cover for an absence is for all tasks.");
    public static readonly Rule Overlap = new("delegation.overlaps", "Somebody acts for this person on the same tasks in that time already.");
    public static readonly Rule ToIsAway = new("delegation.to-away", "The one who shall act is away in that time.");
    public static readonly Rule Over = new("delegation.over", "It is over already.");

    /// <summary>Nobody lets this person act for the other on this task now.</summary>
    public static readonly Rule NoneHere = new("delegation.none", "Nobody has this person act for the other on this task.");

    /// <summary>A sealed case is for the persons named on it alone.</summary>
    public static readonly Rule SealedCase = new("delegation.sealed", "On a sealed case nobody acts for another.");

    /// <summary>Who acts for another gives nothing on.</summary>
    public static readonly Rule NotOnward = new("delegation.onward", "Whoever acts for another does not pass it on.");

    /// <summary>A task is delegated by the one whose it is.</summary>
    public static readonly Rule NotYourTask = new("delegation.not-your-task", "A task is delegated by the person whose it is.");

    /// <summary>Whether somebody may have others act for a person: the person, a supervisor in one of their departments, the head of one or above.</summary>
    public static bool MaySetFor(string by, string from, OrganisationChart chart)
    {
        if (by == from)
        {
            return true;
        }

        var (who, memberships) = (chart.Find(by), chart.Find(from)?.Memberships ?? []);
        return memberships.Select(m => m.Department).OfType<string>().Any(department =>
            chart.HeadsOver(department).Contains(by)
            || who?.Memberships.Any(m => m.Role == SupervisorRole && (m.Department is null || m.Department == department)) == true);
    }

    /// <summary>Checks a delegation that is to be set.</summary>
    /// <param name="wanted">What is to be set.</param>
    /// <param name="reason">Why.</param>
    /// <param name="by">Who sets it, by id.</param>
    /// <param name="chart">The organisation, with the delegations there are.</param>
    /// <param name="today">Where the day begins on which it is set.</param>
    /// <exception cref="RuleViolationException">It may not be set.</exception>
    public static void ThrowUnlessMaySet(Delegation wanted, string? reason, string by, OrganisationChart chart, DateTimeOffset today)
    {
        RuleViolationException.ThrowUnless(chart.Knows(wanted.From), PersonUnknown);
        RuleViolationException.ThrowUnless(MaySetFor(by, wanted.From, chart), NotYours);
        RuleViolationException.ThrowUnless(chart.Knows(wanted.To), PersonUnknown);
        RuleViolationException.ThrowUnless(wanted.From != wanted.To, NotOneself);
        RuleViolationException.ThrowUnless(
            wanted.Starts >= today && wanted.Starts <= today.AddDays(MostDays) && wanted.Ends > wanted.Starts && wanted.Ends <= wanted.Starts.AddDays(MostDays + 1), DaysWrong);
        RuleViolationException.ThrowUnless(reason?.Trim() is { Length: > 0 and <= LongestReason } said && !said.Contains('\0', StringComparison.Ordinal), ReasonWrong);
        RuleViolationException.ThrowUnless(!wanted.IsCover || (wanted.Processes.Count == 0 && wanted.Kinds.Count == 0), CoverIsWhole);
        RuleViolationException.ThrowUnless(!chart.Delegations.Any(wanted.Overlaps), Overlap);
        RuleViolationException.ThrowUnless(!chart.Delegations.Any(d => d.IsCover && d.From == wanted.To && d.EndedAt is null && d.MeetsIn(wanted)), ToIsAway);
    }

    /// <summary>Whether somebody may end it before its time: whoever might set it, and the one who acts.</summary>
    public static bool MayEnd(Delegation delegation, string by, OrganisationChart chart) => by == delegation.To || MaySetFor(by, delegation.From, chart);
}
