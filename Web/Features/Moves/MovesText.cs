namespace CaseManagement.Web.Features.Moves;

/// <summary>Texts of these pages.</summary>
public sealed class MovesText;
