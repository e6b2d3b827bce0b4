using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace CaseManagement.Benchmarks;

/// <summary>The yardstick: one row inserted per durable commit (WAL, synchronous=FULL), as many callers.</summary>
internal static class BareCommits
{
    public static double PerSecond(string folder, int callers, double seconds)
    {
        var source = $"Data Source={Path.Combine(folder, "bare.db")}";
        using (var setup = Open(source))
        {
            Run(setup, "PRAGMA journal_mode=WAL; CREATE TABLE IF NOT EXISTS t(id INTEGER PRIMARY KEY, v TEXT)");
        }

        var clock = Stopwatch.StartNew();
        var threads = Enumerable.Range(0, callers).Select(_ => Task.Factory.StartNew(() => Insert(source, clock, seconds), TaskCreationOptions.LongRunning)).ToArray();
        Task.WaitAll(threads);
        return threads.Sum(t => t.Result) / clock.Elapsed.TotalSeconds;
    }

    private static int Insert(string source, Stopwatch clock, double seconds)
    {
        using var connection = Open(source);
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO t(v) VALUES('x')";
        var count = 0;
        while (clock.Elapsed.TotalSeconds < seconds)
        {
            insert.ExecuteNonQuery();
            count++;
        }

        return count;
    }

    private static SqliteConnection Open(string source)
    {
        var connection = new SqliteConnection(source);
        connection.Open();
        Run(connection, "PRAGMA synchronous=FULL; PRAGMA busy_timeout=15000");
        return connection;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
