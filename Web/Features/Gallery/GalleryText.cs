namespace CaseManagement.Web.Features.Gallery;

/// <summary>Texts of these pages.</summary>
public sealed class GalleryText;
