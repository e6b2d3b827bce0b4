namespace CaseManagement.Web.Features.Inbox;

/// <summary>Texts of these pages.</summary>
public sealed class InboxText;
