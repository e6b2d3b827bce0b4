namespace CaseManagement.Web.Features.Incidents;

/// <summary>Texts of these pages.</summary>
public sealed class IncidentsText;
