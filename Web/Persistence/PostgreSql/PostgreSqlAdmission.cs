using CaseManagement.Web.Nodes;
using Npgsql;

namespace CaseManagement.Web.Persistence.PostgreSql;

/// <summary>
/// Nodes on real time share a lock; one on simulated time has it alone, because its timers would be early or late for the others. The lock is
/// held by a connection of its own and goes with it.
/// </summary>
internal sealed class PostgreSqlAdmission(string? configured) : INodeAdmission, IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private NpgsqlConnection? _held;

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
            await using var command = new NpgsqlCommand("SELECT 1", _held);
            await command.ExecuteScalarAsync(cancellationToken);
            return true;
        }
        catch (Exception lost) when (lost is NpgsqlException or InvalidOperationException or IOException)
        {
            await _held.DisposeAsync();
            _held = null;
            return false;
        }
    }

    private async Task<NpgsqlConnection> TakeAsync(bool simulatesTime, CancellationToken cancellationToken)
    {
        var settings = PostgreSqlConnections.Settings(configured);
        settings.Pooling = false;
        var connection = new NpgsqlConnection(settings.ToString());
        try
        {
            await connection.OpenAsync(cancellationToken);
            await using var command = new NpgsqlCommand(simulatesTime ? AdvisoryLocks.AloneSql : AdvisoryLocks.AmongOthersSql, connection);
            return (bool)(await command.ExecuteScalarAsync(cancellationToken))! ? connection : throw Refusal(simulatesTime);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private static StartRefusedException Refusal(bool simulatesTime) => simulatesTime
        ? new StartRefusedException(
            "此数据库上已有其他节点在运行，Clock:Simulated 只允许单个节点：模拟时间只属于本进程，各节点的期限会互相矛盾。请停止其他节点，或去掉 Clock:Simulated。",
            "Other nodes run on this database, and Clock:Simulated is for a single node: simulated time is a process's own, and the nodes' deadlines would contradict each other. Stop the others, or remove Clock:Simulated.")
        : new StartRefusedException(
            "此数据库上有一个使用模拟时间（Clock:Simulated）的节点在运行，不能再启动其他节点。请先停止它。",
            "A node with simulated time (Clock:Simulated) runs on this database; no other may start beside it. Stop it first.");
}
