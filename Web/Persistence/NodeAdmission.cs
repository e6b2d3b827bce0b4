using System.Data.Common;
using CaseManagement.Web.Nodes;

namespace CaseManagement.Web.Persistence;

/// <summary>
/// On a database that nodes share: those on real time share a lock; one on simulated time has it alone, because its timers would be early or late
/// for the others. The lock is held by a connection of its own and goes with it.
/// </summary>
/// <param name="create">A connection that is not pooled, and not opened again by itself.</param>
/// <param name="amongOthersSql">Asks for a share; answers true when it was there to be had.</param>
/// <param name="aloneSql">The same for the whole.</param>
internal sealed class NodeAdmission(Func<DbConnection> create, string amongOthersSql, string aloneSql) : INodeAdmission, IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private DbConnection? _held;

    public async Task EnterAsync(bool simulatesTime, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (!await StillHoldsAsync(cancellationToken))
            {
                _held = await TakeAsync(simulatesTime, cancellationToken);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_held is not null)
        {
            await _held.DisposeAsync();
        }

        _turn.Dispose();
    }

    private async Task<bool> StillHoldsAsync(CancellationToken cancellationToken)
    {
        if (_held is null)
        {
            return false;
        }

        try
        {
            await AskAsync(_held, "SELECT 1", cancellationToken);
            return true;
        }
        catch (Exception lost) when (lost is DbException or InvalidOperationException or IOException)
        {
            await _held.DisposeAsync();
            _held = null;
            return false;
        }
    }

    private async Task<DbConnection> TakeAsync(bool simulatesTime, CancellationToken cancellationToken)
    {
        var connection = create();
        try
        {
            await connection.OpenAsync(cancellationToken);
            return (bool)(await AskAsync(connection, simulatesTime ? aloneSql : amongOthersSql, cancellationToken))!
                ? connection
                : throw Refusal(simulatesTime);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private static async Task<object?> AskAsync(DbConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the texts are the product's own
        command.CommandText = sql;
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync(cancellationToken);
    }

    private static StartRefusedException Refusal(bool simulatesTime) => simulatesTime
        ? new StartRefusedException(
            "此数据库上已有其他节点在运行，Clock:Simulated 只允许单个节点：模拟时间只属于本进程，各节点的期限会互相矛盾。请停止其他节点，或去掉 Clock:Simulated。",
            "Other nodes run on this database, and Clock:Simulated is for a single node: simulated time is a process's own, and the nodes' deadlines would contradict each other. Stop the others, or remove Clock:Simulated.")
        : new StartRefusedException(
            "此数据库上有一个使用模拟时间（Clock:Simulated）的节点在运行，不能再启动其他节点。请先停止它。",
            "A node with simulated time (Clock:Simulated) runs on this database; no other may start beside it. Stop it first.");
}
