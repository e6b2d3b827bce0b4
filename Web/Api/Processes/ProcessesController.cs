using System.Text.Json;
using System.Text.Json.Nodes;
using CaseManagement.Domain;
using CaseManagement.Domain.Packs;
using CaseManagement.Web.Api.Access;
using CaseManagement.Web.Api.Bodies;
using CaseManagement.Web.Api.Problems;
using CaseManagement.Web.Auditing;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Settings;
using CaseManagement.Workflows.Cases;
using CaseManagement.Workflows.Simulation;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Api.Processes;

/// <summary>Processes: their versions, brought in, checked, published, withdrawn.</summary>
[Route("api/v1/processes"), Tags("Processes")]
[ProducesResponseType<ProblemDetails>(StatusCodes.Status404NotFound)]
public sealed class ProcessesController(CaseManagementDbContext db, ProcessInstaller installer, PackUpload upload, RequestOnce once, ReadLog reads) : ApiController
{
    private string Language => ApiLanguage.Of(HttpContext);

    /// <summary>All processes.</summary>
    [HttpGet, ApiAccess(ApiScopes.ProcessesRead, ApiRoles.Anyone)]
    [ProducesResponseType<Listed<ProcessSummary>>(StatusCodes.Status200OK)]
    public async Task<IActionResult> List([FromQuery] PageRequest paging, CancellationToken cancellationToken)
    {
        var keys = db.ProcessVersions.Select(p => p.ProcessKey).Distinct();
        var total = await keys.CountAsync(cancellationToken);
        var items = new List<ProcessSummary>();
        foreach (var key in await keys.OrderBy(k => k).Skip(paging.Before).Take(paging.PageSize).ToListAsync(cancellationToken))
        {
            items.Add(SummaryOf(await VersionsAsync(key, cancellationToken)));
        }

        return JsonAnswers.Json(new Listed<ProcessSummary>(items, total));
    }

    /// <summary>One process.</summary>
    [HttpGet("{key}"), ApiAccess(ApiScopes.ProcessesRead, ApiRoles.Anyone)]
    [ProducesResponseType<ProcessSummary>(StatusCodes.Status200OK)]
    public async Task<IActionResult> Get(string key, CancellationToken cancellationToken) =>
        JsonAnswers.Json(SummaryOf(await VersionsAsync(key, cancellationToken)));

    /// <summary>All versions of a process, the newest first.</summary>
    [HttpGet("{key}/versions"), ApiAccess(ApiScopes.ProcessesRead, ApiRoles.Anyone)]
    [ProducesResponseType<Listed<ProcessVersionAnswer>>(StatusCodes.Status200OK)]
    public async Task<IActionResult> Versions(string key, [FromQuery] PageRequest paging, CancellationToken cancellationToken)
    {
        var versions = await VersionsAsync(key, cancellationToken);
        return JsonAnswers.Json(new Listed<ProcessVersionAnswer>(
            [.. versions.Skip(paging.Before).Take(paging.PageSize).Select(ProcessVersionAnswer.Of)], versions.Count));
    }

