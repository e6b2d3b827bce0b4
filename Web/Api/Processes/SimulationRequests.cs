using System.Text.Json;
using CaseManagement.Domain;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Facts;
using CaseManagement.Web.Api.Bodies;
using CaseManagement.Web.Api.Complaints;
using CaseManagement.Workflows.Simulation;
using CaseManagement.Workflows.Simulation.Trials;

namespace CaseManagement.Web.Api.Processes;

/// <summary>What to try out: a scenario, or one case and how people behave.</summary>
public sealed record SimulateRequest
{
    /// <summary>The version; the newest when absent, draft or not.</summary>
    public int? Version { get; init; }

    /// <summary>One scenario, as in scenario files.</summary>
    public JsonElement? Scenario { get; init; }

    /// <summary>A case to register, in place of a scenario.</summary>
    public RegisterRequest? Register { get; init; }

    /// <summary>Where the virtual clock starts; now when absent, or when the case was received.</summary>
    public DateTimeOffset? StartAt { get; init; }

    /// <summary>How people behave; nobody does anything when absent.</summary>
    public BehaviourRequest? Behaviour { get; init; }
}

/// <summary>How people behave while a case is tried out.</summary>
public sealed record BehaviourRequest
{
    /// <summary>How long after it opens every task is done: ISO 8601 such as <c>PT0S</c> or <c>PT4H</c>. Absent: nobody does anything.</summary>
    public string? After { get; init; }

    /// <summary>Outcomes by task key, <c>complainant</c> for the complainant's answer; <c>-</c>: nobody does it. A task without one takes its first.</summary>
    public Dictionary<string, string>? Outcomes { get; init; }

    /// <summary>What people fill in where a form asks for it; the rest is made up.</summary>
    public Dictionary<string, JsonElement>? Facts { get; init; }

    /// <summary>How many days the virtual clock runs at most; 366 when absent.</summary>
    public int? Days { get; init; }

    /// <exception cref="InvalidInputException">Something is out of range.</exception>
    internal Behaviour ToBehaviour()
    {
        var problems = new List<InputProblem>();
        var after = After is null ? null : AmountText.Elapsed(After);
        if (After is not null && after is null)
        {
            problems.Add(new InputProblem("behaviour.after", FactRefusals.TypeWrong, "A length of time is written PT4H."));
        }

        if (after > TimeSpan.FromHours(Behaviour.MaxHours))
        {
            problems.Add(new InputProblem("behaviour.after", FactRefusals.OutOfRange, $"At most {Behaviour.MaxHours} hours."));
        }

        if (Days is < 1 or > SimulationBounds.MaxYears * 366)
        {
            problems.Add(new InputProblem("behaviour.days", FactRefusals.OutOfRange, $"1 to {SimulationBounds.MaxYears * 366} days."));
        }

        if (Outcomes?.Count > SimulationBounds.MaxDeeds || Facts?.Count > SimulationBounds.MaxDeeds)
        {
            problems.Add(new InputProblem("behaviour", FactRefusals.TooLarge, "Too many entries."));
        }

        return problems.Count > 0
            ? throw new InvalidInputException(problems)
            : new Behaviour { After = after, Outcomes = Outcomes ?? [], Facts = Facts ?? [], Horizon = TimeSpan.FromDays(Days ?? 366) };
    }
}

/// <summary>What a process did when it was tried out. All times are the virtual clock's. Nothing was stored.</summary>
/// <param name="StoppedBy">The bound that stopped it: too-many-timers, too-many-deeds, going-in-circles, out-of-time, or a rule's code; absent: it came to its end.</param>
/// <param name="Failure">What of the scenario did not hold; absent when all did.</param>
/// <param name="Held">Steps whose expectations held.</param>
public sealed record SimulateAnswer(
    string Process, int Version, DateTimeOffset StartedAt, DateTimeOffset EndedAt, string? StoppedBy, ScenarioFailureAnswer? Failure, int Held,
    IReadOnlyList<SimulatedCaseAnswer> Cases, IReadOnlyList<SimulatedEventAnswer> Timeline);

/// <summary>What of a scenario did not hold.</summary>
/// <param name="Step">The step's number, from 1.</param>
public sealed record ScenarioFailureAnswer(int Step, string Message, IReadOnlyList<ScenarioDifferenceAnswer> Differences);

/// <summary>One expectation that did not hold.</summary>
public sealed record ScenarioDifferenceAnswer(string What, string? Got, string? Expected);

/// <summary>A case as it stood at the end, with what it would have sent.</summary>
/// <param name="Name">What the scenario calls it, else its number.</param>
public sealed record SimulatedCaseAnswer(
    string Name, ComplaintAnswer Complaint, IReadOnlyList<SimulatedMessageAnswer> Messages, IReadOnlyList<SimulatedEventAnswer> Escalations,
    IReadOnlyList<SimulatedEventAnswer> Incidents);

/// <summary>A message that would have been sent, written out in both languages.</summary>
public sealed record SimulatedMessageAnswer(
    DateTimeOffset At, string Template, string To, string Channel, BilingualText Subject, BilingualText Body, string? Clock, bool Escalation);

