namespace CaseManagement.Web.Features.Bindings;

/// <summary>Texts of these pages.</summary>
public sealed class NamesText;
