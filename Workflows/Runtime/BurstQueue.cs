using CaseManagement.Workflows.Expressions;
using CaseManagement.Workflows.Runtime.Stores;

namespace CaseManagement.Workflows.Runtime;

/// <summary>What the instances of a burst ask of each other, done after the one that asks has come to rest.</summary>
internal sealed class BurstQueue(Burst burst)
{
    private Queue<object>? _posted;
    private List<(WorkflowInstance Instance, Bookmark Bookmark)>? _mayTakeKept;
    private bool _settling;

    public void Post(Stimulus stimulus) => (_posted ??= new Queue<object>()).Enqueue(stimulus);

    public void Post(StartRequest request) => (_posted ??= new Queue<object>()).Enqueue(request);

    public void TellParent(WorkflowInstance child) => (_posted ??= new Queue<object>()).Enqueue(child);

    public void MayTakeKept(WorkflowInstance instance, Bookmark bookmark) => (_mayTakeKept ??= []).Add((instance, bookmark));

    public async ValueTask SettleAsync()
    {
        if (_settling)
        {
            return;
        }

        _settling = true;
        while (true)
        {
            if (_posted is not null && _posted.TryDequeue(out var next))
            {
                await DoAsync(next);
            }
            else if (_mayTakeKept is { Count: > 0 } waiting)
            {
                var (instance, bookmark) = waiting[0];
                waiting.RemoveAt(0);
                await TakeKeptAsync(instance, bookmark);
            }
            else
            {
                break;
            }
        }

        _settling = false;
    }

    public async ValueTask<DeliverResult> DeliverAsync(Stimulus stimulus)
    {
        var matches = await MatchesAsync(stimulus);
        List<Guid>? started = null;
        if (stimulus.InstanceId is null)
        {
            started = await StartTriggeredAsync(stimulus);
        }

        var resumed = 0;
        foreach (var (instance, bookmark) in matches)
        {
            resumed += await ResumeAsync(instance, bookmark, WorkflowValues.From(stimulus.Input)) ? 1 : 0;
        }

        if (resumed > 0 || started is not null)
        {
            return new DeliverResult(DeliverOutcome.Delivered, resumed, started ?? (IReadOnlyList<Guid>)[]);
        }

        return await KeepAsync(stimulus) ? DeliverResult.Kept : DeliverResult.AlreadyDone;
    }

    public async ValueTask<bool> ResumeAsync(WorkflowInstance instance, Bookmark bookmark, object? input)
    {
        if (instance.Status != WorkflowStatus.Running || !instance.BookmarkList.Contains(bookmark)
            || instance.FindExecution(bookmark.ExecutionId) is not { Status: ActivityStatus.Running } execution)
        {
            return false;
        }

        instance.Queue.Enqueue(new WorkItem(execution, bookmark, input));
        await burst.Runner.DrainAsync(instance);
        return true;
    }

    private async ValueTask DoAsync(object next)
    {
        switch (next)
        {
            case Stimulus stimulus:
                await DeliverAsync(stimulus);
                break;
            case StartRequest request:
                await StartPostedAsync(request);
                break;
            case WorkflowInstance { SubStatus: WorkflowSubStatus.Cancelled } cancelled:
                await LetParentLookLaterAsync(cancelled);
                break;
            case WorkflowInstance child:
                await DeliverAsync(new Stimulus(Stimuli.ChildFinished, child.Id.ToString())
                {
                    InstanceId = child.ParentInstanceId,
                    Input = ChildResults.Of(child),
                });
                break;
        }
    }

    // A burst of its own, a moment later: see the limit. The activity then reads the child for itself.
    private async ValueTask LetParentLookLaterAsync(WorkflowInstance child)
    {
        if (await burst.LoadAsync(child.ParentInstanceId!.Value) is not { Status: WorkflowStatus.Running } parent)
        {
            return;
        }

        var key = child.Id.ToString();
        if (parent.BookmarkList.Find(b => b.StimulusName == Stimuli.ChildFinished && b.StimulusKey == key) is { DueAt: null } waiting)
        {
            waiting.DueAt = burst.Now + burst.Limits.ParentGoesOnAfterCancellation;
            parent.IsDirty = true;
        }
    }

    // A parent that waits must not wait for a child that never came to be.
    private async ValueTask StartPostedAsync(StartRequest request)
    {
        var result = await burst.Starter.StartAsync(request);
        if (result.Outcome != StartOutcome.Started && request is { ParentInstanceId: not null, InstanceId: { } childId })
        {
            await DeliverAsync(new Stimulus(Stimuli.ChildFinished, childId.ToString()) { InstanceId = request.ParentInstanceId });
        }
    }

