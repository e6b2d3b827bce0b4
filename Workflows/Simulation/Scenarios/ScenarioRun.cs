using System.Globalization;
using System.Text.Json;
using CaseManagement.Domain;
using CaseManagement.Domain.Authority;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Figures;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Parties;
using CaseManagement.Domain.Tasks;
using CaseManagement.Workflows.Cases;

namespace CaseManagement.Workflows.Simulation.Scenarios;

/// <summary>One scenario on its way: moves the clock, does each step's verb, compares.</summary>
internal sealed class ScenarioRun(JsonElement scenario, SimulatedInstallation installation, ScenarioTimes times)
{
    private readonly Dictionary<string, Guid> _cases = new(StringComparer.Ordinal);
    private readonly ScenarioPeople _people = new(scenario);
    private IReadOnlyList<MovedDueTime> _affected = [];

    /// <summary>Cases by id, as the scenario calls them.</summary>
    public IReadOnlyDictionary<Guid, string> Names => _cases.ToDictionary(c => c.Value, c => c.Key);

    /// <summary>Steps with expectations so far, the last one included.</summary>
    public int Held { get; private set; }

    public async ValueTask StepAsync(JsonElement step, CancellationToken cancellationToken)
    {
        if (step.Text("at") is { } at)
        {
            var moment = times.Read(at);
            if (moment < installation.Clock.GetUtcNow())
            {
                throw new ScenarioFailedException($"The step at {at} lies before the step above.");
            }

            await installation.MoveToAsync(moment, cancellationToken);
        }
        else
        {
            // at once, but after what the step above has made due
            await installation.MoveToAsync(installation.Clock.GetUtcNow(), cancellationToken);
        }

        var verb = step.EnumerateObject().Select(m => m.Name).FirstOrDefault(name => name is not ("at" or "by" or "expect" or "refused"));
        if (verb is not null)
        {
            await DoAsync(step, verb, step.GetProperty(verb), cancellationToken);
        }

        if (step.TryGetProperty("expect", out var expected) && verb is not ("calculate" or "report"))
        {
            var id = Case(expected);
            var outcome = await installation.Cases.ReadAsync(id, cancellationToken) ?? throw new ScenarioFailedException("The case is gone.");
            Held++;
            new ScenarioExpectation(expected, outcome, installation, times, _affected.Where(m => m.Complaint == id).ToList(), NameOf).Compare();
        }
    }

    private async ValueTask DoAsync(JsonElement step, string verb, JsonElement data, CancellationToken cancellationToken)
    {
        string? refused = null;
        installation.Bounds.CountDeed();
        try
        {
            await ActAsync(step, verb, data, cancellationToken);
        }
        catch (RuleViolationException violation)
        {
            refused = violation.Rule.Code;
        }
        catch (InvalidInputException invalid)
        {
            refused = invalid.Problems[0].Code;
        }

        var expected = step.Text("refused");
        if (refused != expected)
        {
            throw new ScenarioFailedException(
                refused is null ? $"{verb} was not refused; expected {expected}." : $"{verb} was refused with {refused}{(expected is null ? "" : $"; expected {expected}")}.",
                [new ScenarioDifference("refused", refused, expected)]);
        }
    }

    private ValueTask ActAsync(JsonElement step, string verb, JsonElement data, CancellationToken cancellationToken) => verb switch
    {
        "register" => RegisterAsync(step, data, cancellationToken),
        "complete" => CompleteAsync(step, data, cancellationToken),
        "approve" => ApproveAsync(step, data, cancellationToken),
        "claim" or "release" or "assign" => HoldAsync(step, verb, data, cancellationToken),
        "close" or "withdraw" or "facts" when step.TryGetProperty(verb, out var of) && of.TryGetProperty("all", out var all) && all.GetBoolean() => AllAsync(step, verb, data, cancellationToken),
        "reopen" => Ignore(installation.Cases.ReopenAsync(Case(data), Somebody(step), data.Text("reason"), cancellationToken)),
        "extend" or "issue" => InPlaceOfTaskAsync(step, verb, data, cancellationToken),
        "changeLimit" => ChangeLimitAsync(data, cancellationToken),
        "changeCalendar" => ChangeCalendarAsync(data, cancellationToken),
        "calculate" => Calculate(step, data),
        "external" => installation.EnterFiguresAsync(ScenarioFigures.Read(data), wakes: true, cancellationToken),
        "report" => ReportAsync(step, data, cancellationToken),
        _ => Ignore(installation.Cases.ActAsync(Case(data), Somebody(step), act => Deed(act, verb, data), cancellationToken)),
    };

