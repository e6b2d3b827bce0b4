using System.Text.Json;
using CaseManagement.Domain.Classification;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Facts;
using CaseManagement.Workflows.Expressions;
using CaseManagement.Workflows.Runtime;

namespace CaseManagement.Workflows.CaseActivities;

/// <summary>套用决策表: the table's outputs become facts; the rows that hit name the way on. A person may confirm first.</summary>
public sealed class Decide() : CaseActivity(Describe.Activity(nameof(Decide), Describe.Rules, "套用决策表", "Decide by table",
    [Describe.One("Table", "决策表", "Table", required: true), Describe.Many("ConfirmBy", "确认人", "Confirm by"), Describe.Ports("Outcomes", "结果", "Outcomes")]))
{
    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        var act = ActOf(context);
        var outcomes = TableUse.Apply(act, context.GetText("Table")!).Outcomes;
        context.Journal("table", context.GetText("Table"));
        if (OrderOf(context) is not { } order)
        {
            return context.CompleteAsync(outcomes);
        }

        context.SetProperty("outcomes", outcomes.Cast<object?>().ToList());
        CaseWork.Open(context, act, OriginOf(context), order);
        return ValueTask.CompletedTask;
    }

    private protected override TaskOrder? OrderOf(ActivityContext context) =>
        context.GetTexts("ConfirmBy") is { Count: > 0 } confirmBy ? new TaskOrder(confirmBy) : null;

    /// <summary>A decision that waits has a task, even where the new version would have it unconfirmed.</summary>
    private protected override IEnumerable<(string Signal, string Key)> Awaited(ActivityContext context) =>
        [(CaseSignals.TaskCompleted, context.Node.Id)];

    public override ValueTask ResumeAsync(ActivityContext context, Bookmark bookmark, object? input) =>
        CaseWork.LastDone(context, ActOf(context)) is null
            ? CaseWork.KeepWaiting(context)
            : context.CompleteAsync([.. ((List<object?>)context.GetProperty("outcomes")!).Cast<string>()]);
}

/// <summary>记录事实: writes facts the process itself knows; <c>now</c> stamps a moment.</summary>
public sealed class Record() : CaseActivity(Describe.Activity(nameof(Record), Describe.Rules, "记录事实", "Record facts",
    [Describe.Json("Facts", "事实", "Facts", required: true)]))
{
    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        var act = ActOf(context);
        var facts = context.GetDictionary("Facts") ?? [];
        var values = new Dictionary<string, FactValue>(StringComparer.Ordinal);
        foreach (var (fact, value) in facts)
        {
            if (value is "now")
            {
                act.Complaint.Facts.Stamp(act, fact, act.At);
            }
            else
            {
                values[fact] = act.Rules.Pack.Facts.Accept(fact, JsonOf(value), FactOrigin.Workflow, act.Rules.Zone).ValueOrThrow();
            }
        }

        act.Complaint.Facts.Change(act, values, null);
        return context.CompleteAsync();
    }

    private static JsonElement JsonOf(object? value)
    {
        using var document = JsonDocument.Parse(WorkflowValues.ToJson(value));
        return document.RootElement.Clone();
    }
}

/// <summary>等待事实: goes on when the condition holds, at once if it holds already.</summary>
public sealed class AwaitFact() : CaseActivity(Describe.Activity(nameof(AwaitFact), Describe.Rules, "等待事实", "Await facts",
    [Describe.Json("Condition", "条件", "Condition", required: true)]))
{
    public override ValueTask ExecuteAsync(ActivityContext context)
    {
        if (Holds(context))
        {
            return context.CompleteAsync();
        }

        Await(context, CaseSignals.FactsChanged, "");
        return ValueTask.CompletedTask;
    }

    public override ValueTask ResumeAsync(ActivityContext context, Bookmark bookmark, object? input) =>
        Holds(context) ? context.CompleteAsync() : CaseWork.KeepWaiting(context);

    private protected override IEnumerable<(string Signal, string Key)> Awaited(ActivityContext context) => [(CaseSignals.FactsChanged, "")];

    private static bool Holds(ActivityContext context) =>
        Condition.Parse(context.Get("Condition") is string written ? written : WorkflowValues.ToJson(context.Get("Condition"))).Holds(ActOf(context).Facts);
}
