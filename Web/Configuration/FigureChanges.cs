using System.Globalization;
using System.Text.Json.Nodes;
using CaseManagement.Domain;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Counting;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Figures;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Settings;
using CaseManagement.Workflows.Cases;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Configuration;

/// <summary>A figure as it is typed or comes from outside.</summary>
/// <param name="Name">One of those the process reads.</param>
/// <param name="For">The supplier, city … it is for; none: for all.</param>
/// <param name="Days">A day from which it holds, or its period, see <see cref="CalendarPeriod"/>.</param>
/// <param name="Value">A number; empty takes an earlier figure back.</param>
/// <param name="Source">Where it comes from.</param>
public sealed record FigureInput(string? Name, string? For, string? Days, string? Value, string? Source);

/// <summary>An open case that a change of figures changes.</summary>
/// <param name="Id">The case.</param>
/// <param name="Number">Its number.</param>
/// <param name="What">The fact, or the counter.</param>
/// <param name="Before">What it was; null: not known.</param>
/// <param name="After">What it is.</param>
public sealed record ChangedCase(Guid Id, string Number, BilingualText What, string? Before, string? After);

/// <summary>What a change of figures does to open cases.</summary>
/// <param name="Cases">The changes, newest case first.</param>
/// <param name="Unread">Open cases beyond those that were looked at.</param>
public sealed record FigureEffect(IReadOnlyList<ChangedCase> Cases, int Unread);

