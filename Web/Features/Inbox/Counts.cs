using System.Globalization;

namespace CaseManagement.Web.Features.Inbox;

/// <summary>Prints counts that stop at a thousand.</summary>
public static class Counts
{
    /// <summary>Nothing is counted further than this.</summary>
    public const int Most = 1000;

    /// <summary>The number, or "999+" where it was not counted further.</summary>
    public static string Say(int count) =>
        count < Most ? count.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{Most - 1}+");
}
