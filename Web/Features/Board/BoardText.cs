namespace CaseManagement.Web.Features.Board;

/// <summary>Texts of these pages.</summary>
public sealed class BoardText;
