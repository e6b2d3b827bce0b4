namespace CaseManagement.Web.Features.Limits;

/// <summary>Texts of these pages.</summary>
public sealed class LimitsText;