/// <summary>Changes figures: checked, previewed on the open cases, stored with their audit entry in one commit; then the changed cases look again.</summary>
public sealed class FigureChanges(
    StoredConfigurations configurations, IConfigurationWriter writer, IDbContextFactory<CaseManagementDbContext> contexts, ConfigurationAudit audit, CaseRuntime cases, TimeProvider clock)
{
    /// <summary>Figures that come in together, at most.</summary>
    public const int MostTogether = 2_000;

    /// <summary>Figures kept of one process, at most, those taken back among them.</summary>
    public const int MostOfProcess = 20_000;

    /// <summary>Open cases that are looked at, the newest.</summary>
    public const int MostLookedAt = 5_000;

    /// <summary>The type of its audit events.</summary>
    public const string Changed = "figures.changed";

    private const decimal Largest = 1_000_000_000_000m;
    private const int Together = 200;
    private const int LongestFor = 200;
    private const int LongestSource = 200;

    public static string StreamOf(string process) => $"figures:{process}";

    /// <summary>Reads what came in.</summary>
    /// <exception cref="InvalidInputException">Something is wrong with it; <c>figures[3].value</c> says where.</exception>
    public static IReadOnlyList<Figure> Check(ProcessPack pack, IReadOnlyList<FigureInput> inputs)
    {
        var uses = FigureNames.Of(pack).ToDictionary(use => use.Name, StringComparer.Ordinal);
        var problems = new List<InputProblem>();
        if (inputs.Count is 0 or > MostTogether)
        {
            throw new InvalidInputException([new InputProblem("figures", inputs.Count == 0 ? "required" : "too-many", $"Give 1 to {MostTogether} figures.")]);
        }

        var figures = new List<Figure>(inputs.Count);
        foreach (var (index, input) in inputs.Index())
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"figures[{index}]");
            var known = problems.Count;
            void Wrong(string member, string code, string message) => problems.Add(new InputProblem($"{place}.{member}", code, message));

            var use = uses.GetValueOrDefault(input.Name?.Trim() ?? "");
            if (use is null)
            {
                Wrong("name", "figure-unknown", "The process reads no such figure.");
            }

            if (!CalendarPeriod.TryParse(input.Days, out var days))
            {
                Wrong("days", "period-unreadable", "A day such as 2026-01-01, or a period such as 2026-08, 2026-Q3 or 2026.");
            }

            if ((input.For?.Length ?? 0) > LongestFor || input.For?.Any(char.IsControl) == true)
            {
                Wrong("for", "too-long", $"At most {LongestFor} characters.");
            }

            if (string.IsNullOrWhiteSpace(input.Source) || input.Source.Length > LongestSource || input.Source.Any(char.IsControl))
            {
                Wrong("source", "source-required", $"Say where the figure comes from, in at most {LongestSource} characters.");
            }

            decimal? value = null;
            if (!string.IsNullOrWhiteSpace(input.Value))
            {
                // not with thousands separators: 1,5 is somewhere else one and a half
                if (!decimal.TryParse(input.Value.Trim(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) || Math.Abs(number) > Largest || number.Scale > 4)
                {
                    Wrong("value", "number-unreadable", "A number such as 30000 or 0.25, without thousands separators, with four decimals at most.");
                }
                else if (use?.Fact is { } fact && (number < fact.Min || number > fact.Max))
                {
                    Wrong("value", "out-of-range", "The number is outside what the process allows.");
                }

                value = number;
            }

            if (known == problems.Count)
            {
                figures.Add(new Figure(
                    use!.Name, input.For?.Trim() ?? "", days.From, use.IsPeriodic ? days.Through : null, value is { } given ? FactValue.Of(given) : FactValue.Unknown));
            }
        }

        return problems.Count == 0 ? figures : throw new InvalidInputException([.. problems.Take(50)]);
    }

    /// <summary>What the figures would change. Stores nothing.</summary>
    /// <exception cref="RuleViolationException"><c>process-unknown</c></exception>
    public async Task<FigureEffect> PreviewAsync(string process, IReadOnlyList<Figure> figures, CancellationToken cancellationToken) =>
        await EffectAsync(await configurations.CurrentAsync(cancellationToken), process, figures, cancellationToken);

    /// <summary>Stores the figures; the open cases they change look again, each in its own commit.</summary>
    /// <returns>What changed.</returns>
    /// <exception cref="RuleViolationException"><c>process-unknown</c>, or there would be more figures than one process may have.</exception>
    public async Task<FigureEffect> ApplyAsync(string process, IReadOnlyList<Figure> figures, IReadOnlyList<FigureInput> inputs, Performer by, CancellationToken cancellationToken)
    {
        var effect = await PreviewAsync(process, figures, cancellationToken);
        await writer.RunWithContextAsync(
            async (db, transaction) =>
            {
                RuleViolationException.ThrowUnless(await db.Figures.CountAsync(f => f.ProcessKey == process, cancellationToken) + figures.Count <= MostOfProcess, TooMany);
                var now = await configurations.AtAsync(await transaction.ConfigurationVersionAsync(cancellationToken), cancellationToken);
                var before = now.Figures.GetValueOrDefault(process) ?? FigureBook.Empty;
                var told = new JsonArray();
                foreach (var (figure, input) in figures.Zip(inputs))
                {
                    db.Figures.Add(new StoredFigure
                    {
                        ProcessKey = process,
                        Name = figure.Name,
                        For = figure.For,
                        From = figure.From,
                        Through = figure.Through,
                        Value = figure.Value.Number,
                        Source = input.Source!.Trim(),
                        By = by.Actor.Id ?? by.Actor.Kind.ToString(),
                        ByName = by.Actor.Name ?? by.Actor.Kind.ToString(),
                        At = clock.GetUtcNow(),
                    });
                    told.Add(new JsonObject
                    {
                        ["name"] = figure.Name,
                        ["for"] = figure.For.Length == 0 ? null : figure.For,
                        ["days"] = input.Days,
                        ["before"] = before.At(figure.Name, figure.For, figure.From).Number,
                        ["after"] = figure.Value.Number,
                        ["source"] = input.Source!.Trim(),
                    });
                }

                return await audit.RecordAsync(db, StreamOf(process), Changed, by.Actor, new JsonObject { ["process"] = process, ["figures"] = told, ["cases"] = effect.Cases.DistinctBy(c => c.Id).Count() }, cancellationToken);
            },
            cancellationToken);
        foreach (var id in effect.Cases.Select(c => c.Id).Distinct())
        {
            try
            {
                await cases.CountFiguresAsync(id, cancellationToken);
            }
            catch (RuleViolationException)
            {
                // closed meanwhile, or its tables do not come to rest: it looks again when something next happens to it
            }
        }

        return effect;
    }

    /// <summary>One process may not have so many.</summary>
    public static readonly Rule TooMany = new("figures-too-many", $"A process keeps {MostOfProcess} figures at most.");

    private async Task<FigureEffect> EffectAsync(CaseConfiguration now, string process, IReadOnlyList<Figure> figures, CancellationToken cancellationToken)
    {
        var book = now.Figures.GetValueOrDefault(process) ?? FigureBook.Empty;
        var after = now.With(figures: new Dictionary<string, FigureBook>(now.Figures, StringComparer.Ordinal) { [process] = new FigureBook(book.All.Concat(figures)) });
        var names = figures.Select(figure => figure.Name).ToHashSet(StringComparer.Ordinal);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var open = await db.Cases.AsNoTracking().Where(c => c.Process == process && c.Status == CaseStatus.Open).OrderByDescending(c => c.ReceivedAt).Select(c => c.Id)
            .Take(MostLookedAt + 1).ToListAsync(cancellationToken);
        var unread = open.Count > MostLookedAt ? await db.Cases.CountAsync(c => c.Process == process && c.Status == CaseStatus.Open, cancellationToken) - MostLookedAt : 0;
        var changed = new List<ChangedCase>();
        foreach (var some in open.Take(MostLookedAt).Chunk(Together))
        {
            foreach (var row in await db.CaseDocuments.AsNoTracking().Where(d => some.Contains(d.Id)).ToListAsync(cancellationToken))
            {
                var complaint = CaseDocument.Read(row.Document);
                var version = await configurations.ProcessAsync(complaint.Process, complaint.ProcessVersion, cancellationToken);
                changed.AddRange(Changes(complaint, now.RulesFor(version, complaint.LimitsVersion), after.RulesFor(version, complaint.LimitsVersion), names));
            }
        }

        return new FigureEffect(changed, unread);
    }

    private IEnumerable<ChangedCase> Changes(Complaint complaint, CaseRules before, CaseRules after, HashSet<string> names)
    {
        var (was, willBe) = (new CaseFacts(complaint, before), new CaseFacts(complaint, after));
        foreach (var fact in after.Pack.OwnFacts.Where(fact => names.Contains(fact.Key)))
        {
            if (was.Read(fact.Key) is var old && willBe.Read(fact.Key) is var value && old != value)
            {
                yield return new ChangedCase(complaint.Id.Value, complaint.Number, fact.Name, Told(old), Told(value));
            }
        }

        foreach (var counter in after.Pack.Counters.Values.Where(counter => !CounterUse.CountsGroups(counter)))
        {
            var value = CounterUse.Value(counter, new CaseAct(complaint, after, new Performer { Actor = Actor.Workflow }, clock.GetUtcNow(), new CaseLog()), null);
            if (complaint.Counts.Read(counter.Key).Number is var old && old != value)
            {
                yield return new ChangedCase(complaint.Id.Value, complaint.Number, counter.Name, Told(old is { } known ? FactValue.Of(known) : FactValue.Unknown), Told(value is { } now ? FactValue.Of(now) : FactValue.Unknown));
            }
        }
    }

    private static string? Told(FactValue value) => value.IsUnknown ? null : FactText.Plain(value);
}
