using System.Text.Json.Nodes;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Features.Cases;
using CaseManagement.Web.Features.Portal;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Portal;
using CaseManagement.Workflows.Cases;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using static CaseManagement.Domain.Complaints.CaseEvents;

namespace CaseManagement.Web.Features.Follow;

/// <summary>
/// What was said between organisation and complainant, and the few things that happened which are theirs to know. What is not named here is not told:
/// no notes, tasks, names, levels, links, and of a deed recorded for the complainant not the words of whoever recorded it.
/// </summary>
public sealed class ComplainantTalk(
    IDbContextFactory<CaseManagementDbContext> contexts, Promises promises, IStringLocalizer<FollowWords> words)
{
    private const int MostEntries = 500;

    // what the case itself says of these is enough, or holds a code
    private static readonly HashSet<string> NotShown = [ProductTemplates.Question, ProductTemplates.CodeReissued, ProductTemplates.OneTimeCode];

    private static readonly string[] Told = [
        Received, Replied, Asked, QuestionReplied, ComplainantWrote, Answered, ClockExtended, Withdrawn, Closed, Reopened, Rated, AttachmentAdded, CodeReissued,
        MaterialRequested, MessageQueued, RequestReceived, Corrected, ExportDownloaded,
    ];

    /// <summary>One entry with its place in the case's record, and whether it is what an answer is awaited to.</summary>
    public sealed record ToldPart(TalkEntry Entry, long Place, bool AsksForMaterial, bool IsAnswer);

    /// <summary>Everything there is to tell, newest first.</summary>
    public async Task<IReadOnlyList<ToldPart>> OfAsync(Complaint complaint, CaseRules rules, CancellationToken cancellationToken)
    {
        var id = complaint.Id.Value;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var events = await db.Events.AsNoTracking().Where(e => e.ComplaintId == id && Told.Contains(e.Type))
            .OrderByDescending(e => e.Sequence).Take(MostEntries).ToListAsync(cancellationToken);
        var messages = await db.Messages.AsNoTracking()
            .Where(m => m.ComplaintId == id && m.Recipient == Candidates.Complainant && !NotShown.Contains(m.Template))
            .OrderByDescending(m => m.CreatedAt).Take(MostEntries).ToListAsync(cancellationToken);
        var answers = events.Where(e => e.Type == Replied).Select(e => (e.At, Data: Read(e)))
            .Where(e => Text(e.Data, "kind") is "answer" or "final").Select(e => (e.At, Template: Text(e.Data, "template"))).ToHashSet();
        var asked = events.Where(e => e.Type == MaterialRequested).Select(e => e.At).ToHashSet();

        // where the entry of the extension tells it the mail of it would say it twice
        var extended = events.Where(e => e.Type == ClockExtended).Select(e => e.At).ToHashSet();
        var places = events.Where(e => e.Type == MessageQueued).Select(e => (e.At, Template: Text(Read(e), "template"), e.Sequence))
            .GroupBy(e => (e.At, e.Template)).ToDictionary(g => g.Key, g => g.Max(e => e.Sequence));
        var promised = PromisedClocks.KeysOf(rules, complaint.Kind);
        var calendar = rules.Calendar(rules.Pack.Identity.Calendar);
        return
        [
            .. messages.Where(m => m.Template != ProductTemplates.DateMoved || !extended.Contains(m.CreatedAt)).Select(m => new ToldPart(Of(m, complaint), places.GetValueOrDefault((m.CreatedAt, m.Template)), asked.Contains(m.CreatedAt), answers.Contains((m.CreatedAt, m.Template))))
                .Concat(events.Select(e => (Entry: Of(e, complaint, promised, calendar), e.Sequence)).Where(e => e.Entry is not null)
                    .Select(e => new ToldPart(e.Entry!, e.Sequence, false, false)))
                .OrderByDescending(e => e.Entry.At).ThenByDescending(e => e.Place),
        ];
    }

    /// <summary>The names of the files the complainant sent by the portal.</summary>
    public async Task<IReadOnlyList<string>> FilesAsync(Complaint complaint, CancellationToken cancellationToken)
    {
        var id = complaint.Id.Value;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var added = await db.Events.AsNoTracking().Where(e => e.ComplaintId == id && e.Type == AttachmentAdded)
            .OrderBy(e => e.Sequence).Take(MostEntries).ToListAsync(cancellationToken);
        return [.. added.Where(e => e.IsByPortal()).Select(e => Text(Read(e), "name"))];
    }

    private TalkEntry Of(MessageRow message, Complaint complaint)
    {
        var english = PackWords.Language.StartsWith("en", StringComparison.Ordinal);
        var body = english ? message.BodyEn : message.BodyZh;
        return new TalkEntry(
            message.CreatedAt, words["WeWrote", english ? message.SubjectEn : message.SubjectZh],
            SealedCode.Fill(body, _ => words["CodeHidden"]))
        { Files = SentWith(complaint, message.Id) };
    }

    private TalkEntry? Of(EventRow row, Complaint complaint, IReadOnlySet<string> promised, WorkCalendar calendar)
    {
        var data = Read(row);
        var own = row.IsByPortal();
        string Theirs(string name) => own ? Text(data, name) : "";
        return row.Type switch
        {
            Received => new TalkEntry(row.At, words[$"Received_{complaint.Kind}"], complaint.Facts.Text("description") ?? ""),
            // with a template the message itself is there
            Replied when Text(data, "template").Length == 0 && Text(data, "text").Length > 0 => new TalkEntry(row.At, words["Told"], Text(data, "text"))
            {
                Files = Guid.TryParse(Text(data, "message"), out var message) ? SentWith(complaint, message) : [],
            },
            Asked => new TalkEntry(row.At, words["Asked"], Text(data, "text")),
            QuestionReplied => new TalkEntry(row.At, words["YouReplied"], Theirs("text")),
            ComplainantWrote => new TalkEntry(row.At, words["YouWrote"], Theirs("text")),
            Answered => new TalkEntry(row.At, words[$"You_{Text(data, "outcome")}"], Theirs("reason")),
            ClockExtended when promised.Contains(Text(data, "clock")) => new TalkEntry(
                row.At, words["Extended"], promises.Moved(When(data, "oldDueAt"), When(data, "dueAt"), Text(data, "reason"), calendar)),
            Withdrawn => new TalkEntry(row.At, words[$"Withdrawn_{complaint.Kind}"], Theirs("reason")),
            Closed => new TalkEntry(row.At, words[$"Closed_{complaint.Kind}"]),
            Reopened => new TalkEntry(row.At, words[$"Reopened_{complaint.Kind}"], Theirs("reason")),
            Rated => new TalkEntry(row.At, words["YouRated"]),
            AttachmentAdded when own => new TalkEntry(row.At, words["YouSentFile", Text(data, "name")]),
            CodeReissued => new TalkEntry(row.At, words["NewCode"]),
            RequestReceived => new TalkEntry(row.At, words["YouAskedData", Text(data, "request")]),
            Corrected => new TalkEntry(row.At, words["YouCorrected"], Text(data, "text")),
            ExportDownloaded => new TalkEntry(row.At, words["YouFetched", Text(data, "request")]),
            _ => null,
        };
    }

    private static List<SentFile> SentWith(Complaint complaint, Guid message) =>
    [
        .. complaint.Attachments.Where(a => a.SentWith == message && a.State != AttachmentState.Refused)
            .Select(a => new SentFile(a.Name, FileWords.Size(a.Size), a.State == AttachmentState.Clean ? $"{PortalServices.Path}/case/files/{a.Id}" : null)),
    ];

    private static JsonObject Read(EventRow row) => JsonNode.Parse(row.Data) as JsonObject ?? [];

    private static string Text(JsonObject data, string name) => data[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";

    private static DateTimeOffset? When(JsonObject data, string name) =>
        data[name] is JsonValue value && value.TryGetValue<DateTimeOffset>(out var at) ? at : null;
}
