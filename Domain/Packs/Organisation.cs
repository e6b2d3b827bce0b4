using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Packs;

/// <summary>A role, by name; the organisation binds it to its own people when it installs the pack.</summary>
public sealed record PackRole(string Key, BilingualText Name)
{
    public string? Department { get; init; }

    /// <summary>There is one of it in every department, written <c>role@lead</c>, <c>role@each</c>, <c>role@department</c>.</summary>
    public bool PerDepartment { get; init; }

    /// <summary>Somebody must always be on duty.</summary>
    public bool AlwaysCovered { get; init; }
}

/// <summary>Departments, roles and outside bodies a pack speaks of.</summary>
public sealed record Organisation(IReadOnlyList<Named> Departments, IReadOnlyList<PackRole> Roles, IReadOnlyList<Named> Bodies);
