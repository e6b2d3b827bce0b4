using System.Globalization;
using System.Security.Claims;
using System.Text.Json.Nodes;
using CaseManagement.Domain;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Features.Users;
using CaseManagement.Web.Oidc;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Organisation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Groups;

/// <summary>Texts of this page.</summary>
public sealed class GroupsText;

/// <summary>Which groups of an identity provider give which roles.</summary>
public sealed record GroupsPage
{
    public required IReadOnlyList<GroupRow> Rows { get; init; }
    public required IReadOnlyList<Choice> Providers { get; init; }
    public required IReadOnlyList<Choice> Roles { get; init; }
    public required IReadOnlyList<Choice> Departments { get; init; }

    /// <summary>The reader may change the table.</summary>
    public bool MayChange { get; init; }
    public GroupEdit Edit { get; init; } = new();
    public string? Error { get; init; }
}

/// <summary>A line of the table.</summary>
/// <param name="Id">What is agreed to or removed.</param>
/// <param name="Provider">The provider in words.</param>
/// <param name="Group">The group as the provider names it.</param>
/// <param name="Role">Department and role in words.</param>
/// <param name="AddedBy">Who added it.</param>
/// <param name="IsWaiting">It gives nothing until another administrator has agreed.</param>
/// <param name="MayAgree">The reader is that other administrator.</param>
public sealed record GroupRow(Guid Id, string Provider, string Group, string Role, string AddedBy, bool IsWaiting, bool MayAgree);

/// <summary>A new line as typed.</summary>
public sealed record GroupEdit
{
    public string? Provider { get; init; }
    public string? Group { get; init; }
    public string? Role { get; init; }

    /// <summary>The department's key; empty for the whole organisation.</summary>
    public string? Department { get; init; }
}

