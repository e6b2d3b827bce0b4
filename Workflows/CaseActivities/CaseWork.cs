using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Tasks;
using CaseManagement.Workflows.Runtime;

namespace CaseManagement.Workflows.CaseActivities;

/// <summary>What all steps that wait for a person have in common.</summary>
internal static class CaseWork
{
    /// <summary>Opens a task for this shape and waits for it.</summary>
    public static void Open(ActivityContext context, CaseAct act, TaskOrigin origin, TaskOrder order)
    {
        Add(act, origin, order);
        context.CreateBookmark(CaseSignals.TaskCompleted, origin.Shape);
    }

    /// <summary>Opens a task, or one for each element, called after it.</summary>
    public static void Add(CaseAct act, TaskOrigin origin, TaskOrder order)
    {
        foreach (var each in order.Each ?? [null])
        {
            var element = each is null || order.EachOf is null ? null : new ListElement(order.EachOf, each);
            var name = element?.NameIn(act.Rules.Pack, act.Complaint.Facts, act.Rules.Chart) ?? order.StepName;
            act.Complaint.Tasks.Add(act, new HumanTask
            {
                Id = Guid.CreateVersion7(act.At),
                Key = origin.Shape + order.Step,
                Shape = origin.Shape,
                Instance = origin.Instance,
                TitleZh = name is null ? origin.TitleZh : $"{origin.TitleZh}：{name.Zh}",
                TitleEn = name is null ? origin.TitleEn : $"{origin.TitleEn}: {name.En}",
                Form = order.Form,
                Outcomes = order.Outcomes,
                Who = order.Who,
                Each = each,
                EachOf = each is null ? null : order.EachOf,
                Clock = order.Clock is { } clock && element is not null ? CaseClocks.KeyOf(act, clock, element) : order.Clock,
                Stamps = order.Stamps,
                MinPeople = order.MinPeople,
                NotBy = order.NotBy,
                AsksTimeFor = order.AsksTimeFor,
                Signs = order.Signs,
                CreatedAt = act.At,
            });
        }
    }

    /// <summary>The last done task of this shape when none is left open; null while one is.</summary>
    public static HumanTask? LastDone(ActivityContext context, CaseAct act)
    {
        HumanTask? last = null;
        foreach (var task in act.Complaint.Tasks.All)
        {
            if (task.Shape != context.Node.Id || task.Instance != context.Instance.Id)
            {
                continue;
            }

            if (task.IsOpen)
            {
                return null;
            }

            if (task.State == TaskState.Done)
            {
                last = task;
            }
        }

        return last;
    }

    public static ValueTask KeepWaiting(ActivityContext context)
    {
        context.KeepBookmark();
        return ValueTask.CompletedTask;
    }
}

/// <summary>What a shape wants done.</summary>
internal sealed record TaskOrder(IReadOnlyList<string> Who) : TaskTerms(Who)
{
    /// <summary>One task for each element; null: one task.</summary>
    public IReadOnlyList<string?>? Each { get; init; }

    /// <summary>The fact that holds the list the elements are of.</summary>
    public string? EachOf { get; init; }

    /// <summary>What follows the shape's id in the key of a step of it, and what the step is called.</summary>
    public string? Step { get; init; }

    /// <inheritdoc cref="Step"/>
    public BilingualText? StepName { get; init; }
}
