using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Configuration;

/// <summary>The departments, roles and channels the organisation has, which processes may be bound to.</summary>
/// <param name="Departments">Those of the chart, by key.</param>
/// <param name="Roles">Those somebody holds or a published process names, by key.</param>
/// <param name="Channels">Those of published processes, by key.</param>
public sealed record NamesHere(
    IReadOnlyDictionary<string, BilingualText> Departments, IReadOnlyDictionary<string, RoleHere> Roles, IReadOnlyDictionary<string, BilingualText> Channels)
{
    /// <summary>How many people hold a role.</summary>
    public int HoldersOf(string role) => Roles.GetValueOrDefault(role)?.Holders ?? 0;

    /// <summary>What a process names that is not here: departments outside the chart, roles nobody holds.</summary>
    /// <param name="pack">The process.</param>
    public IEnumerable<Finding> Unbound(ProcessPack pack) =>
    [
        .. pack.Organisation.Departments.Index().Where(one => !Departments.ContainsKey(one.Item.Key)).Select(one => new Finding(
            FindingCodes.DepartmentUnbound, "organisation.json", $"$.departments[{one.Index}]",
            new BilingualText($"部门“{one.Item.Name.Zh}”（{one.Item.Key}）不在组织架构中", $"The department “{one.Item.Name.En}” ({one.Item.Key}) is not in the organisation chart"),
            FindingSeverity.Warning)),
        .. pack.Organisation.Roles.Index().Where(one => HoldersOf(one.Item.Key) == 0).Select(one => new Finding(
            FindingCodes.RoleUnbound, "organisation.json", $"$.roles[{one.Index}]",
            new BilingualText($"角色“{one.Item.Name.Zh}”（{one.Item.Key}）还没有人担任", $"Nobody holds the role “{one.Item.Name.En}” ({one.Item.Key})"),
            FindingSeverity.Warning)),
    ];
}

/// <summary>A role of the organisation.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Holders">How many people who work here now hold it.</param>
public sealed record RoleHere(BilingualText Name, int Holders);

/// <summary>Reads what there is to bind the names of a process to.</summary>
public sealed class OrganisationNames(IDbContextFactory<CaseManagementDbContext> contexts, StoredConfigurations configurations)
{
    // whoever holds these runs the product or looks after it; no case is theirs to work on
    private static readonly string[] NeverBound = [SystemRoles.Administrator, SystemRoles.ProcessOwner, SystemRoles.Auditor, SystemRoles.Reader];

    public async Task<NamesHere> ReadAsync(CancellationToken cancellationToken)
    {
        var published = (await configurations.CurrentAsync(cancellationToken)).Published.Values.Select(one => one.Pack).OrderBy(pack => pack.Identity.Id, StringComparer.Ordinal).ToList();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var departments = await db.Departments.AsNoTracking().OrderBy(d => d.Key).ToListAsync(cancellationToken);
        var held = await db.Memberships.AsNoTracking().Where(m => db.Users.Any(u => u.Id == m.UserId && u.IsActive)).Select(m => new { m.Role, m.UserId }).Distinct()
            .GroupBy(m => m.Role).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, StringComparer.Ordinal, cancellationToken);
        var named = published.SelectMany(pack => pack.Organisation.Roles).DistinctBy(role => role.Key, StringComparer.Ordinal).ToDictionary(role => role.Key, role => role.Name, StringComparer.Ordinal);
        return new NamesHere(
            departments.ToDictionary(d => d.Key, d => new BilingualText(d.NameZh, d.NameEn), StringComparer.Ordinal),
            held.Keys.Union(named.Keys).Except(NeverBound).Order(StringComparer.Ordinal)
                .ToDictionary(role => role, role => new RoleHere(named.GetValueOrDefault(role) ?? new BilingualText(role, role), held.GetValueOrDefault(role)), StringComparer.Ordinal),
            published.SelectMany(pack => pack.Identity.Channels).DistinctBy(channel => channel.Key, StringComparer.Ordinal)
                .ToDictionary(channel => channel.Key, channel => channel.Name, StringComparer.Ordinal));
    }
}
