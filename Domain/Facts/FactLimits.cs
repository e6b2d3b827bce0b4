namespace CaseManagement.Domain.Facts;

/// <summary>How large a fact may be. What comes from outside and is larger is refused, never cut.</summary>
public static class FactLimits
{
    /// <summary>Characters of one text.</summary>
    public const int MaxText = 20_000;

    /// <summary>Rows of a table and elements of a list.</summary>
    public const int MaxRows = 500;

    /// <summary>How deep tables may lie in tables.</summary>
    public const int MaxDepth = 4;

    /// <summary>Largest size of a number either side of zero: money and counts fit, and sums of 500 rows stay exact.</summary>
    public const decimal MaxNumber = 1_000_000_000_000_000m;

    /// <summary>First year a date or moment may lie in; an earlier one is a slip of the pen.</summary>
    public const int MinYear = 1900;

    /// <summary>Last year a date or moment may lie in; calendar arithmetic stays within range.</summary>
    public const int MaxYear = 2999;
}
