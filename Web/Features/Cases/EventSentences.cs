using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Masking;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.Extensions.Localization;
using static CaseManagement.Domain.Complaints.CaseEvents;

namespace CaseManagement.Web.Features.Cases;

/// <summary>Texts of what happened to a case, by type of event: <c>{type}</c> is the title, <c>{type}:detail</c> what is said after it.</summary>
public sealed class EventWords;

/// <summary>What the sentences about one case call things by.</summary>
/// <param name="Words">Names the keys of its process.</param>
/// <param name="Rules">Its rules.</param>
/// <param name="Complaint">The case.</param>
/// <param name="Mask">What the reader is shown of personal data; null: everything.</param>
public sealed record EventNames(PackWords Words, CaseRules Rules, Complaint Complaint, CaseMask? Mask)
{
    /// <summary>Where messages that were queued stand now, by their ids; of others it is said how they began.</summary>
    public IReadOnlyDictionary<Guid, MessageFate> Fates { get; init; } = new Dictionary<Guid, MessageFate>();
}

/// <summary>What happened, in words.</summary>
/// <param name="Title">What it was.</param>
/// <param name="Detail">What there is to say of it; empty: nothing.</param>
/// <param name="Body">What somebody wrote.</param>
/// <param name="Quoted">What they answered to.</param>
public sealed record EventSentence(string Title, string Detail, string? Body, string? Quoted);

/// <summary>Says what happened to a case in the reader's language, every type of <see cref="CaseEvents"/>: for the timeline, the API and trials alike.</summary>
/// <param name="names">What things are called.</param>
/// <param name="words">The sentences.</param>
public sealed class EventSentences(EventNames names, IStringLocalizer<EventWords> words)
{
    private const int MostFacts = 8;
    private const int LongestValue = 200;

    /// <summary>The types that tell of files.</summary>
    public static readonly string[] FileTypes = [AttachmentAdded, AttachmentScanned, AttachmentRevealed];

    private readonly PackWords _names = names.Words;
    private readonly WorkCalendar _calendar = names.Rules.Calendar(names.Rules.Pack.Identity.Calendar);

    /// <summary>One event. A type this version does not know shows its name.</summary>
    /// <param name="type">One of <see cref="CaseEvents"/>.</param>
    /// <param name="data">The event's data as they are stored; what the reader may not know is covered here.</param>
    public EventSentence Of(string type, JsonObject data)
    {
        var args = Arguments(type, data);
        return new EventSentence(
            words[type, args] is { ResourceNotFound: false } title ? Say(Tidy(title)) : words["other", type],
            words[type + ":detail", args] is { ResourceNotFound: false } detail ? Say(Tidy(detail)) : "",
            BodyOf(type, data) is { } body ? Say(body) : null,
            type == MessageReceived && Maybe(data, "quoted") is { } quoted ? Say(quoted) : null);
    }

    /// <summary>One event in one line: title, detail, and what somebody wrote.</summary>
    /// <inheritdoc cref="Of" path="/param"/>
    public string LineOf(string type, JsonObject data)
    {
        var said = Of(type, data);
        return string.Join(words["separator"], ((string?[])[said.Title, said.Detail, said.Body]).Where(part => part is { Length: > 0 }).Distinct(StringComparer.Ordinal));
    }

    private string Say(string text) => names.Mask?.Say(text) ?? text;

