using System.Globalization;
using System.Net.Mail;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.SignIn;
using CaseManagement.Web.Features.Users;
using CaseManagement.Web.Infrastructure;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Organisation;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Membership = CaseManagement.Web.Persistence.Organisation.Membership;

namespace CaseManagement.Web.Oidc;

/// <summary>
/// Who an identity provider's account is here: known by issuer and subject, never by an address or a name, which others could be given. What
/// their groups give them is brought up to date whenever they come in.
/// </summary>
public sealed class OidcPeople(
    IDbContextFactory<CaseManagementDbContext> contexts, IConfigurationWriter writer, ConfigurationAudit audit, RoleBook roles, StaffSessions sessions)
{
    /// <summary>Marks these among the linked accounts of a person.</summary>
    public const string Login = "oidc";

    private const int LongestName = 100;
    private const int LongestKey = 60;
    private const string UsualLanguage = "zh-CN";
    private const string UsualZone = "Asia/Shanghai";

    /// <summary>Lets somebody in.</summary>
    /// <exception cref="OidcRefusedException">Nobody here is linked to the account, or they work here no longer.</exception>
    public async Task<ClaimsPrincipal> EnterAsync(OidcProvider provider, OidcIdentity identity, CancellationToken cancellationToken)
    {
        var book = await roles.ReadAsync(cancellationToken);
        var key = KeyOf(identity);
        var user = await writer.RunWithContextAsync(
            async (db, _) =>
            {
                var id = await db.UserLogins.Where(l => l.LoginProvider == Login && l.ProviderKey == key).Select(l => l.UserId).SingleOrDefaultAsync(cancellationToken);
                var found = id is not null ? await db.Users.SingleAsync(u => u.Id == id, cancellationToken)
                    : provider.CreatesPeople ? await AddAsync(db, provider, identity, key, cancellationToken)
                    : throw new OidcRefusedException(OidcRefusals.NotLinked);
                if (!found.IsActive)
                {
                    throw new OidcRefusedException(OidcRefusals.Disabled);
                }

                await GroupsAsync(db, provider, identity, found, book, cancellationToken);
                await audit.RecordAsync(
                    db, AccessAudit.StreamOf(found.Id), "signed-in", ActorOf(found), new JsonObject { ["provider"] = provider.Key }, cancellationToken);
                return found;
            },
            cancellationToken);
        return IdentitySignIn.PrincipalOf(user.Id, user.DisplayName);
    }

    /// <summary>Links the account to the person who is signed in.</summary>
    /// <exception cref="OidcRefusedException">It is linked to somebody else.</exception>
    public async Task LinkAsync(OidcProvider provider, OidcIdentity identity, string userId, CancellationToken cancellationToken)
    {
        var key = KeyOf(identity);
        await writer.RunWithContextAsync(
            async (db, _) =>
            {
                var user = await db.Users.SingleOrDefaultAsync(u => u.Id == userId && u.IsActive, cancellationToken) ?? throw new OidcRefusedException(OidcRefusals.Disabled);
                var linked = await db.UserLogins.Where(l => l.LoginProvider == Login && l.ProviderKey == key).Select(l => l.UserId).SingleOrDefaultAsync(cancellationToken);
                if (linked is not null && linked != userId)
                {
                    throw new OidcRefusedException(OidcRefusals.LinkedElsewhere);
                }

                if (linked is null)
                {
                    Add(db, userId, provider, key);
                    await audit.RecordAsync(db, AccessAudit.StreamOf(userId), "account.linked", ActorOf(user), new JsonObject { ["provider"] = provider.Key }, cancellationToken);
                }

                return true;
            },
            cancellationToken);
    }

    /// <summary>Takes a link away; the last way in stays.</summary>
    /// <returns>False: there is no such link, or the person could not come in without it.</returns>
    public async Task<bool> UnlinkAsync(string userId, string key, CancellationToken cancellationToken) => await writer.RunWithContextAsync(
        async (db, _) =>
        {
            var user = await db.Users.SingleOrDefaultAsync(u => u.Id == userId, cancellationToken);
            var links = await db.UserLogins.Where(l => l.UserId == userId && l.LoginProvider == Login).ToListAsync(cancellationToken);
            if (user is null || links.Find(l => l.ProviderKey == key) is not { } link || (user.PasswordHash is null && links.Count == 1))
            {
                return false;
            }

            db.UserLogins.Remove(link);
            await audit.RecordAsync(
                db, AccessAudit.StreamOf(userId), "account.unlinked", ActorOf(user), new JsonObject { ["provider"] = link.ProviderDisplayName }, cancellationToken);
            return true;
        },
        cancellationToken);

    /// <summary>Proves that the account is the signed-in person's.</summary>
    /// <exception cref="OidcRefusedException">It is another's.</exception>
    public async Task ProveAsync(OidcProvider provider, OidcIdentity identity, string userId, CancellationToken cancellationToken)
    {
        var key = KeyOf(identity);
        await writer.RunWithContextAsync(
            async (db, _) =>
            {
                if (!await db.UserLogins.AnyAsync(l => l.LoginProvider == Login && l.ProviderKey == key && l.UserId == userId, cancellationToken))
                {
                    throw new OidcRefusedException(OidcRefusals.OtherPerson);
                }

                var user = await db.Users.SingleAsync(u => u.Id == userId, cancellationToken);
                await audit.RecordAsync(db, AccessAudit.StreamOf(userId), "step-up", ActorOf(user), new JsonObject { ["provider"] = provider.Key }, cancellationToken);
                return true;
            },
            cancellationToken);
    }

    /// <summary>Accounts linked to a person: what each is known by, and the provider's key.</summary>
    public async Task<IReadOnlyList<(string Key, string Provider)>> LinksAsync(string userId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return [.. (await db.UserLogins.AsNoTracking().Where(l => l.UserId == userId && l.LoginProvider == Login).OrderBy(l => l.ProviderKey).ToListAsync(cancellationToken))
            .Select(l => (l.ProviderKey, l.ProviderDisplayName ?? ""))];
    }

    /// <summary>Records that somebody was not let in.</summary>
    public async Task RecordAsync(string provider, OidcPurpose purpose, OidcRefusedException refused, CancellationToken cancellationToken) => await writer.RunWithContextAsync(
        async (db, _) =>
        {
            await audit.RecordAsync(
                db, $"oidc:{provider}", $"oidc.refused.{refused.Reason}", new Actor(ActorKind.System, "sign-in"), new JsonObject { ["purpose"] = purpose.ToString() }, cancellationToken);
            return true;
        },
        cancellationToken);

    private async Task<AppUser> AddAsync(CaseManagementDbContext db, OidcProvider provider, OidcIdentity identity, string key, CancellationToken cancellationToken)
    {
        var id = await FreeKeyAsync(db, identity.UserName ?? "", cancellationToken);
        var mail = identity.Email is { Length: <= 254 } given && MailAddress.TryCreate(given, out var address) && address.Address == given ? given : null;
        var user = new AppUser
        {
            Id = id,
            UserName = id,
            NormalizedUserName = id.ToUpperInvariant(),
            DisplayName = identity.Name?.Trim() is { Length: > 0 and <= LongestName } name && !name.Any(char.IsControl) ? name : id,
            Email = mail,
            NormalizedEmail = mail?.ToUpperInvariant(),
            Language = UsualLanguage,
            Zone = UsualZone,
            LockoutEnabled = true,
            SecurityStamp = Guid.NewGuid().ToString("N"),
        };
        db.Users.Add(user);
        Add(db, id, provider, key);
        await audit.RecordAsync(
            db, "organisation", "user.added", new Actor(ActorKind.System, "sign-in"), new JsonObject { ["user"] = id, ["name"] = user.DisplayName, ["provider"] = provider.Key }, cancellationToken);
        return user;
    }

    private static void Add(CaseManagementDbContext db, string userId, OidcProvider provider, string key) => db.UserLogins.Add(
        new IdentityUserLogin<string> { UserId = userId, LoginProvider = Login, ProviderKey = key, ProviderDisplayName = provider.Key });

    // a key in our own form, made of the name there; never one that somebody has
    private static async Task<string> FreeKeyAsync(CaseManagementDbContext db, string userName, CancellationToken cancellationToken)
    {
        var letters = new string([.. userName.Split('@')[0].ToLowerInvariant().Select(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) ? c : '-')]).Trim('-');
        var wanted = letters.Length > 0 && char.IsAsciiLetterLower(letters[0]) ? letters[..Math.Min(letters.Length, LongestKey - 5)] : $"u-{RandomNumberGenerator.GetHexString(10, lowercase: true)}";
        for (var number = 1; ; number++)
        {
            var key = number == 1 ? wanted : string.Create(CultureInfo.InvariantCulture, $"{wanted}-{number}");
            var normal = key.ToUpperInvariant();
            if (!await db.Users.AnyAsync(u => u.Id == key || u.NormalizedUserName == normal, cancellationToken))
            {
                return key;
            }
        }
    }

    private async Task GroupsAsync(
        CaseManagementDbContext db, OidcProvider provider, OidcIdentity identity, AppUser user, RoleBook.Page book, CancellationToken cancellationToken)
    {
        var rules = await db.GroupRoles.AsNoTracking().Where(r => r.Provider == provider.Key).ToListAsync(cancellationToken);
        var held = await db.Memberships.Where(m => m.UserId == user.Id).ToListAsync(cancellationToken);
        var wanted = rules.Where(r => identity.Groups.Contains(r.Group) && Gives(r, user.Id, provider, book)).Select(r => (r.Role, r.Department)).ToHashSet();
        var changed = false;
        foreach (var over in held.Where(m => m.Source == provider.Key && !wanted.Contains((m.Role, m.Department))).ToList())
        {
            if (over.Role == SystemRoles.Administrator && !await db.Memberships.AnyAsync(
                m => m.UserId != user.Id && m.Role == SystemRoles.Administrator && db.Users.Any(u => u.Id == m.UserId && u.IsActive), cancellationToken))
            {
                continue;
            }

            db.Memberships.Remove(over);
            held.Remove(over);
            changed = true;
            await RecordRoleAsync(db, "role.revoked", provider, user, over.Role, over.Department, cancellationToken);
        }

        foreach (var (role, department) in wanted.Where(w => !held.Exists(m => m.Role == w.Role && m.Department == w.Department)).Order())
        {
            if (RoleBook.Apart.Any(pair => (pair.One == role && held.Exists(m => m.Role == pair.Other)) || (pair.Other == role && held.Exists(m => m.Role == pair.One))))
            {
                await RecordRoleAsync(db, "role.refused", provider, user, role, department, cancellationToken);
                continue;
            }

            var given = new Membership { UserId = user.Id, Role = role, Department = department, Source = provider.Key };
            db.Memberships.Add(given);
            held.Add(given);
            changed = true;
            await RecordRoleAsync(db, "role.granted", provider, user, role, department, cancellationToken);
        }

        if (changed)
        {
            await sessions.EndAllAsync(db, user.Id, cancellationToken);
        }
    }

    // nobody gives themselves a role by way of a group
    private static bool Gives(GroupRole rule, string userId, OidcProvider provider, RoleBook.Page book) =>
        book.Has(rule.Role) && (rule.Department.Length == 0 || book.Departments.ContainsKey(rule.Department))
        && (rule.AgreedBy is not null || (!rule.NeedsSecond && !book.IsPowerful(rule.Role) && rule.CreatedBy != userId)) && rule.AgreedBy != userId
        && (provider.GroupsGivePower || !book.IsPowerful(rule.Role));

    private async Task RecordRoleAsync(
        CaseManagementDbContext db, string type, OidcProvider provider, AppUser user, string role, string department, CancellationToken cancellationToken) =>
        await audit.RecordAsync(
            db, "organisation", type, new Actor(ActorKind.System, "sign-in"),
            new JsonObject { ["user"] = user.Id, ["role"] = role, ["department"] = department.Length == 0 ? null : department, ["provider"] = provider.Key }, cancellationToken);

    private static string KeyOf(OidcIdentity identity) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{identity.Issuer.TrimEnd('/')}\n{identity.Subject}")));

    private static Actor ActorOf(AppUser user) => new(ActorKind.Person, user.Id, user.DisplayName);
}
