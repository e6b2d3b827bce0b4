using CaseManagement.Workflows.Definitions;
using CaseManagement.Workflows.Expressions;
using CaseManagement.Workflows.Runtime.Plans;
using CaseManagement.Workflows.Runtime.Stores;

namespace CaseManagement.Workflows.Runtime;

/// <summary>Runs the activities of the instances of one burst: first in, first out, as Elsa 3.8 does.</summary>
internal sealed class InstanceRunner(Burst burst)
{
    public JournalWriter Journal { get; } = new(burst);

    public static ActivityExecution Schedule(
        WorkflowInstance instance, ActivityExecution? parent, PlanNode node, Dictionary<string, object?>? locals)
    {
        var execution = new ActivityExecution(++instance.LastExecutionId, node, parent) { Locals = locals };
        Attach(instance, execution);
        instance.Queue.Enqueue(new WorkItem(execution));
        instance.IsDirty = true;
        return execution;
    }

    /// <summary>Runs until nothing is queued, then says whether the instance waits or has finished.</summary>
    public async ValueTask DrainAsync(WorkflowInstance instance)
    {
        if (instance.IsRunningNow)
        {
            return;
        }

        instance.IsRunningNow = true;
        instance.IsDirty = true;
        if (instance.Status == WorkflowStatus.Running)
        {
            instance.SubStatus = WorkflowSubStatus.Executing;
        }

        while (instance.Queue.TryDequeue(out var item))
        {
            await RunAsync(instance, item);
        }

        instance.IsRunningNow = false;
        if (instance.Status == WorkflowStatus.Running)
        {
            if (instance.ExecutionList.Count == 0)
            {
                End(instance, WorkflowSubStatus.Finished);
            }
            else
            {
                instance.SubStatus = WorkflowSubStatus.Suspended;
            }
        }
    }

    public async ValueTask CompleteAsync(WorkflowInstance instance, ActivityExecution execution, IReadOnlyList<string> outcomes)
    {
        if (execution.Status != ActivityStatus.Running)
        {
            return;
        }

        await CloseAsync(instance, execution, outcomes);
        if (execution.Parent is not { Status: ActivityStatus.Running } parent)
        {
            return;
        }

        try
        {
            await parent.Node.Activity.ChildCompletedAsync(new ActivityContext(burst, instance, parent), execution, outcomes);
        }
        catch (Exception exception) when (!burst.PassesThrough(exception))
        {
            await FaultAsync(instance, execution, exception);
        }
    }

    /// <summary>
    /// Completes an execution, then every container around it up to <paramref name="target"/>; only the target's parent is told.
    /// </summary>
    public async ValueTask CompleteUpToAsync(
        WorkflowInstance instance, ActivityExecution from, ActivityExecution target, IReadOnlyList<string> outcomes)
    {
        for (var execution = from; !ReferenceEquals(execution, target); execution = execution.Parent!)
        {
            await CloseAsync(instance, execution, Outcomes.Done);
        }

        await CompleteAsync(instance, target, outcomes);
    }

    public async ValueTask CancelAsync(WorkflowInstance instance, ActivityExecution execution, bool journal)
    {
        if (!execution.IsLive)
        {
            return;
        }

        if (execution.LiveChildren > 0)
        {
            await CancelChildrenAsync(instance, execution, journal);
        }

        var started = execution.Status != ActivityStatus.Pending;
        if (started)
        {
            await TellCancelledAsync(instance, execution);
        }

        ResolveIncidents(instance, execution.Id);
        execution.Status = ActivityStatus.Canceled;
        RemoveBookmarks(instance, execution);
        Detach(instance, execution);
        if (started && journal)
        {
            Journal.Write(instance, execution, JournalEvent.Canceled, null);
        }
    }

    /// <summary>Ends the instance at once: nothing queued or waiting goes on, and nothing more is journalled.</summary>
    public async ValueTask EndAsync(WorkflowInstance instance, WorkflowSubStatus subStatus)
    {
        instance.Queue.Clear();
        for (var i = instance.ExecutionList.Count - 1; i >= 0; i--)
        {
            var execution = instance.ExecutionList[i];
            if (execution.Status != ActivityStatus.Pending)
            {
                await TellCancelledAsync(instance, execution);
            }

            execution.Status = ActivityStatus.Canceled;
        }

        instance.ExecutionList.Clear();
        for (var i = instance.BookmarkList.Count - 1; i >= 0; i--)
        {
            RemoveBookmark(instance, instance.BookmarkList[i]);
        }

        if (instance.Status == WorkflowStatus.Running || subStatus == WorkflowSubStatus.Cancelled)
        {
            End(instance, subStatus);
        }
    }

