using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace CaseManagement.Web.Persistence;

/// <summary>Tells a database that is not there for a while from a fault of ours.</summary>
public static class DatabaseAway
{
    // disk full, input/output error, cannot open, busy, locked: https://sqlite.org/rescode.html
    private const int SqliteBusy = 5, SqliteLocked = 6, SqliteIo = 10, SqliteFull = 13, SqliteCannotOpen = 14;

    // deadlock, lock timeout, the database cannot be opened, Azure SQL short of something or moving:
    // https://learn.microsoft.com/azure/azure-sql/database/troubleshoot-common-errors-issues
    private static readonly HashSet<int> SqlServerPasses =
        [-2, 1205, 1222, 4060, 10928, 10929, 40197, 40501, 40613, 49918, 49919, 49920];

    /// <summary>Whether what failed is expected to go well again without anybody changing the request.</summary>
    public static bool Is(Exception exception)
    {
        for (var one = exception; one is not null; one = one.InnerException)
        {
            switch (one)
            {
                case PostgresException said:
                    return said.IsTransient || said.SqlState.StartsWith("57P", StringComparison.Ordinal) || said.SqlState.StartsWith("08", StringComparison.Ordinal);
                case NpgsqlException:
                    // not the server's answer: there is none
                    return true;
                case SqlException refused:
                    // from class 20 on the connection is gone, or was never there
                    return refused.Class >= 20 || SqlServerPasses.Contains(refused.Number);
                case SqliteException { SqliteErrorCode: SqliteBusy or SqliteLocked or SqliteIo or SqliteFull or SqliteCannotOpen }:
                    return true;
                default:
                    break;
            }
        }

        return false;
    }
}
