using System.Globalization;
using System.Text.Json;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Packs.Comparing;

namespace CaseManagement.Web.Features.Limits;

/// <summary>A test of a limit's condition, as typed.</summary>
public sealed record TestEdit
{
    public const string Is = "is";
    public const string IsNot = "not";
    public const string AtLeast = "ge";
    public const string Greater = "gt";
    public const string AtMost = "le";
    public const string Less = "lt";
    public const string Between = "between";
    public const string CountAtLeast = "count";
    public const string Given = "given";
    public const string Missing = "missing";

    /// <summary>The test stands in <see cref="Test"/> as decision tables write it.</summary>
    public const string AsWritten = "written";

    /// <summary>All of them, in the order in which they are offered.</summary>
    public static readonly IReadOnlyList<string> Comparisons = [Is, IsNot, AtLeast, Greater, AtMost, Less, Between, CountAtLeast, Given, Missing, AsWritten];

    public string? Fact { get; init; }

    /// <summary>One of the constants; none is <see cref="AsWritten"/>.</summary>
    public string? Compare { get; init; }

    /// <summary>What it is compared with; options by name or key, several with commas.</summary>
    public string? Test { get; init; }

    /// <summary>Nothing was chosen.</summary>
    public bool IsEmpty => string.IsNullOrWhiteSpace(Fact) && string.IsNullOrWhiteSpace(Test);

    /// <summary>Begins another alternative: it, or what stands above.</summary>
    public bool Or { get; init; }
}

/// <summary>One action of a step, as typed.</summary>
public sealed record ActionEdit
{
    /// <summary>notify, ask, reason, reassign, raise, approve or penalty; empty for none.</summary>
    public string? Kind { get; init; }

    /// <summary>Candidates, by key or name, with commas.</summary>
    public string? Who { get; init; }

    /// <summary>The template, form, level, chain or calculator.</summary>
    public string? What { get; init; }
}

/// <summary>A moment near the due time, as typed.</summary>
public sealed record StepTimeEdit
{
    public const string Due = "due";
    public const string BeforeDue = "before";
    public const string AfterDue = "after";
    public const string AfterStart = "start";
    public const string Share = "share";

    /// <summary>One of the constants; empty for none.</summary>
    public string? Anchor { get; init; }

    /// <summary>How much of <see cref="Unit"/>, or per cent for a share.</summary>
    public string? Amount { get; init; }

    /// <summary>A unit that takes a number.</summary>
    public string? Unit { get; init; }

    public static StepTimeEdit Of(RungTime? time) => time is null ? new() : new()
    {
        Anchor = time.Anchor switch
        {
            RungAnchor.Share => Share,
            RungAnchor.Start => AfterStart,
            RungAnchor.Due => time.Offset is null ? Due : time.Before ? BeforeDue : AfterDue,
        },
        Amount = time.Anchor == RungAnchor.Share
            ? time.Percent.ToString(CultureInfo.InvariantCulture)
            : time.Offset?.Amount.ToString("0.######", CultureInfo.InvariantCulture),
        Unit = time.Offset is { } offset ? LimitInput.Word(offset.Unit) : null,
    };
}

/// <summary>A warning or escalation step, as typed.</summary>
public sealed record StepEdit
{
    /// <summary>Its name among the limit's steps.</summary>
    public string? Key { get; init; }
    public StepTimeEdit At { get; init; } = new();

    /// <summary>The condition that withholds it.</summary>
    public IList<TestEdit> When { get; init; } = [];
    public IList<ActionEdit> Do { get; init; } = [];
    public bool Remove { get; init; }
}

/// <summary>What the editor posts, as typed. What is absent stays as it is. Lists are such that model binding can fill them.</summary>
public sealed record LimitEdit
{
    public const string NewCases = "newCases";
    public const string OpenCases = "openCases";

    public string? Amount { get; init; }
    public string? Unit { get; init; }
    public string? From { get; init; }
    public string? To { get; init; }
    public string? Promised { get; init; }
    public string? Calendar { get; init; }
    public string? CountFrom { get; init; }
    public string? EndOf { get; init; }
    public string? IfNonWorking { get; init; }

    /// <summary>The lists and boxes below were on the form: what is not among them was taken away.</summary>
    public bool All { get; init; }
    public bool Reset { get; init; }
    public IList<TestEdit> When { get; init; } = [];
    public IList<string> Pause { get; init; } = [];
    public bool Extendable { get; init; }
    public string? ExtendTimes { get; init; }
    public string? ExtendMax { get; init; }
    public string? ExtendMaxUnit { get; init; }
    public string? ExtendApproval { get; init; }
    public bool ExtendReason { get; init; }
    public StepTimeEdit ExtendBefore { get; init; } = new();
    public string? Notice { get; init; }

