using CaseManagement.Workflows.Runtime.Migration;

namespace CaseManagement.Workflows.Cases;

/// <summary>What is to become of running cases of one version of a process.</summary>
/// <param name="Process">The process.</param>
/// <param name="From">The version the cases are on.</param>
/// <param name="To">The version they go to.</param>
/// <param name="Map">Shapes that are called otherwise there: old activity id → new activity id.</param>
/// <param name="Reason">Why; kept with every case.</param>
public sealed record MigrationOrder(string Process, int From, int To, IReadOnlyDictionary<string, string> Map, string Reason);

/// <summary>How a case fared.</summary>
public enum MigrationEnd
{
    /// <summary>It is on the version now; in a dry run: it would be.</summary>
    Moved,

    /// <summary>It was there before.</summary>
    AlreadyThere,

    /// <summary>It cannot go; it is as it was.</summary>
    Refused,
}

/// <summary>A running clock of a case that moves, with its due time before and after.</summary>
public sealed record MovedClock(string Clock, DateTimeOffset? OldDueAt, DateTimeOffset? NewDueAt);

/// <summary>What became, or would become, of one case.</summary>
/// <param name="Complaint">The case's id.</param>
/// <param name="Number">Its number.</param>
/// <param name="End">How it fared.</param>
public sealed record CaseMigration(Guid Complaint, string Number, MigrationEnd End)
{
    /// <summary>Why it cannot go.</summary>
    public IReadOnlyList<MigrationRefusal> Refusals { get; init; } = [];

    /// <summary>Its running clocks.</summary>
    public IReadOnlyList<MovedClock> Clocks { get; init; } = [];

    /// <inheritdoc cref="MigrationReport.PassedOver"/>
    public IReadOnlyList<string> PassedOver { get; init; } = [];

    /// <inheritdoc cref="MigrationReport.DroppedVariables"/>
    public IReadOnlyList<string> DroppedVariables { get; init; } = [];
}
