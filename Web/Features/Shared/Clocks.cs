namespace CaseManagement.Web.Features.Shared;

/// <summary>How a clock looks on a page; finer than the state it is stored in.</summary>
public enum ClockLook
{
    Running,

    /// <summary>At most a quarter of the time is left, or the first warning rung has fired.</summary>
    Warning,
    Breached,
    Paused,

    /// <summary>The limit has no number: the page shows age and no date.</summary>
    NoLimit,

    /// <summary>The due time lies past the published calendar.</summary>
    Provisional,
    Met,
    Cancelled,
}

/// <summary>The unit in which a limit counts, and therefore in which time left and time late are said.</summary>
public enum CountedIn
{
    /// <summary>Hours and days that pass on holidays too.</summary>
    ElapsedTime,
    WorkingTime,
}

/// <summary>An amount of time in the limit's own unit; the parts are whole and not negative.</summary>
public sealed record Amount(CountedIn Unit, int Days, int Hours, int Minutes);

/// <summary>One clock badge. Names and reasons arrive in the reader's language.</summary>
public sealed record ClockBadge
{
    /// <summary>The clock's key, unique on its case.</summary>
    public required string Key { get; init; }
    public required string Name { get; init; }
    public required ClockLook Look { get; init; }

    /// <summary>IANA zone in which instants of this clock are printed.</summary>
    public required string Zone { get; init; }

    /// <summary>Absent when the limit has no number.</summary>
    public DateTimeOffset? DueAt { get; init; }
    public DateTimeOffset? MetAt { get; init; }

    /// <summary>Time left, time late (breached) or age (no number).</summary>
    public Amount? Amount { get; init; }

    /// <summary>Share of the time still left, 0 to 1.</summary>
    public double? ShareLeft { get; init; }

    /// <summary>Why the clock stands still; written on every paused badge.</summary>
    public string? PauseReason { get; init; }

    /// <summary>The limit says "at once" rather than nothing.</summary>
    public bool AtOnce { get; init; }
    public ClockWhy? Why { get; init; }
}

/// <summary>Why a clock is due when it is due.</summary>
public sealed record ClockWhy
{
    /// <summary>The rule in words: "7 days · from receipt · to the end of the day".</summary>
    public required string Rule { get; init; }

    /// <summary>One sentence that reads the day strip to those who cannot see it; needed when there are days.</summary>
    public string DaysInWords { get; init; } = "";
    public IReadOnlyList<CountedDay> Days { get; init; } = [];
    public IReadOnlyList<WhyLine> Lines { get; init; } = [];

    /// <summary>Pauses and extensions, as they were entered.</summary>
    public IReadOnlyList<LedgerLine> Ledger { get; init; } = [];

    /// <summary>What this reader may do with the clock: pause, resume, ask an extension.</summary>
    public IReadOnlyList<FormAction> Actions { get; init; } = [];
    public string? LimitHref { get; init; }
}

/// <summary>An entry of a clock's ledger.</summary>
/// <param name="What">"Paused: waiting for material", "Extended: parts are late".</param>
/// <param name="When">From when to when, or which due time became which.</param>
/// <param name="Who">Who entered it, who agreed.</param>
public sealed record LedgerLine(string What, string When, string Who);

/// <summary>How a day of the strip counts.</summary>
public enum DayLook
{
    Worked,
    Off,
    Held,
    MakeUp,
    Due,
}

/// <summary>A day, or several alike in a row, with its number within the limit when it counts.</summary>
public sealed record CountedDay(DateOnly From, DateOnly To, DayLook Look, int? Number);

/// <summary>The five lines that explain a due time.</summary>
public enum WhyPart
{
    Start,
    Calendar,
    Pause,
    Extension,
    Rule,
}

/// <summary>One line of the explanation, with the policy clause it rests on.</summary>
public sealed record WhyLine(WhyPart Part, string Text, string? Clause = null);

/// <summary>How a clock badge is to be drawn: large on the case page, with its due date where there is room.</summary>
public sealed record ClockMark(ClockBadge Clock, bool Large = false, bool WithDate = false)
{
    /// <summary>The state's name in the stylesheet and its icon.</summary>
    public (string State, string Icon) Drawn => Clock.Look switch
    {
        ClockLook.Running => ("running", "clock-hour-4"),
        ClockLook.Warning => ("warn", "alert-triangle"),
        ClockLook.Breached => ("breached", "alert-octagon"),
        ClockLook.Paused => ("paused", "player-pause"),
        ClockLook.NoLimit => ("none", "infinity"),
        ClockLook.Provisional => ("prov", "calendar-question"),
        ClockLook.Met => ("met", "circle-check"),
        ClockLook.Cancelled => ("off", "circle-off"),
    };

    /// <summary>Script may count on: the limit counts elapsed time and the clock runs.</summary>
    public bool Counts => Clock is { Amount.Unit: CountedIn.ElapsedTime, DueAt: not null }
        && Clock.Look is ClockLook.Running or ClockLook.Warning or ClockLook.Breached;

    /// <summary>Width of the bar in hundredths.</summary>
    public int? Bar => Clock.Look is ClockLook.Running or ClockLook.Warning && Clock.ShareLeft is { } share
        ? (int)Math.Round(Math.Clamp(share, 0, 1) * 100)
        : null;

    public DateTimeOffset? Date => WithDate && Clock.Look is ClockLook.Running or ClockLook.Warning or ClockLook.Breached
        ? Clock.DueAt
        : null;
}
