namespace CaseManagement.Web.Features.Quarantine;

/// <summary>Texts of this page.</summary>
public sealed class QuarantineText;