    /// <summary>Who may do what, candidates with commas; empty: whoever may act on the case.</summary>
    public string? MayPause { get; init; }
    public string? MayResume { get; init; }
    public string? MayExtend { get; init; }
    public string? MayPromise { get; init; }
    public StepTimeEdit PauseBefore { get; init; } = new();
    public StepTimeEdit PromiseBefore { get; init; } = new();
    public IList<StepEdit> Steps { get; init; } = [];

    /// <summary>Of a limit that is added: its clock, its names, and the limit of the clock that comes after it.</summary>
    public string? Clock { get; init; }
    public string? NameZh { get; init; }
    public string? NameEn { get; init; }
    public string? Before { get; init; }

    /// <summary><see cref="NewCases"/> or <see cref="OpenCases"/> (new ones too).</summary>
    public string? Scope { get; init; }
    public string? Reason { get; init; }

    /// <summary>The version of the preview that was shown.</summary>
    public string? Version { get; init; }

    /// <summary>A limit in force as the editor shows it.</summary>
    /// <param name="limit">The limit.</param>
    /// <param name="pack">The process.</param>
    public static LimitEdit Of(LimitInForce limit, ProcessPack pack)
    {
        var rule = limit.Rule;
        var wording = new PackWording(pack);
        string May(ClockDeed deed) => string.Join(", ", (rule.RuleFor(deed)?.Who ?? []).Select(who => LimitChoices.NameOf(who, wording)));
        return new LimitEdit
        {
            Amount = rule.Amount?.ToString("0.######", CultureInfo.InvariantCulture),
            Unit = LimitInput.Word(rule.Unit),
            From = rule.From ?? "",
            To = rule.To ?? "",
            Promised = rule.Promised ?? "",
            Calendar = rule.Calendar ?? pack.Identity.Calendar,
            CountFrom = LimitInput.Word(rule.CountFrom),
            EndOf = LimitInput.Word(rule.RunsTo),
            IfNonWorking = LimitInput.Word(rule.IfNonWorking),
            All = true,
            Reset = rule.Reset,
            When = [.. ConditionText.Tests(limit.When, pack)],
            Pause = [.. rule.PauseReasons],
            Extendable = rule.Extension is not null,
            ExtendTimes = rule.Extension?.Times?.ToString(CultureInfo.InvariantCulture) ?? "",
            ExtendMax = rule.Extension?.Max?.Amount.ToString("0.######", CultureInfo.InvariantCulture) ?? "",
            ExtendMaxUnit = LimitInput.Word(rule.Extension?.Max?.Unit ?? LimitUnit.Days),
            ExtendApproval = rule.Extension?.Approval ?? "",
            ExtendReason = rule.Extension?.ReasonRequired ?? true,
            ExtendBefore = StepTimeEdit.Of(rule.Extension?.Before),
            Notice = rule.Notice ?? "",
            MayPause = May(ClockDeed.Pause),
            MayResume = May(ClockDeed.Resume),
            MayExtend = May(ClockDeed.Extend),
            MayPromise = May(ClockDeed.Promise),
            PauseBefore = StepTimeEdit.Of(rule.RuleFor(ClockDeed.Pause)?.Before),
            PromiseBefore = StepTimeEdit.Of(rule.RuleFor(ClockDeed.Promise)?.Before),
            Steps = [.. rule.Rungs.Select(rung => new StepEdit
            {
                Key = rung.Key,
                At = StepTimeEdit.Of(rung.At),
                When = [.. ConditionText.Tests(limit.RungConditions.GetValueOrDefault(rung.Key), pack)],
                Do = [.. rung.Do.Select(ActionOf)],
            })],
            Scope = NewCases,
        };
    }

    /// <summary>Whether two forms of a part say the same.</summary>
    public static bool Same<T>(T one, T other) => JsonSerializer.Serialize(one) == JsonSerializer.Serialize(other);

    private static ActionEdit ActionOf(RungAction action) => action switch
    {
        NotifyAction notify => new() { Kind = "notify", Who = string.Join(", ", notify.To), What = notify.Template },
        AskAction ask => new() { Kind = "ask", Who = string.Join(", ", ask.Who), What = ask.Form },
        ReasonAction reason => new() { Kind = "reason", Who = reason.Who },
        ReassignAction reassign => new() { Kind = "reassign", Who = reassign.To },
        RaiseAction raise => new() { Kind = "raise", What = raise.Level ?? "one" },
        ApproveAction approve => new() { Kind = "approve", What = approve.Chain },
        PenaltyAction penalty => new() { Kind = "penalty", Who = penalty.To, What = penalty.Calculator },
        _ => new(),
    };
}
