namespace CaseManagement.Web.Features.Cases;

/// <summary>Texts of these pages.</summary>
public sealed class CasesText;
