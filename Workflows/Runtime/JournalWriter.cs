using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using CaseManagement.Workflows.Expressions;
using CaseManagement.Workflows.Runtime.Stores;

namespace CaseManagement.Workflows.Runtime;

/// <summary>Adds journal rows to a burst. A start and the event that follows it at once share a row.</summary>
internal sealed class JournalWriter(Burst burst)
{
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    public void Write(
        WorkflowInstance instance, ActivityExecution execution, JournalEvent journalEvent, IReadOnlyList<string>? outcomes)
    {
        if (execution.Parent is null)
        {
            return; // the instance's own row says when the workflow started and ended
        }

        Append(instance, execution, journalEvent, outcomes);
    }

    /// <summary>Notes that the instance has gone to another version.</summary>
    public void WriteMigrated(WorkflowInstance instance, Dictionary<string, object?> data)
    {
        var workflow = instance.ExecutionList[0];
        workflow.Notes = [.. data];
        Append(instance, workflow, JournalEvent.Migrated, null);
    }

    private void Append(
        WorkflowInstance instance, ActivityExecution execution, JournalEvent journalEvent, IReadOnlyList<string>? outcomes)
    {
        var rows = burst.Changes.Journal;
        var atOnce = false;
        if (journalEvent != JournalEvent.Started && rows.Count > 0)
        {
            ref var last = ref CollectionsMarshal.AsSpan(rows)[^1];
            atOnce = last.Event == JournalEvent.Started && last.ExecutionId == execution.Id && last.InstanceId == instance.Id;
        }

        var row = new JournalRow(
            instance.Id, atOnce ? instance.LastJournalSequence : ++instance.LastJournalSequence, burst.Now, execution.Id,
            execution.Node.Id, execution.Node.NodeId, execution.Node.TypeName, journalEvent, atOnce,
            outcomes is null || Outcomes.IsDone(outcomes) ? null : outcomes, Data(execution));
        if (atOnce)
        {
            rows[^1] = row;
        }
        else
        {
            rows.Add(row);
        }
    }

    private static byte[]? Data(ActivityExecution execution)
    {
        if (execution.Notes is not { } notes)
        {
            return null;
        }

        execution.Notes = null;
        _buffer ??= new ArrayBufferWriter<byte>(256);
        _writer ??= new Utf8JsonWriter(_buffer, WorkflowValues.WriterOptions);
        _buffer.ResetWrittenCount();
        _writer.Reset(_buffer);
        _writer.WriteStartObject();
        foreach (var (name, value) in notes)
        {
            _writer.WritePropertyName(name);
            WorkflowValues.Write(_writer, value);
        }

        _writer.WriteEndObject();
        _writer.Flush();
        return _buffer.WrittenSpan.ToArray();
    }
}
