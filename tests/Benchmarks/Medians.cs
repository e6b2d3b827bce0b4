namespace CaseManagement.Benchmarks;

internal static class Medians
{
    /// <summary>The middle one; of an even number the higher of the two.</summary>
    public static double Median<T>(this IEnumerable<T> measured, Func<T, double> of)
    {
        var values = measured.Select(of).Order().ToList();
        return values[values.Count / 2];
    }
}
