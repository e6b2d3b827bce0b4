using System.Globalization;
using System.Security.Claims;
using CaseManagement.Domain;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Facts;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Settings;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Calendars;

/// <summary>A calendar on an administrator's desk: as it is, and who changes it.</summary>
internal sealed record OpenedCalendar(CalendarVersion Stored, Person Administrator)
{
    public CalendarDraft Draft { get; } = CalendarDraft.Of(Stored);

    public string Version { get; } = Stored.Version.ToString(CultureInfo.InvariantCulture);

    public string Name => new BilingualText(Stored.NameZh, Stored.NameEn).In(CultureInfo.CurrentUICulture.Name);
}

/// <summary>What every change of a calendar has in common: who may, the reason, the preview, the one commit.</summary>
internal sealed class CalendarDesk(
    IDbContextFactory<CaseManagementDbContext> contexts, People people, CalendarChanges changes, MovePreviews previews, SeenMoves seen, CalendarWords words,
    IStringLocalizer<CalendarsText> text)
{
    private const int LongestReason = 1_000;

    /// <summary>None when there is no such calendar or the reader may not change it.</summary>
    public async Task<OpenedCalendar?> OpenAsync(string id, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await AdministratorAsync(user, cancellationToken) is { } person && await CalendarChanges.LatestAsync(db, id, cancellationToken) is { } stored
            ? new OpenedCalendar(stored, person)
            : null;
    }

    public async ValueTask<Person?> AdministratorAsync(ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await people.OfAsync(user, cancellationToken) is { } person && person.Is(SystemRoles.Administrator) ? person : null;

    /// <summary>What is wrong with a reason as typed; none when it will do.</summary>
    public string? WrongReason(string? typed) => (typed?.Trim().Length ?? 0) switch
    {
        0 => text["ReasonMissing"].Value,
        > LongestReason => text["ReasonTooLong", LongestReason].Value,
        _ => null,
    };

    /// <summary>Which open cases the calendar as it shall be would move; an error instead where it cannot be counted with.</summary>
    public async Task<LimitPreview> PreviewAsync(
        OpenedCalendar opened, CalendarDraft after, Func<WorkCalendar, IReadOnlyList<SentencePart>> readsAs, CancellationToken cancellationToken)
    {
        try
        {
            var calendar = after.Calendar();
            return previews.Of(await SeenAsync(opened, await changes.PreviewAsync(calendar, cancellationToken), cancellationToken), opened.Version, calendar.Zone, readsAs(calendar));
        }
        catch (InvalidTimeRuleException refused)
        {
            return previews.Of(ReadMoves.Nothing, opened.Version, opened.Draft.Calendar().Zone, []) with { Error = words.Refusal(refused) };
        }
        catch (RuleViolationException refused)
        {
            return previews.Of(ReadMoves.Nothing, opened.Version, opened.Draft.Calendar().Zone, []) with { Error = text["CannotRecount", refused.Message] };
        }
    }

    /// <summary>What whoever opened the calendar may know of the cases it moves.</summary>
    public Task<ReadMoves> SeenAsync(OpenedCalendar opened, IReadOnlyList<MovedClock> moved, CancellationToken cancellationToken) =>
        seen.OfAsync(moved, opened.Administrator, cancellationToken);

    /// <summary>Stores the calendar as it shall be and counts open clocks again, in one commit.</summary>
    /// <param name="opened">As it was when it was looked at.</param>
    /// <param name="after">As it shall be.</param>
    /// <param name="version">The version that was shown.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Stops waiting for the turn.</param>
    public async Task<ActionAnswer> ApplyAsync(
        OpenedCalendar opened, CalendarDraft after, string? version, string reason, CancellationToken cancellationToken)
    {
        if (version != opened.Version)
        {
            return ActionAnswer.Refused(text["Stale"]);
        }

        try
        {
            if (after.IsSameAs(opened.Draft))
            {
                return ActionAnswer.Invalid(text["NothingChanged"]);
            }

            var change = new CalendarChange(after.Calendar(), null, reason.Trim()) { Seen = opened.Stored.Version };
            return await changes.ApplyAsync(change, opened.Administrator.AsPerformer(), cancellationToken) is null
                ? ActionAnswer.Refused(text["Stale"])
                : ActionAnswer.Done;
        }
        catch (InvalidTimeRuleException refused)
        {
            return ActionAnswer.Invalid(words.Refusal(refused));
        }
        catch (RuleViolationException refused)
        {
            return ActionAnswer.Refused(text["CannotRecount", refused.Message]);
        }
    }
}
