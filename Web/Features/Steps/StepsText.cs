namespace CaseManagement.Web.Features.Steps;

/// <summary>Texts of these pages.</summary>
public sealed class StepsText;
