using System.Text.Json;
using CaseManagement.Domain;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs;
using CaseManagement.Workflows.Simulation.Trials;

namespace CaseManagement.Workflows.Simulation.Scenarios;

/// <summary>Runs scenario files against a process pack on a virtual clock. A scenario is a test of a pack, as data.</summary>
/// <param name="pack">The process the scenarios belong to.</param>
/// <param name="fixtures">Calendars by name, for scenarios that name one instead of writing it out.</param>
/// <param name="stores">Makes the store of a scenario, with nothing in it; null: in memory.</param>
public sealed class ScenarioRunner(
    ProcessPack pack, IReadOnlyDictionary<string, WorkCalendarDocument> fixtures, Func<ISimulatedCaseStore>? stores = null)
{
    /// <summary>Most steps in one scenario.</summary>
    public const int MaxSteps = 1000;

    /// <summary>Runs one file: a scenario or a list of them.</summary>
    public async ValueTask<IReadOnlyList<ScenarioResult>> RunFileAsync(string name, string json, CancellationToken cancellationToken)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 32 });
        }
        catch (JsonException error)
        {
            return [new ScenarioResult(name, error.Message)];
        }

        using (document)
        {
            var results = new List<ScenarioResult>();
            foreach (var scenario in document.RootElement.ValueKind == JsonValueKind.Array ? [.. document.RootElement.EnumerateArray()] : new[] { document.RootElement })
            {
                results.Add(await RunAsync(scenario, cancellationToken));
            }

            return results;
        }
    }

    /// <summary>Runs one scenario.</summary>
    public async ValueTask<ScenarioResult> RunAsync(JsonElement scenario, CancellationToken cancellationToken)
    {
        var id = scenario.Text("id") ?? "?";
        if (ScenarioFormat.Check(scenario, pack, fixtures) is [var problem, ..])
        {
            return new ScenarioResult(id, $"{problem.Field}: {problem.Message}");
        }

        var result = await ShowAsync(scenario, cancellationToken);
        return result switch
        {
            { Failure: { } failure } => new ScenarioResult(id, $"step {failure.Step}: {failure.Message}"),
            { StoppedBy: { } bound } => new ScenarioResult(id, bound),
            _ => new ScenarioResult(id, null),
        };
    }

    /// <summary>Runs one scenario and shows everything it caused, up to where it failed if it did.</summary>
    /// <exception cref="InvalidInputException">The scenario cannot be read; every place is named.</exception>
    public async ValueTask<TrialResult> ShowAsync(JsonElement scenario, CancellationToken cancellationToken)
    {
        if (ScenarioFormat.Check(scenario, pack, fixtures) is { Count: > 0 } problems)
        {
            throw new InvalidInputException(problems);
        }

        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        time.CancelAfter(SimulationBounds.MaxTime);
        var steps = scenario.Required("steps").EnumerateArray().ToList();
        using var installation = Install(scenario, steps);
        var startedAt = installation.Clock.GetUtcNow();
        var run = new ScenarioRun(scenario, installation, Times(scenario));
        var step = 0;
        ScenarioFailure? failure = null;
        string? stoppedBy = null;
        try
        {
            foreach (var one in steps)
            {
                step++;
                time.Token.ThrowIfCancellationRequested();
                await run.StepAsync(one, time.Token);
            }
        }
        catch (Exception error) when (error is ScenarioFailedException or RuleViolationException or InvalidInputException or InvalidTimeRuleException)
        {
            var code = error is RuleViolationException violation ? violation.Rule.Code + ": " : "";
            failure = new ScenarioFailure(step, code + error.Message, (error as ScenarioFailedException)?.Differences ?? []);
        }
        catch (Exception unreadable) when (unreadable is InvalidOperationException or FormatException or ArgumentException or KeyNotFoundException)
        {
            // a value of another type than its place takes: a number where a text belongs
            failure = new ScenarioFailure(step, $"The step cannot be read: {unreadable.Message}", []);
        }
        catch (SimulationStoppedException stopped)
        {
            stoppedBy = stopped.Code;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            stoppedBy = "out-of-time";
        }

        var shown = await new TrialRecorder(installation.Store, installation.Cases, startedAt)
            .ResultAsync(installation.Clock.GetUtcNow(), run.Names, stoppedBy, failure, cancellationToken);
        return shown with { Held = run.Held - (failure is null ? 0 : 1) };
    }

    private SimulatedInstallation Install(JsonElement scenario, List<JsonElement> steps)
    {
        var calendars = pack.Calendars.ToDictionary(
            c => c.Key, c => WorkCalendar.From(c.Key, Fixture(scenario, c.Key) with { Id = null }), StringComparer.Ordinal);
        var readings = new Dictionary<string, FactValue>(StringComparer.Ordinal);
        if (scenario.TryGetProperty("settings", out var settings))
        {
            foreach (var setting in settings.EnumerateObject())
            {
                var definition = pack.Identity.Settings.FirstOrDefault(s => s.Key == setting.Name)
                    ?? throw new ScenarioFailedException($"The pack has no setting '{setting.Name}'.");
                readings[setting.Name] = definition.Accept(setting.Value).ValueOrThrow();
            }
        }

        var first = steps.Select(s => s.Text("at")).FirstOrDefault(at => at is not null) ?? "2026-01-01T00:00";
        return new SimulatedInstallation(pack, calendars, readings, Times(scenario).Read(first), stores?.Invoke());
    }

    private WorkCalendarDocument Fixture(JsonElement scenario, string calendar)
    {
        if (!scenario.TryGetProperty("calendars", out var named) || !named.TryGetProperty(calendar, out var fixture))
        {
            return fixtures.GetValueOrDefault(calendar) ?? throw new ScenarioFailedException($"The scenario gives no calendar '{calendar}'.");
        }

        return fixture.ValueKind == JsonValueKind.String
            ? fixtures.GetValueOrDefault(fixture.GetString()!) ?? throw new ScenarioFailedException($"There is no calendar '{fixture.GetString()}'.")
            : WorkCalendarDocument.Parse(fixture.GetRawText());
    }

    private ScenarioTimes Times(JsonElement scenario) => TimesOf(scenario, pack);

    internal static ScenarioTimes TimesOf(JsonElement scenario, ProcessPack pack) => new(WorkCalendar.From("zone", new WorkCalendarDocument
    {
        Zone = scenario.Text("zone") ?? pack.Identity.Zone,
        Week = new Dictionary<string, string[][]> { ["mon"] = [["09:00", "18:00"]] },
    }));
}

internal static class ScenarioJson
{
    public static string? Text(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <exception cref="ScenarioFailedException">It is not there.</exception>
    public static JsonElement Required(this JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) ? value : throw new ScenarioFailedException($"'{name}' is missing.");

    public static string RequiredText(this JsonElement json, string name) =>
        json.Text(name) ?? throw new ScenarioFailedException($"'{name}' is missing.");

    public static IReadOnlyDictionary<string, JsonElement> Members(this JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object
            ? value.EnumerateObject().ToDictionary(m => m.Name, m => m.Value, StringComparer.Ordinal)
            : new Dictionary<string, JsonElement>();

    public static IReadOnlyList<string> Texts(this JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(v => v.GetString() ?? "")]
            : [];
}
