using Microsoft.Data.SqlClient;

namespace CaseManagement.Web.Persistence.SqlServer;

/// <summary>How the product connects to its SQL Server database.</summary>
public static class SqlServerConnections
{
    /// <summary>
    /// What a burst's connection is told once: what fails undoes its whole transaction, and what waits longer for another's lock gives up.
    /// </summary>
    internal const string BurstSettingsSql = "SET XACT_ABORT ON; SET LOCK_TIMEOUT 10000;";

    /// <summary>For pages, settings and migrations.</summary>
    /// <param name="configured"><c>ConnectionStrings:Default</c>.</param>
    /// <exception cref="InvalidOperationException">The connection string does not name a server and a database.</exception>
    public static string ForContexts(string? configured) => Settings(configured).ToString();

    /// <summary>
    /// For a connection that is kept: bursts and those who hold a lock. One that broke is not opened again behind their backs, because what it
    /// had been told and what it had locked would be gone.
    /// </summary>
    /// <inheritdoc cref="ForContexts"/>
    public static SqlConnectionStringBuilder ForKeeping(string? configured)
    {
        var settings = Settings(configured);
        settings.Pooling = false;
        settings.ConnectRetryCount = 0;
        return settings;
    }

    /// <summary>For the schedule of recurring jobs, which needs few connections.</summary>
    /// <inheritdoc cref="ForContexts"/>
    public static string ForSchedule(string? configured)
    {
        var settings = Settings(configured);
        settings.MaxPoolSize = 5;
        return settings.ToString();
    }

    private static SqlConnectionStringBuilder Settings(string? configured)
    {
        SqlConnectionStringBuilder settings;
        try
        {
            settings = new SqlConnectionStringBuilder(configured);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            throw new InvalidOperationException($"ConnectionStrings:Default is not one for SQL Server: {exception.Message}", exception);
        }

        if (string.IsNullOrWhiteSpace(settings.DataSource) || string.IsNullOrWhiteSpace(settings.InitialCatalog))
        {
            throw new InvalidOperationException("ConnectionStrings:Default must name a SQL Server and a database (Server=…;Database=…;User Id=…).");
        }

        if (!settings.ShouldSerialize("Application Name"))
        {
            settings.ApplicationName = "CaseManagement";
        }

        // one connection, one set of results at a time: EF Core keeps savepoints only so
        settings.MultipleActiveResultSets = false;
        return settings;
    }
}
