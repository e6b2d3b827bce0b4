namespace CaseManagement.Web.Persistence.Operations;

/// <summary>A process of the product on this database. It says every few seconds that it is alive; when it has not for a minute, its row goes.</summary>
public sealed class StoredNode
{
    /// <summary>Its own for as long as it runs; what it leases carries this name.</summary>
    public required string Name { get; init; }

    /// <summary>The machine it runs on.</summary>
    public required string Machine { get; init; }

    /// <summary>The product's version it runs.</summary>
    public required string Version { get; init; }

    /// <summary>By the wall clock, as all here.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset SeenAt { get; set; }

    /// <summary>Since when it takes no more work; null while it works.</summary>
    public DateTimeOffset? DrainingSince { get; set; }

    /// <summary>Timers it fired since it started.</summary>
    public long Fired { get; set; }

    /// <summary>Attempts that failed since it started.</summary>
    public long Failed { get; set; }

    /// <summary>Of its last thousand timers, ninety-nine in a hundred were no later than this, in milliseconds.</summary>
    public double LatenessMilliseconds { get; set; }
}
