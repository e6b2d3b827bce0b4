namespace CaseManagement.Domain.Packs.Checks;

/// <summary>What an input of an activity refers to: the <c>optionSources</c> of the activity descriptors.</summary>
internal enum InputSource
{
    Kind,
    ReopenReason,
    Candidate,
    Form,
    Clock,
    Template,
    Table,
    TableOutcome,
    Facts,
    Condition,
    Outcome,
    Instant,
    List,
    Number,
    Task,
    Flag,
    Approval,
    Department,
    Verification,
    MetOrCancelled,
    PauseReason,
    Rung,
    Raise,
    ReplyKind,
    Calculator,
    Body,
    Closing,
}

/// <summary>One input as far as checks need it.</summary>
internal sealed record ActivityInput(string Name, InputSource Source, bool IsRequired = false)
{
    /// <summary>The member of the activity's JSON that holds it.</summary>
    public string Member => char.ToLowerInvariant(Name[0]) + Name[1..];
}

/// <summary>One activity type as far as checks need it.</summary>
/// <param name="Type">Full type name.</param>
/// <param name="Ports">Fixed ports; null where they cannot be told from the definition.</param>
/// <param name="Inputs">Inputs that refer to something.</param>
/// <param name="PortsFrom">The input whose values are ports as well.</param>
/// <param name="TakesSeveral">More than one port may be taken at once.</param>
internal sealed record ActivityType(
    string Type, IReadOnlyList<string>? Ports, IReadOnlyList<ActivityInput> Inputs, string? PortsFrom = null, bool TakesSeveral = false);

/// <summary>The activity types a definition may use: ours (packs/activities.md) and Elsa's that ship with the product.</summary>
internal static class ActivityCatalogue
{
    public const string Ours = "CaseManagement.";
    public const string End = "Elsa.End";
    public const string Fork = "Elsa.FlowFork";
    public const string Join = "Elsa.FlowJoin";
    public const string Close = Ours + "Close";
    public const string Decide = Ours + "Decide";
    public const string AwaitRung = Ours + "AwaitRung";
    public const string AwaitFact = Ours + "AwaitFact";
    public const string VerificationRound = Ours + "VerificationRound";
    public const string StopClock = Ours + "StopClock";
    public const string PauseClock = Ours + "PauseClock";
    public const string ResumeClock = Ours + "ResumeClock";
    public const string ExtendClock = Ours + "ExtendClock";
    public const string Stopped = "Stopped";

    private static readonly ActivityInput Who = new("Who", InputSource.Candidate, true);
    private static readonly ActivityInput By = new("Who", InputSource.Candidate);
    private static readonly ActivityInput Form = new("Form", InputSource.Form);
    private static readonly ActivityInput Clock = new("Clock", InputSource.Clock);
    private static readonly ActivityInput TheClock = new("Clock", InputSource.Clock, true);
    private static readonly ActivityInput Clocks = new("Clocks", InputSource.Clock, true);
    private static readonly ActivityInput Template = new("Template", InputSource.Template, true);
    private static readonly ActivityInput Stamps = new("Stamps", InputSource.Instant);
    private static readonly ActivityInput NotBy = new("NotBy", InputSource.Task);

