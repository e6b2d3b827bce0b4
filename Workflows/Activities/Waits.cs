using CaseManagement.Workflows.Expressions;
using CaseManagement.Workflows.Runtime;
using CaseManagement.Workflows.Runtime.Plans;

namespace CaseManagement.Workflows.Activities;

/// <summary>Elsa.Event: waits for an event of that name, or is started by it.</summary>
public sealed class Event : Activity
{
    public Event()
        : base(new ActivityDescriptor("Elsa.Event", "Primitives")
        {
            Kind = ActivityKind.Trigger,
            Inputs = [new InputDescriptor("EventName", "String") { IsRequired = true }],
            Outputs = [new OutputDescriptor("Result", "Object")],
        })
    {
    }

    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        if (context.IsTrigger)
        {
            context.SetOutput("Result", context.TriggerInput);
            return context.CompleteAsync();
        }

        WaitFor(context, NameOf(context));
        return ValueTask.CompletedTask;
    }

    public override ValueTask ResumeAsync(ActivityContext context, Bookmark bookmark, object? input)
    {
        context.SetOutput("Result", input);
        return context.CompleteAsync();
    }

    protected internal override ValueTask MigratedAsync(ActivityContext context, PlanNode old)
    {
        var name = NameOf(context);
        foreach (var bookmark in context.Bookmarks.Where(b => b.StimulusKey != name).ToList())
        {
            context.RemoveBookmark(bookmark);
            WaitFor(context, name);
        }

        return ValueTask.CompletedTask;
    }

    protected internal override IEnumerable<TriggerStimulus> Triggers(TriggerContext context) =>
        context.TryGet("EventName", out var name) && name is string { Length: > 0 } text
            ? [new TriggerStimulus(Stimuli.Event, text)]
            : [];

    private static void WaitFor(ActivityContext context, string name) =>
        context.CreateBookmark(Stimuli.Event, name, new BookmarkOptions { Indexed = true, TakesKept = true });

    private static string NameOf(ActivityContext context) => context.GetText("EventName") is { Length: > 0 } given
        ? given
        : throw new InvalidOperationException("The event has no name.");
}

/// <summary>Elsa.PublishEvent: tells all who wait for an event, after what runs now; started and resumed in the same burst.</summary>
public sealed class PublishEvent : Activity
{
    public PublishEvent()
        : base(new ActivityDescriptor("Elsa.PublishEvent", "Primitives")
        {
            DisplayName = "Publish Event",
            Inputs =
            [
                new InputDescriptor("EventName", "String") { IsRequired = true },
                new InputDescriptor("CorrelationId", "String"),
                new InputDescriptor("IsLocalEvent", "Boolean") { UIHint = "checkbox" },
                new InputDescriptor("Payload", "Object"),
            ],
        })
    {
    }

    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        var name = context.GetText("EventName") is { Length: > 0 } given
            ? given
            : throw new InvalidOperationException("The event has no name.");
        context.Burst.Post(new Stimulus(Stimuli.Event, name)
        {
            CorrelationId = context.GetText("CorrelationId") is { Length: > 0 } correlation ? correlation : null,
            InstanceId = context.GetBoolean("IsLocalEvent") ? context.Instance.Id : null,
            Input = context.Get("Payload"),
            KeepIfUnmatched = true,
        });
        return context.CompleteAsync();
    }
}

/// <summary>Elsa.RunTask: work done outside; waits until it is completed by its task id.</summary>
public sealed class RunTask : Activity
{
    public RunTask()
        : base(new ActivityDescriptor("Elsa.RunTask", "Primitives")
        {
            DisplayName = "Run Task",
            Inputs = [new InputDescriptor("TaskName", "String") { IsRequired = true }, new InputDescriptor("Payload", "ObjectDictionary")],
            Outputs = [new OutputDescriptor("TaskId", "String"), new OutputDescriptor("Result", "Object")],
        })
    {
    }

    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        var name = context.GetText("TaskName") ?? "";
        var taskId = context.Burst.NewId().ToString();
        context.SetOutput("TaskId", taskId);
        context.Journal("TaskName", name);
        context.CreateBookmark(Stimuli.RunTask, taskId, new BookmarkOptions
        {
            Indexed = true,
            Payload = new Dictionary<string, object?>
            {
                ["TaskId"] = taskId,
                ["TaskName"] = name,
                ["Payload"] = context.GetDictionary("Payload"),
            },
        });
        return ValueTask.CompletedTask;
    }

    public override ValueTask ResumeAsync(ActivityContext context, Bookmark bookmark, object? input)
    {
        context.SetOutput("Result", input);
        return context.CompleteAsync();
    }
}

/// <summary>Elsa.Delay: waits for a length of time. <c>24:00:00</c> is 24 days, as .NET and Elsa read it.</summary>
public sealed class Delay : Activity
{
    public Delay()
        : base(new ActivityDescriptor("Elsa.Delay", "Scheduling")
        {
            Inputs = [new InputDescriptor("TimeSpan", "TimeSpan") { DefaultValue = "00:01:00" }],
        })
    {
    }

    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        var length = context.GetTimeSpan("TimeSpan") ?? TimeSpan.FromMinutes(1);
        if (length <= TimeSpan.Zero)
        {
            return context.CompleteAsync();
        }