    private object[] Arguments(string type, JsonObject data) => type switch
    {
        Received => [Text(data, "number"), _names.Option("kind", Text(data, "kind")), _names.Channel(Text(data, "channel"))],
        Acknowledged => [],
        FactsChanged => [FactsOf(data), Why(data)],
        LevelChanged or LevelOverridden => [LevelOf(data, "from"), LevelOf(data, "to"), Why(data)],
        Routed => [Department(data, "from"), Department(data, "to"), Why(data)],
        Assigned => [AssigneesOf(data)],
        TaskCreated => [TitleOf(data), _names.CandidatesOf(Texts(data, "candidates"))],
        TaskReassigned => [TitleOf(data), _names.CandidatesOf(Texts(data, "candidates")), Because(data)],
        TaskClaimed or TaskReleased or TaskCancelled => [TitleOf(data)],
        TaskAssigned => [TitleOf(data), Text(data, "toName") is { Length: > 0 } name ? name : _names.Person(Text(data, "to"))],
        TaskDelegated => [TitleOf(data), Text(data, "toName") is { Length: > 0 } deputy ? deputy : Word("delegated_nobody")],
        TaskCompleted => [TitleOf(data), _names.Outcome(Text(data, "outcome")), FactsOf(data)],
        ApprovalOpened => [_names.Chain(Text(data, "chain"))],
        ApprovalDecided => [_names.Chain(Text(data, "chain")), Word("state_" + Text(data, "state"))],
        ApprovalVoided => [_names.Chain(Text(data, "chain")), string.Join(words["separator"], Texts(data, "changed").Select(_names.Fact))],
        ClockStarted => [Clock(data), When(data, "dueAt")],
        ClockPaused => [Clock(data), _names.PauseReason(Text(data, "reason")), data.ContainsKey("from") ? words["since", When(data, "from")].Value : "", Text(data, "note")],
        ClockResumed => [Clock(data), When(data, "dueAt")],
        ClockExtended => [Clock(data), When(data, "oldDueAt"), When(data, "dueAt"), Text(data, "reason")],
        ClockRecomputed => [Clock(data), When(data, "oldDueAt"), When(data, "dueAt"), Change(data)],
        ClockReset => [Clock(data), When(data, "oldDueAt"), When(data, "dueAt")],
        ExtensionAsked => [Clock(data), When(data, "dueAt"), When(data, "wished"), Text(data, "reason")],
        ExtensionRefused => [Clock(data), When(data, "dueAt"), Text(data, "reason")],
        Promised => [Clock(data), Text(data, "until"), Text(data, "reason")],
        ClockMet => [Clock(data), data["late"]?.GetValue<bool>() == true ? Word("late") : Word("in-time")],
        ClockBreached => [Clock(data), When(data, "dueAt"), Caused(data)],
        ClockCancelled => [Clock(data)],
        RungActed => [Clock(data), When(data, "dueAt"), Caused(data)],
        PenaltyProposed => [Named(_names.Pack.Calculators.GetValueOrDefault(Text(data, "calculator"))?.Name, Word("penalty")), Maybe(data, "to") is { } to ? _names.Candidate(to) : ""],
        AmountProposed => [Named(_names.Pack.Calculators.GetValueOrDefault(Text(data, "calculator"))?.Name, Text(data, "calculator")), Sum(data), _names.CandidatesOf(Texts(data, "to"))],
        AmountApproved or AmountRefused => [Named(_names.Pack.Calculators.GetValueOrDefault(Text(data, "calculator"))?.Name, Text(data, "calculator")), Sum(data)],
        AmountPaid => [Named(_names.Pack.Calculators.GetValueOrDefault(Text(data, "calculator"))?.Name, Text(data, "calculator")), Sum(data), Text(data, "reason")],
        DocumentDrawnUp or DocumentSigned => [TitleOf(data), Text(data, "number")],
        Referred => [Named(_names.Pack.Organisation.Bodies.FirstOrDefault(b => b.Key == Text(data, "body"))?.Name, Text(data, "body"))],
        Verified => [Named(_names.Pack.Verifications.GetValueOrDefault(Text(data, "plan"))?.Name, Text(data, "plan")), data["round"]?.ToString() ?? "", Word(data["failed"]?.GetValue<bool>() == true ? "verified_failed" : "verified_effective")],
        Counted => [Named(_names.Pack.Counters.GetValueOrDefault(Text(data, "counter"))?.Name, Text(data, "counter")), data["to"]?.ToString() ?? "0"],
        Escalated => [_names.Candidate(Text(data, "to")), data.ContainsKey("clock") ? Because(data) : TitleOf(data)],
        Replied => [Word("reply_" + Text(data, "kind")), data.ContainsKey("form") ? _names.Option("replyForm", Text(data, "form")) : ""],
        Noted or MaterialRequested => [],
        FollowedUp => [_names.Outcome(Text(data, "outcome"))],
        Asked => [data.ContainsKey("clock") ? words["rests", Clock(data)].Value : ""],
        QuestionReplied or ComplainantWrote or CodeReissued => [],
        Rated => [FactsOf(data)],
        NoticeAccepted => [Text(data, "version"), data["sensitive"]?.GetValue<bool>() == true ? Word("notice_sensitive") : ""],
        Answered => [_names.Outcome(Text(data, "outcome"))],
        MessageQueued => [_names.Candidate(Text(data, "to")), Word("channel_" + Text(data, "channel")), StateOf(data)],
        MessageReceived => [Text(data, "subject") is { Length: > 0 } subject ? subject : Word(Text(data, "channel") is "sms" or "webhook" ? "by_" + Text(data, "channel") : "no-subject"), SenderOf(data), Maybe(data, "authentication") is { } checks ? words["verified", checks].Value : "", FilesOf(data)],
        CallLogged or VisitLogged => [Text(data, "with"), Word($"direction_{(type == CallLogged ? "call" : "visit")}_{Text(data, "direction")}"), When(data, "began"), words["minutes", data["minutes"]?.ToString() ?? "0"].Value],
        LetterIssued => [Text(data, "number"), Text(data, "subject")],
        AttachmentAdded or AttachmentRevealed => [Text(data, "name")],
        AttachmentScanned => [Text(data, "name"), Word("scan_" + Text(data, "state"))],
        Linked => [Text(data, "to"), Text(data, "kind") is { Length: > 0 } kind ? Word("link_" + kind) : ""],
        Withdrawn or Reopened => [],
        Closed => [Text(data, "as") is "import" ? Text(data, "outcome") : ""],
        Incident => [_names.Step(Text(data, "shape"))],
        Migrated => [data["from"]?.ToString() ?? "", data["to"]?.ToString() ?? "", Text(data, "reason")],
        ConfidentialityRaised or ConfidentialityAsked => [Word("kept_" + Text(data, "from")), Word("kept_" + Text(data, "to")), Text(data, "reason")],
        ConfidentialityRefused => [Word("kept_" + Text(data, "to"))],
        ConfidentialityLowered => [Word("kept_" + Text(data, "from")), Word("kept_" + Text(data, "to")), Text(data, "reason"), Text(data, "askedByName")],
        ConfidentialityListChanged => [Text(data, "reason"), Text(data, "askedByName")],
        Revealed or RevealAsked or RevealRefused => [Word("purpose_" + Text(data, "purpose")), Text(data, "reason"), RevealedFields(data), Maybe(data, "askedByName") is { } asked ? words["reveal-asked-by", asked].Value : ""],
        HoldSet or HoldReleaseAsked => [data["hold"]?.ToString() ?? "", Text(data, "reason")],
        HoldReleased or HoldReleaseRefused => [data["hold"]?.ToString() ?? "", Text(data, "reason"), Text(data, "askedByName")],
        RequestReceived => [Text(data, "request"), Word("right_" + Text(data, "kind"))],
        RequestDecided => [Text(data, "request"), Word("right_" + Text(data, "kind")), Word("outcome_" + Text(data, "outcome")), Text(data, "reason")],
        Corrected or ErasureNoted or ExportDownloaded => [Text(data, "request")],
        Restricted => [Text(data, "request"), data["untilClosing"]?.GetValue<bool>() == true ? Word("until-closing") : ""],
        RestrictionLifted => [Text(data, "request"), Maybe(data, "reason") ?? Word("by-itself")],
        ExportCreated => [Text(data, "request"), When(data, "endsAt")],
        RespondentBound => [Word("binding_" + Text(data, "binding"))],
        _ => [],
    };

