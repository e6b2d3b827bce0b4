using CaseManagement.Web.Configuration;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Organisation;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Seeding;

/// <summary>Departments with their supervisors, clerks and handlers, so that a hundred thousand open cases are spread as in a large organisation.</summary>
internal sealed class SeedOrganisation(IConfigurationWriter writer, IDbContextFactory<CaseManagementDbContext> contexts)
{
    private const int HandlersEach = 15;
    private const int Clerks = 20;

    private static readonly (string Key, string Zh, string En)[] Departments =
    [
        ("service", "客服部", "Customer service"), ("quality", "质量部", "Quality"), ("finance", "财务部", "Finance"), ("north", "华北区", "North region"),
        ("east", "华东区", "East region"), ("south", "华南区", "South region"), ("west", "西部区", "West region"), ("online", "线上业务部", "Online business"),
        ("logistics", "物流部", "Logistics"), ("stores", "门店部", "Stores"), ("repairs", "维修部", "Repairs"), ("members", "会员部", "Members"),
    ];

    /// <summary>Who works on cases of a department, and how many of a thousand cases it has.</summary>
    public sealed record Desk(string Department, int Share, IReadOnlyList<(string Id, string Name)> Handlers);

    public IReadOnlyList<(string Id, string Name)> ClerkList { get; } = [.. Enumerable.Range(1, Clerks).Select(n => ($"desk{n:00}", SeedWords.Colleague(n * 7)))];

    /// <summary>The largest has a fifth of the cases, the smallest one in a hundred.</summary>
    public IReadOnlyList<Desk> Desks { get; } =
    [
        .. Departments.Zip((int[])[200, 170, 130, 110, 90, 80, 60, 50, 40, 30, 30, 10], (d, share) => new Desk(
            d.Key, share, [.. Enumerable.Range(1, HandlersEach).Select(n => ($"{d.Key}{n:00}", SeedWords.Colleague((n * 31) + d.Key.Length + d.Key[0])))])),
    ];

    /// <summary>Adds whoever is not there yet. A department's supervisor is named <c>&lt;department&gt;-lead</c>.</summary>
    public async Task InstallAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var people = (await db.Users.AsNoTracking().Select(u => u.Id).ToListAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
        var known = (await db.Departments.AsNoTracking().Select(d => d.Key).ToListAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
        var wanted = Desks.SelectMany(d => d.Handlers.Select(h => (h.Id, h.Name, Role: "staff", d.Department))
                .Append((Id: $"{d.Department}-lead", Name: SeedWords.Colleague(d.Share), Role: "supervisor", d.Department)))
            .Concat(ClerkList.Select(c => (c.Id, c.Name, Role: "desk", Department: "service")))
            .Append((Id: "seed-manager", Name: SeedWords.Colleague(5), Role: "manager", Department: ""))
            .Where(p => !people.Contains(p.Id)).ToList();
        await writer.RunWithContextAsync(
            (context, _) =>
            {
                context.Departments.AddRange(Departments.Where(d => !known.Contains(d.Key)).Select(d => new Department { Key = d.Key, NameZh = d.Zh, NameEn = d.En }));
                foreach (var (id, name, role, department) in wanted)
                {
                    context.Users.Add(DemoOrganisation.UserOf(id, name));
                    context.Memberships.Add(new Membership { UserId = id, Role = role, Department = department });
                }

                return ValueTask.FromResult(true);
            },
            cancellationToken);
    }
}
