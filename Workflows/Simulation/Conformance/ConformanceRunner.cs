using System.Text.Json.Nodes;
using CaseManagement.Workflows.Activities;
using CaseManagement.Workflows.Definitions;
using CaseManagement.Workflows.Expressions;
using CaseManagement.Workflows.Runtime;

namespace CaseManagement.Workflows.Simulation.Conformance;

/// <summary>How a case of the suite went.</summary>
/// <remarks><c>MatchedSensible</c>: What Elsa 3.8 does is marked as a defect, and ours is the sensible result.
/// <c>Differences</c>: Empty when the case passed.</remarks>
public sealed record ConformanceResult(
    string Id, string Slug, bool IsCore, bool IsDefect, bool MatchedSensible, IReadOnlyList<string> Differences)
{
    public bool Passed => Differences.Count == 0;
}

/// <summary>
/// Runs cases of the Elsa conformance suite (see its README) on the product's runtime, on a virtual clock. Every case has a
/// store of its own.
/// </summary>
public sealed class ConformanceRunner(Func<ISimulationStore> store, IScriptEngine scripts)
{
    private static readonly DateTimeOffset Beginning = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    /// <summary>Runs the case in a file. What is no case, or cannot be played, has failed; nothing of it is thrown.</summary>
    /// <remarks><c>name</c>: What the case is called where the file does not say.</remarks>
    public async Task<ConformanceResult> RunAsync(string name, string text, CancellationToken cancellationToken)
    {
        var (id, slug) = ("", name);
        try
        {
            if (text.Length > ConformanceCase.MaxBytes)
            {
                throw new ConformanceFormatException($"is larger than {ConformanceCase.MaxBytes} bytes");
            }

            var testCase = ConformanceCase.Parse(text);
            (id, slug) = ((string)testCase["id"]!, (string)testCase["slug"]!);
            return await RunAsync(testCase, cancellationToken);
        }
#pragma warning disable CA1031 // a broken file, whatever is wrong with it, is a failed case among the others
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            var why = exception is ConformanceFormatException ? "the file " + exception.Message : $"could not be played: {exception.Message}";
            return new ConformanceResult(id, slug, IsCore: false, IsDefect: false, MatchedSensible: false, [why]);
        }
    }

    public async Task<ConformanceResult> RunAsync(JsonObject testCase, CancellationToken cancellationToken)
    {
        var clock = new VirtualClock(Beginning);
        var definitions = new InMemoryDefinitions();
        var plans = new PlanCache(definitions, new ActivityRegistry(BuiltInActivities.All), scripts);
        await using var kept = store();
        var run = new ConformanceRun(
            testCase, new WorkflowRuntime(kept, plans, scripts, clock), kept, clock, definitions, plans);
        var actual = await run.PlayAsync(cancellationToken);

        var expect = (JsonObject)testCase["expect"]!;
        var differences = ConformanceComparison.Compare(expect, actual);
        var sensible = false;
        if (differences.Count > 0 && testCase["sensibleExpect"] is JsonObject patch)
        {
            var patched = ConformanceComparison.Compare(ConformanceComparison.Patch(expect, patch), actual);
            sensible = patched.Count == 0;
            differences = sensible ? [] : [.. differences, .. patched.Select(d => "sensible: " + d)];
        }

        return new ConformanceResult(
            (string)testCase["id"]!, (string)testCase["slug"]!, (bool?)testCase["core"] ?? false,
            (bool?)testCase["defect"] ?? false, sensible, differences);
    }
}