    /// <summary>Completes an execution and with it the whole workflow, whatever else is queued or waits.</summary>
    public async ValueTask FinishAsync(WorkflowInstance instance, ActivityExecution execution)
    {
        await CloseAsync(instance, execution, Outcomes.Done);
        await EndAsync(instance, WorkflowSubStatus.Finished);
    }

    public Bookmark CreateBookmark(
        WorkflowInstance instance, ActivityExecution execution, string stimulusName, string stimulusKey, BookmarkOptions options)
    {
        var bookmark = new Bookmark
        {
            Id = burst.NewId(),
            ExecutionId = execution.Id,
            ActivityId = execution.Node.Id,
            NodeId = execution.Node.NodeId,
            Name = execution.Node.TypeName,
            StimulusName = stimulusName,
            StimulusKey = stimulusKey,
            Payload = WorkflowValues.From(options.Payload),
            Indexed = options.Indexed,
            TakesKept = options.TakesKept,
            DueAt = options.DueAt,
            Severity = options.Severity,
            CreatedAt = burst.Now,
        };
        instance.BookmarkList.Add(bookmark);
        instance.IsDirty = true;
        if (bookmark.TakesKept)
        {
            burst.MayTakeKept(instance, bookmark);
        }

        return bookmark;
    }

    public void RemoveBookmark(WorkflowInstance instance, Bookmark bookmark)
    {
        if (!instance.BookmarkList.Remove(bookmark))
        {
            return;
        }

        instance.IsDirty = true;
        burst.RemoveRows(bookmark);
    }

    /// <summary>Runs a faulted execution again.</summary>
    public bool Requeue(WorkflowInstance instance, int executionId)
    {
        if (instance.FindExecution(executionId) is not { Status: ActivityStatus.Faulted } execution)
        {
            return false;
        }

        execution.Status = ActivityStatus.Pending;
        ResolveIncidents(instance, executionId);
        instance.Queue.Enqueue(new WorkItem(execution));
        return true;
    }

    private async ValueTask RunAsync(WorkflowInstance instance, WorkItem item)
    {
        var (execution, bookmark, input) = item;
        if (bookmark is null ? execution.Status != ActivityStatus.Pending : execution.Status != ActivityStatus.Running)
        {
            return;
        }

        try
        {
            burst.CountExecution();
            var context = new ActivityContext(burst, instance, execution);
            if (bookmark is null)
            {
                execution.Status = ActivityStatus.Running;
                Journal.Write(instance, execution, JournalEvent.Started, null);
                if (execution.Node.RunsAsynchronously && !context.IsTrigger)
                {
                    context.CreateBookmark(Stimuli.Background, "", new BookmarkOptions { DueAt = burst.Now });
                }
                else
                {
                    await execution.Node.Activity.ExecuteAsync(context);
                }

                if (ReferenceEquals(instance.Trigger, execution.Node))
                {
                    instance.Trigger = null;
                    instance.TriggerInput = null;
                }
            }
            else
            {
                Journal.Write(instance, execution, JournalEvent.Resumed, null);
                execution.BookmarkKept = false;
                await (bookmark.StimulusName == Stimuli.Background
                    ? execution.Node.Activity.ExecuteAsync(context)
                    : execution.Node.Activity.ResumeAsync(context, bookmark, input));
                if (!execution.BookmarkKept)
                {
                    RemoveBookmark(instance, bookmark);
                }
                else if (!bookmark.HasTimerRow)
                {
                    bookmark.DueAt = null; // its timer has fired; the bookmark itself goes on
                }
            }

            if (execution.Status == ActivityStatus.Running && HasBookmark(instance, execution.Id))
            {
                Journal.Write(instance, execution, JournalEvent.Suspended, null);
            }
        }
        catch (Exception exception) when (!burst.PassesThrough(exception))
        {
            await FaultAsync(instance, execution, exception);
            if (exception is BurstLimitException)
            {
                // Pending executions stay in the instance and run at a retry; bookmarks about to resume go on waiting.
                instance.Queue.Clear();
            }
        }
    }

