using System.Security.Claims;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Packs.Comparing;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Designer;
using CaseManagement.Web.Features.Editors;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Settings;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using PackFinding = CaseManagement.Domain.Packs.Finding;

namespace CaseManagement.Web.Features.Processes;

/// <summary>Puts the page of a process together.</summary>
internal sealed class ProcessPageQuery(
    IDbContextFactory<CaseManagementDbContext> contexts, PackReviews reviews, PublishReview publishing, OrganisationNames organisation, People people, HistoryWords history,
    IStringLocalizer<ProcessesText> text, IStringLocalizer<FindingAdvice> advice)
{
    /// <summary>The answer that confirms what a version gives away.</summary>
    public const string Confirm = "confirm";

    private readonly ProcessWords _words = new(text);
    private readonly VersionComparisons _comparisons = new(text);
    private readonly VersionContents _contents = new(text);
    private readonly PublishChecks _checks = new(text);
    private readonly FindingWords _findings = new(text, advice);

    /// <summary>One version with one of its tabs; null when there is none this reader may see.</summary>
    public async Task<ProcessPage?> GetAsync(string key, ProcessView view, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var versions = await VersionRow.ReadAsync(db.ProcessVersions.Where(p => p.ProcessKey == key).OrderByDescending(p => p.Version), cancellationToken);
        var person = await people.OfAsync(user, cancellationToken);
        var isOwner = person?.Is(SystemRoles.ProcessOwner) == true;
        if (versions.Count == 0 || ShownOf(versions, view.Version, isOwner) is not { } shown)
        {
            return null;
        }

        var open = await db.Cases.Where(c => c.Status == CaseStatus.Open && c.Process == key).GroupBy(c => c.ProcessVersion)
            .Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
        var review = await ReviewAsync(shown, cancellationToken);
        IReadOnlyList<PackFinding> unbound = isOwner && review.Pack is { } named ? [.. (await organisation.ReadAsync(cancellationToken)).Unbound(named)] : [];
        var compared = ComparedOf(versions, shown, view);
        var readsHistory = person?.Is(SystemRoles.ProcessOwner) == true || person?.Is(SystemRoles.Administrator) == true || person?.Is(SystemRoles.Auditor) == true;
        var draft = versions[0].State == ProcessVersionState.Draft ? versions[0] : null;
        var page = new ProcessPage
        {
            Key = key,
            Name = review.Pack?.Identity.Name.In(ProcessWords.Language) ?? key,
            Remark = await RemarkAsync(versions, shown, review, open, cancellationToken),
            State = _words.State(shown.State),
            Version = shown.Version,
            Zone = review.Pack?.Identity.Zone ?? "UTC",
            Tab = TabOf(view.Tab, shown, compared is not null, readsHistory, isOwner),
            Versions = await LinesAsync(versions, open, cancellationToken),
            MustFix = review.MustFix,
            Review = review.ToReview + unbound.Count,
            ClausesCovered = review.ClausesCovered,
            Clauses = review.Pack?.Identity.Clauses.Count ?? 0,
            Compared = compared is { } pair ? (pair.From.Version, pair.To.Version) : null,
            MayReadHistory = readsHistory,
            DesignerHref = review.Pack is not null && DesignerRealm.RightOf(person) != DesignerRight.None ? ProcessLinks.Designer(key) : null,
            EditHref = isOwner && review.Pack is not null ? EditorLinks.Overview(key) : null,
            NamesHref = isOwner && review.Pack is not null ? ProcessLinks.Names(key) : null,
            ExportHref = isOwner ? ProcessLinks.Verb(key, shown.Version, "export") : null,
            LimitsHref = shown.State == ProcessVersionState.Published ? $"/limits/{Uri.EscapeDataString(key)}" : null,
            MigrateHref = isOwner && versions.Count > 1 && open.Values.Any(count => count > 0) ? ProcessLinks.Migrate(key) : null,
            SimulationHref = isOwner ? ProcessLinks.Simulation(key, shown.Version) : null,
            ReplayHref = isOwner ? ProcessLinks.Replay(key, shown.Version) : null,
            RetractHref = isOwner && shown.State == ProcessVersionState.Published ? ProcessLinks.Verb(key, shown.Version, "retract") : null,
            Revert = isOwner && shown.State != ProcessVersionState.Draft && review.Pack is not null
                ? new RevertForm(ProcessLinks.Verb(key, shown.Version, "draft"), draft?.Version, draft is null ? null : await NameAsync(draft.CreatedBy, cancellationToken))
                : null,
            Publish = isOwner && shown.State != ProcessVersionState.Published ? await PublishAsync(db, versions, shown, review, unbound, open, person!.AsPerformer().Actor, cancellationToken) : null,
        };
        return await WithTabAsync(page, view, shown, review, unbound, compared, isOwner && shown == versions[0], cancellationToken);
    }

    private async Task<IReadOnlyList<PowerChange>> PowersAsync(List<VersionRow> versions, VersionRow wanted, PackReview review, CancellationToken cancellationToken)
    {
        var before = PublishReview.InUse(versions, version => version.State, version => version.PublishedAt);
        return review.Pack is null || before == wanted ? []
            : PowerDiff.Between(before is not null && (await ReviewAsync(before, cancellationToken)).Pack is { } old ? new PackWording(old) : null, new PackWording(review.Pack));
    }

    private async Task<ProcessPage> WithTabAsync(
        ProcessPage page, ProcessView view, VersionRow shown, PackReview review, IReadOnlyList<PackFinding> unbound, (VersionRow From, VersionRow To)? compared, bool mayEdit, CancellationToken cancellationToken)
    {
        var key = page.Key;
        switch (page.Tab)
        {
            case ProcessView.CompareTab when compared is { } pair:
                var (before, after) = (await ReviewAsync(pair.From, cancellationToken), await ReviewAsync(pair.To, cancellationToken));
                return page with
                {
                    Comparison = _comparisons.Of(
                        key, pair.From.Version, pair.To.Version, before.Pack, after.Pack,
                        [.. page.Versions.Select(line => new Choice($"{line.Number}", text["VersionState", line.Number, line.State.Text]))]),
                };
            case ProcessView.FindingsTab:
                return page with
                {
                    Findings = _contents.Findings(
                        key, shown.Version, review, _findings.Of(key, shown.Version, [.. review.Findings, .. unbound], review.Parts, mayEdit), view.Shape, mayEdit),
                };
            case ProcessView.ClausesTab:
                return page with
                {
                    ClauseLines = _contents.Clauses(review),
                    StepsWithoutClause = [.. review.StepsWithoutClause.Select(one => new PlacedText(
                        one.Step.Name.In(ProcessWords.Language), ProcessLinks.Part(key, shown.Version, PartPlace.Shape(one.Workflow, one.Step.Id), ProcessView.ContentTab)))],
                };
            case ProcessView.SimulationTab or ProcessView.ReplayTab:
                return page;
            case ProcessView.HistoryTab:
                return page with { History = await history.ReadAsync(key, view.Before, review.Pack, page.TabHref(ProcessView.HistoryTab), cancellationToken) };
            default:
                return page with { Content = _contents.Of(key, shown.Version, review, view.Shape, mayEdit, page.LimitsHref) };
        }
    }

    private async Task<PublishPanel> PublishAsync(
        CaseManagementDbContext db, List<VersionRow> versions, VersionRow shown, PackReview review, IReadOnlyList<PackFinding> unbound, Dictionary<int, int> open, Actor publisher,
        CancellationToken cancellationToken)
    {
        var powers = await PowersAsync(versions, shown, review, cancellationToken);
        var separation = await publishing.SeparationAsync(db, shown.ProcessKey, shown.Version, powers, publisher, cancellationToken);
        return new PublishPanel
        {
            Form = new FormPage { Id = "publish", Fields = [new FormField { Key = "note", Label = text["PublishNote"], Help = text["PublishNoteHelp"], Type = FieldType.Multiline, Required = true }] },
            Checks = [.. _checks.Of(shown.ProcessKey, shown.Version, review, unbound)],
            Effects = [.. Effects(versions, shown, open)],
            Powers = [.. powers.GroupBy(power => power.Kind).Select(group => new PowerGroup(
                PowerTitle(group.Key),
                [.. group.Select(power => new PlacedText(power.Text.In(ProcessWords.Language), HrefOf(shown, review, power.Place)))]))],
            Digest = PublishReview.DigestOf(powers),
            Separation = separation switch
            {
                Separation.Waived => new Note(NoteKind.Warning, text["SeparationWarning"]),
                Separation.Refused => new Note(NoteKind.Late, text["SeparationRefused"], Id: "publish-separation"),
                _ => null,
            },
            IsBlocked = review.MustFix > 0 || separation == Separation.Refused,
        };
    }

    // a power may come from what this version no longer has
    private static string? HrefOf(VersionRow shown, PackReview review, PartPlace place) =>
        review.Parts.Any(part => part.Place == place) ? ProcessLinks.Part(shown.ProcessKey, shown.Version, place, ProcessView.ContentTab) : null;

    private IEnumerable<string> Effects(List<VersionRow> versions, VersionRow shown, Dictionary<int, int> open)
    {
        var live = versions.Find(version => version.State == ProcessVersionState.Published);
        yield return live is null ? text["EffectStarts", shown.Version] : text["EffectStartsInstead", shown.Version, live.Version];
        var staying = open.Where(version => version.Key != shown.Version && version.Value > 0).OrderByDescending(version => version.Key).ToList();
        if (staying.Count == 0)
        {
            yield return text["EffectNoCases"];
        }

        foreach (var (version, count) in staying)
        {
            yield return text["EffectStays", count, version];
        }
    }

    private string PowerTitle(PowerKind kind) => kind switch
    {
        PowerKind.Egress => text["PowerEgress"],
        PowerKind.Recipient => text["PowerRecipient"],
        PowerKind.PersonalData => text["PowerPersonalData"],
        PowerKind.Candidate => text["PowerCandidate"],
        PowerKind.Gate => text["PowerGate"],
        PowerKind.Approval => text["PowerApproval"],
        PowerKind.Confidentiality => text["PowerConfidentiality"],
        PowerKind.Exclusion => text["PowerExclusion"],
    };

    private async Task<string> RemarkAsync(List<VersionRow> versions, VersionRow shown, PackReview review, Dictionary<int, int> open, CancellationToken cancellationToken)
    {
        var live = versions.Find(version => version.State == ProcessVersionState.Published);
        var said = live is null ? text["NoneLive"].Value : text["LiveWith", live.Version, open.Values.Sum()];
        if (shown.State == ProcessVersionState.Draft && review.Pack is not null
            && PublishReview.InUse(versions, version => version.State, version => version.PublishedAt) is { } before && (await ReviewAsync(before, cancellationToken)).Pack is { } old)
        {
            return text["Sentences", said, _comparisons.Summary(old, review.Pack, before.Version)!];
        }

        return review.Pack is { } pack ? text["Sentences", said, text["RemarkOf", _words.Kinds(pack), pack.Identity.PolicyTitle.In(ProcessWords.Language)]] : said;
    }

    private async Task<List<VersionLine>> LinesAsync(List<VersionRow> versions, Dictionary<int, int> open, CancellationToken cancellationToken)
    {
        var lines = new List<VersionLine>();
        foreach (var one in versions)
        {
            lines.Add(new VersionLine(
                one.Version, _words.State(one.State), await NameAsync(one.CreatedBy, cancellationToken), string.IsNullOrWhiteSpace(one.Note) ? null : one.Note,
                one.CreatedAt, one.PublishedAt, open.GetValueOrDefault(one.Version)));
        }

        return lines;
    }

    private async ValueTask<string> NameAsync(string id, CancellationToken cancellationToken) =>
        _words.Person(id, (await people.FindAsync(id, cancellationToken))?.Name);

    private ValueTask<PackReview> ReviewAsync(VersionRow version, CancellationToken cancellationToken) =>
        reviews.GetAsync(version.ProcessKey, version.Version, version.State, cancellationToken);

    // who may edit comes for the draft, others for what is in use
    private static VersionRow? ShownOf(List<VersionRow> versions, int? wanted, bool isOwner)
    {
        if (wanted is not null)
        {
            return versions.Find(one => one.Version == wanted);
        }

        var (shown, draft) = VersionRow.Shown(versions);
        return isOwner ? draft ?? shown : shown;
    }

    // the version shown against the one in use, or against the one before it
    private static (VersionRow From, VersionRow To)? ComparedOf(List<VersionRow> versions, VersionRow shown, ProcessView view)
    {
        var to = versions.Find(one => one.Version == view.To) ?? shown;
        var inUse = PublishReview.InUse(versions, version => version.State, version => version.PublishedAt);
        var from = versions.Find(one => one.Version == view.From)
            ?? (inUse is not null && to.State == ProcessVersionState.Draft ? inUse : versions.Find(one => one.Version < to.Version) ?? versions.Find(one => one != to));
        return from is null || from == to && view.From is null ? null : (from, to);
    }

    private static string TabOf(string? wanted, VersionRow shown, bool mayCompare, bool readsHistory, bool isOwner) => wanted switch
    {
        ProcessView.SimulationTab or ProcessView.ReplayTab when isOwner => wanted,
        ProcessView.CompareTab when mayCompare => ProcessView.CompareTab,
        ProcessView.FindingsTab or ProcessView.ClausesTab or ProcessView.ContentTab => wanted,
        ProcessView.HistoryTab when readsHistory => ProcessView.HistoryTab,
        null when mayCompare && shown.State == ProcessVersionState.Draft => ProcessView.CompareTab,
        _ => ProcessView.ContentTab,
    };
}
