namespace CaseManagement.Web.Features.Shared;

/// <summary>Texts that every page shares.</summary>
public sealed class SharedText;
