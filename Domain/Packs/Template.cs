using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Packs;

/// <summary>What a template writes.</summary>
public enum TemplateKind
{
    Message,

    /// <summary>Shown on the board.</summary>
    Notice,

    /// <summary>With signatures, copies and a number of its own.</summary>
    Document,
}

/// <summary>A text in both languages, with Handlebars placeholders.</summary>
public sealed record Template(string Key, TemplateKind Kind, BilingualText Subject, BilingualText Body)
{
    /// <summary>Receivers; empty where the shape or rung that sends it says who.</summary>
    public IReadOnlyList<string> To { get; init; } = [];

    /// <summary>Ways in order of preference: sms, email, letter, phone, fax, inbox, webhook, board.</summary>
    public IReadOnlyList<string> Via { get; init; } = [];

    /// <summary>Facts whose files go along.</summary>
    public IReadOnlyList<string> Attach { get; init; } = [];

    /// <summary>Who receives a copy of the document.</summary>
    public IReadOnlyList<string> Copies { get; init; } = [];

    public IReadOnlyList<Named> Signatures { get; init; } = [];

    public IReadOnlyList<string> Clauses { get; init; } = [];
}