    // what was registered many times under one name
    private async ValueTask AllAsync(JsonElement step, string verb, JsonElement data, CancellationToken cancellationToken)
    {
        var name = data.RequiredText("complaint");
        foreach (var id in _cases.Where(one => one.Key == name || one.Key.StartsWith(name + "#", StringComparison.Ordinal)).Select(one => one.Value).ToList())
        {
            await installation.Cases.ActAsync(id, Somebody(step), act => Deed(act, verb, data), cancellationToken);
        }
    }

    private static void Deed(CaseAct act, string verb, JsonElement data)
    {
        var complaint = act.Complaint;
        switch (verb)
        {
            case "answer":
                complaint.ThrowUnlessAwaited(data.RequiredText("outcome"));
                complaint.Answer(act, data.RequiredText("outcome"), data.Text("reason"), Typed(act, data.Members("data"), FactOrigin.Complainant));
                break;
            case "facts":
                complaint.ChangeFacts(act, Typed(act, data.Members("set"), FactOrigin.Handler), data.Text("reason"));
                break;
            case "level":
                complaint.OverrideLevel(act, data.RequiredText("level"), data.Text("reason"));
                break;
            case "pause":
                complaint.Clocks.Pause(act, data.RequiredText("clock"), data.Text("reason") ?? "");
                break;
            case "resume":
                complaint.Clocks.Resume(act, data.RequiredText("clock"));
                break;
            case "extend":
                complaint.Clocks.AskExtension(act, data.RequiredText("clock"), Extension(act, data));
                break;
            case "promise":
                complaint.Clocks.Promise(act, data.RequiredText("clock"), data.Text("until") is { } until ? DateOnly.Parse(until, CultureInfo.InvariantCulture) : null, data.Text("reason"));
                break;
            case "issue":
                complaint.Documents.Sign(act, data.RequiredText("document"), data.Texts("signatures"));
                break;
            case "close":
                complaint.Close(act, null);
                break;
            case "withdraw":
                complaint.Withdraw(act, data.Text("reason"));
                break;
            case "note":
                complaint.Note(act, data.RequiredText("text"));
                break;
            case "reply":
                complaint.Reply(act, data.Text("kind") ?? "progress", data.RequiredText("text"), null);
                break;
            case "link":
                complaint.Link(act, data.RequiredText("with"));
                break;
            default:
                throw new ScenarioFailedException($"The verb '{verb}' is not known.");
        }
    }

    private static ExtensionRequest Extension(CaseAct act, JsonElement data) => new()
    {
        Reason = data.Text("reason") ?? "",
        AskedAt = act.At,
        Until = data.Text("until") is { } until ? DateOnly.Parse(until, CultureInfo.InvariantCulture) : null,
        By = data.TryGetProperty("amount", out var amount) ? new Duration(amount.GetDecimal(), LimitUnit.Days) : null,
    };

    private async ValueTask RegisterAsync(JsonElement step, JsonElement data, CancellationToken cancellationToken)
    {
        // figures the administrator keeps are given with the case that needs them
        var facts = installation.Pack.Facts;
        var (figures, said) = (data.Members("facts").Where(f => facts.Find(f.Key) is { By: FactSource.Reference }).ToList(), ScenarioRegistration.Read(data, installation.Pack.Identity.Id, times));
        if (figures.Count > 0)
        {
            await installation.EnterFiguresAsync(
                figures.Select(f => new Figure(f.Key, "", DateOnly.MinValue, null, facts.Accept(f.Key, f.Value, FactOrigin.Administrator, installation.Pack.Identity.Zone).ValueOrThrow())),
                wakes: false, cancellationToken);
            said = said with { Facts = said.Facts.Where(f => figures.All(figure => figure.Key != f.Key)).ToDictionary(f => f.Key, f => f.Value) };
        }

        // many alike, so that sums can be tried that are too large to be written case by case
        var name = data.RequiredText("as");
        var howMany = data.TryGetProperty("times", out var many) ? many.GetInt32() : 1;
        for (var at = 1; at <= howMany; at++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var outcome = await installation.Cases.RegisterAsync(said, Somebody(step), cancellationToken);
            _cases[at == 1 ? name : $"{name}#{at}"] = outcome!.Complaint.Id.Value;
        }
    }

