namespace CaseManagement.Web.Features.Designer;

/// <summary>Texts of these pages.</summary>
public sealed class DesignerText;
