using System.Globalization;
using System.Security.Claims;
using CaseManagement.Domain;
using CaseManagement.Domain.Complaints;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Processes;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Settings;
using CaseManagement.Workflows.CaseActivities;
using CaseManagement.Workflows.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Moves;

/// <summary>Migrations of the cases in the database.</summary>
internal sealed class StoredMoves(
    IDbContextFactory<CaseManagementDbContext> contexts, ProcessMigration migration, PackReviews reviews, CaseAccess access, People people,
    RefusalWords refusals, IStringLocalizer<MovesText> text) : IMovePages
{
    private static string Language => CultureInfo.CurrentUICulture.Name;

    public async Task<MovePage?> GetAsync(string key, MoveForm form, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await OwnerAsync(user, cancellationToken) is null ? null : (await PageAsync(key, form, cancellationToken)).Page;

    public async Task<MovePage?> RunAsync(string key, MoveForm form, bool dryRun, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await OwnerAsync(user, cancellationToken) is not { } owner)
        {
            return null;
        }

        var (page, outline) = await PageAsync(key, form, cancellationToken);
        if (page is not { Ready: true } || outline is null)
        {
            return page;
        }

        var reason = form.Reason?.Trim() ?? "";
        var wrong = dryRun ? null : WrongWith(reason);
        var order = new MigrationOrder(key, form.From!.Value, form.To!.Value, form.Map, dryRun ? "" : reason);
        var batch = await migration.RunAsync(order, dryRun || wrong is not null, form.After, ProcessMigration.LargestBatch, owner.AsPerformer(), cancellationToken);
        var table = await TableAsync(batch, dryRun || wrong is not null, owner, cancellationToken);
        var (shown, _) = dryRun || wrong is not null ? (page, outline) : await PageAsync(key, form, cancellationToken);
        return shown! with { Table = table, ReasonError = wrong };
    }

    private async Task<(MovePage? Page, MigrationOutline? Outline)> PageAsync(string key, MoveForm form, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var versions = await db.ProcessVersions.Where(p => p.ProcessKey == key).OrderByDescending(p => p.Version)
            .Select(p => new VersionChoice(p.Version, p.State, db.Cases.Count(c => c.Process == key && c.ProcessVersion == p.Version && c.Status == CaseStatus.Open)))
            .ToListAsync(cancellationToken);
        if (versions.Count == 0)
        {
            return (null, null);
        }

        var published = versions.Find(v => v.State == ProcessVersionState.Published) ?? versions[0];
        var review = await reviews.GetAsync(key, published.Version, published.State, cancellationToken);
        var chosen = form with
        {
            From = form.From ?? versions.Find(v => v.Open > 0 && v.Version != published.Version)?.Version,
            To = form.To ?? (published.State == ProcessVersionState.Published ? published.Version : null),
        };
        var page = new MovePage
        {
            Key = key,
            Name = review.Pack?.Identity.Name.In(Language) ?? key,
            Zone = review.Pack?.Identity.Zone ?? "UTC",
            Form = chosen,
            Froms = [.. versions.Where(v => v.Open > 0 || v.Version == chosen.From).Select(v => new Choice(Value(v.Version), text["VersionWithCases", v.Version, v.Open]))],
            Tos = [.. versions.Where(v => v.State is ProcessVersionState.Published or ProcessVersionState.Retracted || v.Version == chosen.To)
                .Select(v => new Choice(Value(v.Version), v.State == ProcessVersionState.Published ? text["VersionPublished", v.Version] : text["Version", v.Version]))],
        };
        if (chosen is not { From: { } from, To: { } to })
        {
            return (page, null);
        }

        try
        {
            var outline = await migration.OutlineAsync(new MigrationOrder(key, from, to, form.Map, ""), cancellationToken);
            return (page with { Ready = true, Cases = outline.Cases, Steps = StepsOf(outline, form.Map) }, outline);
        }
        catch (RuleViolationException violation)
        {
            return (page with { Note = new Note(NoteKind.Late, Say(violation.Rule)) }, null);
        }
        catch (InvalidInputException)
        {
            return (page with { Note = new Note(NoteKind.Late, text["MapWrong"]) }, null);
        }
    }

    private string Say(Rule rule) =>
        rule == ProcessMigration.SameVersion ? text["SameVersion"]
        : rule == ProcessMigration.ToDraft ? text["ToDraft"]
        : rule == ProcessMigration.MapTooLarge ? text["MapWrong"]
        : text["VersionUnknown"];

    // a step somebody has named a counterpart for stays in the list, so that it can be named otherwise
    private List<UnmappedStep> StepsOf(MigrationOutline outline, IReadOnlyDictionary<string, string> map) => [.. outline.Workflows.SelectMany(workflow =>
        workflow.Map.From.Nodes.Where(n => n.Parent is not null && (workflow.Map.Forth(n) is null || map.ContainsKey(n.Id))).Select(node => new UnmappedStep(
            node.Id,
            ShapeTexts.Of(node).In(Language),
            workflow.Workflow,
            [
                new Choice("", text["NoCounterpart"]),
                .. workflow.Candidates(node).Concat(workflow.Map.To.Nodes.Where(n => map.GetValueOrDefault(node.Id) == n.Id))
                    .Select(n => new Choice(n.Id, ShapeTexts.Of(n).In(Language))),
            ],
            map.GetValueOrDefault(node.Id, ""))))];

    private async Task<MoveTable> TableAsync(MigrationBatch batch, bool dryRun, Person reader, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var ids = batch.Results.Select(r => r.Complaint).ToList();
        var seen = await (await access.ScopeAsync(db, reader, cancellationToken)).Visible(db)
            .Where(c => ids.Contains(c.Id)).Select(c => c.Id).ToHashSetAsync(cancellationToken);
        return new MoveTable(
            dryRun,
            [.. batch.Results.Where(r => seen.Contains(r.Complaint)).Select(r => new MoveRow(
                r.Complaint, r.Number, State(r.End, dryRun), Words(r, batch.Outline),
                [.. r.Clocks.Where(c => c.OldDueAt != c.NewDueAt).Select(c => new ClockMove(batch.Outline.ClockName(c.Clock).In(Language), c.OldDueAt, c.NewDueAt))]))],
            [.. UnseenCases.Of(batch.Results.Where(r => !seen.Contains(r.Complaint))).Select(u => new UnseenRow(
                State(u.End, dryRun),
                u.Code is null ? null : refusals.Say(new(u.Code, u.Shape, ""), batch.Outline, Language),
                u.Count))],
            batch.Left,
            batch.Next);
    }

    private List<string> Words(CaseMigration result, MigrationOutline outline)
    {
        var words = result.Refusals.Select(r => refusals.Say(r, outline, Language)).ToList();
        if (result.PassedOver.Count > 0)
        {
            words.Add(text["PassedOver", string.Join(text["Separator"], result.PassedOver.Select(s => outline.NameOf(s)?.In(Language) ?? s))]);
        }

        if (result.DroppedVariables.Count > 0)
        {
            words.Add(text["DroppedVariables", string.Join(text["Separator"], result.DroppedVariables)]);
        }

        return words;
    }

    private StateMark State(MigrationEnd end, bool dryRun) => end switch
    {
        MigrationEnd.Moved => new(StateShape.Done, dryRun ? text["WouldMove"] : text["Moved"]),
        MigrationEnd.AlreadyThere => new(StateShape.Ended, text["AlreadyThere"]),
        MigrationEnd.Refused => new(StateShape.Problem, dryRun ? text["CannotMove"] : text["NotMoved"]),
    };

    private async ValueTask<Person?> OwnerAsync(ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await people.OfAsync(user, cancellationToken) is { } person && person.Is(SystemRoles.ProcessOwner) ? person : null;

    private string? WrongWith(string reason) => reason.Length switch
    {
        0 => text["ReasonMissing"].Value,
        > ProcessMigration.LongestReason => text["ReasonTooLong", ProcessMigration.LongestReason].Value,
        _ => null,
    };

    private static string Value(int version) => version.ToString(CultureInfo.InvariantCulture);
}
