using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using CaseManagement.Workflows.Expressions;
using CaseManagement.Workflows.Runtime.Stores;

namespace CaseManagement.Workflows.Runtime;

/// <summary>Adds journal rows to a burst. A start and the event that follows it at once share a row.</summary>
internal sealed class JournalWriter(Burst burst)
{
    private readonly List<(ActivityExecution Execution, string Name, object? Value)> _notes = [];

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
        foreach (var (name, value) in data)
        {
            Note(workflow, name, value);
        }

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

    /// <summary>For the next row of this execution; a name that was noted before gets the new value.</summary>
    public void Note(ActivityExecution execution, string name, object? value)
    {
        for (var i = 0; i < _notes.Count; i++)
        {
            if (ReferenceEquals(_notes[i].Execution, execution) && _notes[i].Name == name)
            {
                _notes[i] = (execution, name, value);
                return;
            }
        }

        _notes.Add((execution, name, value));
    }

    private byte[]? Data(ActivityExecution execution)
    {
        if (!HasNotes(execution))
        {
            return null;
        }

        _buffer ??= new ArrayBufferWriter<byte>(256);
        _writer ??= new Utf8JsonWriter(_buffer, WorkflowValues.WriterOptions);
        _buffer.ResetWrittenCount();
        _writer.Reset(_buffer);
        _writer.WriteStartObject();
        foreach (var (noted, name, value) in _notes)
        {
            if (ReferenceEquals(noted, execution))
            {
                _writer.WritePropertyName(name);
                WorkflowValues.Write(_writer, value);
            }
        }

        _writer.WriteEndObject();
        _writer.Flush();
        Forget(execution);
        return _buffer.WrittenSpan.ToArray();
    }

    private bool HasNotes(ActivityExecution execution)
    {
        foreach (var note in _notes)
        {
            if (ReferenceEquals(note.Execution, execution))
            {
                return true;
            }
        }

        return false;
    }

    private void Forget(ActivityExecution execution)
    {
        for (var i = _notes.Count - 1; i >= 0; i--)
        {
            if (ReferenceEquals(_notes[i].Execution, execution))
            {
                _notes.RemoveAt(i);
            }
        }
    }
}
