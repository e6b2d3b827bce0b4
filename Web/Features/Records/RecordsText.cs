namespace CaseManagement.Web.Features.Records;

/// <summary>Texts of these pages.</summary>
public sealed class RecordsText;
