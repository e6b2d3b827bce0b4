namespace CaseManagement.Web.Features.Templates;

/// <summary>Texts of these pages.</summary>
public sealed class TemplatesText;
