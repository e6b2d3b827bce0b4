using System.Security.Claims;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CaseManagement.Domain;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Infrastructure;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Cases;
using CaseManagement.Web.Persistence.Organisation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using NodaTime;

namespace CaseManagement.Web.Features.Users;

/// <inheritdoc/>
internal sealed partial class StoredUsers(
    IDbContextFactory<CaseManagementDbContext> contexts, IConfigurationWriter writer, People people, RoleBook roles, StaffSessions sessions,
    OneTimeLinks links, ConfigurationAudit audit, Recusals recusals, IStringLocalizer<UsersText> text) : IUserPages
{
    /// <summary>The audit stream of the organisation.</summary>
    private const string Stream = "organisation";

    private const int Shown = 200;
    private const int LongestName = 100;
    private const int LongestMail = 254;
    private const string UsualLanguage = "zh-CN";
    private const string UsualZone = "Asia/Shanghai";

    private static readonly string[] Languages = [UsualLanguage, "en"];

    public async Task<UsersPage?> GetAsync(string? query, string? open, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await people.OfAsync(user, cancellationToken) is not { } person || !(person.Is(SystemRoles.Administrator) || person.Is(SystemRoles.Auditor)))
        {
            return null;
        }

        var mayChange = person.Is(SystemRoles.Administrator);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var part = query?.Trim() is { Length: > 0 and <= LongestName } typed ? LikePattern.Of(typed) : null;
        var found = db.Users.AsNoTracking().Where(u => part == null || EF.Functions.Like(u.DisplayName, part, "\\") || EF.Functions.Like(u.UserName!, part, "\\"));
        var total = await found.CountAsync(cancellationToken);
        var users = await found.OrderByDescending(u => u.IsActive).ThenBy(u => u.DisplayName).ThenBy(u => u.Id).Take(Shown).ToListAsync(cancellationToken);
        var book = await roles.ReadAsync(cancellationToken);
        var held = await MembershipsAsync(db, [.. users.Select(u => u.Id)], cancellationToken);
        var page = new UsersPage
        {
            Rows = [.. users.Select(u => new UserRow(u.Id, u.DisplayName, PositionOf(book, held[u.Id]), u.IsActive, u.TwoFactorEnabled, u.PasswordHash is not null))],
            Total = total,
            Query = query,
            MayChange = mayChange,
            Asked = await AskedAsync(db, book, person, mayChange, cancellationToken),
        };
        return open is null ? page : await EditorAsync(db, open, person, mayChange, book, cancellationToken) is { } editor ? page with { Editor = editor } : null;
    }

    public async Task<ActionAnswer> SaveAsync(string? id, UserEdit edit, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await AdministratorAsync(user, cancellationToken) is not { } by)
        {
            return ActionAnswer.NotFound;
        }

        var errors = Errors(id, edit);
        return errors.Count > 0 ? ActionAnswer.Invalid(null, errors) : await ChangeAsync((db, _) => id is null
            ? AddAsync(db, edit, by, cancellationToken)
            : ChangeAsync(db, id, edit, by, cancellationToken), cancellationToken);
    }

    public Task<ActionAnswer> GrantAsync(string id, string? role, string? department, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        OnRoleAsync(id, user, async (db, by, target) =>
        {
            var (key, place) = (role ?? "", department ?? "");
            var book = await roles.ReadAsync(cancellationToken);
            if (!book.Has(key) || (place.Length > 0 && !book.Departments.ContainsKey(place)) || (place.Length > 0 && RoleBook.IsOfTheWhole(key)))
            {
                return ActionAnswer.Invalid(text[book.Has(key) && RoleBook.IsOfTheWhole(key) ? "OnlyWhole" : "NoSuchRole"]);
            }

            var held = await db.Memberships.Where(m => m.UserId == id).Select(m => new { m.Role, m.Department }).ToListAsync(cancellationToken);
            var asked = await db.AskedRoles.Where(r => r.UserId == id).Select(r => new { r.Role, r.Department }).ToListAsync(cancellationToken);
            RoleRules.ThrowUnlessMayGrant(by.Id, id, key, [.. held.Concat(asked).Select(h => h.Role)], RoleBook.Apart);
            RuleViolationException.ThrowUnless(!held.Concat(asked).Any(h => h.Role == key && h.Department == place), RoleRules.Held);
            if (book.OpensConfidential(key))
            {
                db.AskedRoles.Add(new AskedRole { Id = Guid.CreateVersion7(), UserId = id, Role = key, Department = place, AskedBy = by.Id, AskedAt = roles.Now });
                await RecordAsync(db, "role.asked", by, id, Said(key, place), cancellationToken);
                return ActionAnswer.Done;
            }

            await GiveAsync(db, id, key, place, cancellationToken);
            await RecordAsync(db, "role.granted", by, id, Said(key, place), cancellationToken);
            return ActionAnswer.Done;
        }, cancellationToken);

    public Task<ActionAnswer> RevokeAsync(string id, string? role, string? department, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        OnRoleAsync(id, user, async (db, by, target) =>
        {
            var (key, place) = (role ?? "", department ?? "");
            if (await db.Memberships.SingleOrDefaultAsync(m => m.UserId == id && m.Role == key && m.Department == place, cancellationToken) is not { } membership)
            {
                return ActionAnswer.NotFound;
            }

            RoleRules.ThrowUnlessMayRevoke(by.Id, id, target.IsActive && key == SystemRoles.Administrator, await OthersAsync(db, id, cancellationToken));
            db.Memberships.Remove(membership);
            await sessions.EndAllAsync(db, id, cancellationToken);
            await RecordAsync(db, "role.revoked", by, id, Said(key, place), cancellationToken);
            return ActionAnswer.Done;
        }, cancellationToken);

    public async Task<ActionAnswer> DecideAsync(Guid asked, bool grants, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await AdministratorAsync(user, cancellationToken) is not { } by)
        {
            return ActionAnswer.NotFound;
        }

        return await ChangeAsync(
            async (db, _) =>
            {
                if (await db.AskedRoles.SingleOrDefaultAsync(r => r.Id == asked, cancellationToken) is not { } wish)
                {
                    return ActionAnswer.NotFound;
                }

                RoleRules.ThrowUnlessMayDecide(by.Id, wish.AskedBy, wish.UserId);
                db.AskedRoles.Remove(wish);
                if (grants)
                {
                    await GiveAsync(db, wish.UserId, wish.Role, wish.Department, cancellationToken);
                }

                var said = Said(wish.Role, wish.Department);
                said["askedBy"] = wish.AskedBy;
                await RecordAsync(db, grants ? "role.granted" : "role.declined", by, wish.UserId, said, cancellationToken);
                return ActionAnswer.Done;
            },
            cancellationToken);
    }

    public async Task<ActionAnswer> LinkAsync(string id, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var secret = "";
        var answer = await OnRoleAsync(id, user, async (db, by, target) =>
        {
            RuleViolationException.ThrowUnless(by.Id != id, RoleRules.NotOneself);
            if (!target.IsActive)
            {
                return ActionAnswer.Refused(text["HasLeft"]);
            }

            var purpose = target.PasswordHash is null ? LinkPurpose.Invitation : LinkPurpose.Reset;
            secret = await links.AddAsync(db, id, purpose, cancellationToken);
            await RecordAsync(db, "link.created", by, id, new JsonObject { ["purpose"] = purpose.ToString() }, cancellationToken);
            return ActionAnswer.Done;
        }, cancellationToken);
        return answer.Result == ActionEnd.Done ? answer with { Message = secret } : answer;
    }

    public Task<ActionAnswer> EndSessionsAsync(string id, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        OnRoleAsync(id, user, async (db, by, _) =>
        {
            await sessions.EndAllAsync(db, id, cancellationToken);
            await RecordAsync(db, "sessions.ended", by, id, [], cancellationToken);
            return ActionAnswer.Done;
        }, cancellationToken);

    private async ValueTask<ActionAnswer> AddAsync(CaseManagementDbContext db, UserEdit edit, Person by, CancellationToken cancellationToken)
    {
        var (key, wanted) = (edit.Key!.Trim(), edit.Key!.Trim().ToUpperInvariant());
        if (await db.Users.AnyAsync(u => u.Id == key || u.NormalizedUserName == wanted, cancellationToken))
        {
            return ActionAnswer.Invalid(null, new Dictionary<string, string> { [nameof(edit.Key)] = text["KeyTaken"] });
        }

        var added = new AppUser { Id = key, UserName = key, NormalizedUserName = wanted, DisplayName = "", Language = "", Zone = "", LockoutEnabled = true, SecurityStamp = Guid.NewGuid().ToString("N") };
        Take(added, edit);
        db.Users.Add(added);
        await RecordAsync(db, "user.added", by, key, Said(added), cancellationToken);
        return ActionAnswer.Done;
    }

    private async ValueTask<ActionAnswer> ChangeAsync(CaseManagementDbContext db, string id, UserEdit edit, Person by, CancellationToken cancellationToken)
    {
        if (await db.Users.SingleOrDefaultAsync(u => u.Id == id, cancellationToken) is not { } changed)
        {
            return ActionAnswer.NotFound;
        }

        if (edit.Version != changed.ConcurrencyStamp)
        {
            return ActionAnswer.Refused(text["Stale"]);
        }

        if (changed.IsActive && !edit.Active)
        {
            var isAdministrator = await db.Memberships.AnyAsync(m => m.UserId == id && m.Role == SystemRoles.Administrator, cancellationToken);
            RoleRules.ThrowUnlessMayRevoke(by.Id, id, isAdministrator, await OthersAsync(db, id, cancellationToken));
            await sessions.EndAllAsync(db, id, cancellationToken);
        }

        var (before, was) = (Said(changed), changed.IsActive);
        Take(changed, edit);
        changed.ConcurrencyStamp = Guid.NewGuid().ToString();
        await RecordAsync(
            db, was && !edit.Active ? "user.disabled" : "user.changed", by, id, new JsonObject { ["before"] = before, ["after"] = Said(changed) }, cancellationToken);
        return ActionAnswer.Done;
    }

    /// <summary>Does something to somebody in one commit with its audit event.</summary>
    private async Task<ActionAnswer> OnRoleAsync(
        string id, ClaimsPrincipal user, Func<CaseManagementDbContext, Person, AppUser, ValueTask<ActionAnswer>> deed, CancellationToken cancellationToken)
    {
        if (await AdministratorAsync(user, cancellationToken) is not { } by)
        {
            return ActionAnswer.NotFound;
        }

        return await ChangeAsync(
            async (db, _) => await db.Users.SingleOrDefaultAsync(u => u.Id == id, cancellationToken) is { } target ? await deed(db, by, target) : ActionAnswer.NotFound,
            cancellationToken);
    }

    private async Task<ActionAnswer> ChangeAsync(Func<CaseManagementDbContext, Workflows.Cases.Store.ICaseTransaction, ValueTask<ActionAnswer>> deed, CancellationToken cancellationToken)
    {
        try
        {
            return await writer.RunWithContextAsync(
                async (db, transaction) =>
                {
                    var answer = await deed(db, transaction);
                    if (answer.Result == ActionEnd.Done && db.ChangeTracker.Entries().Any(e => e is { Entity: Persistence.Organisation.Membership or AppUser, State: not EntityState.Unchanged }))
                    {
                        await recusals.FollowAsync(db, transaction, cancellationToken);
                    }

                    return answer;
                },
                cancellationToken);
        }
        catch (RuleViolationException violation)
        {
            return ActionAnswer.Refused(text[$"Rule_{violation.Rule.Code}"]);
        }
    }

    // who gets a role gets it with the next session
    private async Task GiveAsync(CaseManagementDbContext db, string id, string role, string department, CancellationToken cancellationToken)
    {
        db.Memberships.Add(new Persistence.Organisation.Membership { UserId = id, Role = role, Department = department });
        await sessions.EndAllAsync(db, id, cancellationToken);
    }

    private static async Task<int> OthersAsync(CaseManagementDbContext db, string id, CancellationToken cancellationToken) => await db.Memberships
        .CountAsync(m => m.UserId != id && m.Role == SystemRoles.Administrator && db.Users.Any(u => u.Id == m.UserId && u.IsActive), cancellationToken);

    private async Task RecordAsync(CaseManagementDbContext db, string type, Person by, string about, JsonObject data, CancellationToken cancellationToken)
    {
        data["user"] = about;
        await audit.RecordAsync(db, Stream, type, by.AsPerformer().Actor, data, cancellationToken);
    }

    private async Task<UserEditor?> EditorAsync(
        CaseManagementDbContext db, string open, Person reader, bool mayChange, RoleBook.Page book, CancellationToken cancellationToken)
    {
        var zones = DateTimeZoneProviders.Tzdb.Ids.Where(z => z.Contains('/', StringComparison.Ordinal) && !z.StartsWith("Etc", StringComparison.Ordinal)).Select(z => new Choice(z, z)).ToList();
        if (open.Length == 0)
        {
            return mayChange ? new UserEditor { IsNew = true, Edit = new UserEdit { Language = UsualLanguage, Zone = UsualZone }, Zones = zones } : null;
        }

        if (await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == open, cancellationToken) is not { } user)
        {
            return null;
        }

        var held = (await MembershipsAsync(db, [open], cancellationToken))[open];
        return new UserEditor
        {
            IsOneself = open == reader.Id,
            Edit = new UserEdit
            {
                Key = user.Id,
                Name = user.DisplayName,
                Email = user.Email,
                Language = user.Language,
                Zone = user.Zone,
                Active = user.IsActive,
                Version = user.ConcurrencyStamp,
            },
            Held = [.. held.Select(m => new HeldRole(m.Role, m.Department, book.Say(m.Role, m.Department) + (m.Source is null ? "" : text["ByGroup"])))],
            Roles = book.Choices,
            Departments = [.. book.Departments.Select(d => new Choice(d.Key, d.Value))],
            Zones = zones,
            Sessions = (await sessions.OpenAsync(open, cancellationToken)).Count,
            LinkHolds = text[user.PasswordHash is null ? "InvitationHolds" : "ResetHolds"],
        };
    }

    private static async Task<IReadOnlyList<AskedRoleRow>> AskedAsync(
        CaseManagementDbContext db, RoleBook.Page book, Person reader, bool mayChange, CancellationToken cancellationToken)
    {
        var asked = await db.AskedRoles.AsNoTracking().OrderBy(r => r.AskedAt).ToListAsync(cancellationToken);
        var ids = asked.SelectMany(r => new[] { r.UserId, r.AskedBy }).Distinct().ToList();
        var names = await db.Users.AsNoTracking().Where(u => ids.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.DisplayName, cancellationToken);
        return [.. asked.Select(r => new AskedRoleRow(
            r.Id, names.GetValueOrDefault(r.UserId, r.UserId), book.Say(r.Role, r.Department), names.GetValueOrDefault(r.AskedBy, r.AskedBy),
            mayChange && r.AskedBy != reader.Id && r.UserId != reader.Id))];
    }

    private string PositionOf(RoleBook.Page book, IEnumerable<Persistence.Organisation.Membership> held) =>
        string.Join(text["Separator"], held.Select(m => book.Say(m.Role, m.Department)));

    private static async Task<ILookup<string, Persistence.Organisation.Membership>> MembershipsAsync(CaseManagementDbContext db, List<string> ids, CancellationToken cancellationToken) =>
        (await db.Memberships.AsNoTracking().Where(m => ids.Contains(m.UserId)).OrderBy(m => m.Role).ThenBy(m => m.Department).ToListAsync(cancellationToken))
            .ToLookup(m => m.UserId, StringComparer.Ordinal);

    private async ValueTask<Person?> AdministratorAsync(ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await people.OfAsync(user, cancellationToken) is { } person && person.Is(SystemRoles.Administrator) ? person : null;

    private Dictionary<string, string> Errors(string? id, UserEdit edit)
    {
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        if (id is null && !KeyText().IsMatch(edit.Key?.Trim() ?? ""))
        {
            errors[nameof(edit.Key)] = text["KeyWrong"];
        }

        if (edit.Name?.Trim() is not { Length: > 0 and <= LongestName } name || name.Any(char.IsControl))
        {
            errors[nameof(edit.Name)] = text["NameWrong", LongestName];
        }

        if (edit.Email?.Trim() is { Length: > 0 } mail && (mail.Length > LongestMail || !System.Net.Mail.MailAddress.TryCreate(mail, out var address) || address.Address != mail))
        {
            errors[nameof(edit.Email)] = text["EmailWrong"];
        }

        if (!Languages.Contains(edit.Language))
        {
            errors[nameof(edit.Language)] = text["LanguageWrong"];
        }

        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(edit.Zone ?? "") is null)
        {
            errors[nameof(edit.Zone)] = text["ZoneWrong"];
        }

        return errors;
    }

    private static void Take(AppUser user, UserEdit edit)
    {
        user.DisplayName = edit.Name!.Trim();
        user.Email = edit.Email?.Trim() is { Length: > 0 } mail ? mail : null;
        user.NormalizedEmail = user.Email?.ToUpperInvariant();
        user.Language = edit.Language!;
        user.Zone = edit.Zone!;
        user.IsActive = edit.Active;
    }

    private static JsonObject Said(AppUser user) => new()
    {
        ["name"] = user.DisplayName,
        ["email"] = user.Email,
        ["language"] = user.Language,
        ["zone"] = user.Zone,
        ["active"] = user.IsActive,
    };

    private static JsonObject Said(string role, string department) => new() { ["role"] = role, ["department"] = department.Length == 0 ? null : department };

    [GeneratedRegex("^[a-z][a-z0-9-]{0,59}$", RegexOptions.CultureInvariant)]
    private static partial Regex KeyText();
}
