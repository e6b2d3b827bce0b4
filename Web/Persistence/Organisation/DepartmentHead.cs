using CaseManagement.Web.Persistence.Settings;

namespace CaseManagement.Web.Persistence.Organisation;

/// <summary>Somebody led a department until a moment; who leads it now stands on the department.</summary>
public sealed class DepartmentHead : IConfigurationRow
{
    public required Guid Id { get; init; }

    public required string Department { get; init; }

    public required string UserId { get; init; }

    public required DateTimeOffset Until { get; init; }
}
