using System.Text.Json;
using System.Text.Json.Nodes;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Parties;
using CaseManagement.Domain.Tasks;
using CaseManagement.Workflows.Cases;
using CaseManagement.Workflows.Runtime.Stores;
using CaseManagement.Workflows.Simulation;

namespace CaseManagement.Workflows.Tests.Migration;

/// <summary>One complaint on its way through the standard process in memory, deed by deed; it may go to another version between two of them.</summary>
internal sealed class Walk : IDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 9, 2, 2, 0, 0, TimeSpan.Zero);

    private static readonly Performer Program = new() { Actor = new Actor(ActorKind.System, "walk"), ActsForHolders = true };

    private static readonly Performer Li = new() { Actor = new Actor(ActorKind.Person, "li", "Li"), Memberships = [new Membership("staff"), new Membership("supervisor")] };

    private readonly SimulatedInstallation _installation;
    private IReadOnlyDictionary<string, string> _names = new Dictionary<string, string>();

    private Walk(ProcessPack pack) => _installation = new SimulatedInstallation(
        pack,
        new Dictionary<string, WorkCalendar> { ["office"] = WorkCalendar.From("office", Office) },
        new Dictionary<string, FactValue>(),
        Start);

    /// <summary>Monday to Friday, nine to six.</summary>
    private static WorkCalendarDocument Office { get; } = new()
    {
        Zone = "Asia/Shanghai",
        Week = new[] { "mon", "tue", "wed", "thu", "fri" }.ToDictionary(d => d, _ => new[] { new[] { "09:00", "18:00" } }),
    };

    public static Performer Owner { get; } = new() { Actor = new Actor(ActorKind.Person, "he", "何流程") };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public Guid Id { get; private set; }

    public async Task<Complaint> ReadAsync() => (await ReadWithRulesAsync()).Complaint;

    public async Task<(Complaint Complaint, CaseRules Rules)> ReadWithRulesAsync()
    {
        var outcome = (await _installation.Cases.ReadAsync(Id, Token))!;
        return (outcome.Complaint, outcome.Rules);
    }

    public IReadOnlyList<EventRow> Events => [.. _installation.Store.Events(Id).Select(e => new EventRow(e.Type, e.At, e.ActorId, JsonNode.Parse(e.Data)!.AsObject()))];

    public async Task<IReadOnlyList<JournalRow>> JournalAsync() => [.. (await ReadAsync()).Instances.SelectMany(_installation.Store.Journal)];

    public IReadOnlyList<TimerRow> Timers => _installation.Store.Timers;

    /// <summary>A complaint registered on the process.</summary>
    public static async Task<Walk> BeginAsync(ProcessPack? pack = null)
    {
        var walk = new Walk(pack ?? StandardProcess.Pack);
        var outcome = await walk._installation.Cases.RegisterAsync(
            new Registration
            {
                Kind = "complaint",
                Channel = "phone",
                ReceivedAt = Start,
                Subject = "Nobody came",
                Description = "Three appointments were not kept.",
                Category = "speed",
                Complainant = new Complainant { Name = "Wang", Phone = "13800000000", Kind = "person" },
            },
            Program, Token);
        walk.Id = outcome!.Complaint.Id.Value;
        return walk;
    }

    /// <summary>Publishes the pack as the next version and takes the case there.</summary>
    public async Task<CaseMigration> MigrateAsync(ProcessPack pack, IReadOnlyDictionary<string, string>? map = null, bool dryRun = false)
    {
        var version = (await ReadAsync()).ProcessVersion;
        var next = _installation.Publish(pack);
        var migration = await _installation.Cases.MigrateAsync(
            Id, new MigrationOrder(StandardProcess.Id, version, next, map ?? new Dictionary<string, string>(), "better process"), Owner, dryRun, Token);
        if (migration.End == MigrationEnd.Moved && !dryRun)
        {
            _names = map ?? _names;
        }

        return migration;
    }

    /// <summary>Takes the case from one version that is published to another.</summary>
    public ValueTask<CaseMigration> MigrateAsync(int from, int to) => _installation.Cases.MigrateAsync(
        Id, new MigrationOrder(StandardProcess.Id, from, to, new Dictionary<string, string>(), "again"), Owner, dryRun: false, Token);

    /// <summary>Does deeds in order; a task more that a version has is done as soon as it is there.</summary>
    public async Task GoAsync(IEnumerable<string> deeds)
    {
        foreach (var deed in deeds)
        {
            await FinishExtraAsync();
            await DoAsync(deed);
        }

        await FinishExtraAsync();
    }

    /// <summary>
    /// <c>wait 26h</c> · <c>first Done</c> (a task's key and outcome) · <c>approve Approved</c> (the open step) · <c>answer Agreed</c> (the complainant's)
    /// · <c>handle Done by li</c> · <c>claim first</c> · <c>media</c> (a fact that changes the level) · <c>pause</c>, <c>resume</c>, <c>extend</c> (the resolution) · <c>reopen</c>
    /// </summary>
    private async Task DoAsync(string deed)
    {
        var words = deed.Split(' ');
        switch (words[0])
        {
            case "wait":
                await _installation.MoveToAsync(_installation.Clock.GetUtcNow().AddHours(int.Parse(words[1].TrimEnd('h'), System.Globalization.CultureInfo.InvariantCulture)), Token);
                break;
            case "reopen":
                await _installation.Cases.ReopenAsync(Id, Program, "not settled", Token);
                break;
            case "extend":
                await ActAsync(act => act.Complaint.Clocks.Extend(
                    act, "resolution", new ExtensionRequest { Reason = "parts", AskedAt = act.At, By = new Duration(2, LimitUnit.Days) }, "manager"));
                break;
            case "pause":
                await ActAsync(act => act.Complaint.Clocks.Pause(act, "resolution", "awaiting-material"));
                break;
            case "resume":
                await ActAsync(act => act.Complaint.Clocks.Resume(act, "resolution"));
                break;
            case "media":
                await ActAsync(act => act.Complaint.ChangeFacts(act, new Dictionary<string, FactValue> { ["media"] = FactValue.Of(true) }, "press"));
                break;
            case "answer" when words[1] is "Agreed" or "Rejected" or "Received":
                await ActAsync(act =>
                {
                    act.Complaint.ThrowUnlessAwaited(words[1]);
                    act.Complaint.Answer(act, words[1], "so", new Dictionary<string, FactValue>());
                });
                break;
            case "claim":
                await ActAsync(act => act.Complaint.Tasks.Claim(act, Open(act, words[1]).Id), Li);
                break;
            default:
                await ActAsync(act => act.Complaint.Tasks.Complete(act, Open(act, words[0]).Id, CompletionOf(words[0], words[1])), words is [.., "by", "li"] ? Li : Program);
                break;
        }
    }

    private async Task FinishExtraAsync()
    {
        while ((await ReadAsync()).Tasks.Open.FirstOrDefault(t => t.Key == "extra") is { } task)
        {
            await ActAsync(act => act.Complaint.Tasks.Complete(act, task.Id, new TaskCompletion { Outcome = "Done" }));
        }
    }

    private HumanTask Open(CaseAct act, string key)
    {
        var shape = _names.GetValueOrDefault(key, key);
        return act.Complaint.Tasks.Open.FirstOrDefault(t => t.Key == shape || t.Key.StartsWith(shape + ".", StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"No open task of {shape}: {string.Join(' ', act.Complaint.Tasks.Open.Select(t => t.Key))}");
    }

    private static TaskCompletion CompletionOf(string task, string outcome) => new()
    {
        Outcome = outcome,
        Reason = "said so",
        Data = (task, outcome) switch
        {
            ("first", _) => Facts(("replyForm", "oral")),
            ("handle", "Done") => Facts(("cause", "late"), ("proposal", "pay"), ("validity", "valid"), ("amountProposed", 1200)),
            ("reexamine", _) => Facts(("opinion", "as it was")),
            ("visit", "Satisfied") => Facts(("satisfaction", "satisfied")),
            ("visit", _) => Facts(("satisfaction", "dissatisfied")),
            _ => Facts(),
        },
    };

    private static Dictionary<string, JsonElement> Facts(params (string Name, object Value)[] facts) =>
        facts.ToDictionary(f => f.Name, f => JsonSerializer.SerializeToElement(f.Value), StringComparer.Ordinal);

    private async Task ActAsync(Action<CaseAct> deed, Performer? by = null) => await _installation.Cases.ActAsync(Id, by ?? Program, deed, Token);

    public void Dispose() => _installation.Dispose();

    /// <summary>What happened, and when.</summary>
    public sealed record EventRow(string Type, DateTimeOffset At, string? By, JsonObject Data)
    {
        /// <summary>Without the ids that differ from run to run.</summary>
        public override string ToString()
        {
            var data = Data.DeepClone().AsObject();
            data.Remove("id");
            return $"{At:O} {Type} {By} {data.ToJsonString()}";
        }
    }
}
