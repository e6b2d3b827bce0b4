using System.Security.Claims;
using System.Text.Json.Nodes;
using CaseManagement.Web.Api.Access;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Infrastructure;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Organisation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace CaseManagement.Web.Features.Keys;

/// <summary>
/// Makes, replaces and revokes keys. Administrators make those of services, everybody their own; auditors look. What is made is recorded without
/// its secret.
/// </summary>
public sealed class StoredApiKeys(
    IDbContextFactory<CaseManagementDbContext> contexts, IConfigurationWriter writer, StoredConfigurations configurations, People people, ConfigurationAudit audit,
    IOptions<SecurityOptions> security, IStringLocalizer<KeysText> text, [FromKeyedServices(Clocks.Wall)] TimeProvider wallClock)
{
    /// <summary>How long a key is good, unless said otherwise, in days.</summary>
    public const int UsualDays = 90;

    public const int MostDays = 365;

    private const int LongestName = 100;
    private const int MostNetworks = 20;
    private const int MostOfOne = 20;

    private static readonly char[] Between = [' ', ',', '\n', '\r', '\t', ';'];

    public async Task<KeysPage?> GetAsync(ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await people.OfAsync(user, cancellationToken) is not { } person)
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var seesAll = person.Is(SystemRoles.Administrator) || person.Is(SystemRoles.Auditor);
        var (me, now) = (person.Id, wallClock.GetUtcNow());
        var kept = await db.ApiKeys.AsNoTracking().Where(k => seesAll || k.OwnerId == me).OrderByDescending(k => k.CreatedAt).ThenBy(k => k.Id).Take(500).ToListAsync(cancellationToken);
        var owners = kept.Select(k => k.OwnerId).OfType<string>().Distinct().ToList();
        var names = await db.Users.AsNoTracking().Where(u => owners.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.DisplayName, cancellationToken);
        var zone = await db.Users.Where(u => u.Id == me).Select(u => u.Zone).SingleAsync(cancellationToken);
        var (processes, departments) = await ChoicesAsync(db, cancellationToken);
        return new KeysPage
        {
            Zone = zone,
            SeesAll = seesAll,
            Rows = [.. kept.Select(k => new KeyRow(
                k.Id, k.Name, k.OwnerId is { } owner ? names.GetValueOrDefault(owner, owner) : null, k.Scopes, BoundsOf(k, processes, departments), ApiKeys.StateOf(k, now),
                k.CreatedAt, k.ExpiresAt, k.LastUsedAt, k.LastUsedFrom, MayChange(person, k))
                { MayAgree = k.AwaitsSecond && person.Is(SystemRoles.Administrator) && k.CreatedBy != person.Id })],
            Form = new KeyForm
            {
                Edit = new KeyEdit { Days = UsualDays, Service = person.Is(SystemRoles.Administrator) },
                Scopes = ApiScopes.All,
                Processes = processes,
                Departments = departments,
                MayBeService = person.Is(SystemRoles.Administrator),
            },
        };
    }

    /// <summary>Makes a key; its text comes as the message.</summary>
    public async Task<ActionAnswer> CreateAsync(KeyEdit edit, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await people.OfAsync(user, cancellationToken) is not { } person || (edit.Service && !person.Is(SystemRoles.Administrator)))
        {
            return ActionAnswer.NotFound;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var (processes, departments) = await ChoicesAsync(db, cancellationToken);
        var networks = (edit.Networks ?? "").Split(Between, StringSplitOptions.RemoveEmptyEntries);
        var errors = Errors(edit, networks, processes, departments);
        if (errors.Count > 0)
        {
            return ActionAnswer.Invalid(text["NotMade"], errors);
        }

        var order = new KeyOrder(edit.Name!.Trim(), edit.Scopes.Distinct(StringComparer.Ordinal))
        {
            OwnerId = edit.Service ? null : person.Id,
            Processes = [.. edit.Processes.Distinct(StringComparer.Ordinal)],
            Departments = [.. edit.Departments.Distinct(StringComparer.Ordinal)],
            Networks = networks,
            CreatedBy = person.Id,
        };
        return await MakeAsync(order, edit.Days ?? UsualDays, person, cancellationToken);
    }

    /// <summary>Makes a key like another, for as long as that one was made for.</summary>
    public async Task<ActionAnswer> RotateAsync(string id, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, user, cancellationToken) is not ({ } person, { } old))
        {
            return ActionAnswer.NotFound;
        }

        var now = wallClock.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (ApiKeys.StateOf(old, now) != KeyState.Good || await db.ApiKeys.AnyAsync(k => k.Replaces == id && k.RevokedAt == null, cancellationToken))
        {
            return ActionAnswer.Refused(text["NotRotated"]);
        }

        var order = new KeyOrder(old.Name, Parts(old.Scopes))
        {
            OwnerId = old.OwnerId,
            Processes = Parts(old.Processes),
            Departments = Parts(old.Departments),
            Networks = Parts(old.Networks),
            CreatedBy = person.Id,
            Replaces = old.Id,
        };
        var days = old.ExpiresAt is { } end ? Math.Clamp((int)Math.Round((end - old.CreatedAt).TotalDays), 1, MostDays) : UsualDays;
        return await MakeAsync(order, days, person, cancellationToken, old.AgreedBy);
    }

    /// <summary>Agrees to a service's key that another administrator made.</summary>
    public async Task<ActionAnswer> AgreeAsync(string id, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await people.OfAsync(user, cancellationToken) is not { } person || !person.Is(SystemRoles.Administrator))
        {
            return ActionAnswer.NotFound;
        }

        return await writer.RunWithContextAsync(
            async (db, _) =>
            {
                if (await db.ApiKeys.SingleOrDefaultAsync(k => k.Id == id && k.AwaitsSecond && k.RevokedAt == null, cancellationToken) is not { } key)
                {
                    return ActionAnswer.NotFound;
                }

                if (key.CreatedBy == person.Id)
                {
                    return ActionAnswer.Refused(text["AnotherAgrees"]);
                }

                (key.AwaitsSecond, key.AgreedBy) = (false, person.Id);
                await audit.RecordAsync(
                    db, ApiKeys.StreamOf(id), "key.agreed", person.AsPerformer().Actor, new JsonObject { ["name"] = key.Name, ["createdBy"] = key.CreatedBy }, cancellationToken);
                return ActionAnswer.Done;
            },
            cancellationToken);
    }

    public async Task<ActionAnswer> RevokeAsync(string id, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, user, cancellationToken) is not ({ } person, { } _))
        {
            return ActionAnswer.NotFound;
        }

        await writer.RunWithContextAsync(
            async (db, _) =>
            {
                if (await db.ApiKeys.SingleAsync(k => k.Id == id, cancellationToken) is { RevokedAt: null } key)
                {
                    key.RevokedAt = wallClock.GetUtcNow();
                    await audit.RecordAsync(db, ApiKeys.StreamOf(id), "key.revoked", person.AsPerformer().Actor, new JsonObject { ["name"] = key.Name }, cancellationToken);
                }

                return true;
            },
            cancellationToken);
        return ActionAnswer.Done;
    }

    /// <param name="order">The key.</param>
    /// <param name="days">How long it is good.</param>
    /// <param name="by">Who makes it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <param name="agreed">Who agreed to the one it takes the place of.</param>
    private async Task<ActionAnswer> MakeAsync(KeyOrder order, int days, Person by, CancellationToken cancellationToken, string? agreed = null)
    {
        var now = wallClock.GetUtcNow();
        var made = ApiKeys.Create(order, now, now.AddDays(days));

        // one in place of another that two agreed on does what that one did; a service that opens closely kept cases needs two whatever is set
        made.Row.AgreedBy = agreed;
        made.Row.AwaitsSecond = order.OwnerId is null && agreed is null
            && ((security.Value.KeysNeedTwo && order.Replaces is null) || order.Scopes.Contains(ApiScopes.CasesRestricted));
        return await writer.RunWithContextAsync(
            async (db, _) =>
            {
                if (order.OwnerId is { } owner && await db.ApiKeys.CountAsync(k => k.OwnerId == owner && k.RevokedAt == null && k.ExpiresAt > now, cancellationToken) >= MostOfOne)
                {
                    return ActionAnswer.Refused(text["TooMany", MostOfOne]);
                }

                db.ApiKeys.Add(made.Row);
                await audit.RecordAsync(
                    db, ApiKeys.StreamOf(made.Row.Id), "key.created", by.AsPerformer().Actor,
                    new JsonObject
                    {
                        ["name"] = made.Row.Name,
                        ["owner"] = made.Row.OwnerId,
                        ["scopes"] = made.Row.Scopes,
                        ["processes"] = made.Row.Processes,
                        ["departments"] = made.Row.Departments,
                        ["networks"] = made.Row.Networks,
                        ["expiresAt"] = made.Row.ExpiresAt,
                        ["replaces"] = made.Row.Replaces,
                        ["awaitsSecond"] = made.Row.AwaitsSecond,
                    },
                    cancellationToken);
                return ActionAnswer.Done with { Message = made.Text };
            },
            cancellationToken);
    }

    private async Task<(Person? Person, ApiKey? Key)> FindAsync(string id, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await people.OfAsync(user, cancellationToken) is { } person && await db.ApiKeys.AsNoTracking().SingleOrDefaultAsync(k => k.Id == id, cancellationToken) is { } key
            && MayChange(person, key)
            ? (person, key)
            : (null, null);
    }

    // administrators end anybody's key; only its owner makes another in its place
    private static bool MayChange(Person person, ApiKey key) => key.OwnerId == person.Id || person.Is(SystemRoles.Administrator);

    private Dictionary<string, string> Errors(KeyEdit edit, string[] networks, IReadOnlyList<Choice> processes, IReadOnlyList<Choice> departments)
    {
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        if (edit.Name?.Trim() is not { Length: > 0 and <= LongestName } name || name.Any(char.IsControl))
        {
            errors[nameof(edit.Name)] = text["NameWrong", LongestName];
        }

        if (edit.Scopes.Count == 0 || edit.Scopes.Except(ApiScopes.All).Any())
        {
            errors[nameof(edit.Scopes)] = text["ScopesMissing"];
        }

        if (edit.Processes.Except(processes.Select(p => p.Value)).Any() || edit.Departments.Except(departments.Select(d => d.Value)).Any())
        {
            errors[nameof(edit.Processes)] = text["BoundsWrong"];
        }

        if (networks.Length > MostNetworks || networks.Any(n => n.Length > 60 || Networks.Read(n) is null))
        {
            errors[nameof(edit.Networks)] = text["NetworksWrong", MostNetworks];
        }

        if (edit.Days is < 1 or > MostDays)
        {
            errors[nameof(edit.Days)] = text["DaysWrong", MostDays];
        }

        return errors;
    }

    private string BoundsOf(ApiKey key, IReadOnlyList<Choice> processes, IReadOnlyList<Choice> departments) => string.Join(
        text["Separator"],
        Parts(key.Processes).Select(p => processes.FirstOrDefault(c => c.Value == p)?.Text ?? p)
            .Concat(Parts(key.Departments).Select(d => departments.FirstOrDefault(c => c.Value == d)?.Text ?? d)).Concat(Parts(key.Networks)));

    private async Task<(IReadOnlyList<Choice> Processes, IReadOnlyList<Choice> Departments)> ChoicesAsync(CaseManagementDbContext db, CancellationToken cancellationToken)
    {
        var english = PackWords.Language.StartsWith("en", StringComparison.Ordinal);
        var departments = await db.Departments.AsNoTracking().OrderBy(d => d.Key).ToListAsync(cancellationToken);
        var published = (await configurations.CurrentAsync(cancellationToken)).Published.Values;
        return (
            [.. published.Select(p => new Choice(p.Pack.Identity.Id, p.Pack.Identity.Name.In(PackWords.Language)))],
            [.. departments.Select(d => new Choice(d.Key, english ? d.NameEn : d.NameZh))]);
    }

    private static string[] Parts(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
