using System.Globalization;

namespace CaseManagement.Workflows.Cases;

/// <summary>What letters and messages say in the language of whoever reads them, whatever language their writer works in.</summary>
public static class MessageWords
{
    private const string English = "en";

    /// <summary>The complainant, where the name is not known or not to be told.</summary>
    /// <param name="language">zh-CN or en.</param>
    public static string Nameless(string language) => language == English ? "Sir or Madam" : "投诉人";

    /// <summary>A day as a letter is dated: 2026年9月30日, 30 September 2026.</summary>
    public static string InFull(DateOnly day, string language) =>
        day.ToString(language == English ? "d MMMM yyyy" : "yyyy年M月d日", CultureInfo.InvariantCulture);
}
