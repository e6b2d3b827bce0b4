using System.Text.Json;
using CaseManagement.Domain;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Parties;
using CaseManagement.Domain.Tasks;
using CaseManagement.Workflows.Cases;
using CaseManagement.Workflows.Cases.Store;
using CaseManagement.Workflows.Simulation;
using CaseManagement.Workflows.Simulation.Replays;

namespace CaseManagement.Workflows.Tests.Simulation;

/// <summary>The standard process as it ships, and cases that people handle on it in every way they can, by a seed.</summary>
internal sealed class GeneratedCases(int seed) : IDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);

    private readonly Random _random = new(seed);
    private readonly List<DatedLimitChange> _limits = [];
    private readonly List<DatedCalendar> _calendars = [];

    public static ProcessPack Pack { get; } = PackReader.Read(PackFiles.ReadFolder(Path.Combine(ShippedProcesses, "standard-complaint"))).Pack!;

    public static WorkCalendar Office { get; } = CalendarOf("golden-2026");

    public SimulatedInstallation Installation { get; } = new(Pack, new Dictionary<string, WorkCalendar> { ["office"] = Office }, new Dictionary<string, FactValue>(), Start);

    public static CaseConfiguration Configuration { get; } = new()
    {
        Version = 1,
        Published = new Dictionary<string, ProcessVersionInUse> { ["standard-complaint"] = new(Pack, 1) },
        DefaultProcess = "standard-complaint",
        Calendars = new Dictionary<string, WorkCalendar> { ["office"] = Office },
    };

    public static string ShippedProcesses
    {
        get
        {
            var folder = AppContext.BaseDirectory;
            while (!Directory.Exists(Path.Combine(folder, "Workflows", "Processes")))
            {
                folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("The shipped processes are not above the tests.");
            }

            return Path.Combine(folder, "Workflows", "Processes");
        }
    }

    public static WorkCalendar CalendarOf(string fixture) => WorkCalendar.From(
        "office", WorkCalendarDocument.Parse(File.ReadAllText(Path.Combine(ShippedProcesses, "_calendars", fixture + ".json"))) with { Id = null });

    /// <summary>What was in force, moment by moment.</summary>
    public ConfigurationHistory History(ProcessPack? pack = null, params LimitChange[] proposed) => new(
        Configuration, new ProcessVersionInUse(pack ?? Pack, 1), _limits,
        [new DatedCalendar("office", Office, Start.AddYears(-1)), .. _calendars], proposed);

    public IReadOnlyList<RecordedCase> Recorded =>
        [.. Installation.Store.Cases.Select(c => RecordedCase.Of(CaseDocument.Read(c.Document.Span), Installation.Store.Events(c.Row.Id)))];

    /// <summary>Registers cases over some weeks and lets people work on them, sometimes in time, sometimes late, sometimes not at all.</summary>
    /// <param name="cases">How many.</param>
    /// <param name="withChanges">Limits and calendars change meanwhile.</param>
    public async Task HandleAsync(int cases, bool withChanges)
    {
        var registered = 0;
        for (var step = 0; step < cases * 20; step++)
        {
            await Installation.MoveToAsync(Installation.Clock.GetUtcNow().AddMinutes(_random.Next(1, 60 * 9)), TestContext.Current.CancellationToken);
            if (registered < cases && (registered == 0 || _random.Next(4) == 0))
            {
                await RegisterAsync();
                registered++;
            }
            else if (withChanges && _random.Next(40) == 0)
            {
                await ChangeAsync();
            }
            else if (Installation.Store.Cases is { Count: > 0 } all)
            {
                await TryAsync(all[_random.Next(all.Count)].Row);
            }
        }

        await Installation.MoveToAsync(Installation.Clock.GetUtcNow().AddDays(3), TestContext.Current.CancellationToken);
    }

    public void Dispose() => Installation.Dispose();

    private async Task RegisterAsync()
    {
        var facts = new Dictionary<string, JsonElement>();
        Maybe(facts, "injury", true);
        Maybe(facts, "media", true);
        Maybe(facts, "product", "lamp");
        await Installation.Cases.RegisterAsync(
            new Registration
            {
                Kind = One("complaint", "complaint", "complaint", "consultation", "suggestion"),
                Channel = One("phone", "web", "email"),
                ReceivedAt = Installation.Clock.GetUtcNow().AddHours(-_random.Next(40)),
                Subject = "A lamp",
                Description = "It broke.",
                Complainant = new Complainant { Name = "Somebody", Phone = "555" },
                Category = Pack.Categories.All.SelectMany(t => t.Nodes).ElementAt(_random.Next(2)).Key,
                People = _random.Next(3) == 0 ? _random.Next(1, 15) : null,
                Facts = facts,
            },
            Somebody(), TestContext.Current.CancellationToken);
    }

    /// <summary>One thing somebody might do; what the rules refuse is not done.</summary>
    private async Task TryAsync(CaseRow row)
    {
        try
        {
            if (row.Status != CaseStatus.Open && _random.Next(3) == 0)
            {
                await Installation.Cases.ReopenAsync(row.Id, Somebody(), "again", TestContext.Current.CancellationToken);
                return;
            }

            await Installation.Cases.ActAsync(row.Id, Somebody(), Deed, TestContext.Current.CancellationToken);
        }
        catch (RuleViolationException)
        {
            // refused: nothing has changed
        }
        catch (InvalidInputException)
        {
            // refused: nothing has changed
        }
    }

    private void Deed(CaseAct act)
    {
        var complaint = act.Complaint;
        var open = complaint.Tasks.Open.ToList();
        var clocks = complaint.Clocks.All.Keys.ToList();
        if (complaint.Awaits is [var awaited, ..] && _random.Next(2) == 0)
        {
            complaint.Answer(act, awaited.Material ? "Received" : One("Agreed", "Rejected"), null, new Dictionary<string, FactValue> { ["product"] = FactValue.Of("lamp " + _random.Next(5)) });
            return;
        }

        switch (_random.Next(16))
        {
            case < 7 or 9 when open.Count > 0:
                Complete(act, open[_random.Next(open.Count)]);
                break;
            case 7 when open.Count > 0:
                complaint.Tasks.Claim(act, open[_random.Next(open.Count)].Id);
                break;
            case 8 when open.Count > 0:
                complaint.Tasks.Assign(act, open[_random.Next(open.Count)].Id, Somebody());
                break;
            case 10:
                complaint.ChangeFacts(act, new Dictionary<string, FactValue> { ["injury"] = FactValue.Of(_random.Next(2) == 0), ["people"] = FactValue.Of(_random.Next(1, 30)) }, "corrected");
                break;
            case 11 when clocks.Count > 0:
                complaint.Clocks.Pause(act, clocks[_random.Next(clocks.Count)], "awaiting-material");
                break;
            case 12 when clocks.Count > 0:
                complaint.Clocks.Resume(act, clocks[_random.Next(clocks.Count)]);
                break;
            case 13:
                complaint.Clocks.Extend(act, "resolution", new ExtensionRequest { Reason = "long", AskedAt = act.At, By = new Duration(_random.Next(1, 7), LimitUnit.Days) }, "the chain");
                break;
            case 14 when _random.Next(6) == 0:
                complaint.Withdraw(act, "withdrawn");
                break;
            case 14:
                complaint.OverrideLevel(act, Pack.Levels.Levels[_random.Next(Pack.Levels.Levels.Count)].Key, "graver");
                break;
            case 15:
                complaint.Reply(act, One("first", "progress"), "We look at it.", null);
                break;
        }
    }

    private void Complete(CaseAct act, HumanTask task)
    {
        var outcome = task.Outcomes[_random.Next(task.Outcomes.Count)];
        var data = new Dictionary<string, JsonElement>();
        foreach (var field in task.Form is { } key ? act.Rules.Form(key).Fields : [])
        {
            data[field.Fact] = JsonSerializer.SerializeToElement<object>(field.Fact switch
            {
                "amountProposed" => _random.Next(5000),
                "adopted" => true,
                "promisedOn" => "2026-06-01",
                "validity" => Pack.Facts.Find("validity")!.Options![0].Key,
                "satisfaction" => Pack.Facts.Find("satisfaction")!.Options![0].Key,
                _ => "text " + _random.Next(3),
            });
        }

        act.Complaint.Tasks.Complete(act, task.Id, new TaskCompletion { Outcome = outcome, Data = data, Reason = outcome == ApprovalOutcomes.Approved ? null : "why" });
    }

    private async Task ChangeAsync()
    {
        var at = Installation.Clock.GetUtcNow();
        if (_random.Next(4) == 0)
        {
            var document = Office.ToDocument();
            var off = DateOnly.FromDateTime(at.UtcDateTime.AddDays(_random.Next(1, 6)));
            var calendar = WorkCalendar.From("office", document with
            {
                Holidays = [.. (document.Holidays ?? []).Append(off).Distinct()],
                MakeUpDays = [.. (document.MakeUpDays ?? []).Where(day => day != off)],
            });
            _calendars.Add(new DatedCalendar("office", calendar, at, Recounts: true));
            await Installation.ChangeCalendarAsync("office", calendar, "holiday", TestContext.Current.CancellationToken);
            return;
        }

        var limit = One("reply", "resolution", "objection", "consultation");
        var change = LimitChange.Of(_limits.Count + 1, limit, _random.Next(1, 60), limit is "reply" or "consultation" ? LimitUnit.Hours : LimitUnit.Days, null, _random.Next(2) == 0);
        _limits.Add(new DatedLimitChange(change, at));
        await Installation.ChangeLimitAsync(change, "changed", TestContext.Current.CancellationToken);
    }

    private void Maybe(Dictionary<string, JsonElement> facts, string name, object value)
    {
        if (_random.Next(3) == 0)
        {
            facts[name] = JsonSerializer.SerializeToElement(value);
        }
    }

    private Performer Somebody()
    {
        var id = "person-" + _random.Next(6);
        return new Performer { Actor = new Actor(ActorKind.Person, id, id), ActsForHolders = true };
    }

    private string One(params string[] choices) => choices[_random.Next(choices.Length)];
}
