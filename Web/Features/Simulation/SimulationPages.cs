using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Nodes;
using CaseManagement.Domain;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Packs;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Cases;
using CaseManagement.Web.Features.Intake;
using CaseManagement.Web.Features.Processes;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Settings;
using CaseManagement.Web.Simulations;
using CaseManagement.Workflows.Cases;
using CaseManagement.Workflows.Simulation;
using CaseManagement.Workflows.Simulation.Trials;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Simulation;

/// <summary>Tries out what the database has.</summary>
internal sealed class SimulationPages(
    IDbContextFactory<CaseManagementDbContext> contexts, StoredConfigurations configurations, ProcessTrials trials, SimulationGate gate, People people,
    CaseReader reader, IntakeForms forms, RuleTexts rules, TrialViews views, TimeProvider clock, IStringLocalizer<SimulationWords> words,
    IStringLocalizer<ProcessesText> processTexts) : ISimulationPages
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async Task<SimulationPage?> FormAsync(string key, SimulationOrder order, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await OpenAsync(key, order, user, cancellationToken) is { } desk ? await PageAsync(desk, order, cancellationToken) : null;

    public async Task<SimulationPage?> EditAsync(string key, SimulationOrder order, FormAnswers answers, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await FormAsync(key, order, user, cancellationToken) is { } page ? Filled(page, answers, new Dictionary<string, string>()) : null;

    public async Task<SimulationPage?> ScenarioAsync(string key, SimulationOrder order, IFormFile? upload, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await OpenAsync(key, order, user, cancellationToken) is not { } desk)
        {
            return null;
        }

        var page = await PageAsync(desk, order, cancellationToken);
        if (desk.Process is null)
        {
            return page;
        }

        var (scenario, error) = upload is { Length: > 0 } ? await ReadAsync(upload, cancellationToken) : (ScenarioOf(desk.Pack, order.Scenario), null);
        if (scenario is not { } chosen)
        {
            return page with { ScenarioError = error ?? words["ScenarioMissing"] };
        }

        try
        {
            return await RunAsync(desk, page, () => trials.ScenarioAsync(desk.Process, chosen, cancellationToken), cancellationToken);
        }
        catch (InvalidInputException invalid)
        {
            return page with
            {
                ScenarioError = words["ScenarioUnreadable"],
                ScenarioProblems = [.. invalid.Problems.Select(p => (p.Field, words["problem_" + p.Code] is { ResourceNotFound: false } known ? known.Value : rules.Say(p.Code)))],
            };
        }
    }

    public async Task<SimulationPage?> CaseAsync(
        string key, SimulationOrder order, FormAnswers answers, IReadOnlyDictionary<string, string> chosen, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await OpenAsync(key, order, user, cancellationToken) is not { } desk)
        {
            return null;
        }

        var entry = Read(desk, answers);
        var page = Filled(await PageAsync(desk, order, cancellationToken), answers, entry.Errors);
        TimeSpan? after = order.People switch
        {
            SimulationOrder.AtOnce => TimeSpan.Zero,
            SimulationOrder.After => decimal.TryParse(order.Hours, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var hours) && hours is >= 0 and <= Behaviour.MaxHours
                ? TimeSpan.FromHours((double)hours)
                : TimeSpan.MinValue,
            _ => null,
        };
        if (after == TimeSpan.MinValue)
        {
            page = page with { HoursError = words["HoursWrong", Behaviour.MaxHours] };
        }

        if (desk.Process is null || entry.Errors.Count > 0 || page.HoursError is not null)
        {
            return page;
        }

        var start = entry.Registration.ReceivedAt ?? clock.GetUtcNow();
        var behaviour = new Behaviour { After = after, Outcomes = chosen };
        try
        {
            return await RunAsync(
                desk, page, () => trials.CaseAsync(desk.Process, entry.Registration, desk.Person.AsPerformer(), start, behaviour, cancellationToken), cancellationToken, chosen);
        }
        catch (InvalidInputException invalid)
        {
            return page with { Note = new Note(NoteKind.Late, rules.Say(invalid.Problems[0].Code)) };
        }
    }

    public async Task<string?> FileAsync(string key, SimulationOrder order, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await OpenAsync(key, order, user, cancellationToken) is { } desk && ScenarioOf(desk.Pack, order.Scenario) is { } scenario
            ? JsonSerializer.Serialize(scenario, Readable)
            : null;

    public async Task<string?> AsScenarioAsync(string key, SimulationOrder order, FormAnswers answers, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await OpenAsync(key, order, user, cancellationToken) is not { } desk || Read(desk, answers) is not { Errors.Count: 0 } entry)
        {
            return null;
        }

        var said = entry.Registration;
        var calendar = desk.Rules.Calendar(desk.Pack.Identity.Calendar);
        var at = said.ReceivedAt ?? clock.GetUtcNow();
        var register = new JsonObject
        {
            ["as"] = "c",
            ["kind"] = said.Kind,
            ["channel"] = said.Channel,
            ["subject"] = said.Subject,
            ["description"] = said.Description,
            ["complainant"] = new JsonObject { ["name"] = said.Complainant.Name, ["kind"] = said.Complainant.Kind, ["anonymous"] = said.Complainant.Anonymous },
            ["facts"] = new JsonObject(said.Facts.Select(f => KeyValuePair.Create(f.Key, (JsonNode?)JsonNode.Parse(f.Value.GetRawText())))),
        };
        return new JsonObject
        {
            ["id"] = "new-scenario",
            ["process"] = desk.Pack.Identity.Id,
            ["zone"] = desk.Pack.Identity.Zone,
            ["steps"] = new JsonArray(new JsonObject { ["at"] = $"{calendar.DateOf(at):yyyy-MM-dd}T{calendar.TimeOf(at):HH':'mm}", ["register"] = register }),
        }.ToJsonString(Readable);
    }

    private async Task<SimulationPage> RunAsync(
        Desk desk, SimulationPage page, Func<Task<TrialResult>> run, CancellationToken cancellationToken, IReadOnlyDictionary<string, string>? chosen = null)
    {
        try
        {
            using var pass = gate.Enter($"user:{desk.Person.Id}");
            var result = await run();
            return page with
            {
                Result = await views.OfAsync(result, page.Top.Zone, cancellationToken),
                Choices = chosen is null ? page.Choices : await ChoicesAsync(result, chosen, cancellationToken),
            };
        }
        catch (SimulationRefusedException refused)
        {
            return page with { Note = new Note(NoteKind.Warning, words[refused.Code]) };
        }
        catch (RuleViolationException refused)
        {
            return page with { Note = new Note(NoteKind.Late, rules.Say(refused.Rule, desk.Pack)) };
        }
        catch (InvalidTimeRuleException refused)
        {
            return page with { Note = new Note(NoteKind.Late, words["LimitWrong", refused.Message]) };
        }
    }

    private async Task<IReadOnlyList<TaskChoice>> ChoicesAsync(TrialResult result, IReadOnlyDictionary<string, string> chosen, CancellationToken cancellationToken)
    {
        if (result.Cases is not [var one, ..])
        {
            return [];
        }

        var names = await reader.WordsAsync(one.Rules, cancellationToken);
        var tasks = one.Complaint.Tasks.All.DistinctBy(t => t.Key).Select(t => new TaskChoice(
            t.Key, PackWords.Language == "en" ? t.TitleEn : t.TitleZh,
            [.. t.Outcomes.Select(o => new Choice(o, names.Outcome(o)))], chosen.GetValueOrDefault(t.Key)));
        var answer = new TaskChoice(
            Behaviour.Complainant, words["ComplainantAnswers"], [new Choice("Agreed", names.Outcome("Agreed")), new Choice("Rejected", names.Outcome("Rejected"))],
            chosen.GetValueOrDefault(Behaviour.Complainant));
        return [.. tasks, answer];
    }

    private async Task<SimulationPage> PageAsync(Desk desk, SimulationOrder order, CancellationToken cancellationToken)
    {
        var (pack, now) = (desk.Pack, clock.GetUtcNow());
        var names = await reader.WordsAsync(desk.Rules, cancellationToken);
        var calendar = desk.Rules.Calendar(pack.Identity.Calendar);
        var packForms = new PackForms(
            names, new IntakeEntry.Nothing(pack.Categories, desk.Rules), calendar, [.. (await people.AllAsync(cancellationToken)).Select(p => new Choice(p.Id, p.Name))], []);
        var wanted = forms.Complainant(names, calendar, now);
        var processWords = new ProcessWords(processTexts);
        return new SimulationPage
        {
            Top = new ProcessTop(pack.Identity.Id, names.Process, desk.Version, pack.Identity.Zone),
            Versions = [.. desk.Versions.Select(v => new Choice(v.Version.ToString(CultureInfo.InvariantCulture), words["VersionWithState", v.Version, processWords.State(v.State).Text]))],
            Scenarios = [.. ScenariosOf(pack).Select(s => new Choice(s.Key, s.Name))],
            Scenario = order.Scenario,
            Kinds = [.. pack.Identity.Kinds.Select(k => new Choice(k.Kind, names.Option("kind", k.Kind)))],
            Kind = desk.Kind,
            Complainant = wanted with { Fields = [.. wanted.Fields.Where(f => f.Key is not ("name" or "phone" or "email"))] },
            Matter = forms.Matter(desk.Rules.Form(pack.Kind(desk.Kind)!.Form), packForms, names),
            People = order.People is SimulationOrder.AtOnce or SimulationOrder.After ? order.People : SimulationOrder.Nobody,
            Hours = order.Hours ?? "4",
            Note = desk.Process is null
                ? new Note(NoteKind.Late, words["HasFindings"], words["ToFindings"], $"/processes/{Uri.EscapeDataString(pack.Identity.Id)}?version={desk.Version}&tab=findings")
                : null,
        };
    }

    private static SimulationPage Filled(SimulationPage page, FormAnswers answers, IReadOnlyDictionary<string, string> errors) => page with
    {
        Complainant = page.Complainant with { Fields = answers.Fill(page.Complainant.Fields, errors) },
        Matter = page.Matter with { Fields = answers.Fill(page.Matter.Fields, errors) },
    };

    // the virtual clock may start at any time, so a case may be received in what is still the future
    private IntakeEntry Read(Desk desk, FormAnswers answers) => IntakeEntry.Read(
        desk.Pack.Identity.Id, desk.Kind, desk.Rules.Form(desk.Pack.Kind(desk.Kind)!.Form), desk.Rules, answers, clock.GetUtcNow().AddYears(SimulationBounds.MaxYears), rules);

    private async Task<(JsonElement? Scenario, string? Error)> ReadAsync(IFormFile upload, CancellationToken cancellationToken)
    {
        if (upload.Length > ISimulationPages.MaxScenarioBytes)
        {
            return (null, words["FileTooLarge"]);
        }

        using var content = new MemoryStream((int)upload.Length);
        await upload.CopyToAsync(content, cancellationToken);
        try
        {
            using var document = JsonDocument.Parse(content.ToArray(), new JsonDocumentOptions { MaxDepth = 32 });
            var root = document.RootElement;
            return root.ValueKind != JsonValueKind.Array ? (root.Clone(), null)
                : root.GetArrayLength() == 1 ? (root[0].Clone(), null)
                : (null, words["OneScenario", root.GetArrayLength()]);
        }
        catch (JsonException)
        {
            return (null, words["NotJson"]);
        }
    }

    private static IEnumerable<(string Key, string Name, JsonElement Scenario)> ScenariosOf(ProcessPack pack)
    {
        foreach (var (file, text) in pack.Scenarios)
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 64 });
            var all = document.RootElement.ValueKind == JsonValueKind.Array ? [.. document.RootElement.EnumerateArray()] : new[] { document.RootElement };
            foreach (var scenario in all.Where(s => s.ValueKind == JsonValueKind.Object))
            {
                var id = scenario.TryGetProperty("id", out var given) && given.ValueKind == JsonValueKind.String ? given.GetString()! : file;
                var name = scenario.TryGetProperty("name", out var named) && named.ValueKind == JsonValueKind.Object
                    && named.TryGetProperty(PackWords.Language == "en" ? "en" : "zh", out var said) ? said.GetString() : null;
                yield return (id, name ?? id, scenario.Clone());
            }
        }
    }

    private static JsonElement? ScenarioOf(ProcessPack pack, string? key) =>
        ScenariosOf(pack).Where(s => s.Key == key).Select(s => (JsonElement?)s.Scenario).FirstOrDefault();

    private async Task<Desk?> OpenAsync(string key, SimulationOrder order, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await people.OfAsync(user, cancellationToken) is not { } person || !person.Is(SystemRoles.ProcessOwner))
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var versions = await db.ProcessVersions.AsNoTracking().Where(p => p.ProcessKey == key).OrderByDescending(p => p.Version)
            .Select(p => new StoredVersion(p.Version, p.State)).ToListAsync(cancellationToken);
        var version = order.Version is { } named ? versions.Find(v => v.Version == named) : versions.Count > 0 ? versions[0] : null;
        if (version is null)
        {
            return null;
        }

        var json = await db.ProcessVersions.Where(p => p.ProcessKey == key && p.Version == version.Version).Select(p => p.PackJson).SingleAsync(cancellationToken);
        if (PackReader.Read(StoredConfigurations.FilesOf(json)).Pack is not { } pack || pack.Identity.Kinds.Count == 0)
        {
            return null;
        }

        var now = await configurations.CurrentAsync(cancellationToken);
        var inUse = new ProcessVersionInUse(pack, version.Version);
        var kind = pack.Identity.Kinds.FirstOrDefault(k => k.Kind == order.Kind) ?? pack.Identity.Kinds[0];
        return new Desk(
            person, versions, version.Version, version.State, pack, now.Trying(inUse).RulesFor(inUse, now.LimitsVersion(key)), kind.Kind,
            await PlansAsync(key, version.Version, cancellationToken));
    }

    private async Task<ProcessPlans?> PlansAsync(string key, int version, CancellationToken cancellationToken)
    {
        try
        {
            return await trials.OpenAsync(key, version, cancellationToken);
        }
        catch (RuleViolationException refused) when (refused.Rule == ProcessInstaller.HasFindings)
        {
            return null;
        }
    }

    private sealed record Desk(
        Person Person, List<StoredVersion> Versions, int Version, ProcessVersionState State, ProcessPack Pack, CaseRules Rules, string Kind, ProcessPlans? Process);
}

/// <summary>A version of a process, by its number and state.</summary>
internal sealed record StoredVersion(int Version, ProcessVersionState State);
