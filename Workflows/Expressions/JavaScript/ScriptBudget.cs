namespace CaseManagement.Workflows.Expressions.JavaScript;

/// <summary>What one evaluation may use. Immutable; the defaults suit workflow inputs and script activities.</summary>
public sealed record ScriptBudget
{
    public static ScriptBudget Default { get; } = new();

    /// <summary>
    /// Steps: one per operator, member access, call, statement and loop turn, and one per element a library function
    /// handles; long strings count in proportion.
    /// </summary>
    public int MaxSteps { get; init; } = 100_000;

    /// <summary>Function calls inside one another.</summary>
    public int MaxCallDepth { get; init; } = 64;

    /// <summary>Length of any one string in UTF-16 units; checked before it is made.</summary>
    public int MaxStringLength { get; init; } = 1_048_576;

    /// <summary>Items of any one array, properties of any one object.</summary>
    public int MaxItems { get; init; } = 10_000;

    /// <summary>Estimate, in bytes, of everything the evaluation makes, whether or not it is still in use.</summary>
    public long MaxAllocatedBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>Nesting of what <c>JSON.parse</c> reads and <c>JSON.stringify</c> writes.</summary>
    public int MaxJsonDepth { get; init; } = 32;

    /// <summary>The time <c>Date.now()</c> and <c>new Date()</c> tell; null: both are a TypeError.</summary>
    public TimeProvider? Clock { get; init; }
}
