using System.Globalization;
using System.Security.Claims;
using CaseManagement.Domain;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs;
using CaseManagement.Web.Features.Cases;
using CaseManagement.Web.Features.Limits;
using CaseManagement.Web.Features.Processes;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Simulations;
using CaseManagement.Workflows.Simulation.Replays;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Simulation;

/// <summary>Replays what the database has.</summary>
internal sealed class ReplayPages(
    IDbContextFactory<CaseManagementDbContext> contexts, ProcessReplays replays, SimulationGate gate, People people, CaseReader reader, LimitWords limitWords,
    RuleTexts rules, TimeProvider clock, IStringLocalizer<SimulationWords> words, IStringLocalizer<ProcessesText> processTexts) : IReplayPages
{
    private const int Quarter = 92;

    public async Task<ReplayPage?> FormAsync(
        string key, ReplayForm form, IReadOnlyDictionary<string, string> typed, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await OpenAsync(key, form, user, cancellationToken) is { } desk ? PageOf(desk, form, typed) : null;

    public async Task<ReplayPage?> RunAsync(
        string key, ReplayForm form, IReadOnlyDictionary<string, string> typed, ClaimsPrincipal user, Func<int, int, ValueTask> progress, CancellationToken cancellationToken)
    {
        if (await OpenAsync(key, form, user, cancellationToken) is not { } desk)
        {
            return null;
        }

        var page = PageOf(desk, form, typed);
        if (page.HasErrors || DayOf(page.Form.From) is not { } from || DayOf(page.Form.To) is not { } to)
        {
            return page with { PeriodError = page.PeriodError ?? words["DatesWrong"] };
        }

        var calendar = desk.Rules.Calendar(desk.Rules.Pack.Identity.Calendar);
        var on = int.TryParse(form.On, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : (int?)null;
        try
        {
            using var pass = gate.Enter($"user:{desk.Person.Id}");
            var order = new ReplayOrder(
                key, calendar.At(from, TimeOnly.MinValue), calendar.At(to.AddDays(1), TimeOnly.MinValue), on,
                [.. page.Limits.Where(l => !string.IsNullOrEmpty(l.Amount) || !string.IsNullOrEmpty(l.Unit)).Select(l => Tried(desk.Rules, l)!)], form.OpenCases);
            var report = await replays.RunAsync(order, desk.Person, progress, _ => ValueTask.CompletedTask, cancellationToken);
            return page with { Result = ViewOf(report, desk) };
        }
        catch (SimulationRefusedException refused)
        {
            return page with { Note = new Note(NoteKind.Warning, words[refused.Code]) };
        }
        catch (InvalidInputException invalid)
        {
            return page with { PeriodError = invalid.Problems[0].Code == "too-many-cases" ? words["TooManyCases", ProcessReplays.MaxCases] : words["DatesWrong"] };
        }
        catch (RuleViolationException refused)
        {
            return page with { Note = new Note(NoteKind.Late, refused.Rule.Code == "process-has-findings" ? words["HasFindings"] : rules.Say(refused.Rule, desk.Rules.Pack)) };
        }
        catch (InvalidTimeRuleException refused)
        {
            return page with { Note = new Note(NoteKind.Late, words["LimitWrong", refused.Message]) };
        }
    }

    private ReplayPage PageOf(Desk desk, ReplayForm form, IReadOnlyDictionary<string, string> typed)
    {
        var pack = desk.Rules.Pack;
        var today = desk.Rules.Calendar(pack.Identity.Calendar).DateOf(clock.GetUtcNow());
        var states = new ProcessWords(processTexts);
        var shown = form with
        {
            From = form.From ?? Written(today.AddDays(-Quarter)),
            To = form.To ?? Written(today),
        };
        return new ReplayPage
        {
            Top = new ProcessTop(pack.Identity.Id, desk.Words.Process, desk.Version, pack.Identity.Zone),
            Form = shown,
            Versions = [.. desk.Versions.Select(v => new Choice(v.Version.ToString(CultureInfo.InvariantCulture), words["VersionWithState", v.Version, states.State(v.State).Text]))],
            Limits = [.. desk.Rules.Limits.Where(l => l.Rule.Unit.TakesAmount()).Select(l => Checked(desk.Rules, new ReplayLimit(
                l.Rule.Key, LimitWords.NameOf(l.Rule), limitWords.Amount(l.Rule.Unit, l.Rule.Amount), typed.GetValueOrDefault(l.Rule.Key + ".amount"), typed.GetValueOrDefault(l.Rule.Key + ".unit"))))],
            Units = [.. Enum.GetValues<LimitUnit>().Where(u => u.TakesAmount()).Select(u => new Choice(LimitInput.Word(u), limitWords.Unit(u)))],
            PeriodError = DayOf(shown.From) is { } from && DayOf(shown.To) is { } to && from <= to ? null : words["DatesWrong"].Value,
        };
    }

    private ReplayLimit Checked(CaseRules caseRules, ReplayLimit limit)
    {
        try
        {
            _ = string.IsNullOrEmpty(limit.Amount) && string.IsNullOrEmpty(limit.Unit) ? null : Tried(caseRules, limit);
            return limit;
        }
        catch (Exception wrong) when (wrong is InvalidInputException or InvalidTimeRuleException)
        {
            return limit with { Error = words["AmountWrong"] };
        }
    }

    private static Workflows.Cases.LimitChange? Tried(CaseRules caseRules, ReplayLimit limit)
    {
        var unit = string.IsNullOrEmpty(limit.Unit) ? null : LimitDefinition.UnitOf(FactValue.Of(limit.Unit));
        var inForce = caseRules.Limit(limit.Key).Rule.Unit;
        Duration? amount = string.IsNullOrEmpty(limit.Amount)
            ? null
            : decimal.TryParse(limit.Amount.Normalize(System.Text.NormalizationForm.FormKC), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                ? new Duration(number, unit ?? inForce)
                : throw new InvalidInputException([new InputProblem("amount", FactRefusals.TypeWrong, "This is a number.")]);
        return TriedLimit.Of(caseRules, limit.Key, amount, unit, null);
    }

    private ReplayView ViewOf(ReplayReport report, Desk desk)
    {
        var tally = report.Tally;
        return new ReplayView
        {
            Zone = desk.Rules.Pack.Identity.Zone,
            Cases = tally.Cases,
            Replayed = tally.Cases - tally.Stopped,
            Restricted = tally.Restricted,
            Fewest = ReplayTally.Fewest,
            OutOfTime = report.RanOutOfTime,
            Rows = [.. tally.Clocks.Select(c => new ReplayRow(
                desk.Words.ClockKey(c.Clock), c.Recorded.Breached, c.Recorded.Decided, c.Replayed.Breached, c.Replayed.Decided, c.TurnedLate, c.TurnedMet, c.Replayed.Open + c.Replayed.Cancelled))],
            Differences = [.. report.Differences.Select(d => new ReplayDifference(
                d.Number, $"/cases/{d.Complaint}", desk.Words.ClockKey(d.Clock), End(d.Recorded), d.Recorded?.DueAt, End(d.Replayed), d.Replayed?.DueAt))],
            Stopped = [.. report.Stopped.Select(s => new ReplayStopped(s.Number, $"/cases/{s.Id}", s.Stop!.At, WhyOf(s.Stop, desk)))],
            NotReplayable = tally.Stopped,
            MostListed = ProcessReplays.MaxListed,
            Truncated = report.Truncated,
        };
    }

    private string End(ClockRun? run) => words["end_" + (run?.End.ToString() ?? "none")];

    private string WhyOf(ReplayStop stop, Desk desk) => words["stop_" + stop.Code, stop.What] is { ResourceNotFound: false } known
        ? known
        : stop.What.Length == 0 ? rules.Say(stop.Code) : words["stop", stop.What, rules.Say(new Rule(stop.Code, ""), desk.Rules.Pack)];

    private static DateOnly? DayOf(string? typed) =>
        DateOnly.TryParseExact(typed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= FactLimits.MinYear and < FactLimits.MaxYear ? day : null;

    private static string Written(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private async Task<Desk?> OpenAsync(string key, ReplayForm form, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await people.OfAsync(user, cancellationToken) is not { } person || !person.Is(SystemRoles.ProcessOwner))
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var versions = await db.ProcessVersions.AsNoTracking().Where(p => p.ProcessKey == key).OrderByDescending(p => p.Version)
            .Select(p => new StoredVersion(p.Version, p.State)).ToListAsync(cancellationToken);
        if (versions.Count == 0 || (form.Version is { } named && !versions.Exists(v => v.Version == named)))
        {
            return null;
        }

        try
        {
            var inForce = await replays.RulesAsync(key, null, cancellationToken);
            return new Desk(person, versions, form.Version ?? versions[0].Version, inForce, await reader.WordsAsync(inForce, cancellationToken));
        }
        catch (RuleViolationException)
        {
            // nothing of the process was ever fit to run, so there is nothing to replay
            return null;
        }
    }

    private sealed record Desk(Person Person, List<StoredVersion> Versions, int Version, CaseRules Rules, PackWords Words);
}
