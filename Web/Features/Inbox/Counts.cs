using System.Globalization;

namespace CaseManagement.Web.Features.Inbox;

/// <summary>Prints counts that stop at a thousand.</summary>
public static class Counts
{
    /// <summary>The number, or "999+" where it was not counted further.</summary>
    public static string Say(int count) =>
        count < InboxList.MostCounted ? count.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{InboxList.MostCounted - 1}+");
}
