namespace CaseManagement.Benchmarks.Bursts;

/// <summary>A database with the product on it, and what bursts on it are compared with.</summary>
internal interface IDatabase : IAsyncDisposable
{
    string Name { get; }

    ProductOnDatabase Product { get; }

    /// <summary>What the same machine does for the yardstick just now, per second.</summary>
    Task<double> YardstickAsync(int callers);
}
