using CaseManagement.Workflows.Runtime.Stores;

namespace CaseManagement.Workflows.Runtime;

/// <summary>Turns a changed instance into what the store writes of it.</summary>
internal static class InstanceRows
{
    public static void Collect(Burst burst, WorkflowInstance instance)
    {
        var changes = burst.Changes;
        SyncBookmarks(burst, instance);
        instance.UpdatedAt = burst.Now;
        instance.Version++;
        instance.IsDirty = false;
        var state = InstanceDocument.Write(instance);
        if (state.Length > burst.Limits.MaxStateBytes)
        {
            throw new InstanceTooLargeException(instance.Id, state.Length);
        }

        var open = 0;
        foreach (var incident in instance.IncidentList)
        {
            open += incident.ResolvedAt is null ? 1 : 0;
        }

        var row = new InstanceRow
        {
            Id = instance.Id,
            DefinitionId = instance.Plan.DefinitionId,
            DefinitionVersionId = instance.Plan.VersionId,
            DefinitionVersion = instance.Plan.Version,
            Status = instance.Status,
            SubStatus = instance.SubStatus,
            CorrelationId = instance.CorrelationId,
            Name = instance.Name,
            ParentInstanceId = instance.ParentInstanceId,
            CreatedAt = instance.CreatedAt,
            UpdatedAt = instance.UpdatedAt,
            FinishedAt = instance.FinishedAt,
            IncidentCount = open,
            Version = instance.Version,
        };
        (instance.Version == 1 ? changes.InsertedInstances : changes.UpdatedInstances).Add(new StoredInstance(row, state));
    }

    // A finished instance keeps its bookmarks only when it faulted; they have no rows until a retry lets it run again.
    private static void SyncBookmarks(Burst burst, WorkflowInstance instance)
    {
        var running = instance.Status == WorkflowStatus.Running;
        var hadRows = false;
        foreach (var bookmark in instance.BookmarkList)
        {
            hadRows |= bookmark.HasIndexRow;
            if (!running)
            {
                burst.RemoveRows(bookmark);
                continue;
            }

            if (bookmark.Indexed && !bookmark.HasIndexRow)
            {
                bookmark.HasIndexRow = true;
                burst.Changes.AddedBookmarks.Add(new BookmarkRow(
                    bookmark.Id, instance.Id, StimulusHash.Of(bookmark.StimulusName, bookmark.StimulusKey),
                    bookmark.StimulusName, bookmark.StimulusKey, instance.CorrelationId));
            }

            if (bookmark.DueAt is { } dueAt && !bookmark.HasTimerRow)
            {
                bookmark.HasTimerRow = true;
                burst.Changes.AddedTimers.Add(new TimerRow
                {
                    Id = bookmark.Id,
                    InstanceId = instance.Id,
                    BookmarkId = bookmark.Id,
                    DueAt = dueAt,
                    Severity = bookmark.Severity,
                    Kind = TimerKinds.Bookmark,
                });
            }
        }

        if (hadRows && running && instance.StoredCorrelationId != instance.CorrelationId)
        {
            burst.Changes.RecorrelatedInstances.Add((instance.Id, instance.CorrelationId));
        }

        instance.StoredCorrelationId = instance.CorrelationId;
    }
}
