namespace CaseManagement.Web.Features.Editors;

/// <summary>Texts of these pages: what parts of a pack and their members are called, and what their buttons say.</summary>
public sealed class EditorWords;
