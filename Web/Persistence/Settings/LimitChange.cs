namespace CaseManagement.Web.Persistence.Settings;

/// <summary>Which cases a changed limit counts for.</summary>
public enum LimitChangeScope
{
    NewCases,

    /// <summary>Also the clocks that run now; they are recomputed.</summary>
    OpenCases,
}

/// <summary>An administrator's change of one limit. What is null stays as it was; later changes win over earlier ones.</summary>
public sealed class LimitChange : IConfigurationRow
{
    /// <summary>Rises; given by the database.</summary>
    public long Id { get; init; }

    public required string ProcessKey { get; init; }
    public required string LimitKey { get; init; }
    public decimal? Amount { get; init; }

    /// <summary>As the API writes it: <c>workingDays</c>.</summary>
    public string? Unit { get; init; }

    /// <summary>The calendar's key.</summary>
    public string? Calendar { get; init; }

    /// <summary>The rungs from now on, JSON as in a pack.</summary>
    public string? RungsJson { get; init; }

    public required LimitChangeScope Scope { get; init; }
    public required string Reason { get; init; }

    /// <summary>The user's key.</summary>
    public required string By { get; init; }

    public required string ByName { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>What changed, for people.</summary>
    public required string AuditText { get; init; }
}