    private async ValueTask CompleteAsync(JsonElement step, JsonElement data, CancellationToken cancellationToken)
    {
        var key = data.RequiredText("task");
        var complaint = await ReadAsync(data, cancellationToken);
        var each = data.Text("each");
        var task = complaint.Tasks.Open.FirstOrDefault(t => t.Key == key && (each is null || t.Each == each));
        if (task is null)
        {
            // somebody who came too early is told the gate that bars the way, one who came too late that it is done
            await installation.Cases.ActAsync(
                complaint.Id.Value, Somebody(step),
                act =>
                {
                    act.Rules.ThrowUnlessAllowed(GateAction.Task(key), act);
                    throw new RuleViolationException(TaskRules.NoSuchTask);
                },
                cancellationToken);
            return;
        }

        var by = _people.Named(step, task) ?? _people.WhoMay(task);
        var others = step.TryGetProperty("by", out _) ? ScenarioPeople.Others(step) : [.. Enumerable.Range(1, task.MinPeople - 1).Select(_ => _people.Stranger())];
        await installation.Cases.ActAsync(
            complaint.Id.Value, by,
            act => act.Complaint.Tasks.Complete(act, task.Id, new TaskCompletion
            {
                Outcome = data.RequiredText("outcome"),
                Data = data.Members("data"),
                Signatures = data.Texts("signatures"),
                With = others,
                Reason = data.Text("reason"),
            }),
            cancellationToken);
    }

    private async ValueTask ApproveAsync(JsonElement step, JsonElement data, CancellationToken cancellationToken)
    {
        var complaint = await ReadAsync(data, cancellationToken);
        var task = complaint.Tasks.Open.FirstOrDefault(t => t.Chain == data.RequiredText("chain") && t.Step == data.RequiredText("step"))
            ?? throw new RuleViolationException(TaskRules.NoSuchTask);
        await installation.Cases.ActAsync(
            complaint.Id.Value, _people.Named(step, task) ?? _people.WhoMay(task),
            act => act.Complaint.Tasks.Complete(act, task.Id, new TaskCompletion { Outcome = data.RequiredText("outcome"), Reason = data.Text("reason") }),
            cancellationToken);
    }

    private async ValueTask HoldAsync(JsonElement step, string verb, JsonElement data, CancellationToken cancellationToken)
    {
        var complaint = await ReadAsync(data, cancellationToken);
        var task = complaint.Tasks.Open.FirstOrDefault(t => t.Key == data.RequiredText("task")) ?? throw new RuleViolationException(TaskRules.NoSuchTask);
        await installation.Cases.ActAsync(
            complaint.Id.Value, _people.Named(step, task) ?? _people.WhoMay(task),
            act =>
            {
                switch (verb)
                {
                    case "claim":
                        act.Complaint.Tasks.Claim(act, task.Id);
                        break;
                    case "release":
                        act.Complaint.Tasks.Release(act, task.Id);
                        break;
                    default:
                        act.Complaint.Tasks.Assign(act, task.Id, _people.Person(data.RequiredText("to")));
                        break;
                }
            },
            cancellationToken);
    }