    private static readonly Dictionary<string, ActivityType> Types = new[]
    {
        Our("ComplaintReceived", ["Done"], new ActivityInput("Kinds", InputSource.Kind, true)),
        Our("ComplaintReopened", ["Done"], new ActivityInput("Reasons", InputSource.ReopenReason)),
        Our("AcceptanceDecision", ["Accepted", "Refused", "MaterialMissing"], Who, Form, Clock),
        Our("Acknowledge", ["Done"], Template),
        Our(
            "Decide", [], new("Table", InputSource.Table, true), new("ConfirmBy", InputSource.Candidate),
            new("Outcomes", InputSource.TableOutcome)) with { PortsFrom = "Outcomes" },
        Our("Record", ["Done"], new ActivityInput("Facts", InputSource.Facts, true)),
        Our("AwaitFact", ["Done"], new ActivityInput("Condition", InputSource.Condition, true)),
        Our(
            "Task", [], Who, Form, new("Outcomes", InputSource.Outcome), Clock, Stamps, new("ForEach", InputSource.List),
            new("MinPeople", InputSource.Number), NotBy, new("SkipWhenComplete", InputSource.Flag)) with { PortsFrom = "Outcomes" },
        Our("Approval", ["Approved", "Returned", "Refused"], new("Chain", InputSource.Approval, true), Clock),
        Our("Assign", ["Done"], new("Lead", InputSource.Department), new("Handler", InputSource.Candidate), new("Team", InputSource.Candidate)),
        Our("VerificationRound", ["Next", "Complete", "Failed"], new("Plan", InputSource.Verification, true), Who),
        Our("StartClock", ["Done"], Clocks),
        Our("StopClock", ["Done"], Clocks, new("As", InputSource.MetOrCancelled)),
        Our("PauseClock", ["Done"], Clocks, new("Reason", InputSource.PauseReason, true)),
        Our("ResumeClock", ["Done"], Clocks),
        Our("ExtendClock", ["Extended", "Refused"], TheClock, Who),
        Our("AwaitRung", [Stopped], TheClock, new("Rungs", InputSource.Rung, true)) with { PortsFrom = "Rungs" },
        Our("Escalate", ["Done"], Who, new("Raise", InputSource.Raise), new("Template", InputSource.Template)),
        Our("Notify", ["Done"], new("To", InputSource.Candidate, true), Template),
        Our("Reply", ["Done"], new("Kind", InputSource.ReplyKind, true), Template, By, Clock),
        Our("RequestInformation", ["Received", "NotReceived"], Template, Form, Clock, new("Pause", InputSource.Clock)),
        Our("AwaitComplainant", ["Agreed", "Rejected", "NoAnswer"], Clock),
        Our("Calculate", ["Done"], new ActivityInput("Calculator", InputSource.Calculator, true)),
        Our("IssueDocument", ["Issued"], Template, By, Clock),
        Our("ReferOutside", ["Done"], new("Body", InputSource.Body, true), Template, Who, Clock, Stamps),
        Our(
            "FollowUp", ["Satisfied", "Dissatisfied", "Unreachable", "NotSampled"], Who, Form, NotBy, Clock,
            new("Sample", InputSource.Number)),
        Our("Close", ["Done"], new ActivityInput("As", InputSource.Closing)),
        Elsa("Start", ["Done"]),
        Elsa("End", []),
        Elsa("Finish", []),
        Elsa("Fault", []),
        Elsa("FlowDecision", ["True", "False"]),
        Elsa("FlowFork", []) with { PortsFrom = "Branches", TakesSeveral = true },
        Elsa("FlowJoin", ["Done"]),
    }
    .Concat(new[]
    {
        "Flowchart", "Sequence", "If", "Switch", "FlowSwitch", "Parallel", "ForEach", "ParallelForEach", "For", "While", "Break", "SetVariable",
        "SetName", "SetOutput", "Correlate", "WriteLine", "Log", "Delay", "Timer", "Cron", "StartAt", "Event", "PublishEvent", "RunTask",
        "DispatchWorkflow", "ExecuteWorkflow", "RunJavaScript", "SendHttpRequest", "FlowSendHttpRequest", "SendEmail", "Complete", "Workflow",
    }.Select(name => Elsa(name, null) with { TakesSeveral = true }))
    .ToDictionary(type => type.Type, StringComparer.Ordinal);

    /// <summary>The values a fixed list allows; null for sources that depend on the pack.</summary>
    public static IReadOnlyList<string>? FixedValues(InputSource source) => source switch
    {
        InputSource.Kind => ["complaint", "consultation", "suggestion"],
        InputSource.ReplyKind => ["first", "progress", "answer", "refusal"],
        InputSource.MetOrCancelled => ["met", "cancelled"],
        InputSource.Closing => ["resolved", "solvedOnTheSpot", "notAccepted", "withdrawn", "transferred"],
        InputSource.ReopenReason => ["complainant", "supervisor", "authority"],
        _ => null,
    };

    /// <summary>Ours; for the test that keeps this list equal to the descriptors.</summary>
    public static IEnumerable<ActivityType> OurTypes => Types.Values.Where(type => type.Type.StartsWith(Ours, StringComparison.Ordinal));

    /// <summary>Every port that has a name of its own in the product, so needs no label in the pack.</summary>
    public static IReadOnlySet<string> NamedPorts { get; } =
        OurTypes.SelectMany(type => type.Ports ?? []).Append("Done").ToHashSet(StringComparer.Ordinal);

    public static ActivityType? Find(string type) => Types.GetValueOrDefault(type);

    private static ActivityType Our(string name, string[] ports, params ActivityInput[] inputs) => new(Ours + name, ports, inputs);

    private static ActivityType Elsa(string name, string[]? ports) => new("Elsa." + name, ports, []);
}
