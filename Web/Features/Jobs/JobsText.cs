namespace CaseManagement.Web.Features.Jobs;

/// <summary>Texts of these pages.</summary>
public sealed class JobsText;
