namespace CaseManagement.Domain.Masking;

/// <summary>What kind of personal data a value is. How much of each a reader is shown is decided by <see cref="Sight"/> alone.</summary>
public enum DataClass
{
    /// <summary>The complainant's name.</summary>
    Name,

    /// <summary>A telephone number of theirs.</summary>
    Phone,

    /// <summary>An e-mail address of theirs.</summary>
    Email,

    /// <summary>Where they live.</summary>
    Address,

    /// <summary>What a process marks as sensitive: identity numbers, accounts, health.</summary>
    Protected,

    /// <summary>Whom the complaint is about.</summary>
    Respondent,

    /// <summary>What somebody wrote; names and numbers may stand anywhere in it.</summary>
    Words,
}

/// <summary>How much of a value is shown.</summary>
public enum Shown
{
    /// <summary>All of it.</summary>
    Full,

    /// <summary>Enough to tell two apart, such as 138****2046.</summary>
    Part,

    /// <summary>That there is something, at most.</summary>
    Hidden,
}

/// <summary>As what somebody reads a case.</summary>
public enum Standing
{
    /// <summary>A program whose key opens the case.</summary>
    Program,

    /// <summary>Handles it, is of the team, holds an open task or may take one, or is named.</summary>
    Works,

    /// <summary>May act on it without working on it: supervisors and heads, who took it in or had a task of it.</summary>
    Answers,

    /// <summary>Works in a department of the case and has no part in it.</summary>
    Colleague,

    /// <summary>Reads cases and changes nothing.</summary>
    Reads,

    /// <summary>An auditor.</summary>
    Audits,
}
