using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using CaseManagement.Domain.Complaints;
using CaseManagement.Web.Api.Access;
using CaseManagement.Web.Designer;
using CaseManagement.Web.Infrastructure;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Organisation;
using CaseManagement.Web.Persistence.Runtime;
using CaseManagement.Web.Tests.Api;
using CaseManagement.Web.Tests.Pages;
using CaseManagement.Workflows.Cases;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.Web.Tests.Access;

/// <summary>Somebody who tries every endpoint.</summary>
/// <param name="Id">Of the user.</param>
/// <param name="Is">What they are.</param>
/// <param name="Elsewhere">In another department than the case's.</param>
public sealed record Somebody(string Id, Who Is, bool Elsewhere = false)
{
    public override string ToString() => Elsewhere ? $"{Is} elsewhere" : Is.ToString();
}

/// <summary>The demo organisation with somebody of every role in two departments, one case of the service department, and one of everything else.</summary>
public sealed partial class AccessOrganisation : Site, IAsyncLifetime
{
    public const string Key = "test-bootstrap-key";

    public static IReadOnlyList<Somebody> People { get; } =
    [
        new("reader-here", Who.Reader), new("reader-there", Who.Reader, true), new("sun", Who.Colleague), new("li", Who.Handler), new("zhao", Who.Handler, true),
        new("leads-here", Who.Supervisor), new("leads-there", Who.Supervisor, true), new("head-here", Who.Head), new("head-there", Who.Head, true),
        new("owner", Who.Owner), new("admin", Who.Admin), new("auditor", Who.Auditor),
    ];

