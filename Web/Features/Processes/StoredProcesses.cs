using System.Security.Claims;
using CaseManagement.Domain;
using CaseManagement.Domain.Complaints;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Designer;
using CaseManagement.Web.Features.Diagrams;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Settings;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Processes;

/// <summary>Processes as the database has them.</summary>
internal sealed class StoredProcesses(
    IDbContextFactory<CaseManagementDbContext> contexts, PackReviews reviews, ProcessInstaller installer, People people, DateWords dates,
    IStringLocalizer<ProcessesText> text) : IProcessPages
{
    private const int LongestNote = 1_000;

    private readonly ProcessWords _words = new(text);

    public async Task<ProcessList> ListAsync(ProcessFilter filter, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var versions = await VersionsAsync(db.ProcessVersions, cancellationToken);
        var open = await db.Cases.Where(c => c.Status == CaseStatus.Open).GroupBy(c => c.Process)
            .Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
        var all = new List<(ProcessCard Card, string Sector)>();
        foreach (var process in versions.GroupBy(version => version.ProcessKey, StringComparer.Ordinal))
        {
            var (shown, draft) = Shown(process);
            var review = await reviews.GetAsync(shown.ProcessKey, shown.Version, shown.State, cancellationToken);
            var card = await CardAsync(db, shown, draft, review, open.GetValueOrDefault(process.Key), cancellationToken);
            all.Add((card, review.Pack?.Identity.OrganisationKind ?? ""));
        }

        var cards = all.Where(one => (filter.Sector is null or "" || one.Sector == filter.Sector) && Matches(one.Card, filter.Q)).Select(one => one.Card);
        return new ProcessList(
            filter,
            all.Count,
            [new Choice("", text["AllSectors"], all.Count), .. all.Where(one => one.Sector.Length > 0).CountBy(one => one.Sector).OrderBy(one => one.Key, StringComparer.CurrentCulture)
                .Select(one => new Choice(one.Key, one.Key, one.Value))],
            [.. cards.OrderBy(card => card.Name, StringComparer.CurrentCulture)])
        {
            ImportHref = await IsOwnerAsync(user, cancellationToken) ? "/processes/import" : null,
        };
    }

    public async Task<ProcessPage?> GetAsync(string key, int? version, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var versions = await VersionsAsync(db.ProcessVersions.Where(p => p.ProcessKey == key), cancellationToken);
        var shown = version is null && versions.Count > 0 ? Shown(versions).Shown : versions.Find(one => one.Version == version);
        if (shown is null)
        {
            return null;
        }

        var open = await db.Cases.Where(c => c.Status == CaseStatus.Open && c.Process == key).GroupBy(c => c.ProcessVersion)
            .Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
        var review = await reviews.GetAsync(key, shown.Version, shown.State, cancellationToken);
        var lines = new List<VersionLine>();
        foreach (var one in versions.OrderByDescending(one => one.Version))
        {
            var by = _words.Person(one.CreatedBy, (await people.FindAsync(one.CreatedBy, cancellationToken))?.Name);
            lines.Add(new VersionLine(
                one.Version, _words.State(one.State), string.IsNullOrWhiteSpace(one.Note) ? by : text["ByWithNote", by, one.Note],
                one.PublishedAt ?? one.CreatedAt, open.GetValueOrDefault(one.Version)));
        }

        var person = await people.OfAsync(user, cancellationToken);
        return PageOf(shown, review, lines, person?.Is(SystemRoles.ProcessOwner) == true) with
        {
            DesignerHref = DesignerRealm.RightOf(person) == DesignerRight.None ? null : $"{StudioFiles.Base}/processes/{Uri.EscapeDataString(key)}",
        };
    }

    public async Task<ActionAnswer> PublishAsync(string key, int version, FormAnswers answers, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await people.OfAsync(user, cancellationToken) is not { } person || !person.Is(SystemRoles.ProcessOwner))
        {
            return ActionAnswer.NotFound;
        }

        var note = answers.Values.GetValueOrDefault("note") is [var typed, ..] ? typed.Trim() : "";
        if (note.Length is 0 or > LongestNote)
        {
            return ActionAnswer.Invalid(null, new Dictionary<string, string> { ["note"] = note.Length == 0 ? text["NoteMissing"] : text["NoteTooLong", LongestNote] });
        }

        try
        {
            await installer.PublishAsync(key, version, note, person.AsPerformer().Actor, cancellationToken);
            return ActionAnswer.Done;
        }
        catch (RuleViolationException violation) when (violation.Rule == ProcessInstaller.VersionUnknown)
        {
            return ActionAnswer.NotFound;
        }
        catch (RuleViolationException violation) when (violation.Rule == ProcessInstaller.HasFindings)
        {
            return ActionAnswer.Refused(text["PublishRefused"]);
        }
    }

    private ProcessPage PageOf(VersionRow shown, PackReview review, List<VersionLine> lines, bool isOwner)
    {
        var language = ProcessWords.Language;
        var (key, pack) = (shown.ProcessKey, review.Pack);
        return new ProcessPage
        {
            Key = key,
            Name = pack?.Identity.Name.In(language) ?? key,
            Remark = pack is null ? "" : text["RemarkOf", _words.Kinds(pack), pack.Identity.PolicyTitle.In(language)],
            State = _words.State(shown.State),
            Version = shown.Version,
            Zone = pack?.Identity.Zone ?? "UTC",
            Versions = lines,
            Diagrams = pack is null ? [] : [.. pack.Identity.Kinds.Select(kind => WorkflowDiagram.Of(pack, kind.Workflow, _words.Kind(kind.Kind), language))],
            Findings = [.. review.Findings.Select(_words.Finding)],
            Clauses = pack is null ? [] : [.. pack.Identity.Clauses.Select(clause => new ClauseLine(
                clause.Id,
                clause.Text.In(language),
                review.Citations.Contains(clause.Id)
                    ? string.Join(text["Separator"], review.Citations[clause.Id].Select(one => one.Name.In(language)).Distinct(StringComparer.Ordinal))
                    : null))],
            ExportHref = isOwner ? Href(shown, "export") : null,
            LimitsHref = shown.State == ProcessVersionState.Published ? $"/limits/{Uri.EscapeDataString(key)}" : null,
            MigrateHref = isOwner && lines.Count > 1 && lines.Exists(line => line.Open > 0) ? $"/processes/{Uri.EscapeDataString(key)}/migrate" : null,
            RetractHref = isOwner && shown.State == ProcessVersionState.Published ? Href(shown, "retract") : null,
            Publish = isOwner && shown.State != ProcessVersionState.Published
                ? new FormPage { Id = "publish", Fields = [new FormField { Key = "note", Label = text["PublishNote"], Type = FieldType.Multiline, Required = true }] }
                : null,
        };
    }

    private async Task<ProcessCard> CardAsync(
        CaseManagementDbContext db, VersionRow shown, VersionRow? draft, PackReview review, int open, CancellationToken cancellationToken)
    {
        var last = await db.ConfigurationEvents.AsNoTracking().Where(e => e.Stream == $"process:{shown.ProcessKey}").OrderByDescending(e => e.Sequence)
            .Select(e => new { e.At, e.ActorId, e.ActorName, e.ActorKind }).FirstOrDefaultAsync(cancellationToken);
        var zone = review.Pack?.Identity.Zone ?? "UTC";
        var kinds = review.Pack is { } pack ? _words.Kinds(pack) : shown.ProcessKey;
        var checkedDraft = draft is null ? review : await reviews.GetAsync(draft.ProcessKey, draft.Version, draft.State, cancellationToken);
        return new ProcessCard
        {
            Key = shown.ProcessKey,
            Name = review.Pack?.Identity.Name.In(ProcessWords.Language) ?? shown.ProcessKey,
            Remark = last is null ? kinds : text["ChangedBy", kinds, _words.Person(last.ActorId ?? last.ActorKind, last.ActorName), dates.Say(last.At, zone, DateStyle.List)],
            State = draft is null || draft == shown ? _words.State(shown.State) : new StateMark(_words.State(shown.State).Shape, text["WithDraft", _words.State(shown.State).Text, draft.Version]),
            Version = shown.Version,
            Open = open,
            MustFix = checkedDraft.MustFix,
            Review = checkedDraft.ToReview,
            ClausesCovered = review.ClausesCovered,
            Clauses = review.Pack?.Identity.Clauses.Count ?? 0,
        };
    }

    private async Task<bool> IsOwnerAsync(ClaimsPrincipal user, CancellationToken cancellationToken) =>
        (await people.OfAsync(user, cancellationToken))?.Is(SystemRoles.ProcessOwner) == true;

    private static string Href(VersionRow version, string verb) =>
        $"/processes/{Uri.EscapeDataString(version.ProcessKey)}/versions/{version.Version}/{verb}";

    private static bool Matches(ProcessCard card, string? find) =>
        string.IsNullOrWhiteSpace(find)
        || card.Name.Contains(find.Trim(), StringComparison.CurrentCultureIgnoreCase)
        || card.Key.Contains(find.Trim(), StringComparison.OrdinalIgnoreCase);

    // the live version where there is one, else the newest; and the draft that is newer than it
    private static (VersionRow Shown, VersionRow? Draft) Shown(IEnumerable<VersionRow> versions)
    {
        var newestFirst = versions.OrderByDescending(version => version.Version).ToList();
        var shown = newestFirst.Find(version => version.State == ProcessVersionState.Published) ?? newestFirst[0];
        return (shown, newestFirst.Find(version => version.State == ProcessVersionState.Draft && version.Version >= shown.Version));
    }

    private static Task<List<VersionRow>> VersionsAsync(IQueryable<ProcessVersion> versions, CancellationToken cancellationToken) =>
        versions.AsNoTracking()
            .Select(p => new VersionRow(p.ProcessKey, p.Version, p.State, p.Note, p.CreatedBy, p.CreatedAt, p.PublishedAt))
            .ToListAsync(cancellationToken);

    private sealed record VersionRow(
        string ProcessKey, int Version, ProcessVersionState State, string? Note, string CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset? PublishedAt);
}
