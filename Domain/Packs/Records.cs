using CaseManagement.Domain.Classification;
using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Packs;

/// <summary>How long something is kept.</summary>
/// <param name="What">What is kept, such as <c>case</c>.</param>
/// <param name="From">The moment or date fact it is counted from.</param>
/// <param name="For">How long.</param>
public sealed record RetentionRule(string What, string From, PackSpan For)
{
    /// <summary>The law asks for it: the process may keep it longer and never shorter.</summary>
    public bool Statutory { get; init; }
}

/// <summary>What is hidden, when, and from whom.</summary>
/// <param name="Key">Key within the pack.</param>
/// <param name="When">Holds while it is hidden.</param>
/// <param name="Hide">Fact keys, <c>complainant</c>, <c>attachments</c> or <c>case</c>.</param>
/// <param name="VisibleTo">Candidates who may read it all the same.</param>
/// <param name="Clauses">Clauses of the policy.</param>
public sealed record ConfidentialityRule(
    string Key, Condition When, IReadOnlyList<string> Hide, IReadOnlyList<string> VisibleTo, IReadOnlyList<string> Clauses);

/// <summary>A register book: which columns it shows.</summary>
public sealed record RegisterBook(BilingualText Name, IReadOnlyList<string> Columns);

/// <summary>How cases are numbered, kept and hidden.</summary>
public sealed record RecordRules(NumberScheme Numbering)
{
    public IReadOnlyList<RetentionRule> Retention { get; init; } = [];

    public IReadOnlyList<ConfidentialityRule> Confidentiality { get; init; } = [];

    public RegisterBook? Book { get; init; }

    /// <summary>The department that keeps the archive.</summary>
    public string? Archive { get; init; }
}
