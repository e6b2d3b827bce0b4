using System.Text.Json.Nodes;
using CaseManagement.Domain;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Elsa.Definitions;
using CaseManagement.Web.Simulations;
using CaseManagement.Workflows.Definitions;
using CaseManagement.Workflows.Expressions;
using CaseManagement.Workflows.Runtime;
using CaseManagement.Workflows.Simulation;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Elsa.Instances;

/// <summary>Tries definitions out: nothing that runs here touches a case, a task or a message.</summary>
[Route("elsa/api")]
public sealed class RunsController(DefinitionQuery definitions, ProcessTrials trials, KeptTrials kept, SimulationGate gate) : ElsaController
{
    /// <summary>Runs a definition to where it first waits.</summary>
    [HttpPost("workflow-definitions/{definitionId}/execute"), ElsaWrite]
    public async Task<IActionResult> Execute(string definitionId, CancellationToken cancellationToken)
    {
        if (await RunAsync(definitionId, cancellationToken) is not { } run)
        {
            return Missing();
        }

        var state = InstanceAnswers.State(new SeenInstance(run.Row, run.Instance.Plan, run.Instance, InstanceSight.Full), InstanceHistory.Of(run.Journal));
        return Answer(
            new JsonObject { ["workflowState"] = state },
            run.Row.SubStatus == WorkflowSubStatus.Faulted ? StatusCodes.Status500InternalServerError : StatusCodes.Status200OK);
    }

    [HttpPost("workflow-definitions/{definitionId}/dispatch"), ElsaWrite]
    public async Task<IActionResult> Dispatch(string definitionId, CancellationToken cancellationToken) =>
        await RunAsync(definitionId, cancellationToken) is { } run ? Answer(new JsonObject { ["workflowInstanceId"] = run.Row.Id.ToString() }) : Missing();

    /// <summary>Runs one activity by itself.</summary>
    [HttpPost("tests/activities"), ElsaWrite]
    public async Task<IActionResult> TestActivity(CancellationToken cancellationToken)
    {
        var body = await ElsaBody.ReadAsync(Request);
        var handle = body["workflowDefinitionHandle"] as JsonObject ?? [];
        var found = handle.Text("definitionVersionId") is { } versionId
            ? await definitions.FindVersionAsync(versionId, cancellationToken)
            : await definitions.FindAsync(handle.Text("definitionId") ?? "", handle.Text("versionOptions"), cancellationToken);
        var wanted = (body["activityHandle"] as JsonObject)?.Text("activityId");
        var definition = found is null ? null : DefinitionAnswers.File(found);
        var activity = (definition?["root"] as JsonObject) is { } root ? NodeIds.In(root).FirstOrDefault(a => a.Activity.Text("id") == wanted).Activity : null;
        if (found is null || activity is null)
        {
            return Missing();
        }

        if (activity.Text("type")!.StartsWith("CaseManagement.", StringComparison.Ordinal))
        {
            throw new ElsaRefusedException("NeedsCase");
        }

        definition!["root"] = new JsonObject
        {
            ["id"] = "Flowchart1",
            ["type"] = "Elsa.Flowchart",
            ["version"] = 1,
            ["activities"] = new JsonArray(activity.DeepClone()),
            ["variables"] = (definition["root"] as JsonObject)?["variables"]?.DeepClone() ?? new JsonArray(),
            ["connections"] = new JsonArray(),
        };
        using var pass = gate.Enter($"user:{Caller.Person.Id}");
        var run = await RunAloneAsync(
            WorkflowDefinition.From(definition).With(id: found.Id, definitionId: found.DefinitionId, version: found.Version), new StartRequest(), cancellationToken);
        var execution = InstanceHistory.Of(run.Journal).Executions.Values.FirstOrDefault(e => e.ActivityId == wanted);
        return Answer(new JsonObject
        {
            ["activityState"] = execution?.Data?.DeepClone() ?? new JsonObject(),
            ["outputs"] = new JsonObject(),
            ["payload"] = new JsonObject(),
            ["status"] = execution?.Status ?? "Pending",
        });
    }

    private async Task<KeptTrial?> RunAsync(string definitionId, CancellationToken cancellationToken)
    {
        var body = await ElsaBody.ReadAsync(Request);
        if (await definitions.FindAsync(definitionId, body.Text("versionOptions"), cancellationToken) is not { } found)
        {
            return null;
        }

        using var pass = gate.Enter($"user:{Caller.Person.Id}");
        var run = found.ProcessKey is { } key && StudioModel.TakesCases(DefinitionAnswers.File(found))
            ? await RunProcessAsync(key, found, cancellationToken)
            : await RunAloneAsync(
                WorkflowDefinition.Parse(found.Row.Json).With(id: found.Id, definitionId: found.DefinitionId, version: found.Version),
                new StartRequest
                {
                    CorrelationId = body.Text("correlationId"),
                    Input = WorkflowValues.FromJson(body["input"]) as Dictionary<string, object?>,
                    TriggerNodeId = body.Text("triggerActivityId"),
                },
                cancellationToken);
        Response.Headers["x-elsa-workflow-instance-id"] = run.Row.Id.ToString();
        Response.Headers["x-elsa-workflow-cannot-start"] = "False";
        Response.Headers["x-elsa-response"] = "true";
        return run;
    }

    private async Task<KeptTrial> RunProcessAsync(string key, StoredDefinition found, CancellationToken cancellationToken)
    {
        var process = await OpenAsync(key, found, cancellationToken);
        try
        {
            var result = await trials.InventedCaseAsync(process, found.DefinitionId, Caller.Person.AsPerformer(), cancellationToken);
            var running = result.Cases[0].Complaint.Instances[^1];
            return await kept.KeepAsync(Caller.Person.Id, [.. result.Instances.OrderBy(i => i.Stored.Row.Id != running)], process.Plans, cancellationToken);
        }
        catch (InvalidInputException wanting)
        {
            throw new ElsaRefusedException("CannotRun", wanting.Message);
        }
    }

    private async Task<ProcessPlans> OpenAsync(string key, StoredDefinition found, CancellationToken cancellationToken)
    {
        try
        {
            return await trials.OpenAsync(key, found.Row.ProcessVersion, cancellationToken);
        }
        catch (RuleViolationException violation) when (violation.Rule == ProcessInstaller.HasFindings)
        {
            throw new ElsaFindingsException(await definitions.FindingsAsync(key, found.Row.ProcessVersion!.Value, cancellationToken));
        }
    }

    private async Task<KeptTrial> RunAloneAsync(WorkflowDefinition definition, StartRequest request, CancellationToken cancellationToken)
    {
        var result = await trials.DefinitionAsync(definition, request, cancellationToken);
        if (!result.Plan.CanRun)
        {
            throw new UnrunnableDefinitionException(result.Plan);
        }

        return result.Reason is { } reason
            ? throw new ElsaRefusedException("CannotRun", reason)
            : await kept.KeepAsync(Caller.Person.Id, result.Instances, result.Plans, cancellationToken);
    }
}
