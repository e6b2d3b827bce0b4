namespace CaseManagement.Web.Features.Intake;

/// <summary>Texts of these pages.</summary>
public sealed class IntakeText;
