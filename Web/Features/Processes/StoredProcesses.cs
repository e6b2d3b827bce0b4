using System.Security.Claims;
using CaseManagement.Domain;
using CaseManagement.Domain.Complaints;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Processes;

/// <summary>Processes as the database has them.</summary>
internal sealed class StoredProcesses(
    IDbContextFactory<CaseManagementDbContext> contexts, PackReviews reviews, ProcessPageQuery pages, ProcessInstaller installer, OrganisationNames organisation, People people, DateWords dates,
    IStringLocalizer<ProcessesText> text) : IProcessPages
{
    private const int LongestNote = 1_000;

    private readonly ProcessWords _words = new(text);

    public async Task<ProcessList> ListAsync(ProcessFilter filter, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var versions = await VersionRow.ReadAsync(db.ProcessVersions, cancellationToken);
        var open = await db.Cases.Where(c => c.Status == CaseStatus.Open).GroupBy(c => c.Process)
            .Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
        var isOwner = await IsOwnerAsync(user, cancellationToken);
        var here = isOwner ? await organisation.ReadAsync(cancellationToken) : null;
        var all = new List<(ProcessCard Card, string Sector)>();
        foreach (var process in versions.GroupBy(version => version.ProcessKey, StringComparer.Ordinal))
        {
            var (shown, draft) = VersionRow.Shown(process);
            var review = await reviews.GetAsync(shown.ProcessKey, shown.Version, shown.State, cancellationToken);
            var card = await CardAsync(db, shown, draft, review, here, open.GetValueOrDefault(process.Key), cancellationToken);
            all.Add((card, review.Pack?.Identity.OrganisationKind?.In(PackWords.Language) ?? ""));
        }

        var cards = all.Where(one => (filter.Sector is null or "" || one.Sector == filter.Sector) && Matches(one.Card, filter.Q)).Select(one => one.Card);
        return new ProcessList(
            filter,
            all.Count,
            [new Choice("", text["AllSectors"], all.Count), .. all.Where(one => one.Sector.Length > 0).CountBy(one => one.Sector).OrderBy(one => one.Key, StringComparer.CurrentCulture)
                .Select(one => new Choice(one.Key, one.Key, one.Value))],
            [.. cards.OrderBy(card => card.Name, StringComparer.CurrentCulture)])
        {
            ImportHref = isOwner ? "/gallery#own-title" : null,
            NewHref = isOwner ? "/processes/new" : null,
        };
    }

    public Task<ProcessPage?> GetAsync(string key, ProcessView view, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        pages.GetAsync(key, view, user, cancellationToken);

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
            await installer.PublishAsync(key, version, note, person.AsPerformer().Actor, answers.Values.GetValueOrDefault(ProcessPageQuery.Confirm) is [var confirms, ..] ? confirms : "", cancellationToken);
            return ActionAnswer.Done;
        }
        catch (PowersNotConfirmedException)
        {
            return ActionAnswer.Invalid(null, new Dictionary<string, string> { [ProcessPageQuery.Confirm] = text["PowersNotConfirmed"] });
        }
        catch (RuleViolationException violation) when (violation.Rule == ProcessInstaller.VersionUnknown)
        {
            return ActionAnswer.NotFound;
        }
        catch (RuleViolationException violation) when (violation.Rule == ProcessInstaller.HasFindings)
        {
            return ActionAnswer.Refused(text["PublishRefused"]);
        }
        catch (RuleViolationException violation) when (violation.Rule == PublishReview.NeedsAnotherPublisher)
        {
            return ActionAnswer.Refused(text["SeparationRefused"]);
        }
    }

    private async Task<ProcessCard> CardAsync(
        CaseManagementDbContext db, VersionRow shown, VersionRow? draft, PackReview review, NamesHere? here, int open, CancellationToken cancellationToken)
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
            Review = checkedDraft.ToReview + (checkedDraft.Pack is { } named ? here?.Unbound(named).Count() ?? 0 : 0),
            ClausesCovered = review.ClausesCovered,
            Clauses = review.Pack?.Identity.Clauses.Count ?? 0,
        };
    }

    private async Task<bool> IsOwnerAsync(ClaimsPrincipal user, CancellationToken cancellationToken) =>
        (await people.OfAsync(user, cancellationToken))?.Is(SystemRoles.ProcessOwner) == true;

    private static bool Matches(ProcessCard card, string? find) =>
        string.IsNullOrWhiteSpace(find)
        || card.Name.Contains(find.Trim(), StringComparison.CurrentCultureIgnoreCase)
        || card.Key.Contains(find.Trim(), StringComparison.OrdinalIgnoreCase);
}
