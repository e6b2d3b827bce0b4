using CaseManagement.Workflows.Runtime;

namespace CaseManagement.Workflows.Activities;

/// <summary>Elsa's own activities that ship with the product.</summary>
public static class BuiltInActivities
{
    public static IReadOnlyList<Activity> All { get; } =
    [
        new Workflow(), new Flowchart(), new Sequence(), new Parallel(), new Fork(), new If(), new Switch(),
        new Start(), new End(), new Finish(), new Complete(), new Fault(), new Break(),
        new FlowDecision(), new FlowSwitch(), new FlowFork(), new FlowJoin(),
        new ForEach(), new ParallelForEach(), new For(), new While(),
        new SetVariable(), new SetName(), new SetOutput(), new Correlate(), new WriteLine(), new Log(), new RunJavaScript(),
        new Event(), new PublishEvent(), new RunTask(), new Delay(), new Timer(), new Cron(), new StartAt(),
        new ExecuteWorkflow(), new DispatchWorkflow(), new SendHttpRequest(), new FlowSendHttpRequest(), new SendEmail(),
    ];
}
