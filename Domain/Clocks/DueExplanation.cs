using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Clocks;

/// <summary>A run of dates, both ends included.</summary>
public readonly record struct DateRange(DateOnly From, DateOnly To);

/// <summary>
/// A pause as the explanation tells it. <paramref name="Added"/> is what it added to the due time: working time for working units, else elapsed
/// time; zero while it lasts.
/// </summary>
public sealed record ExplainedPause(string Reason, string By, DateTimeOffset From, DateTimeOffset? To, TimeSpan Added);

/// <summary>Which of the popover's five lines it is.</summary>
public enum ExplanationPart
{
    Start,
    Calendar,
    Pause,
    Extension,
    Rule,
}

/// <summary>One line under the day strip.</summary>
public sealed record ExplanationLine(ExplanationPart Part, string Text);

/// <summary>Why a due time is what it is: all that is needed to say it again later, whatever has become of the rule and the calendar.</summary>
public sealed record DueExplanation
{
    public required string LimitKey { get; init; }

    public required int LimitVersion { get; init; }

    public required BilingualText LimitName { get; init; }

    public string? Clause { get; init; }

    /// <summary>The moment it was counted from.</summary>
    public string? From { get; init; }

    public BilingualText? FromName { get; init; }

    public required string Calendar { get; init; }

    public required string Zone { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? DueAt { get; init; }

    public required LimitUnit Unit { get; init; }

    public decimal? Amount { get; init; }

    public CountFrom CountFrom { get; init; }

    public EndOf RunsTo { get; init; }

    /// <summary>The day off from which the end was moved to a working day.</summary>
    public DateOnly? RolledFrom { get; init; }

    public DateOnly? Promised { get; init; }

    public bool Provisional { get; init; }

    public DateOnly? PublishedThrough { get; init; }

    /// <summary>Holidays inside, for units that do not count them; ordinary days off are not listed.</summary>
    public IReadOnlyList<DateRange> DaysOff { get; init; } = [];

    /// <summary>Make-up days worked inside, for units that count them.</summary>
    public IReadOnlyList<DateOnly> MakeUpDays { get; init; } = [];

    public IReadOnlyList<ExplainedPause> Pauses { get; init; } = [];

    public IReadOnlyList<Extension> Extensions { get; init; } = [];

    /// <summary>The length of an ordinary working day, to say working time in days.</summary>
    public TimeSpan OrdinaryDay { get; init; }

    /// <summary>The day strip, from the first day that counts to the due day; empty when there is no due time, or it would be longer than 31 cells or 100 days.</summary>
    public IReadOnlyList<DayRun> Days { get; init; } = [];

    /// <summary>All of it in one sentence, in the calendar's zone.</summary>
    /// <param name="culture">"zh-CN" or "en".</param>
    /// <param name="nameOf">What a pause reason or a person is called; without it keys are shown.</param>
    public string ToText(string culture, Func<string, string>? nameOf = null) => new ExplanationText(this, culture, nameOf).Sentence();

    /// <summary>The popover's head line: "10 个工作日 · 自登记起 · 至当日下班".</summary>
    public string Headline(string culture) => new ExplanationText(this, culture, null).Headline();

    /// <summary>The popover's lines; those for pause and extension are absent when there was none.</summary>
    public IReadOnlyList<ExplanationLine> Lines(string culture, Func<string, string>? nameOf = null) =>
        new ExplanationText(this, culture, nameOf).Lines();
}
