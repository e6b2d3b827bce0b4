namespace CaseManagement.Web.Features.Simulation;

/// <summary>Texts of these pages.</summary>
public sealed class SimulationText;