/// <summary>Something that happened.</summary>
/// <param name="Case">Its place among the cases.</param>
/// <param name="Text">In words, in the language asked for.</param>
public sealed record SimulatedEventAnswer(DateTimeOffset At, int Case, string Type, ActorAnswer By, string Text, JsonElement Data);

/// <summary>Which recorded cases to replay, and against what.</summary>
public sealed record ReplayRequest
{
    /// <summary>Cases closed from here on.</summary>
    public DateTimeOffset From { get; init; }

    /// <summary>Cases closed before here.</summary>
    public DateTimeOffset To { get; init; }

    /// <summary>The version to replay on, draft or not; absent: each case on its own.</summary>
    public int? Version { get; init; }

    /// <summary>Limits to try, as if they had always been so.</summary>
    public IReadOnlyList<TriedLimitRequest>? Limits { get; init; }

    /// <summary>Also cases that are still open.</summary>
    public bool OpenCases { get; init; }
}

/// <summary>A limit to try. What is absent stays.</summary>
public sealed record TriedLimitRequest
{
    public string? Limit { get; init; }

    /// <summary>A number in the unit, or a text such as "3 workingDays".</summary>
    public JsonElement? Amount { get; init; }

    public string? Unit { get; init; }

    /// <summary>A calendar's key.</summary>
    public string? Calendar { get; init; }

    /// <exception cref="InvalidInputException">The amount or unit cannot be read.</exception>
    internal (Duration? Amount, LimitUnit? Unit) Read(LimitUnit inForce)
    {
        var unit = AmountText.Unit(Unit);
        return (AmountText.Read(Amount, Unit, inForce.TakesAmount() ? inForce : unit ?? inForce), unit);
    }
}

/// <summary>What a replay came to.</summary>
/// <param name="Cases">Cases counted.</param>
/// <param name="Replayed">Cases replayed to their end: the base of the clocks' rows.</param>
/// <param name="NotReplayable">Cases that do not fit any more; their clocks are in no row.</param>
/// <param name="Restricted">How many of the cases counted the caller may not see; <c>fewer than 5</c>: such cases, if there are any, are not counted.</param>
/// <param name="RanOutOfTime">The counts are those of the cases replayed until then.</param>
public sealed record ReplayAnswer(
    string Process, DateTimeOffset From, DateTimeOffset To, int? Version, int Cases, int Replayed, int NotReplayable, string Restricted, bool RanOutOfTime,
    IReadOnlyList<ClockTallyAnswer> Clocks, IReadOnlyList<ClockDifferenceAnswer>? Differences, IReadOnlyList<StoppedCaseAnswer>? Stopped, bool Truncated);

/// <summary>One clock over all replayed cases.</summary>
/// <param name="TurnedLate">Runs that were not breached in truth and are in the replay.</param>
/// <param name="TurnedMet">Runs that were breached in truth and are met in the replay.</param>
public sealed record ClockTallyAnswer(string Clock, string Name, ClockCountsAnswer Recorded, ClockCountsAnswer Replayed, int TurnedLate, int TurnedMet);

/// <summary>How many runs of a clock ended how.</summary>
/// <param name="Base">Runs that were met or breached; what the share is of.</param>
/// <param name="BreachedShare">Breached of the base; absent without a base.</param>
public sealed record ClockCountsAnswer(int Met, int Breached, int Open, int Cancelled, int Base, decimal? BreachedShare);

/// <summary>A clock of a case that ends otherwise. A side is absent where the clock does not run.</summary>
public sealed record ClockDifferenceAnswer(Guid Complaint, string Number, string Clock, ClockRunAnswer? Recorded, ClockRunAnswer? Replayed);

/// <summary>How a clock ran.</summary>
/// <param name="End">open, met, breached or cancelled.</param>
public sealed record ClockRunAnswer(string Limit, DateTimeOffset StartedAt, DateTimeOffset? DueAt, DateTimeOffset? MetAt, string End);

/// <summary>A case that cannot be replayed from some point on.</summary>
/// <param name="At">The moment of the recorded event that no longer fits.</param>
/// <param name="Event">Its type.</param>
/// <param name="What">The task, clock or fact it was about.</param>
/// <param name="Code">Why.</param>
public sealed record StoppedCaseAnswer(Guid Complaint, string Number, DateTimeOffset At, string Event, string What, string Code);

/// <summary>One line of a replay that is read while it runs: progress, a case, or at last the result.</summary>
public sealed record ReplayLine
{
    public ReplayProgress? Progress { get; init; }

    public ReplayedCaseAnswer? Case { get; init; }

    public ReplayAnswer? Result { get; init; }
}

/// <summary>How many of how many cases are done.</summary>
public sealed record ReplayProgress(int Done, int Total);

/// <summary>A visible case that ends otherwise, or that cannot be replayed.</summary>
public sealed record ReplayedCaseAnswer(IReadOnlyList<ClockDifferenceAnswer> Differences, StoppedCaseAnswer? Stopped);
