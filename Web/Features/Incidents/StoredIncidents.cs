using System.Security.Claims;
using CaseManagement.Domain;
using CaseManagement.Web.Designer;
using CaseManagement.Web.Elsa.Instances;
using CaseManagement.Web.Features.Diagrams;
using CaseManagement.Web.Features.Processes;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Settings;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Incidents;

/// <summary>Failed steps as the database has them.</summary>
internal sealed class StoredIncidents(
    IDbContextFactory<CaseManagementDbContext> contexts, OpenIncidents incidents, IncidentRetry retry, InstanceAccess access, PackReviews reviews,
    People people, RuleTexts rules, IStringLocalizer<IncidentsText> text) : IIncidentPages
{
    public async Task<IncidentList?> ListAsync(ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await people.OfAsync(user, cancellationToken) is not { } person)
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (!InstanceAccess.SeesOutlines(person) && !(await access.ScopeAsync(db, person, cancellationToken)).HasCases)
        {
            return null;
        }

        return new IncidentList(await LinesAsync(db, await incidents.ReadAsync(db, person, null, cancellationToken), cancellationToken));
    }

    public async Task<IncidentPage?> GetAsync(Guid instance, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await people.OfAsync(user, cancellationToken) is not { } person)
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await incidents.ReadAsync(db, person, instance, cancellationToken) is not [var one, ..] failed)
        {
            return null;
        }

        var ran = await RanAsync(db, one, cancellationToken);
        var steps = failed.Select(f => f.Step).ToHashSet(StringComparer.Ordinal);
        return new IncidentPage
        {
            Instance = instance,
            Failed = await LinesAsync(db, failed, cancellationToken),
            Diagram = ran.Diagram with
            {
                Nodes = [.. ran.Diagram.Nodes.Select(n => steps.Contains(n.Id) ? n with { Look = NodeLook.Failed, Here = n.Id == one.Step } : n)],
            },
            Links = [.. Links(person, one, ran.Process)],
            MayRetry = one.MayRetry,
        };
    }

    public async Task<ActionAnswer> RetryAsync(Guid instance, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await people.OfAsync(user, cancellationToken) is not { } person)
        {
            return ActionAnswer.NotFound;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await incidents.ReadAsync(db, person, instance, cancellationToken) is not [{ MayRetry: true } one, ..])
        {
            return ActionAnswer.NotFound;
        }

        try
        {
            await retry.RunAsync(one, person.AsPerformer(), cancellationToken);
            return (await incidents.ReadAsync(db, person, instance, cancellationToken)).Count == 0 ? ActionAnswer.Done : ActionAnswer.Refused(text["FailedAgain"]);
        }
        catch (RuleViolationException refused)
        {
            return ActionAnswer.Refused(rules.Say(refused.Rule.Code));
        }
    }

    private async Task<List<IncidentLine>> LinesAsync(CaseManagementDbContext db, IReadOnlyList<OpenIncident> open, CancellationToken cancellationToken)
    {
        var seen = open.Where(o => o.SeesCase).Select(o => o.Complaint!.Value).ToList();
        var numbers = await db.Cases.AsNoTracking().Where(c => seen.Contains(c.Id)).Select(c => new { c.Id, c.Number }).ToDictionaryAsync(c => c.Id, c => c.Number, cancellationToken);
        var versions = new Dictionary<string, Ran>(StringComparer.Ordinal);
        var lines = new List<IncidentLine>();
        foreach (var one in open)
        {
            if (!versions.TryGetValue(one.Instance.DefinitionVersionId, out var ran))
            {
                versions[one.Instance.DefinitionVersionId] = ran = await RanAsync(db, one, cancellationToken);
            }

            lines.Add(new IncidentLine(
                one.Instance.Id, ran.NameOf(one.Step), text["VersionOf", ran.Name, one.Instance.DefinitionVersion], ran.Zone, one.Incident.At,
                IncidentCauses.Of(one.Incident.ExceptionType).In(PackWords.Language), one.Incident.Message,
                one.SeesCase ? numbers.GetValueOrDefault(one.Complaint!.Value) : null));
        }

        return lines;
    }

    // what an instance runs, in words and as a drawing
    private async Task<Ran> RanAsync(CaseManagementDbContext db, OpenIncident one, CancellationToken cancellationToken)
    {
        var id = one.Instance.DefinitionVersionId;
        var definition = await db.WorkflowDefinitions.AsNoTracking().SingleOrDefaultAsync(d => d.Id == id, cancellationToken);
        var state = await db.ProcessVersions.Where(p => definition != null && p.ProcessKey == definition.ProcessKey && p.Version == definition.ProcessVersion)
            .Select(p => (ProcessVersionState?)p.State).SingleOrDefaultAsync(cancellationToken);
        var pack = state is { } stored ? (await reviews.GetAsync(definition!.ProcessKey!, definition.ProcessVersion!.Value, stored, cancellationToken)).Pack : null;
        var name = pack?.Identity.Name.In(PackWords.Language) ?? definition?.Name ?? one.Instance.DefinitionId;
        var diagram = pack is not null
            ? WorkflowDiagram.Of(pack, one.Instance.DefinitionId, name, PackWords.Language)
            : WorkflowDiagram.Of(definition?.Json ?? "", name, PackWords.Language);
        return new Ran(definition?.ProcessKey, name, pack?.Identity.Zone ?? "UTC", diagram);
    }

    private IEnumerable<Choice> Links(Person person, OpenIncident one, string? process)
    {
        if (one.SeesCase)
        {
            yield return new Choice($"/cases/{one.Complaint}#diagram", text["ToCase"]);
        }

        if (DesignerRealm.RightOf(person) != DesignerRight.None)
        {
            yield return new Choice(ProcessLinks.Designer(process ?? "", one.Instance.DefinitionId, one.Step), text["ToDesigner"]);
            yield return new Choice($"{StudioFiles.Base}/instances/{one.Instance.Id}", text["ToInstance"]);
        }

        if (process is not null && person.Is(SystemRoles.ProcessOwner))
        {
            yield return new Choice(ProcessLinks.Migrate(process), text["ToMove"]);
        }
    }

    private sealed record Ran(string? Process, string Name, string Zone, Diagram Diagram)
    {
        public string NameOf(string step) => Diagram.Nodes.FirstOrDefault(n => n.Id == step)?.Title ?? step;
    }
}
