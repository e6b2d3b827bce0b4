namespace CaseManagement.Web.Features.Outbox;

/// <summary>Texts of these pages.</summary>
public sealed class OutboxText;