    // asking for time and signing do the task that waits for it; else somebody does it who may anyway
    private async ValueTask InPlaceOfTaskAsync(JsonElement step, string verb, JsonElement data, CancellationToken cancellationToken)
    {
        var complaint = await ReadAsync(data, cancellationToken);
        var task = complaint.Tasks.Open.FirstOrDefault(t => verb == "issue" ? t.Signs == data.Text("document") : t.AsksTimeFor == data.Text("clock"));
        var by = task is null ? Somebody(step) : _people.Named(step, task) ?? _people.WhoMay(task);
        await installation.Cases.ActAsync(complaint.Id.Value, by, act => Deed(act, verb, data), cancellationToken);
    }

    private async ValueTask ChangeLimitAsync(JsonElement data, CancellationToken cancellationToken)
    {
        var limit = data.RequiredText("limit");
        RuleViolationException.ThrowUnless(installation.Pack.Limit(limit) is not null, new Rule("limit-unknown", $"The pack has no limit '{limit}'."));
        RuleViolationException.ThrowUnless(!string.IsNullOrWhiteSpace(data.Text("reason")), ComplaintRules.ReasonRequired);
        _affected = await installation.ChangeLimitAsync(
            LimitChange.Of(
                0, limit, data.TryGetProperty("amount", out var amount) ? amount.GetDecimal() : null,
                data.Text("unit") is { } unit ? LimitDefinition.UnitOf(FactValue.Of(unit)) ?? throw new ScenarioFailedException($"'{unit}' is no unit.") : null,
                data.Text("calendar"), data.RequiredText("scope") == "openCases"),
            data.Text("reason")!, cancellationToken);
    }

    private async ValueTask ChangeCalendarAsync(JsonElement data, CancellationToken cancellationToken)
    {
        var key = data.RequiredText("calendar");
        RuleViolationException.ThrowUnless(!string.IsNullOrWhiteSpace(data.Text("reason")), ComplaintRules.ReasonRequired);
        var document = installation.Calendar(key).ToDocument();
        _affected = await installation.ChangeCalendarAsync(
            key,
            WorkCalendar.From(key, document with
            {
                Holidays = data.TryGetProperty("holidays", out _) ? [.. data.Texts("holidays").Select(DateOnly.Parse)] : document.Holidays,
                MakeUpDays = data.TryGetProperty("makeUpDays", out _) ? [.. data.Texts("makeUpDays").Select(DateOnly.Parse)] : document.MakeUpDays,
            }),
            data.Text("reason")!, cancellationToken);
    }

    private async ValueTask ReportAsync(JsonElement step, JsonElement data, CancellationToken cancellationToken)
    {
        var report = installation.FindReport(data.RequiredText("name")) ?? throw new RuleViolationException(new Rule("report-unknown", "The pack has no such report."));
        var table = await installation.ReportAsync(report, ScenarioFigures.PeriodOf(data, report, times.DayOf(installation.Clock.GetUtcNow())), cancellationToken);
        Held++;
        if (step.TryGetProperty("expect", out var expected))
        {
            ScenarioReport.Compare(expected, report, table, installation.Awards(report, table));
        }
    }

    private ValueTask Calculate(JsonElement step, JsonElement data)
    {
        ScenarioCalculation.Compare(scenario, step, data, installation, times);
        return ValueTask.CompletedTask;
    }

    private static Dictionary<string, FactValue> Typed(CaseAct act, IReadOnlyDictionary<string, JsonElement> facts, FactOrigin origin) =>
        facts.ToDictionary(f => f.Key, f => act.Rules.Pack.Facts.Accept(f.Key, f.Value, origin, act.Rules.Zone).ValueOrThrow(), StringComparer.Ordinal);

    private Performer Somebody(JsonElement step) => _people.Named(step) ?? ScenarioPeople.Of("clerk", []);

    private async ValueTask<Complaint> ReadAsync(JsonElement data, CancellationToken cancellationToken) =>
        (await installation.Cases.ReadAsync(Case(data), cancellationToken))!.Complaint;

    private Guid Case(JsonElement data) => _cases.TryGetValue(data.RequiredText("complaint"), out var id)
        ? id
        : throw new ScenarioFailedException($"No case is called '{data.RequiredText("complaint")}'.");

    private string NameOf(Guid id) => _cases.First(c => c.Value == id).Key;

    private static async ValueTask Ignore(ValueTask<CaseOutcome> deed) => await deed;
}
