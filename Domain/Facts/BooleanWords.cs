namespace CaseManagement.Domain.Facts;

/// <summary>What the two values of a yes-or-no fact are called.</summary>
public static class BooleanWords
{
    public static readonly BilingualText Yes = new("是", "Yes");
    public static readonly BilingualText No = new("否", "No");
}
