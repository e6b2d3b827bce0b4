namespace CaseManagement.Benchmarks.Bursts;

/// <summary>SQLite, durable; its yardstick is one row inserted per commit.</summary>
internal sealed class SqliteBursts(ProductOnDatabase product, DirectoryInfo folder) : IDatabase
{
    public string Name => "SQLite / bare commit";

    public ProductOnDatabase Product => product;

    public static async Task<SqliteBursts> OpenAsync(TimeProvider clock)
    {
        var folder = Directory.CreateTempSubdirectory("casemanagement-bench-");
        return new SqliteBursts(await ProductOnDatabase.StartAsync(clock, new() { ["Storage:DataFolder"] = folder.FullName }), folder);
    }

    public Task<double> YardstickAsync(int callers) => Task.Run(() => BareCommits.PerSecond(folder.FullName, callers, 1));

    public async ValueTask DisposeAsync()
    {
        await product.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        folder.Delete(recursive: true);
    }
}
