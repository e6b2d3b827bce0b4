namespace CaseManagement.Web.Features.Notifications;

/// <summary>Texts of these pages.</summary>
public sealed class NotificationsText;
