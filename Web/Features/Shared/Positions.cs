using CaseManagement.Web.Configuration;
using CaseManagement.Web.Organisation;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Shared;

/// <summary>Says what somebody is: department and role in words.</summary>
public sealed class Positions(People directory, StoredConfigurations configurations, IStringLocalizer<PageWords> words)
{
    public async Task<string> OfAsync(Person person, CancellationToken cancellationToken) =>
        (await OfAsync([person], cancellationToken))[person.Id];

    /// <summary>Positions by person.</summary>
    public async Task<IReadOnlyDictionary<string, string>> OfAsync(IEnumerable<Person> people, CancellationToken cancellationToken)
    {
        var english = PackWords.Language.StartsWith("en", StringComparison.Ordinal);
        var departments = (await directory.DepartmentsAsync(cancellationToken)).ToDictionary(d => d.Key, d => english ? d.NameEn : d.NameZh, StringComparer.Ordinal);
        var roles = (await configurations.CurrentAsync(cancellationToken)).Published.Values
            .SelectMany(p => p.Pack.Organisation.Roles).DistinctBy(r => r.Key).ToDictionary(r => r.Key, r => r.Name.In(PackWords.Language), StringComparer.Ordinal);
        return people.ToDictionary(p => p.Id, p => string.Join(words["ListSeparator"], p.Memberships.Select(m =>
        {
            var role = roles.GetValueOrDefault(m.Role) ?? (words[$"Role_{m.Role}"] is { ResourceNotFound: false } known ? known.Value : m.Role);
            return m.Department is { } key ? $"{departments.GetValueOrDefault(key, key)} · {role}" : role;
        })), StringComparer.Ordinal);
    }
}