    /// <summary>Brings a process in as a new version, the draft (an earlier draft is kept and is none any more): a pack as zip (body or form), as JSON, or one Elsa definition of a known process.</summary>
    [HttpPost("import"), ApiAccess(ApiScopes.ProcessesWrite, ApiRoles.ProcessOwner)]
    [RequestSizeLimit(PackFiles.MaxZipBytes)]
    [ProducesResponseType<ImportAnswer>(StatusCodes.Status201Created), ProducesResponseType<ProblemDetails>(StatusCodes.Status400BadRequest)]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status409Conflict)]
    public async Task<IActionResult> Import(CancellationToken cancellationToken)
    {
        var files = await upload.ReadAsync(HttpContext, cancellationToken);
        return JsonAnswers.Json(await once.RunApartAsync(HttpContext, async () =>
        {
            var imported = await installer.ImportAsync(files, null, Caller.Performer.Actor, cancellationToken);
            return imported.Version is { } version
                ? FirstAnswer.Of(StatusCodes.Status201Created, new ImportAnswer(imported.Key, version, Shown(imported.Findings), imported.Supersedes))
                : throw (imported.Key.Length == 0 ? Unreadable(imported.Findings) : Taken(imported.Findings));
        }));
    }

    /// <summary>A version's pack as zip: the published one unless another is named, the newest when none is published.</summary>
    [HttpGet("{key}/export"), ApiAccess(ApiScopes.ProcessesRead, ApiRoles.Anyone)]
    [Produces("application/zip", "application/problem+json")]
    [ProducesResponseType(StatusCodes.Status200OK)]
    public async Task<IActionResult> Export(string key, [FromQuery] int? version, CancellationToken cancellationToken)
    {
        var versions = await VersionsAsync(key, cancellationToken);
        var wanted = version is null ? Published(versions) ?? versions[0] : Find(versions, version);
        await reads.ChainedAsync(ReadLog.ProcessExported, Caller.Performer.Actor, new JsonObject { ["process"] = key, ["version"] = wanted.Version }, cancellationToken);
        return File(PackFiles.WriteZip(StoredConfigurations.FilesOf(wanted.PackJson)), "application/zip", $"{key}-{wanted.Version}.zip");
    }

    /// <summary>Checks a version, and tells what it would give away over the one in use.</summary>
    [HttpPost("{key}/validate"), ApiAccess(ApiScopes.ProcessesWrite, ApiRoles.ProcessOwner)]
    [ProducesResponseType<ValidateAnswer>(StatusCodes.Status200OK)]
    public async Task<IActionResult> Validate(
        string key, [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] VersionRequest? request, CancellationToken cancellationToken)
    {
        var versions = await VersionsAsync(key, cancellationToken);
        var stored = Find(versions, request?.Version);
        var read = PackReader.Read(StoredConfigurations.FilesOf(stored.PackJson));
        IReadOnlyList<Finding> findings = read.Pack is { } pack ? [.. read.Findings, .. ProcessInstaller.Check(pack)] : read.Findings;
        await reads.ChainedAsync(
            ReadLog.ProcessValidated, Caller.Performer.Actor,
            new JsonObject { ["process"] = key, ["version"] = stored.Version, ["findings"] = findings.Count, ["errors"] = findings.Count(f => f.Severity == FindingSeverity.Error) }, cancellationToken);
        return JsonAnswers.Json(new ValidateAnswer(
            key, stored.Version, Shown(findings),
            read.Pack is { } whole ? GivesAwayAnswer.Of(PublishReview.Powers(versions, stored, whole), Language) : null));
    }

    /// <summary>
    /// New cases start on this version from now on; running ones stay on theirs. What it gives away over the version in use must be confirmed:
    /// else 409 <c>process-gives-away</c> tells it with the digest to send.
    /// </summary>
    [HttpPost("{key}/publish"), ApiAccess(ApiScopes.ProcessesPublish, ApiRoles.ProcessOwner)]
    [ProducesResponseType<ProcessVersionAnswer>(StatusCodes.Status200OK), ProducesResponseType<ProblemDetails>(StatusCodes.Status409Conflict)]
    public async Task<IActionResult> Publish(
        string key, [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] PublishRequest? request, CancellationToken cancellationToken)
    {
        await ApiProof.RequireAsync(HttpContext, Caller);
        var version = Find(await VersionsAsync(key, cancellationToken), request?.Version).Version;
        return JsonAnswers.Json(await once.RunApartAsync(HttpContext, async () =>
        {
            try
            {
                await installer.PublishAsync(key, version, request?.Note, Caller.Performer.Actor, request?.Confirms, cancellationToken);
            }
            catch (PowersNotConfirmedException refused)
            {
                throw GivesAway(refused);
            }

            return FirstAnswer.Of(StatusCodes.Status200OK, ProcessVersionAnswer.Of(Find(await VersionsAsync(key, cancellationToken), version)));
        }));
    }

    /// <summary>No new cases start on the process; running ones go on.</summary>
    [HttpPost("{key}/retract"), ApiAccess(ApiScopes.ProcessesPublish, ApiRoles.ProcessOwner)]
    [ProducesResponseType<ProcessSummary>(StatusCodes.Status200OK), ProducesResponseType<ProblemDetails>(StatusCodes.Status409Conflict)]
    public async Task<IActionResult> Retract(string key, CancellationToken cancellationToken)
    {
        _ = await VersionsAsync(key, cancellationToken);
        return JsonAnswers.Json(await once.RunApartAsync(HttpContext, async () =>
        {
            await installer.RetractAsync(key, Caller.Performer.Actor, cancellationToken);
            return FirstAnswer.Of(StatusCodes.Status200OK, SummaryOf(await VersionsAsync(key, cancellationToken)));
        }));
    }

    private async Task<List<ProcessVersion>> VersionsAsync(string key, CancellationToken cancellationToken)
    {
        var versions = await db.ProcessVersions.AsNoTracking().Where(p => p.ProcessKey == key).OrderByDescending(p => p.Version).ToListAsync(cancellationToken);
        RuleViolationException.ThrowUnless(versions.Count > 0, CaseRuntime.NoProcess);
        return versions;
    }

    private static ProcessVersion Find(List<ProcessVersion> versions, int? version) =>
        (version is null ? versions[0] : versions.Find(v => v.Version == version)) ?? throw new RuleViolationException(ProcessInstaller.VersionUnknown);

    private static ProcessVersion? Published(List<ProcessVersion> versions) => versions.Find(v => v.State == ProcessVersionState.Published);

    private ProcessSummary SummaryOf(List<ProcessVersion> versions)
    {
        var shown = Published(versions) ?? versions[0];
        var identity = PackReader.Read(StoredConfigurations.FilesOf(shown.PackJson)).Pack?.Identity;
        return new ProcessSummary(
            shown.ProcessKey, identity?.Name.In(Language) ?? shown.ProcessKey, Published(versions)?.Version, versions[0].Version,
            [.. (identity?.Kinds ?? []).Select(k => k.Kind)], [.. (identity?.Channels ?? []).Select(c => c.Key)]);
    }

    private List<FindingAnswer> Shown(IEnumerable<Finding> findings) => [.. findings.Select(f => FindingAnswer.Of(f, Language))];

    private ApiProblemException GivesAway(PowersNotConfirmedException refused) =>
        new(new ApiProblem(
            StatusCodes.Status409Conflict, PowersNotConfirmedException.Code,
            "This version gives something away that the one in use does not. Read givesAway and publish with its digest as confirms.")
        {
            Extensions = new JsonObject { ["givesAway"] = JsonSerializer.SerializeToNode(GivesAwayAnswer.Of(refused.Powers, Language), ApiJson.Options) },
        });

    private ApiProblemException Taken(IReadOnlyList<Finding> findings) =>
        new(new ApiProblem(StatusCodes.Status409Conflict, FindingCodes.WorkflowTaken, "A workflow of the pack has an id that something else has; see findings. Nothing was stored.")
        {
            Extensions = new JsonObject { ["findings"] = JsonSerializer.SerializeToNode(Shown(findings), ApiJson.Options) },
        });

    private ApiProblemException Unreadable(IReadOnlyList<Finding> findings) =>
        new(new ApiProblem(StatusCodes.Status400BadRequest, "pack-unreadable", "The pack cannot be read; see findings. Nothing was stored.")
        {
            Extensions = new JsonObject { ["findings"] = JsonSerializer.SerializeToNode(Shown(findings), ApiJson.Options) },
        });
}
