namespace CaseManagement.Web.Features.Processes;

/// <summary>Texts of these pages.</summary>
public sealed class ProcessesText;
