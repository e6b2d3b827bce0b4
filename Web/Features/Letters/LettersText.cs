namespace CaseManagement.Web.Features.Letters;

/// <summary>Texts of this page.</summary>
public sealed class LettersText;
