namespace CaseManagement.Web.Persistence.Settings;

/// <summary>Which cases a changed limit counts for.</summary>
public enum LimitChangeScope
{
    NewCases,

    /// <summary>Also the clocks that run now; they are recomputed.</summary>
    OpenCases,
}

/// <summary>An administrator's change of one limit. What it does not name stays as it was; later changes win over earlier ones.</summary>
public sealed class LimitChange : IConfigurationRow
{
    /// <summary>Rises; given by the database.</summary>
    public long Id { get; init; }

    public required string ProcessKey { get; init; }
    public required string LimitKey { get; init; }

    /// <summary>JSON of the members that take the place of the pack's, null where one is taken away. Empty when the change undoes another.</summary>
    public required string Patch { get; init; }

    /// <summary>The <see cref="Id"/> of the change that holds no longer.</summary>
    public long? Undoes { get; init; }

    public required LimitChangeScope Scope { get; init; }
    public required string Reason { get; init; }

    /// <summary>The user's key.</summary>
    public required string By { get; init; }

    public required string ByName { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>The audit entry of the change, as events of cases name it: <c>process:key/12</c>.</summary>
    public required string Entry { get; init; }
}
