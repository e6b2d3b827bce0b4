using CaseManagement.Web.Features.Shared;

namespace CaseManagement.Web.Features.YourData;

/// <summary>Texts of this page.</summary>
public sealed class YourDataText;

/// <summary>Texts the server puts into it.</summary>
public sealed class YourDataWords;

/// <summary>Something that may be asked.</summary>
/// <param name="Key">One of <see cref="Domain.Complaints.DataRequestKinds"/>.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Means">What comes of it.</param>
public sealed record RightChoice(string Key, string Name, string Means);

/// <summary>A request that was made.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Name">What was asked.</param>
/// <param name="State">How it stands.</param>
/// <param name="At">When it came in.</param>
/// <param name="Reason">Why it ended so; null where nothing was said.</param>
public sealed record MadeRequest(string Number, string Name, StateMark State, DateTimeOffset At, string? Reason)
{
    /// <summary>Where its file is fetched; null while there is none, or no more.</summary>
    public string? FetchHref { get; init; }

    /// <summary>Until when.</summary>
    public DateTimeOffset? FetchUntil { get; init; }

    /// <summary>It was fetched.</summary>
    public DateTimeOffset? FetchedAt { get; init; }
}

/// <summary>What a complainant sees of, and may ask about, their personal data in one case.</summary>
public sealed record YourDataPage
{
    public required string Number { get; init; }
    public required string Zone { get; init; }

    /// <summary>The contact on record was shown to be theirs; before that nothing can be asked or fetched.</summary>
    public required bool IsProved { get; init; }

    /// <summary>Requests are taken here at all.</summary>
    public required bool AreTaken { get; init; }
    public required IReadOnlyList<RightChoice> Rights { get; init; }

    /// <summary>The newest first.</summary>
    public required IReadOnlyList<MadeRequest> Requests { get; init; }

    /// <summary>How the data are kept now, where that is out of the ordinary.</summary>
    public required IReadOnlyList<string> Marks { get; init; }

    /// <summary>The token of the form.</summary>
    public required string Key { get; init; }
    public Note? Note { get; init; }

    /// <summary>What was chosen and typed into a form that was refused.</summary>
    public string? Kind { get; init; }
    public string Typed { get; init; } = "";
}