    private static readonly string[] Holidays = ["2027-03-01"];

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    public HttpClient Client() => CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });

    public HttpClient WithKey(string key)
    {
        var client = Client();
        client.DefaultRequestHeaders.Add("X-Api-Key", key);
        return client;
    }

    public HttpClient ActingAs(string person)
    {
        var client = WithKey(Key);
        client.DefaultRequestHeaders.Add("X-Act-As", person);
        return client;
    }

    public async Task<HttpClient> InDesignerAsync(string person)
    {
        var client = Client();
        var session = await Services.GetRequiredService<StaffSessions>().BeginAsync(person, SignInMethods.Password, null, null, TestContext.Current.CancellationToken);
        var token = Services.GetRequiredService<DesignerTokens>().Create(await PersonAsync(person), session, DateTimeOffset.MaxValue, null, "en");
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Text);
        return client;
    }

    /// <summary>The text of a new key with these scopes.</summary>
    public async Task<string> KeyAsync(params IEnumerable<string> scopes)
    {
        var made = ApiKeys.Create("test", scopes, new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), expiresAt: null);
        await WriteAsync(db => db.ApiKeys.Add(made.Row));
        return made.Text;
    }

    /// <summary>A route, or text, with something that is there in place of every value.</summary>
    public string Fill(string route)
    {
        var path = route.StartsWith('/') ? route[1..] : route;
        var folders = path.Split('/');
        return RouteValue().Replace(path, match =>
        {
            var name = match.Groups[1].Value;
            if (match.Value.EndsWith("?}", StringComparison.Ordinal))
            {
                return "";
            }

            string[] places = [path[..match.Index], string.Join('/', folders.Take(3)), folders[0], ""];
            return places.Select(place => _values.GetValueOrDefault($"{place}:{name}")).FirstOrDefault(value => value is not null)
                ?? throw new InvalidOperationException($"Say in {nameof(AccessOrganisation)} what {match.Value} of {route} is.");
        });
    }

    public async ValueTask InitializeAsync()
    {
        await WriteAsync(db =>
        {
            foreach (var (id, role, department) in new[]
            {
                ("reader-here", SystemRoles.Reader, "service"), ("reader-there", SystemRoles.Reader, "finance"),
                ("leads-here", SystemRoles.Supervisor, "service"), ("leads-there", SystemRoles.Supervisor, "finance"), ("head-here", "", ""), ("head-there", "", ""),
            })
            {
                db.Users.Add(new AppUser { Id = id, UserName = id, NormalizedUserName = id.ToUpperInvariant(), DisplayName = id, Language = "en", Zone = "Asia/Shanghai", SecurityStamp = id });
                if (role.Length > 0)
                {
                    db.Memberships.Add(new Membership { UserId = id, Role = role, Department = department });
                }
            }

            db.Departments.Single(d => d.Key == "service").Head = "head-here";
            db.Departments.Single(d => d.Key == "finance").Head = "head-there";
        });

        using var program = WithKey(Key);
        var registered = await program.TellAsync("/api/v1/complaints", Sample.Complaint(), 201);
        var other = await program.TellAsync("/api/v1/complaints", Sample.Complaint("Another"), 201);
        using var admin = ActingAs("admin");
        await admin.TellAsync("/api/v1/processes/standard-complaint/limits/reply/apply", new { amount = 20, scope = "newCases", reason = "test" });
        await admin.TellAsync("/api/v1/calendars/office/import?reason=test", new { holidays = Holidays, publishedThrough = "2027-12-31" });
        var id = registered["id"].Text();
        var instance = registered["process"]!["instanceId"].Text();
        Assert.Equal("service", registered["leadDepartment"].Text());
        var (key, asked) = (ApiKeys.Create("somebody's", ["cases.read"], DateTimeOffset.UnixEpoch, null), Guid.CreateVersion7());
        await WriteAsync(db =>
        {
            db.ApiKeys.Add(key.Row);
            db.AskedRoles.Add(new AskedRole { Id = asked, UserId = "zhang", Role = "manager", Department = "", AskedBy = "another-admin", AskedAt = Now });
            db.Memberships.Add(new Membership { UserId = "zhang", Role = "staff", Department = "finance" });
            db.Incidents.Add(new StoredIncident
            {
                InstanceId = Guid.Parse(instance),
                Id = 1,
                ExecutionId = 1,
                ActivityId = "first",
                NodeId = "standard-complaint:root:first",
                ActivityType = "CaseManagement.Task",
                Message = "failed",
                ExceptionType = "Test",
                At = Now,
            });
        });
        var definition = await AskAsync(db => db.WorkflowDefinitions.Where(d => d.DefinitionId == "standard-complaint").Select(d => new { d.Id, d.DefinitionId }).SingleAsync());
        var change = (await AskAsync(db => db.LimitChanges.Select(c => c.Id).SingleAsync())).ToString(System.Globalization.CultureInfo.InvariantCulture);
        var task = registered["tasks"]![0]!["id"].Text();
        var none = Guid.NewGuid().ToString();
        foreach (var (name, value) in new (string, string)[]
        {
            (":case", id), (":caseId", id), (":id", id), (":other", other["id"].Text()), (":task", task), (":instance", instance), (":clock", "reply"), (":verb", "withdraw"),
            (":key", "standard-complaint"), (":process", "standard-complaint"), (":version", "1"), (":limit", "reply"), (":change", change), (":code", "404"),
            (":rest", "nothing"), (":documentName", "v1"), (":type", "CaseManagement.Task"), (":property", "Who"), (":definitionId", definition.DefinitionId),
            (":versionId", definition.Id), (":workflow", definition.DefinitionId), (":step", "first"), ("api/v1/tasks:id", task), ("api/v1/complaints:key", "reply"),
            ("cases/{id:guid}/clocks/{clock}/:verb", "pause"), ("calendars:id", "office"), ("api/v1/calendars:id", "office"), ("calendars:version", "2"),
            ("departments/:key", "quality"), ("jobs:key", "maintenance"), ("jobs:id", Guid.NewGuid().ToString()), ("studio:id", definition.DefinitionId),
            ("elsa/api/workflow-definitions/by-id/:id", definition.Id), ("elsa/api/workflow-definitions:id", definition.DefinitionId),
            ("elsa/api/workflow-definition-versions:id", definition.Id), ("elsa/api/workflow-instances:id", instance), ("elsa/api/cancel:id", instance),
            ("elsa/api/activity-executions:id", instance), (":secret", "none"), (":session", "none"), ("users:id", "zhang"), ("break-glass:id", none), ("keys:id", key.Row.Id), (":asked", asked.ToString()),
            (":provider", "none"), ("account/linked/:key", "none"), ("groups:id", none),
            (":letter", none), (":file", none), (":export", none), (":attachment", none), ("inbox/filters:id", none), ("messages:id", none), ("messages/quarantine:id", none), ("timers:id", none),
            ("api/v1/timers:id", none), (":report", "monthly"), ("api/v1/reports:name", "monthly"), (":from", "2026-09-01"), (":number", "1"), (":channel", "sms"), (":name", "maintenance"), ("templates:process", "standard-complaint"), ("templates:key", "receipt"),
            (":sequence", "1"), (":kind", "facts"), (":table", "level"), (":form", "handling"), ("lessons:id", none), ("api/v1/lessons:id", none),
        })
        {
            _values[name] = value;
        }
    }

    /// <summary>From now on routes about a case are about one that 李敏 works on alone and that is kept so closely that rank opens nothing.</summary>
    public async Task KeepCloselyAsync(ConfidentialityLevel level)
    {
        using var program = WithKey(Key);
        var registered = await program.TellAsync("/api/v1/complaints", Sample.Complaint($"Kept {level}"), 201);
        var (id, li) = (registered["id"].Text(), (await PersonAsync("li")).AsPerformer());
        var outcome = await Services.GetRequiredService<CaseRuntime>().ActAsync(
            Guid.Parse(id), li,
            act =>
            {
                act.Complaint.Tasks.Claim(act, act.Complaint.Tasks.Open.First(t => t.Admits(li)).Id);
                act.Complaint.Confidentiality.Raise(act, level, level == ConfidentialityLevel.Sealed ? ["li"] : [], "A matter of its own.");
            },
            TestContext.Current.CancellationToken);
        var (task, instance) = (outcome!.Complaint.Tasks.Open.First(t => t.Assignee == "li").Id.ToString(), registered["process"]!["instanceId"].Text());
        foreach (var (name, value) in new[]
        {
            (":case", id), (":caseId", id), (":id", id), (":task", task), ("api/v1/tasks:id", task), (":instance", instance), ("elsa/api/workflow-instances:id", instance),
        })
        {
            _values[name] = value;
        }
    }

    public async Task WriteAsync(Action<CaseManagementDbContext> change) => await Services.GetRequiredService<IConfigurationWriter>().RunWithContextAsync(
        (db, _) =>
        {
            change(db);
            return ValueTask.FromResult(true);
        },
        TestContext.Current.CancellationToken);

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("Bootstrap:AdminApiKey", Key);
        builder.UseSetting("Demo:Cases", "false");
        builder.UseSetting("Audit:AnchorSeconds", "3600");
    }

    [GeneratedRegex(@"\{\**([a-zA-Z]+)\??(?::[a-z]+)?\}")]
    private static partial Regex RouteValue();
}