/// <summary>
/// The table by which groups become roles. What makes administrators or opens confidential cases is taken only where the provider's configuration allows
/// it, and then two agree on it.
/// </summary>
public sealed class GroupPages(
    IDbContextFactory<CaseManagementDbContext> contexts, IConfigurationWriter writer, OidcProviders providers, People people, RoleBook roles, ConfigurationAudit audit,
    IStringLocalizer<GroupsText> text)
{
    private const string Stream = "organisation";
    private const int Most = 500;

    public async Task<GroupsPage?> GetAsync(ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await people.OfAsync(user, cancellationToken) is not { } person || !(person.Is(SystemRoles.Administrator) || person.Is(SystemRoles.Auditor)))
        {
            return null;
        }

        var book = await roles.ReadAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await db.GroupRoles.AsNoTracking().OrderBy(r => r.Provider).ThenBy(r => r.Group).ThenBy(r => r.Role).ThenBy(r => r.Department).ToListAsync(cancellationToken);
        var ids = rows.Select(r => r.CreatedBy).Distinct().ToList();
        var names = await db.Users.AsNoTracking().Where(u => ids.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.DisplayName, cancellationToken);
        var mayChange = person.Is(SystemRoles.Administrator);
        return new GroupsPage
        {
            Rows = [.. rows.Select(r => new GroupRow(
                r.Id, providers.Find(r.Provider)?.In(CultureInfo.CurrentUICulture.Name) ?? r.Provider, r.Group, book.Say(r.Role, r.Department), names.GetValueOrDefault(r.CreatedBy, r.CreatedBy),
                r.NeedsSecond && r.AgreedBy is null, mayChange && r.AgreedBy is null && r.CreatedBy != person.Id))],
            Providers = [.. providers.All.Select(p => new Choice(p.Key, p.In(CultureInfo.CurrentUICulture.Name)))],
            Roles = book.Choices,
            Departments = [.. book.Departments.Select(d => new Choice(d.Key, d.Value))],
            MayChange = mayChange,
        };
    }

    public Task<ActionAnswer> AddAsync(GroupEdit edit, ClaimsPrincipal user, CancellationToken cancellationToken) => ChangeAsync(user, async (db, by) =>
    {
        var (group, role, place) = (edit.Group?.Trim() ?? "", edit.Role ?? "", edit.Department ?? "");
        var book = await roles.ReadAsync(cancellationToken);
        if (providers.Find(edit.Provider ?? "") is not { } provider)
        {
            return ActionAnswer.Invalid(text["NoSuchProvider"]);
        }

        if (group.Length is 0 or > GroupRole.LongestGroup || group.Any(char.IsControl))
        {
            return ActionAnswer.Invalid(text["GroupWrong", GroupRole.LongestGroup]);
        }

        if (!book.Has(role) || (place.Length > 0 && (!book.Departments.ContainsKey(place) || RoleBook.IsOfTheWhole(role))))
        {
            return ActionAnswer.Invalid(text["RoleWrong"]);
        }

        if (book.IsPowerful(role) && !provider.GroupsGivePower)
        {
            return ActionAnswer.Refused(text["NotByGroups", $"{OidcProviders.Section}:{provider.Key}:{nameof(OidcProvider.GroupsGivePower)}"]);
        }

        if (await db.GroupRoles.AnyAsync(r => r.Provider == provider.Key && r.Group == group && r.Role == role && r.Department == place, cancellationToken)
            || await db.GroupRoles.CountAsync(cancellationToken) >= Most)
        {
            return ActionAnswer.Refused(text["IsThere", Most]);
        }

        var added = new GroupRole
        {
            Id = Guid.CreateVersion7(),
            Provider = provider.Key,
            Group = group,
            Role = role,
            Department = place,
            CreatedBy = by.Id,
            CreatedAt = roles.Now,
            NeedsSecond = book.IsPowerful(role),
        };
        db.GroupRoles.Add(added);
        await RecordAsync(db, "group-role.added", by, added, cancellationToken);
        return ActionAnswer.Done;
    }, cancellationToken);

    /// <summary>Agrees to what another administrator added.</summary>
    public Task<ActionAnswer> AgreeAsync(Guid id, ClaimsPrincipal user, CancellationToken cancellationToken) => ChangeAsync(user, async (db, by) =>
    {
        if (await db.GroupRoles.SingleOrDefaultAsync(r => r.Id == id && r.AgreedBy == null, cancellationToken) is not { } row)
        {
            return ActionAnswer.NotFound;
        }

        RoleRules.ThrowUnlessMayDecide(by.Id, row.CreatedBy, "");
        row.AgreedBy = by.Id;
        await RecordAsync(db, "group-role.agreed", by, row, cancellationToken);
        return ActionAnswer.Done;
    }, cancellationToken);

    /// <summary>Removes a line. Whoever holds a role by it loses it when they next sign in.</summary>
    public Task<ActionAnswer> RemoveAsync(Guid id, ClaimsPrincipal user, CancellationToken cancellationToken) => ChangeAsync(user, async (db, by) =>
    {
        if (await db.GroupRoles.SingleOrDefaultAsync(r => r.Id == id, cancellationToken) is not { } row)
        {
            return ActionAnswer.NotFound;
        }

        db.GroupRoles.Remove(row);
        await RecordAsync(db, "group-role.removed", by, row, cancellationToken);
        return ActionAnswer.Done;
    }, cancellationToken);

    private async Task<ActionAnswer> ChangeAsync(ClaimsPrincipal user, Func<CaseManagementDbContext, Person, Task<ActionAnswer>> deed, CancellationToken cancellationToken)
    {
        if (await people.OfAsync(user, cancellationToken) is not { } person || !person.Is(SystemRoles.Administrator))
        {
            return ActionAnswer.NotFound;
        }

        try
        {
            return await writer.RunWithContextAsync(async (db, _) => await deed(db, person), cancellationToken);
        }
        catch (RuleViolationException violation) when (violation.Rule == RoleRules.SecondPerson)
        {
            return ActionAnswer.Refused(text["AnotherAgrees"]);
        }
    }

    private async Task RecordAsync(CaseManagementDbContext db, string type, Person by, GroupRole row, CancellationToken cancellationToken) => await audit.RecordAsync(
        db, Stream, type, by.AsPerformer().Actor,
        new JsonObject { ["provider"] = row.Provider, ["group"] = row.Group, ["role"] = row.Role, ["department"] = row.Department.Length == 0 ? null : row.Department },
        cancellationToken);
}
