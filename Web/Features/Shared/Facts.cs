namespace CaseManagement.Web.Features.Shared;

/// <summary>A section of the facts column.</summary>
public sealed record FactsSection(string Title, string Icon, IReadOnlyList<FactLine> Lines)
{
    public IReadOnlyList<FactLink> Links { get; init; } = [];
    public string? Remark { get; init; }
    public string? ActionText { get; init; }
    public string? ActionHref { get; init; }
}

/// <summary>A name and its value; exactly one of text, instant or day carries the value.</summary>
public sealed record FactLine(string Name, string Text = "")
{
    public DateTimeOffset? At { get; init; }
    public DateOnly? Day { get; init; }
    public StateMark? State { get; init; }

    /// <summary>A number or an amount: set right, in figures of equal width.</summary>
    public bool Figure { get; init; }

    /// <summary>BCP 47 language of the text where people wrote it in another one than the page's.</summary>
    public string? Language { get; init; }
}

/// <summary>A case or document that belongs to this one.</summary>
public sealed record FactLink(string Href, string Text, string Remark, StateMark? State = null);

/// <summary>The facts column of a case.</summary>
public sealed record FactsPanel(string Zone, IReadOnlyList<FactsSection> Sections);
