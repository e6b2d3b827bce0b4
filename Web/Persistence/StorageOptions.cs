using System.ComponentModel.DataAnnotations;

namespace CaseManagement.Web.Persistence;

/// <summary>Where the product keeps its data. The database itself is <c>ConnectionStrings:Default</c>.</summary>
public sealed class StorageOptions
{
    public const string Section = "Storage";

    /// <summary>A file of one process.</summary>
    public const string Sqlite = "Sqlite";

    /// <summary>A server that any number of nodes share.</summary>
    public const string PostgreSql = "PostgreSql";

    /// <inheritdoc cref="PostgreSql"/>
    public const string SqlServer = "SqlServer";

    /// <summary>Sqlite, PostgreSql or SqlServer.</summary>
    [Required]
    public string Provider { get; set; } = Sqlite;

    /// <summary>For the SQLite file, unless a connection string names one; relative to the content root.</summary>
    [Required]
    public string DataFolder { get; set; } = "data";

    /// <summary>
    /// For the files of cases; null: <c>files</c> in the data folder. On several nodes a folder that all of them see. Relative to the content root.
    /// </summary>
    public string? FilesFolder { get; set; }

    /// <summary>More bursts than this may not wait for the database; the next are refused as busy.</summary>
    [Range(1, 1_000_000)]
    public int MaxWaitingBursts { get; set; } = 2000;

    /// <summary>
    /// On PostgreSQL and SQL Server: so many transactions of this process run at once, each on a connection of its own. Bursts that come meanwhile
    /// share the next on PostgreSQL, and wait for their turn on SQL Server. A few for each processor of the database server.
    /// </summary>
    [Range(1, 1000)]
    public int BurstConnections { get; set; } = 4;
}
