using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Processes;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Settings;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Users;

/// <summary>The roles there are: the product's own and those processes name, published or in a draft; which of them open confidential cases.</summary>
public sealed class RoleBook(
    IDbContextFactory<CaseManagementDbContext> contexts, StoredConfigurations configurations, PackReviews reviews, IStringLocalizer<PageWords> words,
    [FromKeyedServices(Clocks.Wall)] TimeProvider wallClock)
{
    private static readonly string[] OfTheProduct =
        [SystemRoles.Supervisor, SystemRoles.Reader, SystemRoles.ProcessOwner, SystemRoles.Administrator, SystemRoles.Auditor];

    /// <summary>Whoever proves what others did does not do it.</summary>
    public static IReadOnlyList<(string One, string Other)> Apart { get; } = [(SystemRoles.Auditor, SystemRoles.Administrator), (SystemRoles.Auditor, SystemRoles.ProcessOwner)];

    public DateTimeOffset Now => wallClock.GetUtcNow();

    /// <summary>Held for the whole organisation, never for a department.</summary>
    public static bool IsOfTheWhole(string role) => role is SystemRoles.Administrator or SystemRoles.ProcessOwner or SystemRoles.Auditor;

    public async Task<Page> ReadAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var english = PackWords.Language.StartsWith("en", StringComparison.Ordinal);
        var departments = (await db.Departments.AsNoTracking().OrderBy(d => d.Key).ToListAsync(cancellationToken))
            .ToDictionary(d => d.Key, d => english ? d.NameEn : d.NameZh, StringComparer.Ordinal);
        var packs = (await configurations.CurrentAsync(cancellationToken)).Published.Values.Select(p => p.Pack).ToList();

        // so that a role is held before the process that names it is published
        foreach (var draft in await db.ProcessVersions.AsNoTracking().Where(p => p.State == ProcessVersionState.Draft).Select(p => new { p.ProcessKey, p.Version }).ToListAsync(cancellationToken))
        {
            if ((await reviews.GetAsync(draft.ProcessKey, draft.Version, ProcessVersionState.Draft, cancellationToken)).Pack is { } pack)
            {
                packs.Add(pack);
            }
        }

        var names = packs.SelectMany(p => p.Organisation.Roles).DistinctBy(r => r.Key).ToDictionary(r => r.Key, r => r.Name.In(PackWords.Language), StringComparer.Ordinal);
        foreach (var own in OfTheProduct.Where(own => !names.ContainsKey(own)))
        {
            names[own] = words[$"Role_{own}"];
        }

        var confidential = packs.SelectMany(p => p.Records.Confidentiality).SelectMany(r => r.VisibleTo).Select(who => who.Split('@')[0]).Where(names.ContainsKey);
        return new Page(names, departments, confidential.ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>The roles as they are now, in the reader's language.</summary>
    public sealed class Page(Dictionary<string, string> names, IReadOnlyDictionary<string, string> departments, HashSet<string> confidential)
    {
        public IReadOnlyDictionary<string, string> Departments { get; } = departments;

        public IReadOnlyList<Choice> Choices => [.. names.OrderBy(n => n.Value, StringComparer.CurrentCulture).Select(n => new Choice(n.Key, n.Value))];

        public bool Has(string role) => names.ContainsKey(role);

        /// <summary>Whoever holds it reads what a process hides from others; two administrators grant it.</summary>
        public bool OpensConfidential(string role) => confidential.Contains(role);

        /// <summary>Makes an administrator, or opens confidential cases.</summary>
        public bool IsPowerful(string role) => role == SystemRoles.Administrator || OpensConfidential(role);

        public string Say(string role, string department) => department.Length == 0
            ? names.GetValueOrDefault(role, role)
            : $"{Departments.GetValueOrDefault(department, department)} · {names.GetValueOrDefault(role, role)}";
    }
}
