using CaseManagement.Web.Nodes;

namespace CaseManagement.Web.Persistence.Sqlite;

/// <summary>A SQLite file belongs to one process: a lock on a file beside it, which the operating system gives back however the process ends.</summary>
internal sealed class SqliteFileLock(string databasePath) : INodeAdmission, IDisposable
{
    private FileStream? _held;

    public Task EnterAsync(bool simulatesTime, CancellationToken cancellationToken)
    {
        if (_held is not null)
        {
            return Task.CompletedTask;
        }

        try
        {
            _held = new FileStream(databasePath + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return Task.CompletedTask;
        }
        catch (IOException) when (File.Exists(databasePath + ".lock"))
        {
            throw new StartRefusedException(
                $"另一个进程正在使用数据库文件 {databasePath}，SQLite 只能由一个进程使用。请先停止那个进程；需要多个节点时请改用 PostgreSQL（Storage:Provider=PostgreSql）。",
                $"Another process uses the database file {databasePath}, and SQLite is for one process. Stop that process first; for several nodes use PostgreSQL (Storage:Provider=PostgreSql).");
        }
    }

    public void Dispose() => _held?.Dispose();
}