    private static string Named(BilingualText? name, string key) => name?.In(PackWords.Language) ?? key;

    private static string Sum(JsonObject data) => $"{(data["total"] is JsonValue total && total.TryGetValue<decimal>(out var sum) ? sum.ToString("N2", CultureInfo.CurrentCulture) : "")} {Text(data, "unit")}".Trim();

    private static string? BodyOf(string type, JsonObject data) => type switch
    {
        Corrected or Noted or Replied or Asked or QuestionReplied or ComplainantWrote or MaterialRequested or MessageReceived or CallLogged or VisitLogged or LetterIssued => Maybe(data, "text"),
        TaskDelegated => Maybe(data, "note"),
        Answered or AttachmentRevealed or TaskCompleted or Withdrawn or Reopened or LevelOverridden or FactsChanged => Maybe(data, "reason"),
        _ => null,
    };

    // the event says how it began; the message itself how it stands
    private string StateOf(JsonObject data)
    {
        var fate = Guid.TryParse(Text(data, "id"), out var id) ? names.Fates.GetValueOrDefault(id) : null;
        return fate switch
        {
            null => Word("message_" + Text(data, "state")),
            { HasArrived: { } arrived } => Word(arrived ? "message_Arrived" : "message_Lost"),
            { State: MessageStates.Pending, Attempts: > 0 } => words["message_Failing", fate.Attempts],
            { State: MessageStates.Noticed } => Word("message_Delivered"),
            { State: MessageStates.Delivered } when Text(data, "channel") != "inbox" => Word("message_Sent"),
            _ => Word("message_" + fate.State),
        };
    }

    private string SenderOf(JsonObject data)
    {
        var from = names.Mask is { } mask ? mask.Sender(Text(data, "from")) : Text(data, "from");
        return data["known"] is JsonValue known && known.TryGetValue<bool>(out var isKnown) && !isKnown ? $"{from} · {Word("sender-other")}" : from;
    }

    // an event of earlier versions tells no fields: then it was the identity
    private string RevealedFields(JsonObject data) =>
        string.Join(words["separator"], Texts(data, "fields").DefaultIfEmpty(Reveals.Identity).Select(f => f == Reveals.Identity ? Word("reveal_identity") : _names.Fact(f)));

    private string FilesOf(JsonObject data) => Texts(data, "attachments").ToList() is { Count: > 0 } files ? words["files", string.Join(words["separator"], files)] : "";

