using CaseManagement.Domain.Complaints;
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

    /// <summary>Opens a task, or one for each element.</summary>
    public static void Add(CaseAct act, TaskOrigin origin, TaskOrder order)
    {
        foreach (var each in order.Each ?? [null])
        {
            act.Complaint.Tasks.Add(act, new HumanTask
            {
                Id = Guid.CreateVersion7(act.At),
                Key = origin.Shape,
                Shape = origin.Shape,
                Instance = origin.Instance,
                TitleZh = origin.TitleZh,
                TitleEn = origin.TitleEn,
                Form = order.Form,
                Outcomes = order.Outcomes,
                Who = order.Who,
                Each = each,
                Clock = order.Clock,
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
}