    private async ValueTask FaultAsync(WorkflowInstance instance, ActivityExecution execution, Exception exception)
    {
        await CancelChildrenAsync(instance, execution, journal: true);
        RemoveBookmarks(instance, execution);
        var wasLive = execution.IsLive;
        execution.Status = ActivityStatus.Faulted;
        if (!wasLive && execution.Parent is { IsLive: true } && !instance.ExecutionList.Contains(execution))
        {
            Attach(instance, execution);
        }

        var incident = new Incident(
            instance.IncidentList.Count + 1, execution.Id, execution.Node.Id, execution.Node.NodeId, execution.Node.TypeName,
            exception.Message, exception.GetType().FullName!, burst.Now);
        instance.IncidentList.Add(incident);
        instance.IsDirty = true;
        burst.Changes.AddedIncidents.Add(new IncidentRow(instance.Id, incident));
        Journal.Note(execution, "Message", exception.Message);
        Journal.Write(instance, execution, JournalEvent.Faulted, null);
        if (instance.Plan.Definition.Options.IncidentStrategy == IncidentStrategy.Fault && instance.Status == WorkflowStatus.Running)
        {
            End(instance, WorkflowSubStatus.Faulted);
        }
    }

    private async ValueTask CloseAsync(WorkflowInstance instance, ActivityExecution execution, IReadOnlyList<string> outcomes)
    {
        execution.Status = ActivityStatus.Completed;
        if (execution.LiveChildren > 0)
        {
            await CancelChildrenAsync(instance, execution, journal: true);
        }

        RemoveBookmarks(instance, execution);
        Detach(instance, execution);
        if (execution.Parent is not null)
        {
            Journal.Write(instance, execution, JournalEvent.Completed, outcomes);
        }
    }

    private async ValueTask CancelChildrenAsync(WorkflowInstance instance, ActivityExecution execution, bool journal)
    {
        while (execution.LiveChildren > 0)
        {
            var child = instance.ExecutionList.Find(e => ReferenceEquals(e.Parent, execution))!;
            await CancelAsync(instance, child, journal);
        }
    }

    private async ValueTask TellCancelledAsync(WorkflowInstance instance, ActivityExecution execution)
    {
        try
        {
            await execution.Node.Activity.CancelAsync(new ActivityContext(burst, instance, execution));
        }
        catch (Exception exception) when (!burst.PassesThrough(exception))
        {
            var incident = new Incident(
                instance.IncidentList.Count + 1, execution.Id, execution.Node.Id, execution.Node.NodeId, execution.Node.TypeName,
                exception.Message, exception.GetType().FullName!, burst.Now, ResolvedAt: burst.Now);
            instance.IncidentList.Add(incident);
            burst.Changes.AddedIncidents.Add(new IncidentRow(instance.Id, incident));
        }
    }

    private void ResolveIncidents(WorkflowInstance instance, int executionId)
    {
        for (var i = 0; i < instance.IncidentList.Count; i++)
        {
            var incident = instance.IncidentList[i];
            if (incident.ExecutionId == executionId && incident.ResolvedAt is null)
            {
                instance.IncidentList[i] = incident with { ResolvedAt = burst.Now };
                burst.Changes.ResolvedIncidents.Add(new IncidentRow(instance.Id, instance.IncidentList[i]));
            }
        }
    }

    private static bool HasBookmark(WorkflowInstance instance, int executionId)
    {
        foreach (var bookmark in instance.BookmarkList)
        {
            if (bookmark.ExecutionId == executionId)
            {
                return true;
            }
        }

        return false;
    }

    private void RemoveBookmarks(WorkflowInstance instance, ActivityExecution execution)
    {
        for (var i = instance.BookmarkList.Count - 1; i >= 0; i--)
        {
            if (instance.BookmarkList[i].ExecutionId == execution.Id)
            {
                RemoveBookmark(instance, instance.BookmarkList[i]);
            }
        }
    }

    private void End(WorkflowInstance instance, WorkflowSubStatus subStatus)
    {
        instance.SubStatus = subStatus;
        instance.FinishedAt = burst.Now;
        instance.IsDirty = true;
        if (instance.ParentInstanceId is not null)
        {
            burst.TellParent(instance);
        }
    }

    private static void Attach(WorkflowInstance instance, ActivityExecution execution)
    {
        instance.ExecutionList.Add(execution);
        if (execution.Parent is { } parent)
        {
            parent.LiveChildren++;
        }
        else if (execution.Node.Variables.Count > 0)
        {
            execution.Variables = instance.RootVariables;
            instance.RootVariables = VariableScope.Materialize(execution);
        }
    }

    private static void Detach(WorkflowInstance instance, ActivityExecution execution)
    {
        if (instance.ExecutionList.Remove(execution) && execution.Parent is { } parent)
        {
            parent.LiveChildren--;
        }
    }
}
