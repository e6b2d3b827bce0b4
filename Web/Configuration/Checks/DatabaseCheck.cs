using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Timers;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Configuration.Checks;

/// <summary>What can be said of the people and data in the database, as Production judges it.</summary>
public sealed class DatabaseCheck(IDbContextFactory<CaseManagementDbContext> contexts)
{
    private static readonly string[] Powerful = [SystemRoles.Administrator, SystemRoles.ProcessOwner, SystemRoles.Auditor];

    /// <summary>Asked of a database that is there and up to date.</summary>
    public async Task<IReadOnlyList<ConfigFinding>> RunAsync(CancellationToken cancellationToken)
    {
        var findings = new List<ConfigFinding>();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var demo = DemoOrganisation.Ids.Where(id => id != DemoOrganisation.Administrator).ToList();
        if (await db.Users.CountAsync(u => demo.Contains(u.Id) && u.Email == u.Id + DemoOrganisation.MailEnding && u.IsActive, cancellationToken) > demo.Count / 2)
        {
            findings.Add(ConfigFinding.Refusal(
                "Demo:People", "数据库里有演示人员。", "The database holds the invented people.", "生产环境请用空数据库。", "Use an empty database in Production."));
        }

        if (await db.ConfigurationEvents.AnyAsync(e => e.Stream == JobRequests.Stream && e.Type == "clock.advanced", cancellationToken))
        {
            findings.Add(ConfigFinding.Refusal(
                "Clock:Simulated", "数据库里的时间曾被人为推进，记录的时间不是真的。", "Time was moved by hand in this database: what it records did not happen then.",
                "生产环境请用没有模拟过时间的数据库。", "Use a database whose time was never simulated in Production."));
        }

        var admins = await db.Memberships.Where(m => m.Role == SystemRoles.Administrator && db.Users.Any(u => u.Id == m.UserId && u.IsActive)).Select(m => m.UserId).Distinct().CountAsync(cancellationToken);
        if (admins < 2)
        {
            findings.Add(ConfigFinding.Warning(
                SystemRoles.Administrator, "只有一位管理员（或没有），无人能批准需要两人的角色。", "There is one administrator or none: nobody grants roles that need two.",
                "请在“人员”页再设一位。", "Appoint another on the page People."));
        }

        var without = await db.Users.Where(u => u.IsActive && !u.TwoFactorEnabled && db.Memberships.Any(m => m.UserId == u.Id && Powerful.Contains(m.Role)))
            .OrderBy(u => u.Id).Select(u => u.Id).Take(20).ToListAsync(cancellationToken);
        if (without.Count > 0)
        {
            var names = string.Join(", ", without);
            findings.Add(ConfigFinding.Warning(
                "authenticator", $"管理员、流程负责人、审计员中有人没启用验证器：{names}。", $"Administrators, process owners or auditors without an authenticator: {names}.",
                "请本人在“我的账户”页启用。", "They set it up on the page My account."));
        }

        return findings;
    }
}
