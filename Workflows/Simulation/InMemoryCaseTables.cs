using CaseManagement.Workflows.Cases.Store;

namespace CaseManagement.Workflows.Simulation;

/// <summary>Rows of cases: the committed ones, or those one transaction has written so far.</summary>
internal sealed class InMemoryCaseTables
{
    public Dictionary<Guid, StoredCase> Cases { get; } = [];

    /// <summary>Cases in the order they were registered.</summary>
    public List<Guid> Order { get; } = [];

    /// <summary>Cases by what no two may share.</summary>
    public Dictionary<(string Column, string Value), Guid> Unique { get; } = [];

    public Dictionary<Guid, CaseTextRow> Texts { get; } = [];
    public Dictionary<Guid, TaskRow> Tasks { get; } = [];
    public Dictionary<(Guid Complaint, string Key), ClockRow> Clocks { get; } = [];
    public Dictionary<(Guid Complaint, long Sequence), EventRow> Events { get; } = [];
    public Dictionary<Guid, MessageRow> Messages { get; } = [];
    public Dictionary<Guid, AttachmentRow> Attachments { get; } = [];
    public Dictionary<(Guid Complaint, string Kind), TraceRow> Traces { get; } = [];
    public Dictionary<(Guid Complaint, string Counter), CountRow> Counts { get; } = [];

    /// <summary>Whether a party is there; of what one transaction has written, false says that it goes.</summary>
    public Dictionary<PartyRow, bool> Parties { get; } = [];
    public Dictionary<string, long> Sequences { get; } = new(StringComparer.Ordinal);
    public Dictionary<(string Principal, string Key), AnswerRow> Answers { get; } = [];

    /// <summary>What no two cases may share, as far as this one has it.</summary>
    public static IEnumerable<(string Column, string Value)> UniqueOf(CaseRow row)
    {
        yield return (nameof(CaseRow.Number), row.Number);
        if (row.ExternalId is { } externalId)
        {
            yield return (nameof(CaseRow.ExternalId), externalId);
        }

        if (row.TrackingHash is { } trackingHash)
        {
            yield return (nameof(CaseRow.TrackingHash), trackingHash);
        }
    }

    /// <summary>Writes a case and keeps the order and what is unique in step.</summary>
    public void Put(StoredCase stored)
    {
        if (Cases.TryGetValue(stored.Row.Id, out var old))
        {
            foreach (var value in UniqueOf(old.Row))
            {
                Unique.Remove(value);
            }
        }
        else
        {
            Order.Add(stored.Row.Id);
        }

        Cases[stored.Row.Id] = stored;
        foreach (var value in UniqueOf(stored.Row))
        {
            Unique[value] = stored.Row.Id;
        }
    }

    /// <summary>Takes in what a transaction has written.</summary>
    public void Take(InMemoryCaseTables written)
    {
        foreach (var id in written.Order)
        {
            Put(written.Cases[id]);
        }

        Copy(written.Texts, Texts);
        Copy(written.Tasks, Tasks);
        Copy(written.Clocks, Clocks);
        Copy(written.Events, Events);
        Copy(written.Messages, Messages);
        Copy(written.Attachments, Attachments);
        Copy(written.Traces, Traces);
        Copy(written.Counts, Counts);
        Copy(written.Parties, Parties);
        Copy(written.Sequences, Sequences);
        Copy(written.Answers, Answers);
    }

    private static void Copy<TKey, TRow>(Dictionary<TKey, TRow> from, Dictionary<TKey, TRow> to)
        where TKey : notnull
    {
        foreach (var (key, row) in from)
        {
            to[key] = row;
        }
    }
}
