namespace CaseManagement.Web.Features.Departments;

/// <summary>Texts of these pages.</summary>
public sealed class DepartmentsText;
