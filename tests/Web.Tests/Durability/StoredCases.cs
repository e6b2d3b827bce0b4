using System.Text.Json.Nodes;
using CaseManagement.Domain.Auditing;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Tasks;
using Microsoft.Data.Sqlite;

namespace CaseManagement.Web.Tests.Durability;

/// <summary>The database as it lies there, read past the product, and what must be true of it whatever happened.</summary>
public sealed class StoredCases : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteTransaction _snapshot;
    private readonly List<Case> _cases;

    public StoredCases(DirectoryInfo data)
    {
        _connection = new SqliteConnection($"Data Source={Path.Combine(data.FullName, "cases.db")};Pooling=false");
        _connection.Open();
        _snapshot = _connection.BeginTransaction(deferred: true);
        _cases = Read("SELECT Id, Number, Status, EventSequence, EventHead, Version, Document FROM Cases", r => new Case(
            new Guid((byte[])r["Id"], bigEndian: true), (string)r["Number"], (string)r["Status"], (long)r["EventSequence"], (byte[])r["EventHead"], (long)r["Version"],
            CaseDocument.Read((byte[])r["Document"]), (byte[])r["Id"]));
    }

    /// <summary>Nothing lost, nothing doubled, every index row and timer as the document says.</summary>
    public void AssertConsistent()
    {
        Assert.Equal("ok", Read("PRAGMA integrity_check", r => r.GetString(0)).Single());
        Assert.Equal(_cases.Count, _cases.Select(c => c.Number).Distinct().Count());
        Assert.All(_cases.GroupBy(c => c.Number[..^4]), month =>
            Assert.Equal(Enumerable.Range(1, month.Count()), month.Select(c => int.Parse(c.Number[^4..], System.Globalization.CultureInfo.InvariantCulture)).Order()));
        foreach (var one in _cases)
        {
            AssertChain(one);
            AssertTasks(one);
            AssertClocks(one);
            AssertInstance(one);
        }

        var timers = Scalar("SELECT COUNT(*) FROM Timers WHERE Kind = 'Clock'");
        Assert.Equal(_cases.Sum(c => WakeUps(c).Count()), timers);
    }

    /// <summary>What was answered before a kill is there after it.</summary>
    public void AssertHolds(IEnumerable<Guid> registered, IEnumerable<Guid> completed)
    {
        var ids = _cases.Select(c => c.Document.Id.Value).ToHashSet();
        var done = _cases.SelectMany(c => c.Document.Tasks.All).Where(t => t.State == TaskState.Done).Select(t => t.Id).ToHashSet();
        Assert.All(registered, id => Assert.Contains(id, ids));
        Assert.All(completed, id => Assert.Contains(id, done));
    }

    public void Dispose()
    {
        _snapshot.Dispose();
        _connection.Dispose();
    }


    public void AssertAllClosed()
    {
        Assert.All(_cases, c => Assert.Equal("closed", c.Status));
        Assert.Equal(0, Scalar("SELECT COUNT(*) FROM Timers WHERE Kind = 'Clock'"));
        Assert.Equal(0, Scalar("SELECT COUNT(*) FROM Instances WHERE Status = 'Running'"));
    }

    private void AssertChain(Case one)
    {
        var check = new StreamCheck($"case/{one.Document.Id}");
        Assert.All(EventsOf(one), link => Assert.Null(check.Add(link)));
        Assert.Null(check.End());
        var (sequence, head) = (check.Sequence, check.Hash);

        Assert.Equal(one.EventSequence, sequence);
        Assert.Equal(one.EventHead, head);
        Assert.Equal(one.Version, one.Document.Version);
    }

    private void AssertTasks(Case one)
    {
        var rows = Read("SELECT Id, State FROM Tasks WHERE ComplaintId = @id", r => (Id: new Guid((byte[])r["Id"], bigEndian: true), State: (string)r["State"]), one.Key);
        Assert.Equal(
            one.Document.Tasks.All.Select(t => (t.Id, t.State.ToString())).Order(),
            rows.Select(r => (r.Id, r.State)).Order());
        var events = EventsOf(one).ToList();
        Assert.Equal(one.Document.Tasks.All.Count, events.Count(e => e.Type == CaseEvents.TaskCreated));
        Assert.Equal(one.Document.Tasks.All.Count(t => t.State == TaskState.Done), events.Count(e => e.Type == CaseEvents.TaskCompleted));
        // a shape has one task open at a time
        Assert.All(one.Document.Tasks.Open.GroupBy(t => t.Key), g => Assert.Single(g));
    }

    private void AssertClocks(Case one)
    {
        var events = EventsOf(one).ToList();
        var rungs = events.Where(e => e.Type == CaseEvents.RungActed).Select(e => JsonNode.Parse(e.Data!)!).Select(d => $"{d["clock"]} {d["rung"]} {d["dueAt"]}").ToList();
        Assert.Equal(rungs.Count, rungs.Distinct().Count());
        Assert.Equal(
            one.Document.Clocks.All.Values.SelectMany(c => c.Rungs).Count(r => r.FiredAt is not null), rungs.Count);
        Assert.Equal(events.Count(e => e.Type == CaseEvents.MessageQueued), Scalar("SELECT COUNT(*) FROM Messages WHERE ComplaintId = @id", one.Key));
        var rows = Read("SELECT Key, State FROM Clocks WHERE ComplaintId = @id", r => ((string)r["Key"], (string)r["State"]), one.Key);
        Assert.Equal(one.Document.Clocks.All.Values.Select(c => (c.Key, CaseClocks.StateName(c))).Order(), rows.Order());
    }

    private void AssertInstance(Case one)
    {
        var instance = one.Document.Instances[^1];
        var running = Read("SELECT Status FROM Instances WHERE Id = @id", r => r.GetString(0), KeyOf(instance)).Single();
        Assert.Equal(one.Status == "open" ? "Running" : "Finished", running);
        var journal = Read("SELECT Sequence FROM Journal WHERE InstanceId = @id ORDER BY Sequence", r => r.GetInt64(0), KeyOf(instance));
        Assert.Equal(Enumerable.Range(1, journal.Count).Select(n => (long)n), journal);
    }

    private static IEnumerable<WakeUp> WakeUps(Case one) =>
        one.Document.Clocks.All.Values.SelectMany(c => c.NextWakeUps(DateTimeOffset.MinValue));

    private List<StoredLink> EventsOf(Case one) => Read(
        "SELECT Sequence, At, RecordedAt, Type, ActorKind, ActorId, Data, Salt, Body, Hash FROM Events WHERE ComplaintId = @id ORDER BY Sequence",
        r => new StoredLink(
            (long)r["Sequence"], new DateTimeOffset((long)r["At"], TimeSpan.Zero), new DateTimeOffset((long)r["RecordedAt"], TimeSpan.Zero), (string)r["Type"], (string)r["ActorKind"], r["ActorId"] as string, (string)r["Data"], (byte[])r["Salt"], (string)r["Body"], (byte[])r["Hash"]), one.Key);

    private static byte[] KeyOf(Guid id) => id.ToByteArray(bigEndian: true);

    private long Scalar(string sql, byte[]? id = null) => Read(sql, r => r.GetInt64(0), id).Single();

    private List<T> Read<T>(string sql, Func<SqliteDataReader, T> row, byte[]? id = null)
    {
        using var command = _connection.CreateCommand();
        command.Transaction = _snapshot;
        command.CommandText = sql;
        if (id is not null)
        {
            command.Parameters.AddWithValue("@id", id);
        }

        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(row(reader));
        }

        return rows;
    }

    private sealed record Case(Guid Id, string Number, string Status, long EventSequence, byte[] EventHead, long Version, Complaint Document, byte[] Key);

}
