using System.Text.Json.Nodes;
using CaseManagement.Domain;
using CaseManagement.Domain.Packs;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Elsa.Definitions;
using CaseManagement.Web.Persistence;
using CaseManagement.Workflows.Definitions;
using CaseManagement.Workflows.Expressions;
using CaseManagement.Workflows.Runtime;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Elsa.Instances;

/// <summary>Tries definitions out: nothing that runs here touches a case, a task or a message.</summary>
[Route("elsa/api")]
public sealed class RunsController(DefinitionQuery definitions, TrialRuns trials, IDbContextFactory<CaseManagementDbContext> contexts) : ElsaController
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
        var (run, reason) = await trials.RunAsync(found, WorkflowDefinition.From(definition), new TrialRequest(null, null, null), Caller.Person, cancellationToken);
        if (run is null)
        {
            throw new ElsaRefusedException("CannotRun", reason ?? "");
        }

        var execution = InstanceHistory.Of(run.Journal).Executions.Values.FirstOrDefault(e => e.ActivityId == wanted);
        return Answer(new JsonObject
        {
            ["activityState"] = execution?.Data?.DeepClone() ?? new JsonObject(),
            ["outputs"] = new JsonObject(),
            ["payload"] = new JsonObject(),
            ["status"] = execution?.Status ?? "Pending",
        });
    }

    private async Task<TrialRun?> RunAsync(string definitionId, CancellationToken cancellationToken)
    {
        var body = await ElsaBody.ReadAsync(Request);
        if (await definitions.FindAsync(definitionId, body.Text("versionOptions"), cancellationToken) is not { } found)
        {
            return null;
        }

        var run = await PackAsync(found, cancellationToken) is { } pack && StudioModel.TakesCases(DefinitionAnswers.File(found))
            ? await RunProcessAsync(found, pack, cancellationToken)
            : await RunAloneAsync(found, body, cancellationToken);
        Response.Headers["x-elsa-workflow-instance-id"] = run.Row.Id.ToString();
        Response.Headers["x-elsa-workflow-cannot-start"] = "False";
        Response.Headers["x-elsa-response"] = "true";
        return run;
    }

    private async Task<TrialRun> RunProcessAsync(StoredDefinition found, ProcessPack pack, CancellationToken cancellationToken)
    {
        var errors = ProcessInstaller.Check(pack).Where(f => f.Severity == FindingSeverity.Error).ToList();
        if (errors.Count > 0)
        {
            throw new ElsaFindingsException(errors);
        }

        try
        {
            return await trials.RunProcessAsync(found, pack, Caller.Person, cancellationToken);
        }
        catch (InvalidInputException wanting)
        {
            throw new ElsaRefusedException("CannotRun", wanting.Message);
        }
    }

    private async Task<TrialRun> RunAloneAsync(StoredDefinition found, JsonObject body, CancellationToken cancellationToken)
    {
        var (run, reason) = await trials.RunAsync(
            found, WorkflowDefinition.Parse(found.Row.Json),
            new TrialRequest(body.Text("correlationId"), WorkflowValues.FromJson(body["input"]) as Dictionary<string, object?>, body.Text("triggerActivityId")),
            Caller.Person, cancellationToken);
        return run ?? throw new ElsaRefusedException("CannotRun", reason ?? "");
    }

    private async Task<ProcessPack?> PackAsync(StoredDefinition found, CancellationToken cancellationToken)
    {
        if (found.ProcessKey is not { } key)
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var json = await db.ProcessVersions.Where(p => p.ProcessKey == key && p.Version == found.Row.ProcessVersion).Select(p => p.PackJson).SingleAsync(cancellationToken);
        return PackReader.Read(StoredConfigurations.FilesOf(json)).Pack;
    }
}
