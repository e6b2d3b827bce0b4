namespace CaseManagement.Web.Features.Inbox;

/// <summary>Texts the server puts into the model of the inbox.</summary>
public sealed class InboxWords;
