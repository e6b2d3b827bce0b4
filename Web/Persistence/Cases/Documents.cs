namespace CaseManagement.Web.Persistence.Cases;

/// <summary>For queries: what a case's document says, read by the database. A path is names parted by dots, written in the query itself.</summary>
internal static class Documents
{
    /// <summary>The text at the path; null when there is none.</summary>
    public static string? Text(byte[] document, string path) => throw new NotSupportedException($"Only a database reads {path}.");

    /// <summary>Whether there is <c>true</c> at the path.</summary>
    public static bool Says(byte[] document, string path) => throw new NotSupportedException($"Only a database reads {path}.");

    /// <summary>A pattern for <c>LIKE … ESCAPE '\'</c> that finds the words as they are, anywhere.</summary>
    public static string PatternOf(string words) =>
        $"%{words.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
}
