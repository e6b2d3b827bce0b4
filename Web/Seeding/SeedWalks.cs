using System.Text.Json;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Parties;
using CaseManagement.Domain.Tasks;
using CaseManagement.Workflows.Cases;
using CaseManagement.Workflows.Runtime;
using CaseManagement.Workflows.Simulation;

namespace CaseManagement.Web.Seeding;

/// <summary>
/// Walks one case of each sort through the installed standard process, in memory and on a clock of its own: what is late there was breached and escalated at its
/// own moment.
/// </summary>
internal sealed class SeedWalks(ICaseConfigurations configurations, IPlanSource plans, CaseConfiguration configuration, DateTimeOffset now)
{
    public const string Subject = "seed-subject";
    public const string Description = "seed-description";
    public const string Complainant = "seed-complainant";
    public const string Phone = "19900000000";
    public const string Desk = "seed-desk";
    public const string DeskName = "seed-clerk-name";
    public const string Handler = "seed-handler";
    public const string HandlerName = "seed-colleague-name";

    /// <summary>The department the category <see cref="Category"/> is routed to.</summary>
    public const string Department = "quality";
    public const string Category = "goods";
    public const string Channel = "letter";

    /// <summary>What copies have otherwise.</summary>
    public static readonly IReadOnlyList<string> Words =
        [Subject, Description, Complainant, Phone, Desk, DeskName, Handler, HandlerName, Department, Category, Channel];

    private static readonly Dictionary<string, object> Nothing = [];
    private static readonly Dictionary<string, object> Spoken = new() { ["replyForm"] = "oral" };
    private static readonly Dictionary<string, object> Found = new() { ["cause"] = "零件早期失效", ["proposal"] = "更换并致歉", ["validity"] = "valid" };
    private static readonly Dictionary<string, object> Costly = new(Found) { ["amountProposed"] = 1200 };

    private static Performer ClerkOf => As(Desk, DeskName, "desk", "service");

    private static Performer HandlerOf => As(Handler, HandlerName, "staff", Department);

    /// <summary>Walks them all.</summary>
    public async Task<IReadOnlyList<SeedTemplate>> AllAsync(CancellationToken cancellationToken)
    {
        var templates = new List<SeedTemplate>();
        foreach (var grave in (bool[])[false, true])
        {
            var often = grave ? 1 : 7;
            async Task AddAsync(int weight, double daysAgo, (double, double) hours, Func<Walk, Task> walk) =>
                templates.Add(await WalkAsync(weight * often, daysAgo, hours, grave, walk, cancellationToken));

            await AddAsync(10, 0.4, (9, 9), _ => Task.CompletedTask);
            await AddAsync(4, 0.4, (9, 9), walk => walk.ClaimAsync("first"));
            await AddAsync(4, 1.4, (12, 8), _ => Task.CompletedTask);
            await AddAsync(16, 3, (36, 30), walk => walk.CompleteAsync("first", 0.3, Spoken));
            await AddAsync(22, 3.5, (40, 40), walk => walk.InHandAsync());
            await AddAsync(6, 6.4, (6, 6), walk => walk.InHandAsync());
            await AddAsync(7, 7.9, (8, 8), walk => walk.InHandAsync());
            await AddAsync(8, 14, (60, 96), walk => walk.InHandAsync());
            await AddAsync(6, 4, (40, 40), async walk =>
            {
                await walk.InHandAsync();
                await walk.CompleteAsync("handle", 1.2, Costly);
            });
            await AddAsync(6, 4, (40, 40), async walk =>
            {
                await walk.InHandAsync();
                await walk.ActAsync(1, act => act.Complaint.Clocks.Pause(act, "resolution", "awaiting-material"));
            });
            await AddAsync(60, 40, (24 * 700, 24 * 15), walk => walk.ClosedAsync(slow: false));
            await AddAsync(14, 40, (24 * 700, 24 * 15), walk => walk.ClosedAsync(slow: true));
            await AddAsync(5, 40, (24 * 700, 24 * 15), async walk =>
            {
                await walk.InHandAsync();
                await walk.ActAsync(1, act => act.Complaint.Withdraw(act, "已自行解决"));
            });
        }

        templates.Add(await WalkAsync(40, 0.4, (9, 9), false, _ => Task.CompletedTask, cancellationToken, kind: "consultation"));
        templates.Add(await WalkAsync(
            120, 40, (24 * 700, 24 * 15), false, walk => walk.CompleteAsync("answerQuestion", 0.2, new() { ["answerText"] = "周末九点开门。" }, ClerkOf), cancellationToken,
            kind: "consultation"));
        return templates;
    }