    private string FactsOf(JsonObject data)
    {
        if (data["facts"] is not JsonObject facts)
        {
            return "";
        }

        var said = facts.Select(f => (f.Key, Value: names.Mask is { } mask ? mask.Fact(f.Key, Read(f.Value)) : Read(f.Value))).Where(f => f.Value is not null).Take(MostFacts)
            .Select(f => words["fact", _names.Fact(f.Key), Cut(_names.Value(f.Key, f.Value!))].Value);
        return string.Join(words["separator"], said);
    }

    private static FactValue Read(JsonNode? node) =>
        node is null ? FactValue.Unknown : node.Deserialize(CaseDocument.Default.FactValue) ?? FactValue.Unknown;

    private string AssigneesOf(JsonObject data)
    {
        IEnumerable<string> said =
        [
            .. data.ContainsKey("lead") ? [Department(data, "lead")] : Array.Empty<string>(),
            .. data.ContainsKey("handler") ? [PersonOrRole(Text(data, "handler"))] : Array.Empty<string>(),
            .. Texts(data, "team").Select(PersonOrRole),
        ];
        return string.Join(words["separator"], said);
    }

    private string PersonOrRole(string named) => _names.Person(named) is var person && person != named ? person : _names.Candidate(named);

    private string When(JsonObject data, string name) => data[name] is JsonValue value && value.TryGetValue<DateTimeOffset>(out var at)
        ? DateText.Of(at, _calendar, PackWords.Language)
        : Word("no-date");

    private static string Why(JsonObject data) => Text(data, PackWords.Language.StartsWith("en", StringComparison.Ordinal) ? "whyEn" : "whyZh");

    private static string TitleOf(JsonObject data) => Text(data, PackWords.Language.StartsWith("en", StringComparison.Ordinal) ? "titleEn" : "titleZh");

    private string LevelOf(JsonObject data, string name) => _names.Level(Maybe(data, name))?.Name ?? Word("none");

    private string Department(JsonObject data, string name) => Maybe(data, name) is { } key ? _names.Department(key) : Word("none");

    // the clock and its rung, and how somebody above was found
    private string Because(JsonObject data)
    {
        if (!data.ContainsKey("clock"))
        {
            return "";
        }

        var (clock, key) = (Text(data, "clock"), Text(data, "rung"));
        var rung = names.Rules.Limits.Where(l => l.Rule.ClockKey == Domain.Clocks.Clock.NameOf(clock)).SelectMany(l => l.Rule.Rungs).FirstOrDefault(r => r.Key == key)?.At.ToText(PackWords.Language);
        var found = data["found"] is JsonObject how ? EscalationText.Of(how.Deserialize<JsonElement>())?.In(PackWords.Language) : null;
        return string.Join(" · ", ((string?[])[Clock(data), rung, found]).Where(part => part is { Length: > 0 }));
    }

    // what counted a clock again: an audit entry of a limit or calendar, or what the case itself came to
    private string Change(JsonObject data) => Text(data, "change") switch
    {
        "" => "",
        "promise" => Word("change_promise"),
        var change when change.StartsWith("limit:", StringComparison.Ordinal) => Word("change_chosen"),
        var change when change.StartsWith("calendar:", StringComparison.Ordinal) || change.StartsWith("organisation/", StringComparison.Ordinal) => Word("change_calendar"),
        var change when change.StartsWith("process:", StringComparison.Ordinal) => Word("change_limit"),
        _ => Word("change_version"),
    };

    private string Caused(JsonObject data) => Change(data) is { Length: > 0 } change ? words["caused", change] : "";

    // by the limit it ran under then, else by the one it runs under now: administrators add limits that no version of the process has
    private string Clock(JsonObject data)
    {
        var (clock, limit) = (Text(data, "clock"), Maybe(data, "limit"));
        return limit is not null && names.Rules.Limits.FirstOrDefault(l => l.Rule.Key == limit) is { } known ? known.Rule.Name.In(PackWords.Language)
            : names.Complaint.Clocks.All.TryGetValue(clock, out var running) ? _names.Clock(running)
            : _names.ClockKey(clock);
    }

    private string Word(string key) => words[key] is { ResourceNotFound: false } known ? known : key[(key.IndexOf('_', StringComparison.Ordinal) + 1)..];

    private static string Text(JsonObject data, string name) => Maybe(data, name) ?? "";

    private static string? Maybe(JsonObject data, string name) => data[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static IEnumerable<string> Texts(JsonObject data, string name) =>
        data[name] is JsonArray list ? list.OfType<JsonValue>().Select(v => v.GetValue<string>()) : [];

    private static string Cut(string text) => text.Length <= LongestValue ? text : text[..LongestValue] + "…";

    // a part that has nothing to say leaves its separator behind
    private static string Tidy(string text) => text.Trim(' ', '·', '，', '：', ',', ':');
}
