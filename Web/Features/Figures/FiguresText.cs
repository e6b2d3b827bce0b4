namespace CaseManagement.Web.Features.Figures;

/// <summary>Texts of these pages.</summary>
public sealed class FiguresText;
