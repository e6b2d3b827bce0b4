namespace CaseManagement.Web.Features.BreakGlass;

/// <summary>Texts of this page.</summary>
public sealed class BreakGlassText;

/// <summary>Where an opening stands.</summary>
public enum BreakGlassStand
{
    Waiting,
    Open,
    Refused,
    Over,
}

/// <summary>What was asked and opened in emergencies, as far as it is the reader's business, and the form to ask.</summary>
public sealed record BreakGlassPage
{
    /// <summary>The newest first.</summary>
    public required IReadOnlyList<BreakGlassRow> Rows { get; init; }

    /// <summary>The reader may ask.</summary>
    public required bool MayAsk { get; init; }

    /// <summary>The reader belongs to those who see the settings.</summary>
    public required bool HasSettings { get; init; }
    public required BreakGlassForm Form { get; init; }

    /// <summary>What is wrong with what was typed, or why it cannot be done.</summary>
    public string? Error { get; init; }
}

/// <summary>One opening, in words.</summary>
public sealed record BreakGlassRow
{
    public required Guid Id { get; init; }
    public required string Number { get; init; }
    public required string Who { get; init; }
    public required string Reason { get; init; }
    public required BreakGlassStand Stand { get; init; }

    /// <summary>When it was asked, and when it ends or ended.</summary>
    public required IReadOnlyList<string> When { get; init; }

    /// <summary>Where the reader reads the case; null: it is not open to them.</summary>
    public string? Href { get; init; }

    /// <summary>What is to be said of its review; null: there is none.</summary>
    public string? Review { get; init; }
    public bool ReviewIsLate { get; init; }
    public bool MayDecide { get; init; }
    public bool MayEnd { get; init; }
    public bool MayReview { get; init; }
}

/// <summary>What was typed.</summary>
public sealed record BreakGlassForm
{
    public string? Number { get; init; }
    public string? Reason { get; init; }
}
