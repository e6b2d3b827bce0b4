namespace CaseManagement.Web.Elsa;

/// <summary>What people in the designer are told, by name.</summary>
public sealed class ElsaText;
