using System.ComponentModel.DataAnnotations;

namespace CaseManagement.Web.Notifications;

/// <summary>How this node turns notices into mails.</summary>
public sealed class NotificationOptions
{
    public const string Section = "Notifications";

    /// <summary>Looks for notices and for mails that are due so often.</summary>
    [Range(1, 3600)]
    public int EverySeconds { get; set; } = 60;
}
