namespace CaseManagement.Web.Api.Problems;

/// <summary>The sentences for common codes, by code.</summary>
public sealed class ApiText;
