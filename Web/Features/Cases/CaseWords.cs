namespace CaseManagement.Web.Features.Cases;

/// <summary>Texts the server puts into the model of the case page.</summary>
public sealed class CaseWords;
