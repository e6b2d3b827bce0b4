namespace CaseManagement.Domain.Parties;

/// <summary>The person or organisation who complains, as far as they said who they are.</summary>
public sealed record Complainant
{
    public string? Name { get; init; }
    public string? Phone { get; init; }
    public string? Email { get; init; }

    /// <summary>person, company, authority, media or staff.</summary>
    public string? Kind { get; init; }

    /// <summary>What they read, <c>zh-CN</c> or <c>en</c>: they are written to in it. Null: not known, and they are written to in both.</summary>
    public string? Language { get; init; }

    /// <summary>True: no identity is kept; name, phone and e-mail are empty.</summary>
    public bool Anonymous { get; init; }

    /// <summary>True: the respondent and their department must not learn who it is.</summary>
    public bool Confidential { get; init; }
}

/// <summary>Whom the complaint is about, as far as it is known.</summary>
public sealed record Respondent(string? Department, string? Person);
