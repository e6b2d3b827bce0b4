namespace CaseManagement.Domain.Classification;

/// <summary>The comparison of a unary test.</summary>
public enum Comparison
{
    Less,
    AtMost,
    Equal,
    AtLeast,
    Greater,
}

/// <summary>What a comparison accepts.</summary>
public static class ComparisonMeaning
{
    /// <param name="comparison">The comparison.</param>
    /// <param name="order">Below, at or above zero, as <see cref="IComparable.CompareTo"/> gives it.</param>
    public static bool Accepts(this Comparison comparison, int order) => comparison switch
    {
        Comparison.Less => order < 0,
        Comparison.AtMost => order <= 0,
        Comparison.Equal => order == 0,
        Comparison.AtLeast => order >= 0,
        Comparison.Greater => order > 0,
    };
}
