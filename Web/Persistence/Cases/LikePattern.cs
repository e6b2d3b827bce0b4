namespace CaseManagement.Web.Persistence.Cases;

/// <summary>For queries with <c>LIKE … ESCAPE '\'</c>.</summary>
internal static class LikePattern
{
    /// <summary>A pattern that finds the words as they are, anywhere.</summary>
    public static string Of(string words) =>
        $"%{words.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
}
