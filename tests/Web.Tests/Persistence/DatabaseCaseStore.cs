using System.Text.Json;
using CaseManagement.Tests.Stores;
using CaseManagement.Web.Persistence;
using CaseManagement.Workflows.Cases.Store;
using CaseManagement.Workflows.Runtime.Stores;
using CaseManagement.Workflows.Simulation;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Tests.Persistence;

/// <summary>The product's store on a database, with the looks that a simulation takes at it.</summary>
/// <param name="under">The store; whoever made it disposes of it.</param>
/// <param name="contexts">Contexts on the same database.</param>
public sealed class DatabaseCaseStore(IStoreUnderTest under, Func<CaseManagementDbContext> contexts) : ISimulatedCaseStore
{
    public long ConfigurationVersion
    {
        get => Look(db => db.ConfigurationStamps.AsNoTracking().Single().Version);
        set => Look(db => db.ConfigurationStamps.ExecuteUpdate(row => row.SetProperty(s => s.Version, value)));
    }

    public IReadOnlyList<StoredCase> Cases => Look(db => db.Cases.AsNoTracking()
        .Join(db.CaseDocuments.AsNoTracking(), row => row.Id, document => document.Id, (row, document) => new { row, document.Document })
        .OrderBy(found => found.row.Id).ToList()
        .ConvertAll(found => new StoredCase(found.row, found.Document)));

    public IReadOnlyList<StoredInstance> Instances => Look(db => db.Instances.AsNoTracking()
        .Join(db.InstanceStates.AsNoTracking(), row => row.Id, state => state.Id, (row, state) => new { row, state.State })
        .OrderBy(found => found.row.Id).ToList()
        .ConvertAll(found => new StoredInstance(found.row, found.State)));

    public IReadOnlyList<TimerRow> Timers => Look(db => db.Timers.AsNoTracking().OrderBy(t => t.Id)
        .Select(t => new TimerRow
        {
            Id = t.Id,
            InstanceId = t.InstanceId,
            BookmarkId = t.BookmarkId,
            DueAt = t.DueAt,
            Severity = t.Severity,
            Kind = t.Kind,
            Payload = t.Payload,
        })
        .ToList());

    public IReadOnlyList<EventRow> Events(Guid complaint) =>
        Look(db => db.Events.AsNoTracking().Where(e => e.ComplaintId == complaint).OrderBy(e => e.Sequence).ToList());

    public IReadOnlyList<MessageRow> Messages(Guid complaint) =>
        Look(db => db.Messages.AsNoTracking().Where(m => m.ComplaintId == complaint).OrderBy(m => m.Id).ToList());

    public IReadOnlyList<JournalRow> Journal(Guid instance) => Look(db => db.Journal.AsNoTracking().Where(j => j.InstanceId == instance)
        .OrderBy(j => j.Sequence).ToList()
        .ConvertAll(j => new JournalRow(
            j.InstanceId, j.Sequence, j.At, j.ExecutionId, j.ActivityId, j.NodeId, j.ActivityType, j.Event, j.AtOnce,
            j.Outcomes is null ? null : JsonSerializer.Deserialize<List<string>>(j.Outcomes), j.Data)));

    public TimerRow? FirstDue(DateTimeOffset until) =>
        Timers.Where(t => t.DueAt <= until).OrderBy(t => t.DueAt).ThenByDescending(t => t.Severity).ThenBy(t => t.Id).FirstOrDefault();

    public ValueTask<T> RunAsync<T>(Func<ICaseTransaction, ValueTask<T>> burst, CancellationToken cancellationToken) => under.Cases.RunAsync(burst, cancellationToken);

    ValueTask<T> IBurstStore.RunAsync<T>(Func<IBurstTransaction, ValueTask<T>> burst, CancellationToken cancellationToken) => under.Bursts.RunAsync(burst, cancellationToken);

    public void Dispose()
    {
        // the database goes with the test that made it
    }

    private T Look<T>(Func<CaseManagementDbContext, T> look)
    {
        using var context = contexts();
        return look(context);
    }
}
