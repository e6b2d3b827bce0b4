using System.Security.Claims;
using CaseManagement.Web.Features.Shared;

namespace CaseManagement.Web.Features.Calendars;

/// <summary>What the forms of the register post.</summary>
public sealed record RegisterEdit
{
    public string? NameZh { get; init; }
    public string? NameEn { get; init; }

    /// <summary>A copy also takes the holidays and make-up days.</summary>
    public bool WithDays { get; init; }

    /// <summary>The calendar's key by department; empty for none of its own.</summary>
    public Dictionary<string, string?> Departments { get; init; } = [];
    public string? Reason { get; init; }
}

/// <summary>Names calendars, copies them, and says which department counts by which.</summary>
public interface ICalendarRegister
{
    /// <summary>Gives the calendar another name.</summary>
    Task<ActionAnswer> RenameAsync(string id, RegisterEdit edit, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>Makes a calendar of the same hours, with the same days where wanted.</summary>
    /// <returns>How it ended, and the new calendar.</returns>
    Task<(ActionAnswer Answer, string Id)> CopyAsync(string id, RegisterEdit edit, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>What other calendars of departments would move; none when the reader may not change them.</summary>
    Task<ChangePage?> PreviewDepartmentsAsync(string id, RegisterEdit edit, ClaimsPrincipal user, CancellationToken cancellationToken);

    Task<ActionAnswer> ApplyDepartmentsAsync(string id, RegisterEdit edit, ClaimsPrincipal user, CancellationToken cancellationToken);
}

/// <summary>Takes the newest change of a calendar back.</summary>
public interface ICalendarUndo
{
    /// <summary>What that would do; none when the version is not the newest or the reader may not.</summary>
    Task<ChangePage?> PreviewUndoAsync(string id, int version, ClaimsPrincipal user, CancellationToken cancellationToken);

    Task<ActionAnswer> UndoAsync(string id, int version, string? reason, ClaimsPrincipal user, CancellationToken cancellationToken);
}
