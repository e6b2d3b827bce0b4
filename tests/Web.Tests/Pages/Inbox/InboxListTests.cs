using CaseManagement.Web.Features.Inbox;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Cases;
using CaseManagement.Web.Persistence.Organisation;
using CaseManagement.Web.Seeding;
using CaseManagement.Web.Tests.Persistence;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.Web.Tests.Pages.Inbox;

/// <summary>
/// However a list is read, in pieces and each from an index of its own, it holds the cases of the plain query in the plain order: every view, for people of every kind,
/// narrowed by what chance picks, page by page.
/// </summary>
public sealed class InboxListTests
{
    private const int PageSize = 7;

    private static readonly string[] People = ["service01", "members01", "service-lead", "seed-manager", "desk01", "li", "zhao", "wu", "auditor"];
    private static readonly string[] Watchers = ["members01", "service-lead", "li"];
    private static readonly string[] Orders = [InboxFilter.DueFirst, InboxFilter.GravestFirst, InboxFilter.NewestFirst];
    // in another order than by key, and not all there are
    private static readonly string[] Departments = ["service", "quality", "after-sales"];
    private static readonly string[] Handlers = ["zhao", "members01", "li", "service01"];
    private static readonly string[] Typed = ["空调", "要求", "扫地机器人", "量子", "SEED0000", "refund", "空调 要求", "欧阳"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    public async Task On_sqlite_every_list_is_the_plain_one(int chance)
    {
        await using var site = new Site();
        await CompareAsync(site, chance);
    }

    [Theory]
    [InlineData(3)]
    public async Task On_postgresql_every_list_is_the_plain_one(int chance)
    {
        await PostgreSqlServer.GetAsync();
        await using var site = new PostgreSqlSite();
        await CompareAsync(site, chance);
    }

    private static async Task CompareAsync(Site site, int chance)
    {
        var random = new Random(chance);
        await FillAsync(site, random);
        var compared = 0;
        foreach (var id in People)
        {
            var person = await site.PersonAsync(id);
            foreach (var view in InboxViews.MyWork.Concat(InboxViews.MyGroups).Append(InboxViews.Everything))
            {
                var order = Orders[random.Next(Orders.Length)];
                var typed = Typed[random.Next(Typed.Length)];
                foreach (var filter in (InboxFilter[])
                    [
                        new() { View = view },
                        new() { View = view, Sort = order, Channel = random.Next(2) == 0 ? "phone" : "letter" },
                        new() { View = view, Sort = order, Q = typed, Status = random.Next(3) == 0 ? "open" : null },
                        new() { View = view, Q = typed },
                        new() { View = view, Sort = random.Next(2) == 0 ? InboxFilter.ByDepartment : InboxFilter.ByHandler, Q = random.Next(3) == 0 ? typed : null },
                    ])
                {
                    compared += await site.AskAsync(db => CompareAsync(site, db, person, view, filter, random));
                }
            }
        }

        // lists that are all empty would agree as well
        Assert.InRange(compared, 1000, int.MaxValue);
    }

    private static async Task<int> CompareAsync(Site site, CaseManagementDbContext db, Person person, string view, InboxFilter filter, Random random)
    {
        var scope = await site.Services.GetRequiredService<CaseAccess>().ScopeAsync(db, person, Token);
        var (now, tomorrow) = (Site.Now, Site.Now.AddHours(14));
        var expected = await PlainAsync(scope, db, view, filter, now, tomorrow);

        // own cases beyond the first few are read otherwise
        var list = new InboxList(view, filter, scope, db, now, tomorrow, places: filter.Sort == InboxFilter.ByHandler ? Handlers : Departments, ownRead: random.Next(2) == 0 ? 3 : InboxSearch.MostOwnRead);
        var what = $"{person.Id} {filter}";
        Assert.True(expected.Select(k => k.Id).SequenceEqual(await list.AllAsync(1000, Token)), what);
        Assert.True(Math.Min(20, expected.Count) == await list.CountAsync(20, Token), what);

        var page = random.Next(1, (expected.Count / PageSize) + 2);
        var slice = await list.ReadAsync(page, PageSize, Token);
        var before = (slice.Page - 1) * PageSize;
        Assert.True(slice.Page == page || before == 0, what);
        Assert.True(expected.Skip(before).Take(PageSize).Select(k => k.Id).SequenceEqual(slice.Groups.SelectMany(g => g.Cases)), $"{what} page {page}");
        Assert.True(slice.HasMore == expected.Count > before + PageSize, what);
        foreach (var (kind, count, _) in slice.Groups.Where(g => g.Kind != InboxGroupKind.AsSorted))
        {
            Assert.True(count == expected.Count(k => KindOf(k.DueAt, now, tomorrow) == kind), $"{what} {kind}");
        }

        return expected.Count;
    }

    private static InboxGroupKind KindOf(DateTimeOffset? due, DateTimeOffset now, DateTimeOffset tomorrow) =>
        due is null ? InboxGroupKind.PausedOrNoLimit : due < now ? InboxGroupKind.Late : due < tomorrow ? InboxGroupKind.Today : InboxGroupKind.Later;

    /// <summary>The list as one would write it without a thought for time: what may be seen, the view's condition, the filters, then sorted.</summary>
    private static async Task<List<InboxKey>> PlainAsync(CaseScope scope, CaseManagementDbContext db, string view, InboxFilter filter, DateTimeOffset now, DateTimeOffset tomorrow)
    {
        var visible = scope.Visible(db);
        visible = filter.Channel is { } channel ? visible.Where(c => c.Channel == channel) : visible;
        visible = filter.Status is { } status ? visible.Where(c => c.Status == status) : visible;
        foreach (var term in filter.Q is { } q ? CaseTextSearch.TermsOf(db, q) : [])
        {
            var workable = scope.Workable(db);
            visible = visible.Where(c => db.CaseTexts.Any(t => t.ComplaintId == c.Id
                && (CaseTextSearch.Holds(t.Words, term.Words) || (CaseTextSearch.Holds(t.People, term.People) && workable.Any(w => w.Id == c.Id)))));
        }

        var places = (await db.Cases.AsNoTracking().Select(c => new { c.Id, c.Lead, c.Handler }).ToListAsync(Token)).ToDictionary(c => c.Id, c => filter.Sort == InboxFilter.ByHandler ? c.Handler : c.Lead);
        var order = filter.Sort == InboxFilter.ByHandler ? Handlers : Departments;
        int PlaceOf(InboxKey key) => places[key.Id] is not { } place ? int.MaxValue : Array.IndexOf(order, place) is >= 0 and var at ? at : order.Length;
        List<InboxKey> keys;
        if (InboxViews.IsOfTasks(view))
        {
            var mine = (await InboxViews.MyTasks(scope, db).AsNoTracking().Where(t => view != InboxViews.Approval || t.Chain != null).ToListAsync(Token)).ToLookup(t => t.ComplaintId);
            keys = [.. (await visible.Where(c => c.Status == "open").ToListAsync(Token)).Where(c => mine.Contains(c.Id)).Select(c => KeyOf(c, mine[c.Id].Min(t => t.DueAt) ?? c.NextDueAt))
                .Where(k => view != InboxViews.Today || (k.DueAt >= now && k.DueAt < tomorrow))];
        }
        else
        {
            keys = [.. (await InboxViews.Of(view, scope, db, now)(visible).ToListAsync(Token)).Select(c => KeyOf(c, view == InboxViews.Closed ? c.ClosedAt : c.NextDueAt))];
        }

        return (view, filter.Sort) switch
        {
            (InboxViews.Closed, _) => [.. keys.OrderByDescending(k => k.DueAt).ThenByDescending(k => k.Id)],
            (InboxViews.Everything or InboxViews.Watched, _) or (_, InboxFilter.NewestFirst) => [.. keys.OrderByDescending(k => k.Id)],
            (_, InboxFilter.ByDepartment or InboxFilter.ByHandler) => [.. keys.OrderBy(PlaceOf).ThenBy(k => k.DueAt ?? DateTimeOffset.MaxValue).ThenBy(k => k.ReceivedAt).ThenBy(k => k.Id)],
            (_, InboxFilter.GravestFirst) => [.. keys.OrderBy(k => k.LevelRank ?? int.MaxValue).ThenBy(k => k.DueAt ?? DateTimeOffset.MaxValue).ThenBy(k => k.ReceivedAt).ThenBy(k => k.Id)],
            _ => [.. keys.OrderBy(k => k.DueAt ?? DateTimeOffset.MaxValue).ThenBy(k => k.ReceivedAt).ThenBy(k => k.Id)],
        };
    }

    private static InboxKey KeyOf(CaseRow row, DateTimeOffset? due) => new() { Id = row.Id, DueAt = due, ReceivedAt = row.ReceivedAt, LevelRank = row.LevelRank };

    /// <summary>Seeded cases, some of them made odd: led by nobody, against somebody who would see them, due or closed at one moment, watched.</summary>
    private static async Task FillAsync(Site site, Random random)
    {
        await site.AskAsync(db => db.Cases.CountAsync());
        Assert.Equal(0, await new SeedCommand(site.Services, TextWriter.Null).RunAsync(["--cases", "500", "--open", "350"], Token));
        var ids = await site.AskAsync(db => db.Cases.Where(c => c.Number.StartsWith("SEED")).OrderBy(c => c.Number).Select(c => c.Id).ToListAsync());
        List<Guid> Some(int number) => [.. random.GetItems(ids.ToArray(), number)];
        var (noLead, against, named, handled, sameMoment, watched) = (Some(15), Some(25), Some(25), Some(40), Some(250), Some(30));
        await site.AskAsync(async db =>
        {
            await db.Cases.Where(c => noLead.Contains(c.Id)).ExecuteUpdateAsync(set => set.SetProperty(c => c.Lead, (string?)null));
            await db.Cases.Where(c => against.Contains(c.Id)).ExecuteUpdateAsync(set => set.SetProperty(c => c.RespondentPerson, "service01"));
            await db.Cases.Where(c => named.Contains(c.Id)).ExecuteUpdateAsync(set => set.SetProperty(c => c.RespondentPerson, "seed-manager"));
            await db.Cases.Where(c => handled.Contains(c.Id)).ExecuteUpdateAsync(set => set.SetProperty(c => c.Handler, "members01"));
            var (due, closed) = (Site.Now.AddDays(1), Site.Now.AddDays(-1));
            await db.Cases.Where(c => sameMoment.Contains(c.Id) && c.Status == "open").ExecuteUpdateAsync(set => set.SetProperty(c => c.NextDueAt, due));
            await db.Cases.Where(c => sameMoment.Contains(c.Id) && c.Status != "open").ExecuteUpdateAsync(set => set.SetProperty(c => c.ClosedAt, closed));
            await db.Tasks.Where(t => sameMoment.Contains(t.ComplaintId) && t.DoneAt == null).ExecuteUpdateAsync(set => set.SetProperty(t => t.DueAt, due));
            await db.TaskCandidates.Where(k => sameMoment.Contains(k.ComplaintId)).ExecuteUpdateAsync(set => set.SetProperty(k => k.DueAt, due));
            db.CaseWatches.AddRange(watched.Distinct().SelectMany(id => Watchers.Select(who => new CaseWatch { ComplaintId = id, UserId = who, Since = Site.Now })));
            return await db.SaveChangesAsync();
        });

        // the repeated columns follow, as in the burst that changes a lead
        await site.AskAsync(db => db.CaseTexts.Where(t => noLead.Contains(t.ComplaintId)).ExecuteUpdateAsync(set => set.SetProperty(t => t.Lead, (string?)null)));
    }
}
