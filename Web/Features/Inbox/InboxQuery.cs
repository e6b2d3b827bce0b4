using System.Security.Claims;
using CaseManagement.Domain.Tasks;
using CaseManagement.Web.Auditing;
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
    CaseTimeline timeline, ReadLog reads, CaseClockPanels clocks, InboxRows rows, InboxColumns columns, InboxPlaces places, InboxFilters filters, SavedFilters saved, Deputies deputies, TimeProvider clock, IStringLocalizer<InboxWords> words, IStringLocalizer<CaseWords> caseWords) : IInboxQuery
{
    internal const int PageSize = 50;
    private const int LatestShown = 3;

    // beside a view stands "99+"
    private const int MostCounted = 100;

    private static readonly string[] Statuses = ["open", "closed", "withdrawn", "refused"];

    public async Task<InboxPage> GetAsync(InboxFilter filter, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var person = await people.OfAsync(user, cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var scope = await access.ScopeAsync(db, person, cancellationToken);
        var configuration = await configurations.CurrentAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var chosen = InboxViews.Chosen(filter);
        filter = InboxConditions.WithBelow(filter, configuration);
        var others = await deputies.OfAsync(scope, db, cancellationToken);
        var order = await places.OfAsync(filter.Sort, cancellationToken);
        var list = new InboxList(chosen, filter, scope, db, now, EndOfDay(configuration, now), places: order?.Select(p => p.Value).ToList(), others: others);
        var slice = await list.ReadAsync(filter.Page, PageSize, cancellationToken);
        var chosenColumns = await columns.OfAsync(filter, person, configuration, db, cancellationToken);
        var shown = (await rows.GetAsync([.. slice.Groups.SelectMany(g => g.Cases)], scope, db, chosenColumns, cancellationToken, chosen == InboxViews.ForOthers ? others : [])).ToDictionary(r => r.CaseId);
        await NoteSearchAsync(filter.Q, shown.Keys, person, db, cancellationToken);
        filter = filter with { View = filter.View is null ? null : chosen, Page = slice.Page };
        return new InboxPage
        {
            Filter = filter,
            Views = Views(chosen, counts: null, others),
            Saved = await saved.OfAsync(scope, db, cancellationToken),
            SharesWith = await saved.DepartmentsAsync(scope, cancellationToken),
            MayExport = scope is { IsSupervisor: true, HasCases: true },
            Title = words[$"View_{chosen}"],
            Total = slice.Total,
            HasMore = slice.HasMore,
            Groups = order is not null && !InboxViews.HasClosed(chosen)
                ? await ByPlaceAsync(filter.Sort!, order, [.. slice.Groups.SelectMany(g => g.Cases)], shown, db, cancellationToken)
                : [.. slice.Groups.Where(g => g.Cases.Count > 0).Select(g => new InboxGroup(g.Kind, g.Count, [.. g.Cases.Select(id => shown[id])]))],
            Filters = [.. chosen == InboxViews.ForOthers ? [new FilterChoice("for", words["ForWhom"], [.. others.Select(o => new Choice(o.Person.Id, o.Person.Name))], filter.For)] : Array.Empty<FilterChoice>(), .. Filters(filter, configuration)],
            MoreFilters = await filters.OfAsync(filter, chosen, scope, configuration, cancellationToken),
            Columns = chosenColumns,
            AllColumns = columns.Offered(configuration),
            Zone = ZoneOf(configuration),
            Sorts = chosen == InboxViews.Closed ? [InboxFilter.LastClosedFirst] : InboxViews.HasClosed(chosen) ? [InboxFilter.NewestFirst, InboxFilter.OldestFirst]
                : [InboxFilter.DueFirst, InboxFilter.GravestFirst, InboxFilter.NewestFirst, InboxFilter.OldestFirst, InboxFilter.ByDepartment, InboxFilter.ByHandler],
            PageSize = PageSize,
            BulkActions = [.. InboxActions.For(scope).Select(a => new Choice(a, words[$"Do_{a}"]))],
            Nothing = !filter.IsNarrowed
                ? new Empty("circle-check", words["Nothing"])
                : new Empty("filter", words["NothingFound"], words["ClearFilter"], $"/inbox?view={chosen}"),
            NextTaskHref = chosen == InboxViews.MineKey && slice.Total > 0 ? $"/cases/{slice.Groups[0].Cases[0]}" : null,
        };
    }

    public async Task<IReadOnlyList<Guid>> AllAsync(InboxFilter filter, int most, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var scope = await access.ScopeAsync(db, await people.OfAsync(user, cancellationToken), cancellationToken);
        var configuration = await configurations.CurrentAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var order = await places.OfAsync(filter.Sort, cancellationToken);
        var list = new InboxList(
            InboxViews.Chosen(filter), InboxConditions.WithBelow(filter, configuration), scope, db, now, EndOfDay(configuration, now),
            places: order?.Select(p => p.Value).ToList(), others: await deputies.OfAsync(scope, db, cancellationToken));
        return await list.AllAsync(most, cancellationToken);
    }

    private async Task<IReadOnlyList<InboxGroup>> ByPlaceAsync(
        string sort, IReadOnlyList<Choice> order, IReadOnlyList<Guid> ids, Dictionary<Guid, InboxRow> shown, CaseManagementDbContext db, CancellationToken cancellationToken)
    {
        var names = order.ToDictionary(p => p.Value, p => p.Text, StringComparer.Ordinal);
        var places = await InboxPlaces.OfCasesAsync(sort, ids, db, cancellationToken);
        var none = words[sort == InboxFilter.ByHandler ? "None_handler" : "None_department"].Value;
        return
        [
            .. ids.GroupBy(id => places.GetValueOrDefault(id) is { } place ? names.GetValueOrDefault(place, place) : none)
                .Select(g => new InboxGroup(InboxGroupKind.AsSorted, g.Count(), [.. g.Select(id => shown[id])]) { Name = g.Key }),
        ];
    }

    public async Task<IReadOnlyList<InboxViewGroup>> ViewsAsync(string? view, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var person = await people.OfAsync(user, cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var scope = await access.ScopeAsync(db, person, cancellationToken);
        var configuration = await configurations.CurrentAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var tomorrow = EndOfDay(configuration, now);
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var others = await deputies.OfAsync(scope, db, cancellationToken);
        foreach (var key in InboxViews.MyWork.Concat(InboxViews.MyGroups).Append(InboxViews.ForOthers))
        {
            // the list of escalations keeps what was read; the number is what is new
            var list = new InboxList(key, new InboxFilter(), scope, db, now, tomorrow, unreadOnly: key == InboxViews.Escalated, others: others);
            counts[key] = key == InboxViews.MineKey
                ? await InboxList.CountMineAsync(scope, db, MostCounted, cancellationToken)
                : await list.CountAsync(MostCounted, cancellationToken);
        }

        return [.. Views(InboxViews.Chosen(new InboxFilter { View = view }), counts, others)];
    }

    public async Task<CasePreview?> PreviewAsync(Guid caseId, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await cases.OpenAsync(caseId, user, cancellationToken) is not { } view)
        {
            return null;
        }

        await reads.CaseAsync(view.Complaint, view.KnowsComplainant, view.Person.AsPerformer().Actor, "preview", cancellationToken);
        var complaint = view.Complaint;
        var task = complaint.Tasks.Open.OrderBy(t => t.Assignee == view.Person.Id ? 0 : view.MayTake(t) ? 1 : view.WhomFor(t).Count > 0 ? 2 : 3).ThenBy(t => t.CreatedAt).FirstOrDefault();
        return new CasePreview
        {
            CaseId = caseId,
            Number = complaint.Number,
            Subject = view.Mask.Say(complaint.Subject),
            State = CasePageQuery.StateOf(view, caseWords),
            Level = view.Words.Level(complaint.Level),
            Channel = view.Words.Channel(complaint.Facts.Text("channel")),
            ReceivedAt = complaint.ReceivedAt,
            Zone = view.Zone,
            Clocks = [.. clocks.Of(view).Select(c => c with { Why = null })],
            Task = task is null ? null : TitleOf(task),
            TaskRemark = task is null ? null : task.AssigneeName is { } holder ? words["HeldBy", holder].Value : words["WaitsFor", view.Words.CandidatesOf(task.CandidateKeys)].Value,
            MayWork = task is not null && ((view.MayTake(task) && (task.Assignee is null || task.Assignee == view.Person.Id)) || view.WhomFor(task).Count > 0),
            MayReply = view.MayAct && complaint.IsOpen,
            Latest = await timeline.LatestAsync(view, LatestShown, cancellationToken),
        };
    }

    // looking for a person is recorded before what was found is shown: by a number whatever it found, by a name where it found one
    private async Task NoteSearchAsync(string? asked, IReadOnlyCollection<Guid> found, Person? person, CaseManagementDbContext db, CancellationToken cancellationToken)
    {
        if (asked?.Trim() is not { Length: > 0 } typed || person is null)
        {
            return;
        }

        var words = typed.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var names = ReadLog.IsOfPerson(typed) ? [] : await db.Cases.Where(c => found.Contains(c.Id) && c.ComplainantName != null).Select(c => c.ComplainantName!).ToListAsync(cancellationToken);
        if (ReadLog.IsOfPerson(typed) || names.Exists(n => Array.Exists(words, w => n.Contains(w, StringComparison.OrdinalIgnoreCase))))
        {
            await reads.SearchedAsync(typed, person.AsPerformer().Actor, "inbox", cancellationToken);
        }
    }

    private IReadOnlyList<InboxViewGroup> Views(string chosen, Dictionary<string, int>? counts, IReadOnlyList<ActedFor> others)
    {
        InboxViewGroup Group(string name, IReadOnlyList<string> views) =>
            new(words[name], [.. views.Select(v => new InboxView(v, words[$"View_{v}"], counts?[v], Late: v == InboxViews.Late) { IsChosen = v == chosen })]);

        // shown while there is somebody to act for, or the view is looked at
        var work = others.Count > 0 || chosen == InboxViews.ForOthers ? [.. InboxViews.MyWork, InboxViews.ForOthers] : InboxViews.MyWork;
        return [Group("MyWork", work), Group("MyGroups", InboxViews.MyGroups)];
    }

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

    internal static DateTimeOffset EndOfDay(CaseConfiguration configuration, DateTimeOffset now)
    {
        var zone = ZoneOf(configuration);
        return DateWords.StartOf(DateWords.DayOf(now, zone).AddDays(1), zone);
    }

    private static string ZoneOf(CaseConfiguration configuration) =>
        configuration.DefaultProcess is { } process ? configuration.Published[process].Pack.Identity.Zone : "UTC";

    private static string TitleOf(HumanTask task) => PackWords.Language.StartsWith("en", StringComparison.Ordinal) ? task.TitleEn : task.TitleZh;
}
