using CaseManagement.Web.Features.Shared;

namespace CaseManagement.Web.Features.Departments;

/// <summary>The organisation chart, with one department open for change where the reader may.</summary>
public sealed record DepartmentsPage
{
    /// <summary>Top down, those below a department right after it.</summary>
    public required IReadOnlyList<DepartmentRow> Rows { get; init; }

    /// <summary>The reader may change departments.</summary>
    public bool MayChange { get; init; }
    public DepartmentEditor? Editor { get; init; }
}

/// <summary>A department of the chart.</summary>
/// <param name="Key">The key that stays.</param>
/// <param name="Name">In the reader's language.</param>
/// <param name="Depth">0 at the top.</param>
/// <param name="Head">Who leads it; null while vacant.</param>
/// <param name="HeadHasLeft">Named, but works here no more.</param>
/// <param name="Substitute">Who stands in; null when nobody does.</param>
/// <param name="SubstituteHasLeft">Named, but works here no more.</param>
/// <param name="Answers">Who an escalation reaches here, in words: what the chart comes to.</param>
public sealed record DepartmentRow(
    string Key, string Name, int Depth, string? Head, bool HeadHasLeft, string? Substitute, bool SubstituteHasLeft, string Answers);

/// <summary>A department being changed or added.</summary>
public sealed record DepartmentEditor
{
    public required DepartmentEdit Edit { get; init; }

    /// <summary>It is not there yet.</summary>
    public bool IsNew { get; init; }
    public required IReadOnlyList<Choice> Parents { get; init; }
    public required IReadOnlyList<Choice> People { get; init; }
    public string? Error { get; init; }
    public IReadOnlyDictionary<string, string> Errors { get; init; } = new Dictionary<string, string>();
}

/// <summary>A department as typed.</summary>
public sealed record DepartmentEdit
{
    /// <summary>Lower-case letters, digits and hyphens; only typed for a new one.</summary>
    public string? Key { get; init; }
    public string? NameZh { get; init; }
    public string? NameEn { get; init; }
    public string? Parent { get; init; }
    public string? Head { get; init; }
    public string? Substitute { get; init; }

    /// <summary>The version that was shown.</summary>
    public long Version { get; init; }
}
