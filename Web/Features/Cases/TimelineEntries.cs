using System.Globalization;
using System.Text.Json.Nodes;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Files;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.Extensions.Localization;
using static CaseManagement.Domain.Complaints.CaseEvents;

namespace CaseManagement.Web.Features.Cases;

/// <summary>Who stands behind an event.</summary>
public static class EventActors
{
    /// <summary>The complainant did it by themselves on the portal; nobody did it for them.</summary>
    public static bool IsByPortal(this EventRow row) =>
        row.ActorKind == nameof(ActorKind.Complainant) && row.ActorId == Actor.ComplainantByPortal.Id;

    /// <summary>Who did it, and for whom.</summary>
    /// <param name="row">The event.</param>
    /// <param name="data">Its data.</param>
    public static Actor ActorOf(this EventRow row, JsonObject? data) => new(Enum.TryParse<ActorKind>(row.ActorKind, out var kind) ? kind : ActorKind.System, row.ActorId, row.ActorName)
    {
        OnBehalfOf = (string?)data?["onBehalfOf"],
        OnBehalfOfName = (string?)data?["onBehalfOfName"],
    };
}

/// <summary>Entries of the timeline of a case as one reader sees it.</summary>
/// <param name="view">The case.</param>
/// <param name="sentences">Says what happened.</param>
public sealed class TimelineEntries(CaseView view, EventSentences sentences, IStringLocalizer<EventWords> words)
{
    /// <summary>What a type of event is about.</summary>
    public static TimelineKind KindOf(string type) => type switch
    {
        Acknowledged or Replied or MaterialRequested or Answered or FollowedUp or MessageQueued or Asked or QuestionReplied or ComplainantWrote or Rated or MessageReceived or CallLogged or VisitLogged or LetterIssued => TimelineKind.Message,
        Noted or Linked => TimelineKind.Note,
        AttachmentAdded or AttachmentScanned or AttachmentRevealed => TimelineKind.File,
        Escalated or Incident or IncidentRetried => TimelineKind.Escalation,
        RungActed => TimelineKind.Clock,
        _ when type.StartsWith("clock.", StringComparison.Ordinal) => TimelineKind.Clock,
        _ when type.StartsWith("task.", StringComparison.Ordinal) => TimelineKind.Task,
        _ => TimelineKind.Decision,
    };

    /// <summary>One event as an entry.</summary>
    public TimelineEntry Of(EventRow row)
    {
        var data = JsonNode.Parse(row.Data) as JsonObject ?? [];
        var said = sentences.Of(row.Type, data);
        var actor = ActorWords.NameOf(row.ActorOf(data)).In(PackWords.Language);
        var file = row.Type == AttachmentAdded && Guid.TryParse(Maybe(data, "attachment"), out var id) ? view.Files.FirstOrDefault(f => f.Id == id) : null;
        var href = file is not null && view.MayOpen(file) ? $"/cases/{view.Complaint.Id}/files/{file.Id}" : null;
        return new TimelineEntry
        {
            Id = row.Sequence.ToString(CultureInfo.InvariantCulture),
            Kind = KindOf(row.Type),
            Icon = IconOf(row.Type),
            Title = said.Title,
            Detail = said.Detail.Length == 0 ? actor : actor.Length == 0 ? said.Detail : words["detail", said.Detail, actor],
            At = row.At,
            Body = said.Body,
            FileHref = href,
            ImageHref = href is not null && FileType.IsShown(file!.MediaType) ? $"{href}/image" : null,
            Quoted = said.Quoted,
            Href = LetterOf(row.Type, data) is { } letter ? $"/cases/{row.ComplaintId}/letters/{letter}" : null,
        };
    }

    private static string IconOf(string type) => type switch
    {
        Received => "phone-incoming",
        Acknowledged or MessageQueued or MaterialRequested => "send",
        Replied => "message",
        Asked or Answered or FollowedUp or QuestionReplied or ComplainantWrote or Rated or MessageReceived => "user-question",
        CallLogged => "phone",
        VisitLogged => "users",
        LetterIssued => "file-text",
        CodeReissued or NoticeAccepted or ConfidentialityRaised or ConfidentialityAsked or ConfidentialityRefused or ConfidentialityLowered or ConfidentialityListChanged or HoldSet or HoldReleaseRefused or Restricted => "lock",
        HoldReleaseAsked or HoldReleased or RestrictionLifted => "arrow-back-up",
        RequestReceived or RequestDecided or Corrected => "user-question",
        ErasureNoted => "circle-off",
        ExportCreated or ExportDownloaded => "download",
        RespondentBound or RespondentNamed => "user-question",
        InterestDeclared or ExclusionApplied => "circle-off",
        Noted => "lock",
        AttachmentAdded or AttachmentScanned => "paperclip",
        AttachmentRevealed or Revealed or RevealAsked or RevealRefused => "eye",
        Linked => "link",
        LevelChanged or LevelOverridden or ApprovalDecided or ApprovalVoided => "gavel",
        Routed => "route",
        Assigned => "user",
        FactsChanged => "list-details",
        ApprovalOpened => "file-check",
        TaskCompleted => "check",
        TaskClaimed or TaskAssigned or TaskDelegated => "hand-grab",
        TaskCancelled or ClockCancelled => "circle-off",
        ClockPaused => "player-pause",
        ClockResumed => "player-play",
        ClockExtended or ClockRecomputed or ExtensionAsked => "calendar-plus",
        ClockMet => "circle-check",
        ClockBreached => "alert-octagon",
        RungActed => "alert-triangle",
        Escalated => "arrow-bar-up",
        Incident => "alert-circle",
        IncidentRetried => "arrow-back-up",
        Withdrawn or Closed => "flag",
        Reopened => "arrow-back-up",
        Migrated => "route",
        PenaltyProposed or AmountProposed or AmountApproved or AmountRefused or AmountPaid => "coin-yuan",
        DocumentDrawnUp or DocumentSigned => "file-text",
        Referred => "send",
        Verified => "circle-check",
        Counted => "list-details",
        _ when type.StartsWith("clock.", StringComparison.Ordinal) => "clock-hour-4",
        _ => "history",
    };

    private string? LetterOf(string type, JsonObject data) =>
        type == LetterIssued ? Maybe(data, "letter") : type is DocumentDrawnUp or DocumentSigned && view.KnowsComplainant ? Maybe(data, "document") : type == MessageQueued && Maybe(data, "channel") == "letter" ? Maybe(data, "id") : null;

    private static string? Maybe(JsonObject data, string name) => data[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}

/// <summary>Where a message stands.</summary>
/// <param name="State">One of <see cref="MessageStates"/>.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="HasArrived">What the other side of a webhook told; null while it has told nothing.</param>
public sealed record MessageFate(string State, int Attempts, bool? HasArrived);