        context.CreateTimer(context.Now + length);
        return ValueTask.CompletedTask;
    }
}

/// <summary>Elsa.StartAt: waits until a moment; at once if it is past. As a trigger it starts once, also when past.</summary>
public sealed class StartAt : Activity, IRecurringTrigger
{
    public StartAt()
        : base(new ActivityDescriptor("Elsa.StartAt", "Scheduling")
        {
            Kind = ActivityKind.Trigger,
            DisplayName = "Start At",
            Inputs = [new InputDescriptor("DateTime", "DateTimeOffset") { UIHint = "datetime-picker", IsRequired = true }],
        })
    {
    }

    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        if (context.IsTrigger || context.GetInstant("DateTime") is not { } at || at <= context.Now)
        {
            return context.CompleteAsync();
        }

        context.CreateTimer(at);
        return ValueTask.CompletedTask;
    }

    DateTimeOffset? IRecurringTrigger.Next(TriggerContext context, DateTimeOffset last) => null;

    protected internal override IEnumerable<TriggerStimulus> Triggers(TriggerContext context) =>
        context.TryGet("DateTime", out var value) && value is not null
            ? [new TriggerStimulus(Stimuli.Schedule, context.Node.NodeId) { DueAt = ValueConversion.ToInstant(value) }]
            : [];
}

/// <summary>Elsa.Timer: inside a flow one interval; as a trigger every interval, counted from publishing.</summary>
public sealed class Timer : Activity, IRecurringTrigger
{
    public Timer()
        : base(new ActivityDescriptor("Elsa.Timer", "Scheduling")
        {
            Kind = ActivityKind.Trigger,
            Inputs = [new InputDescriptor("Interval", "TimeSpan") { DefaultValue = "00:01:00" }],
        })
    {
    }

    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        var interval = context.GetTimeSpan("Interval") ?? TimeSpan.FromMinutes(1);
        if (context.IsTrigger || interval <= TimeSpan.Zero)
        {
            return context.CompleteAsync();
        }

        context.CreateTimer(context.Now + interval);
        return ValueTask.CompletedTask;
    }

    DateTimeOffset? IRecurringTrigger.Next(TriggerContext context, DateTimeOffset last)
    {
        if (Interval(context) is not { } interval)
        {
            return null;
        }

        var missed = Math.Max(0, (context.Now - last).Ticks / interval.Ticks);
        return last + TimeSpan.FromTicks(interval.Ticks * (missed + 1));
    }

    protected internal override IEnumerable<TriggerStimulus> Triggers(TriggerContext context) =>
        Interval(context) is { } interval
            ? [new TriggerStimulus(Stimuli.Schedule, context.Node.NodeId) { DueAt = context.Now + interval }]
            : [];

    private static TimeSpan? Interval(TriggerContext context) =>
        context.TryGet("Interval", out var value) && value is not null
        && ValueConversion.ToTimeSpan(value) is var interval && interval >= TimeSpan.FromSeconds(1)
            ? interval
            : null;
}

/// <summary>Elsa.Cron: inside a flow until the next occurrence; as a trigger at every one. UTC.</summary>
public sealed class Cron : Activity, IRecurringTrigger
{
    public Cron()
        : base(new ActivityDescriptor("Elsa.Cron", "Scheduling")
        {
            Kind = ActivityKind.Trigger,
            Inputs = [new InputDescriptor("CronExpression", "String") { IsRequired = true }],
        })
    {
    }

    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        if (context.IsTrigger)
        {
            return context.CompleteAsync();
        }

        var text = context.GetText("CronExpression") ?? "";
        context.CreateTimer(CronSchedule.Parse(text).Next(context.Now)
            ?? throw new InvalidOperationException($"“{text}” has no occurrence in the next years."));
        return ValueTask.CompletedTask;
    }

    DateTimeOffset? IRecurringTrigger.Next(TriggerContext context, DateTimeOffset last) =>
        Schedule(context)?.Next(context.Now > last ? context.Now : last);

    protected internal override object? Compile(NodeCompiler compiler)
    {
        if (compiler.Node.Input("CronExpression") is { } input && input.TryGetConstant(out var text)
            && !CronSchedule.TryParse(text as string ?? "", out _))
        {
            compiler.Report(PlanFindings.BadLiteral, true, PlanTexts.BadCron(text));
        }

        return null;
    }

    protected internal override IEnumerable<TriggerStimulus> Triggers(TriggerContext context) =>
        Schedule(context)?.Next(context.Now) is { } next
            ? [new TriggerStimulus(Stimuli.Schedule, context.Node.NodeId) { DueAt = next }]
            : [];

    private static CronSchedule? Schedule(TriggerContext context) =>
        context.TryGet("CronExpression", out var text) && CronSchedule.TryParse(text as string ?? "", out var schedule) ? schedule : null;
}
