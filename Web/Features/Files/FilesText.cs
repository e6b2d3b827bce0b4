namespace CaseManagement.Web.Features.Files;

/// <summary>Texts of the page of a file.</summary>
public sealed class FilesText;
