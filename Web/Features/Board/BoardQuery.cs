using System.Security.Claims;
using CaseManagement.Domain.Facts;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Cases;
using CaseManagement.Web.Features.Inbox;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Workflows.Cases;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Board;

/// <summary>
/// Counts and lists over index rows alone: no document is read for the board. What is late and about to be is read once, a few columns a limit, and list, number and
/// load come from the same rows.
/// </summary>
internal sealed class BoardQuery(
    IDbContextFactory<CaseManagementDbContext> contexts, People people, CaseAccess access, StoredConfigurations configurations, CaseRowWords processes,
    MaskedRows masked, CaseReader reader, CaseMenu menu, ICaseActions actions, CaseClockPanels panels, Absences absences, TimeProvider clock, IStringLocalizer<BoardText> text) : IBoard
{
    private const int Shown = 20;
    private const int MostShown = 200;
    private const int MostGroups = 50;

    public async Task<BoardPage?> GetAsync(BoardFilter filter, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var person = await people.OfAsync(user, cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var scope = await access.ScopeAsync(db, person, cancellationToken);
        if (!scope.IsSupervisor)
        {
            return null;
        }

        var configuration = await configurations.CurrentAsync(cancellationToken);
        var zone = configuration.DefaultProcess is { } process ? configuration.Published[process].Pack.Identity.Zone : "UTC";
        var now = clock.GetUtcNow();
        var today = DateWords.DayOf(now, zone);
        var (begin, end) = (DateWords.StartOf(today, zone), DateWords.StartOf(today.AddDays(1), zone));
        var limits = BoardLimits.Of(db);
        var cases = Narrow(OpenOf(scope, db), filter);
        if (filter.Limit is { } wanted)
        {
            limits = limits.Where(k => k.Limit == wanted);
            cases = cases.Where(c => limits.Any(k => k.ComplaintId == c.Id));
        }

        var (late, soon) = (limits.Late(now), limits.Soon(now, end));
        var by = filter.By is BoardFilter.ByDepartment or BoardFilter.ByLimit ? filter.By : BoardFilter.ByHandler;
        var departments = await DepartmentsAsync(cancellationToken);
        var approvals = await ApprovalsAsync(db, scope, cancellationToken);
        var (lates, soons) = (await ReadAsync(late, cases, cancellationToken), await ReadAsync(soon, cases, cancellationToken));

        // by handler also for the filter, whatever the board is added up by
        var byHandler = await CountByAsync(cases.GroupBy(c => c.Handler), cancellationToken);
        var all = by == BoardFilter.ByDepartment ? await CountByAsync(cases.GroupBy(c => c.Lead), cancellationToken) : byHandler;
        return new BoardPage
        {
            Filter = filter with { By = filter.By is null ? null : by },
            By = by,
            Filters = await FiltersAsync(filter, scope, byHandler, db, configuration, departments, cancellationToken),
            Counts = new BoardCounts(
                byHandler.Values.Sum(),
                lates.DistinctBy(l => l.CaseId).Count(),
                soons.DistinctBy(l => l.CaseId).Count(),
                approvals.Count,
                await CountAsync(cases.Where(c => db.Tasks.Any(t => t.ComplaintId == c.Id && t.State == "Open" && t.Assignee == null)), cancellationToken),
                await CountAsync(cases.Where(c => db.Clocks.Any(k => k.ComplaintId == c.Id && k.State == "paused")), cancellationToken),
                await CountAsync(cases.Where(c => db.Messages.Any(m => m.ComplaintId == c.Id && m.Escalation && m.CreatedAt >= begin && m.CreatedAt < end)), cancellationToken)),
            Late = await ListAsync(db, scope, lates, departments, filter.All == BoardFilter.Late, cancellationToken),
            Soon = await ListAsync(db, scope, soons, departments, filter.All == BoardFilter.Soon, cancellationToken),
            Load = await LoadAsync(by, lates, soons, by == BoardFilter.ByLimit ? null : all, departments, cancellationToken),
            Approvals = approvals,
            Unbound = await UnboundAsync(db, scope, cancellationToken),
            At = now,
            Zone = zone,
        };
    }

    public async Task<ReassignPage?> ReassignAsync(Guid caseId, string? back, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await reader.OpenAsync(caseId, user, cancellationToken) is not { MayAct: true, Supervises: true } view)
        {
            return null;
        }

        var form = (await menu.HandOverAsync(view, cancellationToken))?.Form;
        return new ReassignPage
        {
            CaseId = caseId,
            Number = view.Complaint.Number,
            Subject = view.Mask.Say(view.Complaint.Subject),
            Level = view.Words.Level(view.Complaint.Level),
            Clocks = [.. panels.Of(view).Select(c => c with { Why = null }).Where(c => c.Look is not (ClockLook.Met or ClockLook.Cancelled))],
            Form = form is null ? null : await WithLoadsAsync(form, cancellationToken),
            Back = BoardLinks.Back(back),
        };
    }

    public async Task<ActionAnswer> ReassignAsync(Guid caseId, FormAnswers answers, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await reader.OpenAsync(caseId, user, cancellationToken) is { MayAct: true, Supervises: true }
            ? await actions.ActAsync(caseId, "hand-over", answers, user, cancellationToken)
            : ActionAnswer.NotFound;

    /// <summary>The cases the filter leaves, whatever it says of limits.</summary>
    internal static IQueryable<CaseRow> Narrow(IQueryable<CaseRow> cases, BoardFilter filter)
    {
        cases = filter.Department is not { } department ? cases : department == BoardFilter.None ? cases.Where(c => c.Lead == null) : cases.Where(c => c.Lead == department);
        cases = filter.Handler is not { } handler ? cases : handler == BoardFilter.None ? cases.Where(c => c.Handler == null) : cases.Where(c => c.Handler == handler);
        cases = filter.Process is { } process ? cases.Where(c => c.Process == process) : cases;
        return filter.Level is { } level ? cases.Where(c => c.Level == level) : cases;
    }

    private static IQueryable<CaseRow> OpenOf(CaseScope scope, CaseManagementDbContext db) => scope.Supervised(db).Where(c => c.Status == "open");

    // each case once
    private static Task<int> CountAsync(IQueryable<CaseRow> cases, CancellationToken cancellationToken) =>
        cases.Select(c => c.Id).Take(Counts.Most).CountAsync(cancellationToken);

    private static Task<Dictionary<string, int>> CountByAsync(IQueryable<IGrouping<string?, CaseRow>> cases, CancellationToken cancellationToken) =>
        cases.Select(g => new { Key = g.Key ?? BoardFilter.None, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, StringComparer.Ordinal, cancellationToken);

    private static Task<List<BoardLimit>> ReadAsync(IQueryable<ClockRow> limits, IQueryable<CaseRow> cases, CancellationToken cancellationToken) =>
        limits.Join(cases, k => k.ComplaintId, c => c.Id, (k, c) => new BoardLimit(c.Id, k.Key, k.Limit, k.DueAt, c.LevelRank, c.Handler, c.Lead)).ToListAsync(cancellationToken);

    private async Task<BoardList> ListAsync(
        CaseManagementDbContext db, CaseScope scope, List<BoardLimit> limits, Dictionary<string, string> departments, bool all, CancellationToken cancellationToken)
    {
        var shown = limits.OrderBy(l => l.LevelRank ?? int.MaxValue).ThenBy(l => l.DueAt ?? DateTimeOffset.MaxValue).ThenBy(l => l.CaseId).ThenBy(l => l.Clock, StringComparer.Ordinal)
            .Take(all ? MostShown : Shown).ToList();
        var ids = shown.Select(l => l.CaseId).Distinct().ToList();
        var read = await db.Cases.AsNoTracking().Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancellationToken);
        var clocks = await db.Clocks.AsNoTracking().Where(k => ids.Contains(k.ComplaintId)).ToDictionaryAsync(k => (k.ComplaintId, k.Key), cancellationToken);
        var rows = shown.Select(l => new { Clock = clocks[(l.CaseId, l.Clock)], Case = read[l.CaseId] }).ToList();
        var said = await processes.OfAsync(rows.Select(r => r.Case), cancellationToken);
        var subjects = await masked.SubjectsAsync(read.Values, scope, db, cancellationToken);
        var holders = (await db.Tasks.AsNoTracking().Where(t => ids.Contains(t.ComplaintId) && t.DoneAt == null && t.Assignee != null)
            .Select(t => new { t.ComplaintId, t.AssigneeName, t.CreatedAt }).ToListAsync(cancellationToken)).ToLookup(t => t.ComplaintId);
        var told = (await db.Messages.AsNoTracking().Where(m => ids.Contains(m.ComplaintId) && m.Escalation && m.Channel == "inbox")
            .Select(m => new { m.ComplaintId, m.Clock, m.Recipient, m.CreatedAt }).ToListAsync(cancellationToken)).ToLookup(m => (m.ComplaintId, m.Clock));
        return new BoardList(
            [
                .. rows.Select(r =>
                {
                    var words = said[(r.Case.Process, r.Case.ProcessVersion)];
                    return new BoardRow
                    {
                        CaseId = r.Case.Id,
                        Number = r.Case.Number,
                        Subject = subjects[r.Case.Id],
                        Level = words.Words.Level(r.Case.Level),
                        Handler = r.Case.Handler is { } handler ? words.Words.Person(handler) : holders[r.Case.Id].OrderBy(t => t.CreatedAt).FirstOrDefault()?.AssigneeName,
                        Department = r.Case.Lead is { } lead ? departments.GetValueOrDefault(lead, lead) : null,
                        Clock = words.Badge(r.Clock, r.Case.Lead),
                        EscalatedTo = told[(r.Case.Id, r.Clock.Key)].OrderBy(m => m.CreatedAt).LastOrDefault() is { } last ? words.Words.Candidate(last.Recipient) : null,
                    };
                }),
            ],
            limits.Count);
    }

    private async Task<IReadOnlyList<BoardLoad>> LoadAsync(
        string by, List<BoardLimit> late, List<BoardLimit> soon, Dictionary<string, int>? all, Dictionary<string, string> departments, CancellationToken cancellationToken)
    {
        var (lates, soons) = (SumOf(by, late), SumOf(by, soon));
        var names = by == BoardFilter.ByHandler
            ? await NamesAsync(cancellationToken)
            : by == BoardFilter.ByDepartment ? departments : LimitNames(await configurations.CurrentAsync(cancellationToken), null);
        return
        [
            .. (all?.Keys ?? lates.Keys.Union(soons.Keys, StringComparer.Ordinal))
                .Select(key => new BoardLoad(key, NameOf(key), lates.GetValueOrDefault(key), soons.GetValueOrDefault(key), all?[key]))
                .OrderByDescending(l => l.Late).ThenByDescending(l => l.Soon).ThenByDescending(l => l.All).ThenBy(l => l.Name, StringComparer.CurrentCulture).Take(MostGroups),
        ];

        string NameOf(string key) => key != BoardFilter.None ? names.GetValueOrDefault(key, key) : by == BoardFilter.ByHandler ? text["NoHandler"] : text["NoDepartment"];
    }

    // with who is away
    private async Task<Dictionary<string, string>> NamesAsync(CancellationToken cancellationToken)
    {
        var named = await absences.ChoicesAsync(cancellationToken);
        return (await people.AllAsync(cancellationToken)).ToDictionary(p => p.Id, p => named(p).Text, StringComparer.Ordinal);
    }

    // cases by handler or department, limits by their key
    private static Dictionary<string, int> SumOf(string by, List<BoardLimit> limits) =>
        limits.GroupBy(l => (by == BoardFilter.ByDepartment ? l.Lead : by == BoardFilter.ByLimit ? l.Limit : l.Handler) ?? BoardFilter.None, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.DistinctBy(l => l.CaseId).Count(), StringComparer.Ordinal);

    // begins at the few names nobody has bound
    private async Task<IReadOnlyList<BoardUnbound>> UnboundAsync(CaseManagementDbContext db, CaseScope scope, CancellationToken cancellationToken)
    {
        var supervised = OpenOf(scope, db);
        var found = await db.CaseParties.AsNoTracking().Where(p => p.Kind == PartyKinds.Unbound).Join(supervised, p => p.ComplaintId, c => c.Id, (_, c) => c)
            .OrderBy(c => c.ReceivedAt).Take(Shown).ToListAsync(cancellationToken);
        var subjects = await masked.SubjectsAsync(found, scope, db, cancellationToken);
        return [.. found.Select(c => new BoardUnbound(c.Id, c.Number, subjects[c.Id], c.ReceivedAt))];
    }

    private static async Task<IReadOnlyList<BoardApproval>> ApprovalsAsync(CaseManagementDbContext db, CaseScope scope, CancellationToken cancellationToken)
    {
        // who holds an approval or may take it sees its case, unless the case is against them; the longest waiting are met first
        var (me, keys) = (scope.Person!.Id, scope.Keys);
        var cases = scope.NotAgainst(db, db.Cases.AsNoTracking()).Where(c => c.Status == "open");
        var open = db.Tasks.AsNoTracking().Where(t => t.DoneAt == null && t.Chain != null);
        var held = await LongestAsync(open.Where(t => t.Assignee == me));
        var offered = await LongestAsync(open.Where(t => t.Assignee == null && t.State == "Open" && db.TaskCandidates.Any(k => k.TaskId == t.Id && keys.Contains(k.Candidate))));
        return [.. held.Concat(offered).OrderBy(a => a.Since).Take(MostShown)];

        async Task<List<BoardApproval>> LongestAsync(IQueryable<TaskRow> tasks)
        {
            var english = PackWords.Language.StartsWith("en", StringComparison.Ordinal);
            return await tasks.Join(cases, t => t.ComplaintId, c => c.Id, (t, c) => new { c.Id, c.Number, Title = english ? t.TitleEn : t.TitleZh, t.CreatedAt })
                .OrderBy(a => a.CreatedAt).Take(MostShown).Select(a => new BoardApproval(a.Id, a.Number, a.Title, a.CreatedAt)).ToListAsync(cancellationToken);
        }
    }

    private async Task<IReadOnlyList<FilterChoice>> FiltersAsync(
        BoardFilter filter, CaseScope scope, Dictionary<string, int> byHandler, CaseManagementDbContext db, CaseConfiguration configuration, Dictionary<string, string> departments,
        CancellationToken cancellationToken)
    {
        var language = PackWords.Language;
        var packs = configuration.Published.Values.Select(p => p.Pack).ToList();
        var inView = packs.Where(p => filter.Process is null || p.Identity.Id == filter.Process).ToList();
        if (filter is not { Department: null, Handler: null, Limit: null, Process: null, Level: null })
        {
            // whoever may be chosen instead
            byHandler = await CountByAsync(OpenOf(scope, db).GroupBy(c => c.Handler), cancellationToken);
        }

        var handlers = byHandler.Keys.Where(h => h != BoardFilter.None).Order(StringComparer.Ordinal).Take(MostShown);
        var names = await NamesAsync(cancellationToken);
        var led = departments.Where(d => scope.Supervises(d.Key)).Select(d => new Choice(d.Key, d.Value));
        return
        [
            new("department", text["Department"], [.. led, new Choice(BoardFilter.None, text["NoDepartment"])], filter.Department),
            new("handler", text["Handler"], [.. handlers.Select(h => new Choice(h, names.GetValueOrDefault(h, h))).OrderBy(h => h.Text, StringComparer.CurrentCulture), new Choice(BoardFilter.None, text["NoHandler"])], filter.Handler),
            new("limit", text["Limit"], [.. LimitNames(configuration, filter.Process).Select(l => new Choice(l.Key, l.Value))], filter.Limit),
            new("process", text["Process"], [.. packs.Select(p => new Choice(p.Identity.Id, p.Identity.Name.In(language)))], filter.Process),
            new("level", text["Level"], [.. inView.SelectMany(p => p.Levels.Levels).DistinctBy(l => l.Key).Select(l => new Choice(l.Key, l.Name.In(language)))], filter.Level),
        ];
    }

    /// <summary>What each person to choose from has on their hands stands behind their name.</summary>
    private async Task<FormPage> WithLoadsAsync(FormPage form, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var ids = form.Fields.Where(f => f.Key == "to").SelectMany(f => f.Options).Select(o => o.Value).ToList();
        var loads = await db.Tasks.Where(t => t.Assignee != null && ids.Contains(t.Assignee) && t.DoneAt == null)
            .GroupBy(t => t.Assignee!).Select(g => new { g.Key, All = g.Count(), Late = g.Sum(t => t.DueAt <= now ? 1 : 0) })
            .ToDictionaryAsync(l => l.Key, l => (l.All, l.Late), StringComparer.Ordinal, cancellationToken);
        return form with
        {
            Fields =
            [
                .. form.Fields.Select(f => f.Key != "to" ? f : f with
                {
                    Options = [.. f.Options.Select(o => o with { Text = loads.TryGetValue(o.Value, out var load) ? text["WithLoad", o.Text, load.All, load.Late] : text["WithoutLoad", o.Text] })],
                }),
            ],
        };
    }

    // limits as they are in force: administrators add some that no version of a process has
    private static Dictionary<string, string> LimitNames(CaseConfiguration configuration, string? process) =>
        configuration.Published.Where(p => process is null || p.Key == process)
            .SelectMany(p => configuration.RulesFor(p.Value, configuration.LimitsVersion(p.Key)).Limits).DistinctBy(l => l.Rule.Key)
            .ToDictionary(l => l.Rule.Key, l => l.Rule.Name.In(PackWords.Language), StringComparer.Ordinal);

    private async Task<Dictionary<string, string>> DepartmentsAsync(CancellationToken cancellationToken) => (await people.DepartmentsAsync(cancellationToken))
        .ToDictionary(d => d.Key, d => new BilingualText(d.NameZh, d.NameEn).In(PackWords.Language), StringComparer.Ordinal);

    /// <summary>One limit of one case, as far as numbers and order need it.</summary>
    private sealed record BoardLimit(Guid CaseId, string Clock, string Limit, DateTimeOffset? DueAt, int? LevelRank, string? Handler, string? Lead);
}
