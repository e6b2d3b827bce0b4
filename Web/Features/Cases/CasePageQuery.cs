using System.Security.Claims;
using System.Text.Json;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Tasks;
using CaseManagement.Web.Auditing;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Organisation;
using CaseManagement.Web.Timers;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Cases;

/// <summary>Puts the page of a case together.</summary>
public sealed class CasePageQuery(
    CaseReader reader, CaseDiagram diagram, TaskPanels panels, CaseClockPanels clocks, CaseSides sides, CaseMenu menu, ReplyDesk desk, EntryDrafts composers, CaseRelations relations, CasePrivacy privacy, CaseProtection protection, CaseRecords records, CaseTimeline timeline,
    CaseAccess access, CaseWatches watches, ReadLog reads, DateWords dates, IDbContextFactory<CaseManagementDbContext> contexts, IHttpContextAccessor http, ITempDataDictionaryFactory temp, IStringLocalizer<CaseWords> words) : ICasePageQuery
{
    /// <summary>Under this name the tracking code waits, protected, for the one page that shows it.</summary>
    public const string TrackingCode = "tracking-code";
    private const int MostNames = 5;
    private const int MostPrinted = 2000;

    public async Task<CasePage?> GetAsync(Guid id, TimelinePart part, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await OpenAsync(id, "page", user, cancellationToken) is { } view ? await PageAsync(view, part, cancellationToken) : null;

    // who reads what is recorded before any of it is shown
    private async Task<CaseView?> OpenAsync(Guid id, string place, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await reader.OpenAsync(id, user, cancellationToken) is not { } view)
        {
            return null;
        }

        await reads.CaseAsync(view.Complaint, view.KnowsComplainant, view.Person.AsPerformer().Actor, place, cancellationToken);
        return view;
    }

    private async Task<CasePage> PageAsync(CaseView view, TimelinePart part, CancellationToken cancellationToken)
    {
        var id = view.Complaint.Id.Value;
        var route = await diagram.GetAsync(view, cancellationToken);
        var complaint = view.Complaint;
        await MarkReadAsync(view, cancellationToken);
        return new CasePage
        {
            Id = id,
            Version = view.Version,
            Number = complaint.Number,
            Subject = view.Mask.Say(complaint.Subject),
            Level = view.Words.Level(complaint.Level),
            State = StateOf(view, words),
            Process = words[complaint.Kind == "complaint" ? "ProcessVersion" : "ProcessVersionOfKind", view.Words.Process, complaint.ProcessVersion, view.Words.Option("kind", complaint.Kind)],
            ProcessHref = $"/processes/{complaint.Process}",
            Owner = complaint.Handler is { } handler ? view.Words.Person(handler) : null,
            OwnerInitials = complaint.Handler is { } owner ? ProductShell.InitialsOf(view.Words.Person(owner)) : null,
            Zone = view.Zone,
            Clocks = clocks.Of(view),
            Steps = route.Steps,
            Tasks = await panels.GetAsync(view, route, cancellationToken),
            Composer = await desk.WithTemplatesAsync(menu.Composer(view), view, cancellationToken) is { } composer ? await composers.FillAsync(view, composer, cancellationToken) : null,
            Timeline = await timeline.GetAsync(view, part, cancellationToken),
            Facts = await sides.FactsAsync(view, cancellationToken),
            People = sides.People(view),
            Files = sides.Files(view),
            Amounts = records.Amounts(view),
            Documents = records.Documents(view),
            LessonHref = view is { MayAct: true, Complaint.IsOpen: false } && complaint.Confidentiality.Level < ConfidentialityLevel.Restricted ? $"/lessons/of/{id}" : null,
            Kept = privacy.Mark(view),
            Marks = protection.Marks(view),
            Protection = await protection.GetAsync(view, cancellationToken),
            Privacy = await privacy.GetAsync(view, cancellationToken),
            Diagram = route.Diagram,
            Notes = await NotesAsync(view, route, cancellationToken),
            Actions = await menu.ActionsAsync(view, route, cancellationToken),
            IsWatched = await watches.HasAsync(id, view.Person.Id, cancellationToken),
        };
    }

    public async Task<CasePrint?> PrintAsync(Guid id, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await OpenAsync(id, "print", user, cancellationToken) is not { } view)
        {
            return null;
        }

        var page = await PageAsync(view, new TimelinePart(), cancellationToken);
        var entries = await timeline.LatestAsync(view, MostPrinted, cancellationToken);
        return new CasePrint
        {
            Case = page,
            Entries = [.. entries.Reverse()],
            LeftOut = page.Timeline.Counts.Values.Sum() - entries.Count,
            PrintedAt = view.Now,
            PrintedBy = view.Person.Name,
        };
    }

    public async Task<CaseKin?> KinAsync(Guid id, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await OpenAsync(id, "kin", user, cancellationToken) is { } view ? await relations.GetAsync(view, cancellationToken) : null;

    public async Task<Timeline?> TimelineAsync(Guid id, TimelinePart part, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await OpenAsync(id, "timeline", user, cancellationToken) is { } view ? await timeline.GetAsync(view, part, cancellationToken) : null;

    /// <summary>How the case stands, in a word.</summary>
    public static StateMark StateOf(CaseView view, IStringLocalizer<CaseWords> words) => view.Complaint switch
    {
        { IsOpen: true } open when open.Dialogue.OpenQuestions.Any() => new(StateShape.Waiting, words["StateAsked"]),
        { IsOpen: true } open when open.Tasks.Open.Any(t => t.State == TaskState.Claimed) => new(StateShape.Working, words["StateWorking"]),
        { IsOpen: true, Awaits.Count: > 0 } => new(StateShape.Waiting, words["StateAwaits"]),
        { IsOpen: true } => new(StateShape.Waiting, words["StateOpen"]),
        { Status: CaseStatus.Closed } => new(StateShape.Done, view.Words.Option("status", CaseStatus.Closed)),
        var over => new(StateShape.Ended, view.Words.Option("status", over.Status)),
    };

    private async Task<IReadOnlyList<Note>> NotesAsync(CaseView view, CaseRoute route, CancellationToken cancellationToken)
    {
        var notes = new List<Note>();
        if (http.HttpContext is { } context && context.Request.Method == HttpMethods.Get
            && temp.GetTempData(context) is { } kept && kept.TryGetValue(TrackingCode, out var said) && said is string code
            && code.Split('|') is [var number, var words1] && number == view.Complaint.Number)
        {
            notes.Add(new Note(NoteKind.Ok, words["Registered", number, words1]));
        }

        foreach (var failed in route.Steps.Where(s => s.Look == StepLook.Failed))
        {
            notes.Add(await IncidentAsync(view, failed, cancellationToken));
        }

        if (await GivenUpAsync(view, cancellationToken) is { } givenUp)
        {
            notes.Add(givenUp);
        }

        if (view.OpenUntil is { } until)
        {
            notes.Insert(0, new Note(NoteKind.Late, words["OpenInEmergency", dates.Say(until, view.Zone, DateStyle.Brief)]));
        }

        if (!view.MayAct)
        {
            notes.Add(new Note(NoteKind.Info, words[view.ActsForOthers ? "OnlyForOthers" : "ReadOnly"]));
        }

        if (view.Mask.CoversWords)
        {
            notes.Add(new Note(NoteKind.Info, words["WordsCovered"]));
        }

        notes.AddRange(await StrandedDraftsAsync(view, cancellationToken));
        return notes;
    }

    /// <summary>Timers of the case that failed too often and wait for an administrator.</summary>
    private async Task<Note?> GivenUpAsync(CaseView view, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var count = await FailedTimers.GivenUpOf(db, view.Complaint).CountAsync(cancellationToken);
        return count == 0 ? null : new Note(NoteKind.Warning, words["TimersGivenUp", count]);
    }

    /// <summary>Which step failed, when, why and who can set it right; the technical text for those who can.</summary>
    private async Task<Note> IncidentAsync(CaseView view, CaseStep failed, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var supervisors = await access.SupervisorsAsync(view.Complaint.Lead, cancellationToken);
        var at = failed.At is { } moment ? dates.Say(moment, view.Zone, DateStyle.List) : "";
        var said = supervisors.Count == 0
            ? words["IncidentAtNobody", failed.Title, at].Value
            : words["IncidentAt", failed.Title, at, string.Join(words["separator"], supervisors.Take(MostNames))].Value;
        return new Note(NoteKind.Warning, failed.Cause is not { } cause ? said : $"{said} {(view.Supervises ? words["IncidentWhyDetail", cause, failed.Detail ?? ""] : words["IncidentWhy", cause])}");
    }

    /// <summary>What the reader wrote for a task that somebody else finished meanwhile is not lost.</summary>
    private async Task<IEnumerable<Note>> StrandedDraftsAsync(CaseView view, CancellationToken cancellationToken)
    {
        var over = view.Complaint.Tasks.All.Where(t => !t.IsOpen).ToDictionary(t => t.Id);
        var ids = over.Keys.ToList();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var drafts = await db.SavedDrafts.AsNoTracking().Where(d => d.UserId == view.Person.Id && ids.Contains(d.TaskId)).ToListAsync(cancellationToken);
        return drafts.Select(d => new Note(NoteKind.Info, words["StrandedDraft", TitleOf(over[d.TaskId]), TextOf(d)]));
    }

    private static string TextOf(SavedDraft draft) => string.Join(
        " · ", (JsonSerializer.Deserialize<Dictionary<string, string[]>>(draft.Json) ?? []).Values.SelectMany(v => v).Where(v => v.Length > 0));

    private static string TitleOf(HumanTask task) => PackWords.Language.StartsWith("en", StringComparison.Ordinal) ? task.TitleEn : task.TitleZh;

    /// <summary>Messages about this case in the reader's inbox count as read once the case has been opened.</summary>
    private async Task MarkReadAsync(CaseView view, CancellationToken cancellationToken)
    {
        var (id, me, keys) = (view.Complaint.Id.Value, view.Person.Id, view.Scope.Keys);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var unread = await db.Messages.AsNoTracking()
            .Where(m => m.ComplaintId == id && m.Channel == "inbox" && keys.Contains(m.Recipient))
            .Where(m => !db.NotificationReads.Any(r => r.UserId == me && r.MessageId == m.Id))
            .Select(m => m.Id).ToListAsync(cancellationToken);
        if (unread.Count == 0)
        {
            return;
        }

        db.NotificationReads.AddRange(unread.Select(m => new NotificationRead { UserId = me, MessageId = m, At = view.Now }));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            // the same person has opened the case in two windows: one of them has marked it
        }
    }
}
