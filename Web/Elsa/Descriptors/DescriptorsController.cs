using System.Text.Json.Nodes;
using CaseManagement.Web.Elsa.Definitions;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Elsa.Descriptors;

/// <summary>What there is to draw with: activities, expressions, strategies, types.</summary>
[Route("elsa/api")]
public sealed class DescriptorsController(DescriptorList activities, DefinitionQuery definitions) : ElsaController
{
    [HttpGet("descriptors/activities")]
    public async Task<IActionResult> Activities(CancellationToken cancellationToken)
    {
        var (body, tag) = await activities.GetAsync(Caller.Language, Caller.Process, cancellationToken);
        Response.Headers.CacheControl = "private, no-cache";
        Response.Headers.ETag = tag;
        Response.Headers.Vary = "Authorization";
        return Request.Headers.IfNoneMatch.Contains(tag) ? StatusCode(StatusCodes.Status304NotModified) : File(body, "application/json; charset=utf-8");
    }

    /// <summary>The choices of one input, asked for anew.</summary>
    [HttpPost("descriptors/activities/{type}/options/{property}")]
    public async Task<IActionResult> Options(string type, string property, CancellationToken cancellationToken) =>
        Answer(new JsonObject { ["items"] = await activities.OptionsAsync(type, property, Caller.Language, Caller.Process, cancellationToken) ?? [] });

    [HttpGet("descriptors/expression-descriptors")]
    public IActionResult Expressions() => List(FixedDescriptors.Expressions(Caller.Language));

    [HttpGet("descriptors/workflow-activation-strategies")]
    public IActionResult ActivationStrategies() => List(FixedDescriptors.ActivationStrategies(Caller.Language));

    [HttpGet("descriptors/incident-strategies")]
    public IActionResult IncidentStrategies() => List(FixedDescriptors.IncidentStrategies(Caller.Language));

    [HttpGet("descriptors/storage-drivers")]
    public IActionResult StorageDrivers() => List(FixedDescriptors.StorageDrivers(Caller.Language));

    [HttpGet("descriptors/variables")]
    public IActionResult Variables() => List(FixedDescriptors.VariableTypes(Caller.Language));

    // the whole history is kept and every burst is one commit: there is nothing to choose
    [HttpGet("descriptors/log-persistence-strategies"), HttpGet("descriptors/commit-strategies/workflows"), HttpGet("descriptors/commit-strategies/activities"),
        HttpGet("descriptors/output-converters"), HttpGet("features/installed")]
    public IActionResult None() => List([]);

    [HttpPost("scripting/javascript/type-definitions/{definitionId}")]
    public async Task<IActionResult> ScriptDeclarations(string definitionId, CancellationToken cancellationToken)
    {
        var found = await definitions.FindAsync(definitionId, "Latest", cancellationToken);
        return Content(ScriptTypes.For(found is null ? null : DefinitionAnswers.File(found)), "application/x-typescript; charset=utf-8");
    }
}
