namespace CaseManagement.Web.Persistence.Portal;

/// <summary>How often something was done within a span of time, counted by all nodes together. Holds no address, only a keyed hash of one.</summary>
public sealed class RateCounter
{
    /// <summary>What is counted, for whom, and in which span.</summary>
    public required string Key { get; init; }

    public required int Count { get; set; }

    /// <summary>By the wall clock: from then on the row means nothing.</summary>
    public required DateTimeOffset EndsAt { get; init; }
}
