using System.Globalization;
using System.Security.Claims;
using CaseManagement.Domain;
using CaseManagement.Domain.Figures;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Workflows.Cases;
using CsvHelper;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Figures;

/// <summary>The page of figures: what was entered, and entering more with a look at the open cases first.</summary>
public sealed class StoredFigures(
    IDbContextFactory<CaseManagementDbContext> contexts, StoredConfigurations configurations, FigureChanges changes, People people, CaseAccess access, IStringLocalizer<FiguresText> text)
{
    private const int Shown = 200;
    private const int CasesShown = 100;
    private static readonly string[] Columns = ["name", "for", "days", "value", "source"];

    /// <summary>The page; null for who may not look at figures.</summary>
    public async Task<FiguresPage?> GetAsync(string? process, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await people.OfAsync(user, cancellationToken) is not { } person
            || !(person.Is(SystemRoles.Administrator) || person.Is(SystemRoles.ProcessOwner) || person.Is(SystemRoles.Auditor)))
        {
            return null;
        }

        var inSettings = person.Is(SystemRoles.Administrator) || person.Is(SystemRoles.Auditor);
        var configuration = await configurations.CurrentAsync(cancellationToken);
        var all = configuration.Published.Values.Where(p => FigureNames.Of(p.Pack).Count > 0).OrderBy(p => p.Pack.Identity.Id, StringComparer.Ordinal).ToList();
        var chosen = all.Find(p => p.Pack.Identity.Id == process) ?? (process is null or "" ? all.FirstOrDefault() : null);
        if (chosen is null)
        {
            return process is null or "" ? new FiguresPage { Processes = [], Process = "", Zone = "UTC", InSettings = inSettings } : null;
        }

        var key = chosen.Pack.Identity.Id;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await db.Figures.AsNoTracking().Where(f => f.ProcessKey == key).OrderByDescending(f => f.Id).Take(Shown + 1).ToListAsync(cancellationToken);
        var seen = new HashSet<(string, string, DateOnly, DateOnly?)>();
        var names = Names(chosen);
        return new FiguresPage
        {
            Processes = [.. all.Select(p => new Choice(p.Pack.Identity.Id, p.Pack.Identity.Name.In(PackWords.Language)))],
            Process = key,
            Uses = [.. names.Select(n => new Choice(n.Key, n.Value.Label.In(PackWords.Language)))],
            Rows = [.. rows.Take(Shown).Select(f => new FigureRow(
                names.GetValueOrDefault(f.Name)?.Label.In(PackWords.Language) ?? f.Name, f.For, DaysOf(f.From, f.Through), f.Value, names.GetValueOrDefault(f.Name)?.Fact?.Unit, f.Source, f.ByName, f.At,
                seen.Add((f.Name, f.For, f.From, f.Through)) && f.Value is not null))],
            HasMore = rows.Count > Shown,
            Zone = chosen.Pack.Identity.Zone,
            MayChange = person.Is(SystemRoles.Administrator),
            InSettings = inSettings,
            Form = new FigureForm { Process = key },
        };
    }

    /// <summary>Shows or does it; null for who may not. Without a preview and errors it is done.</summary>
    public async Task<FiguresPage?> EnterAsync(FigureForm form, bool isTooLarge, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await GetAsync(form.Process, user, cancellationToken) is not { MayChange: true, Processes.Count: > 0 } page
            || await people.OfAsync(user, cancellationToken) is not { } person)
        {
            return null;
        }

        page = page with { Form = form with { Process = page.Process } };
        if (isTooLarge)
        {
            return page with { Errors = [text["FileTooLarge"]] };
        }

        var version = (await configurations.CurrentAsync(cancellationToken)).Published[page.Process];
        try
        {
            var inputs = form.Csv is { Length: > 0 } csv ? Read(csv) : [new FigureInput(form.Name, form.For, form.Days, form.Value, form.Source)];
            if (inputs is null)
            {
                return page with { Errors = [text["FileUnreadable", string.Join(',', Columns)]] };
            }

            var figures = FigureChanges.Check(version.Pack, inputs);
            if (form.Step == "apply")
            {
                await changes.ApplyAsync(page.Process, figures, inputs, person.AsPerformer(), cancellationToken);
                return page;
            }

            return page with { Preview = await PreviewAsync(version, figures, inputs, person, cancellationToken) };
        }
        catch (InvalidInputException wrong)
        {
            return page with { Errors = [.. wrong.Problems.Select(Said)] };
        }
        catch (RuleViolationException refused) when (refused.Rule == FigureChanges.TooMany)
        {
            return page with { Errors = [text["TooMany", FigureChanges.MostOfProcess]] };
        }
    }

    private async Task<FigurePreview> PreviewAsync(
        ProcessVersionInUse version, IReadOnlyList<Figure> figures, IReadOnlyList<FigureInput> inputs, Person person, CancellationToken cancellationToken)
    {
        var effect = await changes.PreviewAsync(version.Pack.Identity.Id, figures, cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var scope = await access.ScopeAsync(db, person, cancellationToken);
        var known = await scope.KnownAsync(db, [.. effect.Cases.Select(c => c.Id).Distinct().Take(CasesShown)], cancellationToken);
        var names = Names(version);
        return new FigurePreview(
            CsvText.Line(Columns) + string.Concat(inputs.Select(i => CsvText.Line(i.Name, i.For, i.Days, i.Value, i.Source))),
            [.. figures.Zip(inputs).Select(pair => new FigureRow(
                names[pair.First.Name].Label.In(PackWords.Language), pair.First.For, DaysOf(pair.First.From, pair.First.Through), pair.First.Value.Number, names[pair.First.Name].Fact?.Unit,
                pair.Second.Source!, person.Name, DateTimeOffset.MinValue, true))],
            [.. effect.Cases.Where(c => known.Contains(c.Id)).Select(c => new FigureCase(c.Id, c.Number, c.What.In(PackWords.Language), c.Before, c.After))],
            effect.Cases.Select(c => c.Id).Distinct().Count(id => !known.Contains(id)), effect.Unread);
    }

    // a line may begin with the apostrophe that keeps spreadsheets from seeing a formula in -5
    private static List<FigureInput>? Read(string csv)
    {
        try
        {
            using var reader = CsvReader.Create(new StringReader(csv), new CsvReaderOptions { MaxRecordSize = 4_096, IncludeValuesInExceptions = false });
            reader.ReadHeader();
            var places = reader.Headers.Select((name, place) => (Name: name.Trim().TrimStart('\ufeff').ToLowerInvariant(), place)).GroupBy(h => h.Name, StringComparer.Ordinal)
                .ToDictionary(h => h.Key, h => h.First().place, StringComparer.Ordinal);
            if (!places.ContainsKey("name") || !places.ContainsKey("days") || !places.ContainsKey("value"))
            {
                return null;
            }

            var inputs = new List<FigureInput>();
            while (reader.Read() && inputs.Count <= FigureChanges.MostTogether)
            {
                var record = reader.Current.ToArray();
                string? Cell(string column) => places.TryGetValue(column, out var place) && place < record.Length ? record[place].Trim().TrimStart('\'') : null;
                if (record.Any(cell => cell.Trim().Length > 0))
                {
                    inputs.Add(new FigureInput(Cell("name"), Cell("for"), Cell("days"), Cell("value"), Cell("source")));
                }
            }

            return inputs;
        }
        catch (CsvFormatException)
        {
            return null;
        }
    }

    private string Said(InputProblem problem)
    {
        var line = problem.Field.StartsWith("figures[", StringComparison.Ordinal)
            ? int.Parse(problem.Field["figures[".Length..problem.Field.IndexOf(']', StringComparison.Ordinal)], CultureInfo.InvariantCulture) + 1
            : 0;
        string said = problem.Code switch
        {
            "figure-unknown" => text["WrongName"],
            "period-unreadable" => text["WrongDays"],
            "source-required" => text["WrongSource"],
            "number-unreadable" => text["WrongValue"],
            "out-of-range" => text["WrongRange"],
            "too-long" => text["WrongFor"],
            _ => text["WrongCount", FigureChanges.MostTogether],
        };
        return line > 0 ? text["Line", line, said] : said;
    }

    private static Dictionary<string, FigureUse> Names(ProcessVersionInUse version) => FigureNames.Of(version.Pack).ToDictionary(use => use.Name, StringComparer.Ordinal);

    private string DaysOf(DateOnly from, DateOnly? through) =>
        through is { } last ? new CalendarPeriod(from, last).ToString() : text["From", from.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)];
}
