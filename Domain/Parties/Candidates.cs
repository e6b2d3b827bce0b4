namespace CaseManagement.Domain.Parties;

/// <summary>The written forms of "who": <c>role</c>, <c>role@department</c>, <c>role@lead</c>, <c>role@each</c>, a fact's name, <c>handler</c>, <c>team</c>.</summary>
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
}
