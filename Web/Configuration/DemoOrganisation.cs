using System.Text.Json;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Parties;
using CaseManagement.Domain.Tasks;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Organisation;
using CaseManagement.Workflows.Cases;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Department = CaseManagement.Web.Persistence.Organisation.Department;
using Membership = CaseManagement.Web.Persistence.Organisation.Membership;

namespace CaseManagement.Web.Configuration;

/// <summary>An invented organisation to try the product with, and the first administrator of a real one.</summary>
public sealed class DemoOrganisation(
    IConfigurationWriter writer, IServiceScopeFactory scopes, CaseRuntime cases, TimeProvider clock, IHostEnvironment environment, IOptions<DemoOptions> options)
{
    private static readonly Department[] Departments =
    [
        new() { Key = "service", NameZh = "客服部", NameEn = "Customer service", Head = "zhou" },
        new() { Key = "quality", NameZh = "质量部", NameEn = "Quality" },
        new() { Key = "finance", NameZh = "财务部", NameEn = "Finance" },
    ];

    private static readonly (string Id, string Name, string Role, string Department)[] People =
    [
        ("chen", "陈静", "desk", "service"),
        ("li", "李敏", "staff", "service"),
        ("zhang", "张强", "staff", "service"),
        ("wang", "王芳", "staff", "quality"),
        ("zhao", "赵磊", "staff", "finance"),
        ("zhou", "周涛", "supervisor", ""),
        ("wu", "吴刚", "manager", ""),
        ("liu", "刘洋", "gm", ""),
        ("sun", "孙丽", "visitor", "service"),
        ("owner", "何流程", SystemRoles.ProcessOwner, ""),
        ("admin", "管理员", SystemRoles.Administrator, ""),
        ("auditor", "审计员", SystemRoles.Auditor, ""),
    ];

    /// <summary>The first administrator of a real organisation has this id too.</summary>
    internal const string Administrator = "admin";

    /// <summary>Invented addresses end so.</summary>
    internal const string MailEnding = "@example.com";

    /// <summary>The invented people.</summary>
    internal static IReadOnlyList<string> Ids { get; } = [.. People.Select(p => p.Id)];

    private bool HasPeople => options.Value.People ?? environment.IsDevelopment();

    /// <summary>Creates the demo people, or the administrator alone where a password for one is configured.</summary>
    public async Task InstallPeopleAsync(string? adminPassword, CancellationToken cancellationToken)
    {
        var wanted = HasPeople ? People : adminPassword is null ? [] : [.. People.Where(p => p.Id == "admin")];
        if (wanted.Length == 0)
        {
            return;
        }

        await using var scope = scopes.CreateAsyncScope();
        var hasher = scope.ServiceProvider.GetRequiredService<IPasswordHasher<AppUser>>();
        await writer.RunWithContextAsync(
            (db, _) =>
            {
                if (HasPeople)
                {
                    db.Departments.AddRange(Departments.Select(d => new Department { Key = d.Key, NameZh = d.NameZh, NameEn = d.NameEn, Head = d.Head }));
                }

                foreach (var (id, name, role, department) in wanted)
                {
                    var user = UserOf(id, name);
                    user.PasswordHash = id == "admin" && adminPassword is not null ? hasher.HashPassword(user, adminPassword) : null;
                    db.Users.Add(user);
                    db.Memberships.Add(new Membership { UserId = id, Role = role, Department = department });
                }

                return ValueTask.FromResult(true);
            },
            cancellationToken);
    }

    /// <summary>Registers a few invented cases at different points of the standard process.</summary>
    public async Task InstallCasesAsync(CancellationToken cancellationToken)
    {
        if (!(options.Value.Cases ?? environment.IsDevelopment()))
        {
            return;
        }

        var now = clock.GetUtcNow();
        await RegisterAsync("空调维修三次未上门", "约定上门三次均未到，要求当日上门并说明原因。", "speed", "phone", ("王女士", "13800001204"), now.AddHours(-26), cancellationToken);
        await RegisterAsync("热水器漏电，家人手部麻木", "使用时有触电感，已停用，要求立即检测并赔偿检查费。", "goods", "phone", ("赵先生", "13900002371"), now.AddHours(-20), cancellationToken, ("injury", true));
        await RegisterAsync("门店收费高于标价", "结账金额比价签高 60 元，要求退还差价。", "price", "web", ("李先生", "13600003582"), now.AddHours(-5), cancellationToken);
        var third = await RegisterAsync("客服人员态度恶劣", "通话中被打断并挂断，要求道歉。", "attitude", "email", ("孙女士", "13700004793"), now.AddDays(-2), cancellationToken);
        await CompleteAsync(third, "first", "li", "Done", new() { ["replyForm"] = "oral" }, cancellationToken);
        var fourth = await RegisterAsync("新购冰箱一周内不制冷", "购买第五天停止制冷，食材变质，要求换货并赔偿 1200 元。", "goods", "visit", ("钱女士", "13500005916"), now.AddDays(-3), cancellationToken);
        await CompleteAsync(fourth, "first", "wang", "Done", new() { ["replyForm"] = "oral" }, cancellationToken);
        await CompleteAsync(fourth, "handle", "wang", "Done", new() { ["cause"] = "压缩机早期失效", ["proposal"] = "换货并赔偿食材损失", ["validity"] = "valid", ["amountProposed"] = 1200 }, cancellationToken);
        // she has complained before: her cases know of each other, everybody else's stand alone
        await RegisterAsync("营业时间是几点", "周末几点开门？", null, "phone", ("王女士", "13800001204"), now.AddHours(-1), cancellationToken, kind: "consultation");
        await RegisterAsync("建议大厅增设座椅", "等候的人多，座椅太少。", null, "letter", ("吴女士", "13300006048"), now.AddHours(-3), cancellationToken, kind: "suggestion");
    }

    /// <summary>An invented person who may sign in without a password, in Development only.</summary>
    public static AppUser UserOf(string id, string name) => new()
    {
        Id = id,
        UserName = id,
        NormalizedUserName = id.ToUpperInvariant(),
        DisplayName = name,
        Email = id + MailEnding,
        Language = "zh-CN",
        Zone = "Asia/Shanghai",
        LockoutEnabled = true,
        SecurityStamp = Guid.NewGuid().ToString("N"),
    };

    private static Performer As(string person)
    {
        var (id, name, role, department) = People.First(p => p.Id == person);
        return new Performer
        {
            Actor = new Actor(ActorKind.Person, id, name),
            Memberships = [new Domain.Parties.Membership(role, department.Length == 0 ? null : department)],
        };
    }

    private async Task<Complaint> RegisterAsync(
        string subject, string description, string? category, string channel, (string Name, string Phone) who, DateTimeOffset receivedAt, CancellationToken cancellationToken,
        (string Fact, object Value)? fact = null, string kind = "complaint")
    {
        var outcome = await cases.RegisterAsync(
            new Registration
            {
                Kind = kind,
                Channel = channel,
                ReceivedAt = receivedAt,
                Subject = subject,
                Description = description,
                Category = category,
                Complainant = new Complainant { Name = who.Name, Phone = who.Phone, Kind = "person" },
                Facts = fact is { } f ? new Dictionary<string, JsonElement> { [f.Fact] = JsonSerializer.SerializeToElement(f.Value) } : [],
            },
            As("chen"), cancellationToken);
        return outcome!.Complaint;
    }

    private async Task CompleteAsync(
        Complaint complaint, string task, string person, string outcome, Dictionary<string, object> data, CancellationToken cancellationToken) =>
        await cases.ActAsync(
            complaint.Id.Value, As(person),
            act => act.Complaint.Tasks.Complete(act, act.Complaint.Tasks.Open.First(t => t.Key == task).Id, new TaskCompletion
            {
                Outcome = outcome,
                Data = data.ToDictionary(d => d.Key, d => JsonSerializer.SerializeToElement(d.Value), StringComparer.Ordinal),
            }),
            cancellationToken);
}
