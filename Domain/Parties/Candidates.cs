namespace CaseManagement.Domain.Parties;

/// <summary>
/// The written forms of "who": <c>role</c>, <c>role@department</c>, <c>role@lead</c>, <c>role@each</c>, a fact's name, <c>handler</c>, <c>team</c>; in a task
/// for each element of a list also <c>each</c>, <c>each.column</c> and <c>role@each.column</c>;
/// and, where a time limit escalates, <c>user:id</c>, <c>head:lead</c>, <c>head:department</c>, <c>up</c> and <c>up:role</c>.
/// </summary>
public static class Candidates
{
    /// <summary>Marks a resolved candidate that is one person, not a role.</summary>
    public const string UserPrefix = "user:";

    /// <summary>The complainant as a recipient; never a candidate.</summary>
    public const string Complainant = "complainant";

    /// <summary>The person who handles the case.</summary>
    public const string Handler = "handler";

    /// <summary>The persons who handle the case together.</summary>
    public const string Team = "team";

    /// <summary>The element of the list the task stands for, where that is a person or role; after <c>@</c>, where it is a department.</summary>
    public const string Each = "each";

    /// <summary>Marks the head of a department: <c>head:lead</c> of the one that leads the case, <c>head:key</c> of one by name.</summary>
    public const string HeadPrefix = "head:";

    /// <summary>The next level up the organisation chart: the head of the department above the one last told of this clock.</summary>
    public const string Up = "up";

    /// <summary>The same, with the role that answers where nobody above is left: <c>up:gm</c>.</summary>
    public const string UpPrefix = "up:";

    /// <summary>Whether this asks the organisation chart.</summary>
    public static bool AsksChart(string who) =>
        who == Up || who.StartsWith(UpPrefix, StringComparison.Ordinal) || who.StartsWith(HeadPrefix, StringComparison.Ordinal)
        || who.StartsWith(UserPrefix, StringComparison.Ordinal);
}
