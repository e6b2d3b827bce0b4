namespace CaseManagement.Web.Features.Errors;

/// <summary>Texts of these pages.</summary>
public sealed class ErrorsText;
