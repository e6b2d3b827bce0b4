using CaseManagement.Web.Configuration;
using CaseManagement.Web.Organisation;

namespace CaseManagement.Web.Features.Shared;

/// <summary>A piece of a limit's sentence; what an administrator can change stands out.</summary>
public sealed record SentencePart(string Text, bool Key = false);

/// <summary>A time limit in one sentence, with an example worked out.</summary>
public sealed record LimitSentence
{
    public required string Key { get; init; }
    public required IReadOnlyList<SentencePart> Parts { get; init; }
    public string? Clause { get; init; }
    public IReadOnlyList<SentencePart> Example { get; init; } = [];

    /// <summary>Why the example is due when it is, line by line.</summary>
    public IReadOnlyList<string> Why { get; init; } = [];

    /// <summary>What else the limit says: when it holds, pauses, extensions, whom it tells.</summary>
    public IReadOnlyList<string> Terms { get; init; } = [];

    /// <summary>Open cases on which this limit runs.</summary>
    public int Open { get; init; }

    /// <summary>Where to change it; absent when this reader may not.</summary>
    public string? EditHref { get; init; }
    public bool Editing { get; init; }

    /// <summary>What it is called, where the links below name it.</summary>
    public string Name { get; init; } = "";

    /// <summary>Where it is moved among the limits of its clock, or taken away; for those who may.</summary>
    public string? UpHref { get; init; }
    public string? DownHref { get; init; }
    public string? RemoveHref { get; init; }
}

/// <summary>One open case that a change would move.</summary>
public sealed record MovedCase(Guid CaseId, string Number, string Complainant, DateTimeOffset? OldDue, DateTimeOffset? NewDue, ClockBadge Then)
{
    /// <summary>Said instead of the dates while the clock is paused.</summary>
    public string? OldText { get; init; }
    public string? NewText { get; init; }

    /// <summary>The change puts its due time in the past.</summary>
    public bool IsLateAtOnce { get; init; }
}

/// <summary>What a change of a limit or a calendar would do.</summary>
public sealed record LimitPreview
{
    /// <summary>Sent back on applying; a stale one is refused.</summary>
    public required string Version { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Zone { get; init; }

    /// <summary>The new rule read aloud, with an example.</summary>
    public required IReadOnlyList<SentencePart> ReadsAs { get; init; }
    public int Earlier { get; init; }
    public int Later { get; init; }
    public int LateAtOnce { get; init; }
    public int Paused { get; init; }

    /// <summary>Cases with a clock that no limit holds for any more: it runs on without a due time.</summary>
    public int WithoutDue { get; init; }

    /// <summary>Open cases that move, all of them.</summary>
    public int Total { get; init; }

    /// <summary>The first ones, those that become late first.</summary>
    public IReadOnlyList<MovedCase> Cases { get; init; } = [];

    /// <summary>Every clock the change counts otherwise, for other pages and the download.</summary>
    public IReadOnlyList<MovedClock> Moved { get; init; } = [];

    /// <summary>Which page of them <see cref="Cases"/> is, from 1; null for the first few.</summary>
    public int? Page { get; init; }
    public int Pages { get; init; } = 1;

    /// <summary>How many cases move that the reader may not know of; the other figures leave them out.</summary>
    public RestrictedCount Restricted { get; init; }

    /// <summary>Why the change cannot be: shown instead of the numbers.</summary>
    public string? Error { get; init; }
}
