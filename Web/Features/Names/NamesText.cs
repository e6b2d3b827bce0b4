namespace CaseManagement.Web.Features.Names;

/// <summary>Texts of these pages.</summary>
public sealed class NamesText;
