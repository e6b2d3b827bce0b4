using CaseManagement.Web.Configuration;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Shared;

/// <summary>Says what somebody is: department and role in words.</summary>
public sealed class Positions(IDbContextFactory<CaseManagementDbContext> contexts, StoredConfigurations configurations, IStringLocalizer<PageWords> words)
{
    public async Task<string> OfAsync(Person person, CancellationToken cancellationToken) =>
        (await OfAsync([person], cancellationToken))[person.Id];

    /// <summary>Positions by person.</summary>
    public async Task<IReadOnlyDictionary<string, string>> OfAsync(IEnumerable<Person> people, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var english = PackWords.Language.StartsWith("en", StringComparison.Ordinal);
        var departments = await db.Departments.AsNoTracking().ToDictionaryAsync(d => d.Key, d => english ? d.NameEn : d.NameZh, cancellationToken);
        var roles = (await configurations.CurrentAsync(cancellationToken)).Published.Values
            .SelectMany(p => p.Pack.Organisation.Roles).DistinctBy(r => r.Key).ToDictionary(r => r.Key, r => r.Name.In(PackWords.Language), StringComparer.Ordinal);
        return people.ToDictionary(p => p.Id, p => string.Join(words["ListSeparator"], p.Memberships.Select(m =>
        {
            var role = roles.GetValueOrDefault(m.Role) ?? (words[$"Role_{m.Role}"] is { ResourceNotFound: false } known ? known.Value : m.Role);
            return m.Department is { } key ? $"{departments.GetValueOrDefault(key, key)} · {role}" : role;
        })), StringComparer.Ordinal);
    }
}
