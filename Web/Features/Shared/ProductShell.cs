using System.Globalization;
using System.Security.Claims;
using CaseManagement.Web.Auditing;
using CaseManagement.Web.Designer;
using CaseManagement.Web.Features.Board;
using CaseManagement.Web.Features.Inbox;
using CaseManagement.Web.Features.Incidents;
using CaseManagement.Web.Features.Notifications;
using CaseManagement.Web.Features.Quarantine;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Correspondence;
using CaseManagement.Web.Timers;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Features.Shared;

/// <summary>The frame around the pages: who one is, where one may go, how much is open.</summary>
public sealed class ProductShell(
    IDbContextFactory<CaseManagementDbContext> contexts, People people, CaseAccess access, OpenIncidents incidents, Positions positions, TimeProvider clock) : IShell
{
    private const string SingleKeys = "single-keys";
    private const string Off = "off";

    // the badge says "99+"
    private const int MostCounted = 100;

    public async Task<Shell> GetAsync(ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await people.OfAsync(user, cancellationToken) is not { } person)
        {
            // somebody who left while signed in: a name and nothing else
            var name = user.Identity?.Name ?? "";
            return new Shell { Name = name, Initials = InitialsOf(name), Position = "", Links = [] };
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var scope = await access.ScopeAsync(db, person, cancellationToken);
        var links = new List<ShellLink>();
        if (scope.SeesCases)
        {
            links.Add(new ShellLink(ShellPlace.Inbox, "/inbox", await InboxList.CountMineAsync(scope, db, MostCounted, cancellationToken)));
        }

        if (scope.HasCases)
        {
            links.Add(new ShellLink(ShellPlace.Intake, "/intake"));
        }

        if (scope.IsSupervisor)
        {
            links.Add(new ShellLink(ShellPlace.Board, BoardLinks.Root));
        }

        // a notice that stays until the step has been set right
        if ((await incidents.ReadAsync(db, person, null, cancellationToken)).Count is > 0 and var failed)
        {
            links.Add(new ShellLink(ShellPlace.Incidents, "/incidents", failed));
        }

        // shown only while something waits
        if (StoredQuarantine.MayDecide(person, scope) && await db.ReceivedMessages.CountAsync(m => m.State == ReceivedState.Quarantined, cancellationToken) is > 0 and var unmatched)
        {
            links.Add(new ShellLink(ShellPlace.Quarantine, "/messages/quarantine", unmatched));
        }

        links.Add(new ShellLink(ShellPlace.Processes, "/processes"));
        if (DesignerRealm.RightOf(person) != DesignerRight.None)
        {
            links.Add(new ShellLink(ShellPlace.Designer, "/studio"));
        }

        links.Add(new ShellLink(ShellPlace.Limits, "/limits"));
        links.Add(new ShellLink(ShellPlace.Calendars, "/calendars"));
        links.Add(new ShellLink(ShellPlace.Reports, "/reports"));
        if (scope.SeesCases)
        {
            links.Add(new ShellLink(ShellPlace.Lessons, "/lessons"));
        }

        if (TimersInView.SightOf(person, scope) != TimerSight.None)
        {
            links.Add(new ShellLink(ShellPlace.Jobs, "/jobs"));
        }

        if (person.Is(SystemRoles.Administrator) || person.Is(SystemRoles.Auditor))
        {
            links.Add(new ShellLink(ShellPlace.Settings, "/departments"));
        }

        var keys = await db.UserClaims.AsNoTracking().AnyAsync(c => c.UserId == person.Id && c.ClaimType == SingleKeys && c.ClaimValue == Off, cancellationToken);
        return new Shell
        {
            Name = person.Name,
            Initials = InitialsOf(person.Name),
            Position = await positions.OfAsync(person, cancellationToken),
            Links = links,
            MayRegister = scope.HasCases,
            SingleKeys = !keys,
            AuditIsBroken = AuditReach.MayRead(person) && await AuditState.BrokenAsync(db, cancellationToken) is not null,
            Notices = scope.HasCases || AuditReach.MayRead(person) ? await StoredNotices.UnreadAsync(db, scope, clock.GetUtcNow(), cancellationToken) : null,
        };
    }

    public async Task KeepSingleKeysAsync(ClaimsPrincipal user, bool on, CancellationToken cancellationToken)
    {
        if (await people.OfAsync(user, cancellationToken) is not { } person)
        {
            return;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.UserClaims.Where(c => c.UserId == person.Id && c.ClaimType == SingleKeys).ExecuteDeleteAsync(cancellationToken);
        if (!on)
        {
            db.UserClaims.Add(new IdentityUserClaim<string> { UserId = person.Id, ClaimType = SingleKeys, ClaimValue = Off });
            await db.SaveChangesAsync(cancellationToken);
        }
    }

    /// <summary>The family name of a Chinese name, the capitals of a Latin one: one or two letters.</summary>
    public static string InitialsOf(string name)
    {
        var words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length switch
        {
            0 => "?",
            1 => new StringInfo(words[0]).SubstringByTextElements(0, 1),
            _ => string.Concat(words[0][..1], words[^1][..1]).ToUpperInvariant(),
        };
    }
}