/// <summary>One case being played: what happened comes out in the shape of the suite's <c>expect</c>.</summary>
internal sealed class ConformanceRun(
    JsonObject testCase, WorkflowRuntime runtime, ISimulationStore store, VirtualClock clock, InMemoryDefinitions definitions,
    PlanCache plans)
{
    private readonly Dictionary<string, string> _versionIds = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Guid> _labels = new(StringComparer.Ordinal);

    public async Task<ConformanceOutcome> PlayAsync(CancellationToken cancellationToken)
    {
        foreach (var definition in Definitions().Where(d => (string)d["when"]! == "setup"))
        {
            await SaveAsync(definition, cancellationToken);
        }

        var steps = new Dictionary<string, ConformanceStep>(StringComparer.Ordinal);
        var start = (JsonObject)testCase["start"]!;
        if ((string)start["do"]! != "none")
        {
            steps["start"] = await StepAsync(start, cancellationToken);
        }

        var number = 0;
        foreach (var stimulus in testCase["stimuli"]!.AsArray())
        {
            steps[(++number).ToString(System.Globalization.CultureInfo.InvariantCulture)] =
                await StepAsync((JsonObject)stimulus!, cancellationToken);
        }

        var snapshots = await ConformanceSnapshot.TakeAsync(store, plans, _labels, cancellationToken);
        return new ConformanceOutcome(steps, snapshots, _labels.ToDictionary(l => l.Key, l => l.Value.ToString()));
    }

    private async Task<ConformanceStep> StepAsync(JsonObject action, CancellationToken cancellationToken)
    {
        clock.Advance(TimeSpan.FromMilliseconds(1));
        var response = await DoAsync(action, cancellationToken);
        await FireDueAsync(clock.GetUtcNow(), cancellationToken);
        await LabelAsync(cancellationToken);
        var snapshots = await ConformanceSnapshot.TakeAsync(store, plans, _labels, cancellationToken);
        return new ConformanceStep(response, snapshots);
    }

    private async Task<JsonObject> DoAsync(JsonObject action, CancellationToken cancellationToken)
    {
        switch ((string)action["do"]!)
        {
            case "execute":
                return await ExecuteAsync(action, cancellationToken);
            case "event":
                await runtime.DeliverAsync(
                    new Stimulus(Stimuli.Event, Text(action, "name"))
                    {
                        InstanceId = action["instance"] is { } label ? Label((string)label!) : null,
                        CorrelationId = (string?)action["correlationId"],
                        Input = WorkflowValues.FromJson(action["input"]),
                        KeepIfUnmatched = true,
                    },
                    cancellationToken);
                return Http(200);
            case "completeTask":
                var (instanceId, bookmarkId) = await OpenTaskAsync(action, cancellationToken);
                await runtime.ResumeBookmarkAsync(
                    instanceId, bookmarkId, WorkflowValues.FromJson(action["result"]), cancellationToken);
                return Http(200);
            case "cancel":
                await runtime.CancelAsync(Label(Text(action, "instance")), cancellationToken);
                return Http(200);
            case "wait":
                await FireDueAsync(clock.GetUtcNow().AddMilliseconds((int?)action["ms"] ?? 0), cancellationToken);
                return [];
            case "save":
                var saved = await SaveAsync(
                    Definition(Text(action, "definition")), cancellationToken);
                return new JsonObject { ["http"] = 200, ["version"] = saved.Version };
            case "retract":
                var retracted = Text(action, "definitionId");
                definitions.Retract(retracted);
                await runtime.RunAsync(
                    burst =>
                    {
                        burst.Retract(retracted);
                        return ValueTask.FromResult(true);
                    },
                    cancellationToken);
                return Http(200);
            case var unknown:
                throw new ConformanceFormatException($"has an action “{unknown}”, which the suite does not know");
        }
    }

    private async Task<JsonObject> ExecuteAsync(JsonObject action, CancellationToken cancellationToken)
    {
        var result = await runtime.StartAsync(
            new StartRequest
            {
                DefinitionId = Text(action, "definitionId"),
                DespiteFindings = true,
                CorrelationId = (string?)action["correlationId"],
                Input = WorkflowValues.FromJson(action["input"]) as Dictionary<string, object?>,
            },
            cancellationToken);
        return result.Outcome switch
        {
            StartOutcome.Started => Http(result.Instance!.SubStatus == WorkflowSubStatus.Faulted ? 500 : 200),
            StartOutcome.Refused => new JsonObject { ["http"] = 200, ["cannotStart"] = true },
            StartOutcome.NotFound => Http(404),
            _ => new JsonObject { ["http"] = 400, ["reason"] = result.Reason },
        };
    }

    private async Task<WorkflowDefinition> SaveAsync(JsonObject definition, CancellationToken cancellationToken)
    {
        var text = definition["model"]!.ToJsonString();
        foreach (var (key, versionId) in _versionIds)
        {
            text = text.Replace($"${{versionId:{key}}}", versionId, StringComparison.Ordinal);
        }

        var saved = definitions.Save(WorkflowDefinition.Parse(text), (bool)definition["publish"]!);
        plans.Forget(saved.Id);
        _versionIds[(string)definition["key"]!] = saved.Id;
        if (saved.IsPublished && await plans.FindAsync(saved.Id, cancellationToken) is { } plan)
        {
            await runtime.RunAsync(
                burst =>
                {
                    burst.Publish(plan);
                    return ValueTask.FromResult(true);
                },
                cancellationToken);
        }

        return saved;
    }

    private async Task FireDueAsync(DateTimeOffset until, CancellationToken cancellationToken)
    {
        while (await store.FirstDueAsync(until, cancellationToken) is { } timer)
        {
            clock.MoveTo(timer.DueAt);
            await runtime.FireTimerAsync(timer.Id, cancellationToken);
        }

        clock.MoveTo(until);
    }

    private async Task LabelAsync(CancellationToken cancellationToken)
    {
        foreach (var stored in await store.InstancesAsync(cancellationToken))
        {
            if (!_labels.ContainsValue(stored.Row.Id))
            {
                var number = _labels.Keys.Count(l => l.StartsWith(stored.Row.DefinitionId + "#", StringComparison.Ordinal)) + 1;
                _labels.Add($"{stored.Row.DefinitionId}#{number}", stored.Row.Id);
            }
        }
    }

    private async Task<(Guid InstanceId, Guid BookmarkId)> OpenTaskAsync(JsonObject action, CancellationToken cancellationToken)
    {
        var instanceId = Label(Text(action, "instance"));
        var instance = await ConformanceSnapshot.LoadAsync(store, plans, instanceId, cancellationToken);
        var open = instance.Bookmarks.Where(b => b.StimulusName == Stimuli.RunTask
            && (string?)((Dictionary<string, object?>)b.Payload!)["TaskName"] == Text(action, "taskName"));
        return open.ElementAtOrDefault((int?)action["index"] ?? 0) is { } task
            ? (instanceId, task.Id)
            : throw new ConformanceFormatException($"completes task “{action["taskName"]}”, which is not open");
    }

    private IEnumerable<JsonObject> Definitions() => testCase["definitions"]!.AsArray().Select(d => (JsonObject)d!);

    private JsonObject Definition(string key) => Definitions().FirstOrDefault(d => (string)d["key"]! == key)
        ?? throw new ConformanceFormatException($"has no definition “{key}”");

    private Guid Label(string label) =>
        _labels.TryGetValue(label, out var id) ? id : throw new ConformanceFormatException($"names instance “{label}”, which does not exist");

    private static string Text(JsonObject action, string name) =>
        (string?)action[name] ?? throw new ConformanceFormatException($"has an action that lacks “{name}”");

    private static JsonObject Http(int status) => new() { ["http"] = status };
}

internal sealed record ConformanceStep(JsonObject Response, Dictionary<string, JsonObject> Instances);

internal sealed record ConformanceOutcome(
    Dictionary<string, ConformanceStep> Steps, Dictionary<string, JsonObject> Instances, Dictionary<string, string> InstanceIds);
