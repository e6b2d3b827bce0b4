using CaseManagement.Workflows.Runtime.Stores;

namespace CaseManagement.Workflows.Runtime.Migration;

/// <summary>Why an instance cannot go to another version of its definition.</summary>
/// <param name="Code">One of <see cref="MigrationRefusals"/>, or a code of another layer.</param>
/// <param name="ActivityId">The activity concerned: of the old version, or, for what lies ahead, of the new one. Null where it is none.</param>
/// <param name="Message">English, for operators.</param>
public sealed record MigrationRefusal(string Code, string? ActivityId, string Message);

/// <summary>Codes of <see cref="MigrationRefusal"/>; outside programs rely on them.</summary>
public static class MigrationRefusals
{
    /// <summary>An activity that waits is not in the new version, and the map names no other for it.</summary>
    public const string NoCounterpart = "migration.no-counterpart";

    /// <summary>The counterpart of an activity that waits is of another type.</summary>
    public const string OtherType = "migration.other-type";

    /// <summary>The counterpart lies in another container.</summary>
    public const string OtherContainer = "migration.other-container";

    /// <summary>Two activities that wait would become one.</summary>
    public const string CounterpartShared = "migration.counterpart-shared";

    /// <summary>The new version cannot be reached there from where the run started.</summary>
    public const string Unreachable = "migration.unreachable";

    /// <summary>The activity at which the run started is not in the new version.</summary>
    public const string StartGone = "migration.start-gone";

    /// <summary>An activity that has finished lies ahead in the new version: the run would stop before it.</summary>
    public const string FinishedAhead = "migration.finished-ahead";

    /// <summary>A join that waits for all its ways would wait for ever, since one of them has been passed by.</summary>
    public const string JoinNeverCompletes = "migration.join-never-completes";

    /// <summary>The value of a variable does not fit the type the new version declares.</summary>
    public const string VariableDoesNotFit = "migration.variable-does-not-fit";

    /// <summary>An activity that waits fails where it adapts to the new version.</summary>
    public const string Fails = "migration.fails";

    /// <summary>There is no running instance to move.</summary>
    public const string NothingRuns = "migration.nothing-runs";
}

/// <summary>An instance cannot go to the version; the burst is undone as a whole.</summary>
public sealed class MigrationRefusedException(IReadOnlyList<MigrationRefusal> refusals)
    : BurstAbortedException(string.Join(' ', refusals.Select(r => r.Message)))
{
    /// <summary>At least one.</summary>
    public IReadOnlyList<MigrationRefusal> Refusals { get; } = refusals;
}

/// <summary>What a migration did to an instance beside carrying it over.</summary>
/// <param name="PassedOver">Activities new in this version that lie behind or beside where the instance stands: they will not run.</param>
/// <param name="DroppedVariables">Names of variables the new version does not declare; their values are gone.</param>
public sealed record MigrationReport(IReadOnlyList<string> PassedOver, IReadOnlyList<string> DroppedVariables);
