namespace CaseManagement.Web.Persistence.Cases;

/// <summary>A sequence of numbers without gaps.</summary>
public sealed class NumberSequence
{
    public required string Name { get; init; }

    /// <summary>The value taken last.</summary>
    public required long Value { get; init; }
}
