using System.Security.Claims;
using CaseManagement.Web.Features.Shared;

namespace CaseManagement.Web.Features.Calendars;

/// <summary>Changes the weekly hours of a working calendar and how far it is published.</summary>
public interface ICalendarWeeks
{
    /// <summary>One transaction; refused when somebody changed the calendar since <paramref name="version"/> was shown.</summary>
    /// <param name="id">The calendar.</param>
    /// <param name="version">The version that was shown.</param>
    /// <param name="answers">Hours by weekday (<c>mon</c> to <c>sun</c>), <c>publishedThrough</c> and <c>reason</c>.</param>
    /// <param name="user">Who changes it.</param>
    /// <param name="cancellationToken">Stops waiting for the turn.</param>
    Task<ActionAnswer> ChangeAsync(string id, string? version, FormAnswers answers, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>Which open cases the typed hours would move. Stores nothing.</summary>
    /// <returns>None when what was typed is wrong: the answer of <see cref="ChangeAsync"/> says what.</returns>
    Task<LimitPreview?> PreviewAsync(string id, FormAnswers answers, ClaimsPrincipal user, CancellationToken cancellationToken);
}

/// <summary>The form that changes weekly hours.</summary>
/// <param name="Version">Sent back on applying; a stale one is refused.</param>
public sealed record WeekPanel(FormPage Form, string Version)
{
    /// <summary>Shown open, because what was typed needs another look.</summary>
    public bool Open { get; init; }
}