    private async ValueTask<List<(WorkflowInstance Instance, Bookmark Bookmark)>> MatchesAsync(Stimulus stimulus)
    {
        var matches = new List<(WorkflowInstance, Bookmark)>();
        if (stimulus.InstanceId is { } id)
        {
            if (await burst.LoadAsync(id) is { } instance)
            {
                Collect(instance, stimulus, onlyIndexed: false, matches);
            }

            return matches;
        }

        var rows = await burst.Transaction.FindBookmarksAsync(
            stimulus.Name, stimulus.Key, stimulus.CorrelationId, burst.CancellationToken);
        foreach (var row in rows)
        {
            await burst.LoadAsync(row.InstanceId);
        }

        foreach (var instance in burst.Instances)
        {
            Collect(instance, stimulus, onlyIndexed: true, matches);
        }

        matches.Sort(static (a, b) => a.Item1.CreatedAt.CompareTo(b.Item1.CreatedAt) is var order and not 0
            ? order
            : a.Item1.Id == b.Item1.Id ? a.Item2.ExecutionId.CompareTo(b.Item2.ExecutionId) : a.Item1.Id.CompareTo(b.Item1.Id));
        return matches;
    }

    private static void Collect(
        WorkflowInstance instance, Stimulus stimulus, bool onlyIndexed, List<(WorkflowInstance, Bookmark)> matches)
    {
        if (instance.Status != WorkflowStatus.Running
            || (stimulus.CorrelationId is { } correlation && instance.CorrelationId != correlation))
        {
            return;
        }

        foreach (var bookmark in instance.BookmarkList)
        {
            if ((bookmark.Indexed || !onlyIndexed) && bookmark.StimulusName == stimulus.Name && bookmark.StimulusKey == stimulus.Key)
            {
                matches.Add((instance, bookmark));
            }
        }
    }

    public async ValueTask<List<Guid>?> StartTriggeredAsync(Stimulus stimulus)
    {
        List<Guid>? started = null;
        foreach (var trigger in await burst.Transaction.FindTriggersAsync(stimulus.Name, stimulus.Key, burst.CancellationToken))
        {
            var result = await burst.Starter.StartAsync(new StartRequest
            {
                DefinitionVersionId = trigger.DefinitionVersionId,
                CorrelationId = stimulus.CorrelationId,
                TriggerNodeId = trigger.NodeId,
                TriggerInput = stimulus.Input,
            });
            if (result.Instance is { } instance)
            {
                (started ??= []).Add(instance.Id);
            }
        }

        return started;
    }

    private async ValueTask<bool> KeepAsync(Stimulus stimulus)
    {
        if (!stimulus.KeepIfUnmatched || (stimulus.InstanceId is null && stimulus.CorrelationId is null)
            || (stimulus.InstanceId is { } id && await burst.LoadAsync(id) is not { Status: WorkflowStatus.Running }))
        {
            return false;
        }

        burst.Changes.KeptStimuli.Add(new KeptStimulusRow(
            burst.NewId(), StimulusHash.Of(stimulus.Name, stimulus.Key), stimulus.Name, stimulus.Key,
            stimulus.CorrelationId, stimulus.InstanceId,
            System.Text.Encoding.UTF8.GetBytes(WorkflowValues.ToJson(WorkflowValues.From(stimulus.Input))), burst.Now,
            burst.Now + burst.Limits.KeepStimuliFor));
        return true;
    }

    private async ValueTask TakeKeptAsync(WorkflowInstance instance, Bookmark bookmark)
    {
        if (instance.Status != WorkflowStatus.Running || !instance.BookmarkList.Contains(bookmark))
        {
            return;
        }

        var stored = await burst.Transaction.FindKeptAsync(
            bookmark.StimulusName, bookmark.StimulusKey, burst.Now, burst.CancellationToken);
        if (stored.Count == 0 && !burst.Changes.HasRare)
        {
            return;
        }

        foreach (var kept in stored.Concat(burst.Changes.KeptStimuli.ToArray()))
        {
            if (kept.StimulusName != bookmark.StimulusName || kept.StimulusKey != bookmark.StimulusKey
                || (kept.InstanceId is { } id && id != instance.Id)
                || (kept.CorrelationId is { } correlation && correlation != instance.CorrelationId)
                || burst.Changes.DeliveredStimuli.Contains(kept.Id))
            {
                continue;
            }

            if (!burst.Changes.KeptStimuli.Remove(kept))
            {
                burst.Changes.DeliveredStimuli.Add(kept.Id);
            }

            var text = System.Text.Encoding.UTF8.GetString(kept.Input.Span);
            await ResumeAsync(instance, bookmark, WorkflowValues.Parse(text));
            return;
        }
    }
}
