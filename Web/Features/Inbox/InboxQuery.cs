using System.Security.Claims;
using CaseManagement.Domain.Tasks;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Cases;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Workflows.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Inbox;

/// <summary>Reads the inbox of one person: what is due first comes first.</summary>
public sealed class InboxQuery(
    IDbContextFactory<CaseManagementDbContext> contexts, People people, CaseAccess access, StoredConfigurations configurations, CaseReader cases,
    CaseTimeline timeline, CaseClockPanels clocks, InboxRows rows, TimeProvider clock, IStringLocalizer<InboxWords> words, IStringLocalizer<CaseWords> caseWords) : IInboxQuery
{
    private const int PageSize = 50;
    private const int LatestShown = 3;

    private static readonly string[] Statuses = ["open", "closed", "withdrawn", "refused"];

    public async Task<InboxPage> GetAsync(InboxFilter filter, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var person = await people.OfAsync(user, cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var scope = await access.ScopeAsync(db, person, cancellationToken);
        var configuration = await configurations.CurrentAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var tomorrow = EndOfDay(configuration, now);
        var chosen = Chosen(filter);
        var found = InboxSearch.Narrow(InboxViews.Of(chosen, scope, db, now, tomorrow), filter, scope, db);
        var groups = await CountGroupsAsync(found, now, tomorrow, cancellationToken);
        var total = groups.Values.Sum();
        var pages = Math.Max(1, (total + PageSize - 1) / PageSize);
        filter = filter with { View = filter.View is null ? null : chosen, Page = Math.Clamp(filter.Page, 1, pages) };
        var page = await Sorted(found, filter.Sort).Skip((filter.Page - 1) * PageSize).Take(PageSize).ToListAsync(cancellationToken);
        var shown = await rows.GetAsync([.. page.Select(d => d.Case)], scope, db, cancellationToken);
        var counts = await CountViewsAsync(scope, db, now, tomorrow, cancellationToken);
        return new InboxPage
        {
            Filter = filter,
            Views = [Group("MyWork", InboxViews.MyWork, counts), Group("MyGroups", InboxViews.MyGroups, counts)],
            Title = words[$"View_{chosen}"],
            Total = total,
            Groups =
            [
                .. page.Zip(shown, (due, row) => (Kind: KindOf(due.DueAt, now, tomorrow), Row: row)).GroupBy(r => r.Kind).OrderBy(g => g.Key)
                    .Select(g => new InboxGroup(g.Key, groups[g.Key], [.. g.Select(r => r.Row)])),
            ],
            Filters = Filters(filter, configuration),
            PageSize = PageSize,
            BulkActions = scope.HasCases ? [new Choice(InboxActions.Claim, words["Claim"]), new Choice(InboxActions.Release, words["Release"])] : [],
            Nothing = filter is { Q: null, Process: null, Level: null, Channel: null, Status: null }
                ? new Empty("circle-check", words["Nothing"])
                : new Empty("filter", words["NothingFound"], words["ClearFilter"], $"/inbox?view={chosen}"),
            NextTaskHref = chosen == InboxViews.MineKey && shown.Count > 0 ? $"/cases/{shown[0].CaseId}" : null,
        };
    }

    public async Task<CasePreview?> PreviewAsync(Guid caseId, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await cases.OpenAsync(caseId, user, cancellationToken) is not { } view)
        {
            return null;
        }

        var complaint = view.Complaint;
        var task = complaint.Tasks.Open.OrderBy(t => t.Assignee == view.Person.Id ? 0 : view.MayTake(t) ? 1 : 2).ThenBy(t => t.CreatedAt).FirstOrDefault();
        return new CasePreview
        {
            CaseId = caseId,
            Number = complaint.Number,
            Subject = complaint.Subject,
            State = CasePageQuery.StateOf(view, caseWords),
            Level = view.Words.Level(complaint.Level),
            Channel = view.Words.Channel(complaint.Facts.Text("channel")),
            ReceivedAt = complaint.ReceivedAt,
            Zone = view.Zone,
            Clocks = [.. clocks.Of(view).Select(c => c with { Why = null })],
            Task = task is null ? null : TitleOf(task),
            TaskRemark = task is null ? null : task.AssigneeName is { } holder ? words["HeldBy", holder].Value : words["WaitsFor", view.Words.CandidatesOf(task.CandidateKeys)].Value,
            MayWork = task is not null && view.MayTake(task) && (task.Assignee is null || task.Assignee == view.Person.Id),
            MayReply = view.MayAct && complaint.IsOpen,
            Latest = await timeline.LatestAsync(view, LatestShown, cancellationToken),
        };
    }

    private static string Chosen(InboxFilter filter) =>
        InboxViews.MyWork.Concat(InboxViews.MyGroups).FirstOrDefault(v => v == filter.View)
        ?? (string.IsNullOrWhiteSpace(filter.Q) ? InboxViews.MineKey : InboxViews.Everything);

    private static IQueryable<DueCase> Sorted(IQueryable<DueCase> cases, string? sort) => sort switch
    {
        InboxFilter.GravestFirst => cases.OrderBy(d => d.Case.LevelRank == null).ThenBy(d => d.Case.LevelRank).ThenBy(d => d.DueAt == null).ThenBy(d => d.DueAt).ThenBy(d => d.Case.Id),
        InboxFilter.NewestFirst => cases.OrderByDescending(d => d.Case.ReceivedAt).ThenByDescending(d => d.Case.Id),
        _ => cases.OrderBy(d => d.DueAt == null).ThenBy(d => d.DueAt).ThenBy(d => d.Case.ReceivedAt).ThenBy(d => d.Case.Id),
    };

    private static async Task<Dictionary<InboxGroupKind, int>> CountGroupsAsync(
        IQueryable<DueCase> cases, DateTimeOffset now, DateTimeOffset tomorrow, CancellationToken cancellationToken)
    {
        var all = await cases.CountAsync(cancellationToken);
        var late = await cases.CountAsync(d => d.DueAt < now, cancellationToken);
        var today = await cases.CountAsync(d => d.DueAt >= now && d.DueAt < tomorrow, cancellationToken);
        var later = await cases.CountAsync(d => d.DueAt >= tomorrow, cancellationToken);
        return new()
        {
            [InboxGroupKind.Late] = late,
            [InboxGroupKind.Today] = today,
            [InboxGroupKind.Later] = later,
            [InboxGroupKind.PausedOrNoLimit] = all - late - today - later,
        };
    }

    private static async Task<Dictionary<string, int>> CountViewsAsync(
        CaseScope scope, CaseManagementDbContext db, DateTimeOffset now, DateTimeOffset tomorrow, CancellationToken cancellationToken)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var view in InboxViews.MyWork.Concat(InboxViews.MyGroups))
        {
            var cases = InboxViews.Of(view, scope, db, now, tomorrow);
            if (view == InboxViews.Escalated)
            {
                // the list keeps what was read; the number is what is new
                var unread = InboxViews.Unread(scope, db);
                cases = cases.Where(d => unread.Any(m => m.ComplaintId == d.Case.Id));
            }

            counts[view] = await cases.CountAsync(cancellationToken);
        }

        return counts;
    }

    private InboxViewGroup Group(string name, IReadOnlyList<string> views, Dictionary<string, int> counts) =>
        new(words[name], [.. views.Select(v => new InboxView(v, words[$"View_{v}"], counts[v], Late: v == InboxViews.Late))]);

    private List<FilterChoice> Filters(InboxFilter filter, CaseConfiguration configuration)
    {
        var language = PackWords.Language;
        var packs = configuration.Published.Values.Select(p => p.Pack).ToList();
        var inView = packs.Where(p => filter.Process is null || p.Identity.Id == filter.Process).ToList();
        return
        [
            new("process", words["Process"], [.. packs.Select(p => new Choice(p.Identity.Id, p.Identity.Name.In(language)))], filter.Process),
            new("level", words["Level"], [.. inView.SelectMany(p => p.Levels.Levels).DistinctBy(l => l.Key).Select(l => new Choice(l.Key, l.Name.In(language)))], filter.Level),
            new("channel", words["Channel"], [.. inView.SelectMany(p => p.Identity.Channels).DistinctBy(c => c.Key).Select(c => new Choice(c.Key, c.Name.In(language)))], filter.Channel),
            new("status", words["Status"], [.. Statuses.Select(s => new Choice(s, words[$"Status_{s}"]))], filter.Status),
        ];
    }

    private static InboxGroupKind KindOf(DateTimeOffset? due, DateTimeOffset now, DateTimeOffset tomorrow) =>
        due is null ? InboxGroupKind.PausedOrNoLimit : due < now ? InboxGroupKind.Late : due < tomorrow ? InboxGroupKind.Today : InboxGroupKind.Later;

    private static DateTimeOffset EndOfDay(CaseConfiguration configuration, DateTimeOffset now)
    {
        var zone = configuration.DefaultProcess is { } process ? configuration.Published[process].Pack.Identity.Zone : "UTC";
        return DateWords.StartOf(DateWords.DayOf(now, zone).AddDays(1), zone);
    }

    private static string TitleOf(HumanTask task) => PackWords.Language.StartsWith("en", StringComparison.Ordinal) ? task.TitleEn : task.TitleZh;
}