    private async Task<SeedTemplate> WalkAsync(
        int weight, double daysAgo, (double, double) hours, bool grave, Func<Walk, Task> steps, CancellationToken cancellationToken, string kind = "complaint")
    {
        var start = now.AddDays(-daysAgo);
        var store = new InMemoryCaseStore { ConfigurationVersion = configuration.Version };
        using var installation = new VirtualInstallation(configurations, plans, start, new SimulationBounds(), store: store);
        var registered = await installation.Cases.RegisterAsync(
            new Registration
            {
                Process = configuration.DefaultProcess,
                Kind = kind,
                Channel = Channel,
                Subject = Subject,
                Description = Description,
                Category = kind == "complaint" ? Category : null,
                Complainant = new Complainant { Name = Complainant, Phone = Phone, Kind = "person" },
                Facts = grave ? new Dictionary<string, JsonElement> { ["injury"] = JsonSerializer.SerializeToElement(true) } : [],
            },
            ClerkOf, cancellationToken);
        await steps(new Walk(installation, registered!.Complaint.Id.Value, start, cancellationToken));
        await installation.MoveToAsync(now, cancellationToken);
        return new SeedTemplate(store, now, Words) { Weight = weight, Hours = hours };
    }

    private static Performer As(string id, string name, string role, string department) => new()
    {
        Actor = new Actor(ActorKind.Person, id, name),
        Memberships = [new Membership(role, department)],
    };

    /// <summary>One case on its way; days count from when it came in.</summary>
    private sealed class Walk(VirtualInstallation installation, Guid id, DateTimeOffset start, CancellationToken cancellationToken)
    {
        public async Task ActAsync(double day, Action<CaseAct> deed, Performer? by = null)
        {
            await installation.MoveToAsync(start.AddDays(day), cancellationToken);
            await installation.Cases.ActAsync(id, by ?? HandlerOf, deed, cancellationToken);
        }

        public Task ClaimAsync(string task, double day = 0.05) => ActAsync(day, act => act.Complaint.Tasks.Claim(act, Open(act, task)));

        public Task CompleteAsync(string task, double day, Dictionary<string, object> data, Performer? by = null, string outcome = "Done") => ActAsync(
            day,
            act => act.Complaint.Tasks.Complete(act, Open(act, task), new TaskCompletion
            {
                Outcome = outcome,
                Data = data.ToDictionary(d => d.Key, d => JsonSerializer.SerializeToElement(d.Value), StringComparer.Ordinal),
            }),
            by);

        public async Task InHandAsync()
        {
            await CompleteAsync("first", 0.3, Spoken);
            await ClaimAsync("handle", 0.4);
        }

        public async Task ClosedAsync(bool slow)
        {
            await InHandAsync();
            await CompleteAsync("handle", slow ? 9 : 2, Found);
            await CompleteAsync("answer", slow ? 9.2 : 2.5, Nothing);
            await ActAsync(slow ? 10 : 3, act => act.Complaint.Answer(act, "Agreed", null, new Dictionary<string, Domain.Facts.FactValue>()));
            await CompleteAsync("visit", slow ? 11 : 5, new() { ["satisfaction"] = "satisfied" }, As("sun", "孙丽", "visitor", "service"), "Satisfied");
        }

        private static Guid Open(CaseAct act, string task) => act.Complaint.Tasks.Open.FirstOrDefault(t => t.Key == task)?.Id
            ?? throw new InvalidOperationException($"A walk for seeding expects the task '{task}', but there are only: {string.Join(", ", act.Complaint.Tasks.Open.Select(t => t.Key))}.");
    }
}
