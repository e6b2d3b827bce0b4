namespace CaseManagement.Web.Features.Audit;

/// <summary>Texts of these pages.</summary>
public sealed class AuditText;
