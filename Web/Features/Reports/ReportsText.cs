namespace CaseManagement.Web.Features.Reports;

/// <summary>Texts of these pages.</summary>
public sealed class ReportsText;
