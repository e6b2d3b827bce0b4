using System.Security.Claims;
using CaseManagement.Domain.Packs;
using CaseManagement.Web.Designer;
using CaseManagement.Web.Features.Diagrams;
using CaseManagement.Web.Features.Processes;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Settings;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Designer;

/// <summary>The designer's surroundings as the database has them.</summary>
internal sealed class StoredDesigner(
    IDbContextFactory<CaseManagementDbContext> contexts, PackReviews reviews, People people, IStringLocalizer<DesignerText> text,
    IStringLocalizer<ProcessesText> processText) : IDesignerPages
{
    private readonly ProcessWords _words = new(processText);

    public async Task<DesignerBar?> BarAsync(DesignerPlace place, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var right = DesignerRealm.RightOf(await people.OfAsync(user, cancellationToken));
        if (right == DesignerRight.None)
        {
            return null;
        }

        var bar = new DesignerBar
        {
            Place = place,
            MayWrite = right == DesignerRight.Write,
            Title = place.View switch
            {
                DesignerView.Definitions => text["AllDefinitions"],
                DesignerView.Definition => text["Definition"],
                DesignerView.Instances => text["AllInstances"],
                DesignerView.Instance => text["Instance"],
            },
        };
        if (place.Definition is not { Length: > 0 } id)
        {
            return bar;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var shown = await db.WorkflowDefinitions.AsNoTracking()
            .Where(d => d.DefinitionId == id && (place.Version == null ? d.IsLatest : d.Version == place.Version))
            .OrderByDescending(d => d.Version).FirstOrDefaultAsync(cancellationToken);

        // somebody looks at a definition that is not there: Studio says so; our page has no bar to show for it
        if (shown is null)
        {
            return place.View == DesignerView.Definition ? null : bar;
        }

        return shown is { ProcessKey: { } key, ProcessVersion: { } version }
            ? await OfProcessAsync(bar, db, shown, key, version, cancellationToken)
            : bar with
            {
                Title = text["NameAndVersion", shown.Name, shown.Version],
                State = _words.State(shown.IsPublished ? ProcessVersionState.Published : ProcessVersionState.Draft),
                Outline = WorkflowDiagram.Of(shown.Json, shown.Name, ProcessWords.Language),
            };
    }

    public async Task<DesignerProcess?> ProcessAsync(string key, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (DesignerRealm.RightOf(await people.OfAsync(user, cancellationToken)) == DesignerRight.None)
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var latest = await db.ProcessVersions.AsNoTracking().Where(p => p.ProcessKey == key).OrderByDescending(p => p.Version)
            .Select(p => new { p.Version, p.State }).FirstOrDefaultAsync(cancellationToken);
        if (latest is null)
        {
            return null;
        }

        var pack = (await reviews.GetAsync(key, latest.Version, latest.State, cancellationToken)).Pack;
        var definitions = await db.WorkflowDefinitions.AsNoTracking().Where(d => d.ProcessKey == key && d.ProcessVersion == latest.Version)
            .OrderBy(d => d.DefinitionId).Select(d => new { d.DefinitionId, d.Name, d.Json }).ToListAsync(cancellationToken);
        var workflows = definitions.Select(d => new DesignerWorkflow(
            d.DefinitionId,
            d.Name,
            pack is null ? "" : string.Join(processText["Separator"], pack.Identity.Kinds.Where(k => k.Workflow == d.DefinitionId).Select(k => _words.Kind(k.Kind))),
            OutlineOf(pack, d.DefinitionId, d.Json, d.Name)));
        return new DesignerProcess(
            key, NameOf(pack, key), latest.Version, _words.State(latest.State), [.. workflows.OrderBy(w => w.Use.Length == 0)], DesignerRealm.RightOf(await people.OfAsync(user, cancellationToken)) == DesignerRight.Write);
    }

    private async Task<DesignerBar> OfProcessAsync(
        DesignerBar bar, CaseManagementDbContext db, WorkflowDefinitionVersion shown, string key, int version, CancellationToken cancellationToken)
    {
        var state = await db.ProcessVersions.Where(p => p.ProcessKey == key && p.Version == version).Select(p => p.State).SingleAsync(cancellationToken);
        var review = await reviews.GetAsync(key, version, state, cancellationToken);
        var page = $"/processes/{Uri.EscapeDataString(key)}";
        var draws = bar.MayWrite && bar.Place.View == DesignerView.Definition;
        return bar with
        {
            Title = text["NameAndVersion", shown.Name, shown.Version],
            State = _words.State(state),
            ProcessName = NameOf(review.Pack, key),
            ProcessHref = $"{page}?version={version}",
            FindingsHref = $"{page}?version={version}&tab={ProcessView.FindingsTab}",
            Findings = review.MustFix + review.ToReview,
            SimulateHref = draws ? $"{page}/simulation?version={version}" : null,
            PublishHref = draws && state != ProcessVersionState.Published ? $"{page}?version={version}#publish" : null,
            StepsHref = draws && shown.IsLatest ? ProcessLinks.Steps(key, shown.DefinitionId) : null,
            Outline = OutlineOf(review.Pack, shown.DefinitionId, shown.Json, shown.Name),
        };
    }

    private static Diagram OutlineOf(ProcessPack? pack, string definitionId, string json, string name) => pack is not null && pack.Workflows.ContainsKey(definitionId)
        ? WorkflowDiagram.Of(pack, definitionId, name, ProcessWords.Language)
        : WorkflowDiagram.Of(json, name, ProcessWords.Language);

    private static string NameOf(ProcessPack? pack, string key) => pack?.Identity.Name.In(ProcessWords.Language) ?? key;
}
