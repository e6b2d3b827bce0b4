using System.Text.Json;
using CaseManagement.Workflows.Runtime.Stores;
using CaseManagement.Workflows.Simulation;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Tests.Persistence;

/// <summary>The product's store on a SQLite file of its own, with the looks that a conformance run takes at it.</summary>
public sealed class SqliteSimulationStore : ISimulationStore
{
    private readonly SqliteStoreUnderTest _under = SqliteStoreUnderTest.Create();

    public ValueTask<T> RunAsync<T>(Func<IBurstTransaction, ValueTask<T>> burst, CancellationToken cancellationToken) =>
        _under.Bursts.RunAsync(burst, cancellationToken);

    public async ValueTask<IReadOnlyList<StoredInstance>> InstancesAsync(CancellationToken cancellationToken)
    {
        await using var context = _under.NewContext();
        var ids = await context.Instances.AsNoTracking().OrderBy(i => i.Id).Select(i => i.Id).ToListAsync(cancellationToken);
        return await RunAsync<IReadOnlyList<StoredInstance>>(
            async transaction =>
            {
                var instances = new List<StoredInstance>();
                foreach (var id in ids)
                {
                    instances.Add((await transaction.LoadInstanceAsync(id, cancellationToken))!.Value);
                }

                return instances;
            },
            cancellationToken);
    }

    public async ValueTask<IReadOnlyList<JournalRow>> JournalAsync(Guid instanceId, CancellationToken cancellationToken)
    {
        await using var context = _under.NewContext();
        var rows = await context.Journal.AsNoTracking().Where(j => j.InstanceId == instanceId).OrderBy(j => j.Sequence)
            .ToListAsync(cancellationToken);
        return
        [
            .. rows.Select(j => new JournalRow(
                j.InstanceId, j.Sequence, j.At, j.ExecutionId, j.ActivityId, j.NodeId, j.ActivityType, j.Event, j.AtOnce,
                j.Outcomes is null ? null : JsonSerializer.Deserialize<List<string>>(j.Outcomes), j.Data)),
        ];
    }

    public async ValueTask<TimerRow?> FirstDueAsync(DateTimeOffset until, CancellationToken cancellationToken) =>
        (await _under.TimersAsync()).Where(t => t.DueAt <= until).OrderBy(t => t.DueAt).ThenByDescending(t => t.Severity).ThenBy(t => t.Id)
            .FirstOrDefault();

    public ValueTask DisposeAsync() => _under.DisposeAsync();
}
