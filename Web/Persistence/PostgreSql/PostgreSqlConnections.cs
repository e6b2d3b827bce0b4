using Npgsql;

namespace CaseManagement.Web.Persistence.PostgreSql;

/// <summary>How the product connects to its PostgreSQL database.</summary>
public static class PostgreSqlConnections
{
    /// <summary>Connections for pages, settings and migrations.</summary>
    /// <param name="configured"><c>ConnectionStrings:Default</c>.</param>
    /// <exception cref="InvalidOperationException">The connection string does not name a host and a database.</exception>
    public static NpgsqlDataSource ForContexts(string? configured)
    {
        // What is set for a connection would be forgotten each time it goes back to the pool; nothing else that a page leaves behind needs to be cleared away.
        var settings = Settings(configured);
        settings.NoResetOnClose = true;
        var builder = new NpgsqlDataSourceBuilder(settings.ToString());

        // The short queries of pages are run before a compiled plan would be ready. What pages read is in memory or on a disk without arms: a row found by its key costs
        // little more than the next one, or the planner would rather read all open cases than look up a person's few. Many pages at once share the processors better than one page.
        // The few that a page wants are looked up one by one: a merge would run through all cases on the guess that the page is full soon.
        const string sql = "SET jit = off; SET random_page_cost = 1.1; SET max_parallel_workers_per_gather = 0; SET enable_mergejoin = off";
        builder.UsePhysicalConnectionInitializer(static connection => Run(connection, sql), static connection => RunAsync(connection, sql));
        return builder.Build();
    }

    /// <summary>
    /// Connections for bursts. What waits longer for another's lock gives up and is told so; a transaction of a process that went
    /// away without a word (its machine lost power) does not hold others up for longer.
    /// </summary>
    /// <inheritdoc cref="ForContexts"/>
    public static NpgsqlDataSource ForBursts(string? configured)
    {
        var settings = Settings(configured);

        // A burst's session keeps its connection; there is nothing to reset and no second pool.
        settings.Pooling = false;
        settings.MaxAutoPrepare = Math.Max(settings.MaxAutoPrepare, 300);
        settings.AutoPrepareMinUsages = 2;

        // A burst's writes go out in one piece.
        settings.WriteBufferSize = Math.Max(settings.WriteBufferSize, 64 * 1024);
        settings.ReadBufferSize = Math.Max(settings.ReadBufferSize, 32 * 1024);
        // Each statement has one good plan, whatever its values: it is made once.
        const string sql = "SET jit = off; SET plan_cache_mode = force_generic_plan; SET lock_timeout = '10s'; SET idle_in_transaction_session_timeout = '30s'";
        var builder = new NpgsqlDataSourceBuilder(settings.ToString());
        builder.UsePhysicalConnectionInitializer(static connection => Run(connection, sql), static connection => RunAsync(connection, sql));
        return builder.Build();
    }

    /// <summary>A connection of its own that holds a lock for as long as it is open; to be opened.</summary>
    /// <inheritdoc cref="ForContexts"/>
    public static NpgsqlConnection ForLock(string? configured)
    {
        var settings = Settings(configured);
        settings.Pooling = false;
        return new NpgsqlConnection(settings.ToString());
    }

    /// <summary>The connection string for the schedule of recurring jobs, which needs few connections.</summary>
    /// <inheritdoc cref="ForContexts" path="/exception"/>
    public static string ForSchedule(string? configured)
    {
        var settings = Settings(configured);
        settings.MaxPoolSize = 5;
        return settings.ToString();
    }

    /// <summary>The connection string with the product's defaults.</summary>
    public static NpgsqlConnectionStringBuilder Settings(string? configured)
    {
        NpgsqlConnectionStringBuilder settings;
        try
        {
            settings = new NpgsqlConnectionStringBuilder(configured);
        }
        catch (ArgumentException exception)
        {
            throw new InvalidOperationException($"ConnectionStrings:Default is not one for PostgreSQL: {exception.Message}", exception);
        }

        if (string.IsNullOrWhiteSpace(settings.Host) || string.IsNullOrWhiteSpace(settings.Database))
        {
            throw new InvalidOperationException("ConnectionStrings:Default must name a PostgreSQL host and database (Host=…;Database=…;Username=…).");
        }

        settings.ApplicationName ??= "CaseManagement";
        return settings;
    }

    private static void Run(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
