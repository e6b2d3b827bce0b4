namespace CaseManagement.Web.Features.Portal;

/// <summary>Texts of these pages.</summary>
public sealed class PortalText;
