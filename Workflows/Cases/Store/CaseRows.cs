namespace CaseManagement.Workflows.Cases.Store;

/// <summary>The columns of a case that lists, searches and constraints need. Everything else is in its document.</summary>
public sealed record CaseRow
{
    public required Guid Id { get; init; }
    public required string Number { get; init; }
    public required string Process { get; init; }
    public required int ProcessVersion { get; init; }
    public required string Kind { get; init; }
    public required string Status { get; init; }
    public string? Level { get; init; }

    /// <summary>The level's place on the process's own scale, 0 the gravest.</summary>
    public int? LevelRank { get; init; }

    public string? Category { get; init; }
    public string? Channel { get; init; }
    public required string Subject { get; init; }
    public string? Lead { get; init; }
    public string? Handler { get; init; }
    public string? ComplainantName { get; init; }

    /// <summary>The person complained of, by id or by name, as it was said; who is kept out for it stands in <see cref="PartyRow"/>.</summary>
    public string? RespondentPerson { get; init; }

    /// <summary>
    /// The number of the <see cref="Domain.Complaints.ConfidentialityLevel"/>; from 2 on rank opens nothing. Null for a case stored before that was kept:
    /// rank opens it not before it has been worked out.
    /// </summary>
    public int? Confidentiality { get; init; }

    /// <summary>Unique where present.</summary>
    public string? ExternalId { get; init; }

    /// <summary>Keyed hash of the tracking code; unique where present.</summary>
    public string? TrackingHash { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>The earliest due instant of the clocks that run or are late and not met; none when nothing is due.</summary>
    public DateTimeOffset? NextDueAt { get; init; }

    /// <summary>Whether an unmet clock is breached.</summary>
    public bool IsLate { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The number of the last event, 1 for the first.</summary>
    public required long EventSequence { get; init; }

    /// <summary>The hash of the last event: the head of the case's audit chain, 32 bytes.</summary>
    public required byte[] EventHead { get; init; }

    /// <summary>1 when inserted, one more at every update, which expects the stored row at <c>Version - 1</c>.</summary>
    public required long Version { get; init; }
}

/// <summary>A case as the store keeps it: columns and the document (UTF-8 JSON).</summary>
public readonly record struct StoredCase(CaseRow Row, ReadOnlyMemory<byte> Document);

/// <summary>What a case is found by, as it is compared (<see cref="CaseTexts.Plain"/>); follows the document in the same commit.</summary>
public sealed record CaseTextRow
{
    public required Guid ComplaintId { get; init; }

    /// <summary>Number, subject, description and the names of files; of a case that is kept closely the number.</summary>
    public required string Words { get; init; }

    /// <summary>The complainant's name and telephone number, unless they asked not to be known.</summary>
    public required string People { get; init; }

    /// <summary>The leading department, repeated here so that a search begins among its cases.</summary>
    public string? Lead { get; init; }

    /// <summary>The case is open, repeated for the same reason.</summary>
    public bool IsOpen { get; init; }
}

/// <summary>A task as inboxes see it. The document's task is the truth; this row follows it in the same commit.</summary>
public sealed record TaskRow
{
    public required Guid Id { get; init; }
    public required Guid ComplaintId { get; init; }
    public required string Key { get; init; }
    public required string Kind { get; init; }
    public required string TitleZh { get; init; }
    public required string TitleEn { get; init; }
    public required string State { get; init; }
    public string? Assignee { get; init; }
    public string? AssigneeName { get; init; }

    /// <summary>Who may take it while it is open: <c>role</c>, <c>role@department</c>, <c>user:id</c>; kept in an index table of their own.</summary>
    public required IReadOnlyList<string> Candidates { get; init; }

    public string? Chain { get; init; }

    /// <summary>Its own clock's due instant, else the case's next one.</summary>
    public DateTimeOffset? DueAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? DoneAt { get; init; }
    public string? Outcome { get; init; }

    /// <summary>The department that leads the case, repeated here so that what somebody does or did for another department is read from one index.</summary>
    public string? Lead { get; init; }
}

/// <summary>A clock as lists show it; follows the document in the same commit.</summary>
public sealed record ClockRow
{
    public required Guid ComplaintId { get; init; }
    public required string Key { get; init; }
    public required string NameZh { get; init; }
    public required string NameEn { get; init; }
    public required string Limit { get; init; }
    public required string State { get; init; }
    public required string Unit { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>From this instant on it counts as nearly due: its first warning rung.</summary>
    public DateTimeOffset? WarnAt { get; init; }

    public DateTimeOffset? MetAt { get; init; }
    public DateTimeOffset? BreachedAt { get; init; }
    public bool Provisional { get; init; }
    public string? PauseReason { get; init; }
}

/// <summary>A file of a case as lists and the store of files look for it; follows the document in the same commit.</summary>
public sealed record AttachmentRow
{
    public required Guid Id { get; init; }
    public required Guid ComplaintId { get; init; }
    public required string Name { get; init; }
    public required string MediaType { get; init; }

    /// <summary>Bytes, as it came in.</summary>
    public required long Size { get; init; }

    /// <summary>Of the bytes as they came in, lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Of the copy that is shown; its own where nothing was to be taken out.</summary>
    public string? ShownSha256 { get; init; }

    public required string Source { get; init; }

    /// <summary>Pending, Clean or Refused.</summary>
    public required string State { get; init; }

    public required string ActorKind { get; init; }
    public string? ActorId { get; init; }
    public string? ActorName { get; init; }
    public required DateTimeOffset At { get; init; }
}

/// <summary>By what a case is found beside others of the same complainant; written once, when it is registered.</summary>
/// <param name="ComplaintId">The case.</param>
/// <param name="Kind">phone, email or name.</param>
/// <param name="Trace">A hash.</param>
public sealed record TraceRow(Guid ComplaintId, string Kind, string Trace);

/// <summary>By what one counter counts a case together with others.</summary>
/// <param name="ComplaintId">The case.</param>
/// <param name="Counter">The counter's key.</param>
/// <param name="Group">A hash; null where what it is counted by is not known, and it is counted with nobody.</param>
/// <param name="Number">The case's number.</param>
/// <param name="At">When it was received, or what is counted last happened.</param>
/// <param name="Distinct">A hash of what different ones are counted of; null with the group.</param>
/// <param name="Holds">It counts.</param>
/// <param name="Weight">How many it counts for.</param>
public sealed record CountRow(Guid ComplaintId, string Counter, string? Group, string Number, DateTimeOffset At, string? Distinct, bool Holds, int Weight = 1);

/// <summary>What somebody is to a case, for conditions of lists; follows the document in the same commit.</summary>
/// <param name="ComplaintId">The case.</param>
/// <param name="Kind">One of <see cref="PartyKinds"/>.</param>
/// <param name="Who">A person's id, or a resolved candidate, as the kind says.</param>
public sealed record PartyRow(Guid ComplaintId, string Kind, string Who);

/// <summary>The kinds of <see cref="PartyRow"/>.</summary>
public static class PartyKinds
{
    /// <summary>A person who is kept out, by id.</summary>
    public const string Barred = "barred";

    /// <summary>A resolved candidate who sees a case that rank does not open.</summary>
    public const string Reader = "reader";

    /// <summary>A person whom the holder of an open task lets do it, and that holder: <see cref="For"/>.</summary>
    public const string Delegate = "delegate";

    /// <summary>Who acts, and for whom, as one text.</summary>
    public static string For(string delegated, string holder) => $"{delegated} {holder}";

    /// <summary>The name of a respondent of whom nobody has said whether they work here.</summary>
    public const string Unbound = "unbound";

    /// <summary>A legal hold stands on the case; of nobody.</summary>
    public const string Held = "held";

    /// <summary>The personal data of the case are only stored and protected; of nobody.</summary>
    public const string Restricted = "restricted";

    /// <summary>The case is to be erased because somebody asked; of nobody.</summary>
    public const string ToErase = "to-erase";
}

/// <summary>One event of a case: a row of its timeline and a link of its audit chain. Rows are only ever inserted.</summary>
public sealed record EventRow
{
    public required Guid ComplaintId { get; init; }

    /// <summary>From 1, without gaps within a case.</summary>
    public required long Sequence { get; init; }

    /// <summary>In the case's own time.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>By the wall clock.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    public required string Type { get; init; }
    public required string ActorKind { get; init; }
    public string? ActorId { get; init; }
    public string? ActorName { get; init; }

    /// <summary>What there is to say about it, JSON. Not part of the chain: it can be erased, the commitment to it stays.</summary>
    public required string Data { get; init; }

    /// <summary>32 random bytes that keep the commitment from being tried out.</summary>
    public required byte[] Salt { get; init; }

    /// <summary>The canonical text whose hash is chained; holds the commitment to <see cref="Data"/>.</summary>
    public required string Body { get; init; }

    /// <summary>SHA-256 over the previous hash and <see cref="Body"/>, 32 bytes.</summary>
    public required byte[] Hash { get; init; }
}

/// <summary>The states of an outgoing message.</summary>
public static class MessageStates
{
    /// <summary>To be delivered at <see cref="MessageRow.NextAttemptAt"/> or after.</summary>
    public const string Pending = "Pending";

    public const string Delivered = "Delivered";

    /// <summary>A notice to staff that shows in the product; whether and when a mail tells of it too has yet to be worked out. Then it counts as delivered.</summary>
    public const string Noticed = "Noticed";

    /// <summary>Given up after the last attempt, or no way to deliver is configured; an operator decides.</summary>
    public const string Parked = "Parked";

    /// <summary>An operator decided that it is not sent; the reason is with it.</summary>
    public const string Dropped = "Dropped";

    /// <summary>Why a message was dropped: its recipient has no part in the case any more.</summary>
    public const string Recused = "recused";
}

/// <summary>One message to one recipient by one channel: the outbox. Its id is its idempotency key.</summary>
public sealed record MessageRow
{
    public required Guid Id { get; init; }
    public required Guid ComplaintId { get; init; }
    public required string Template { get; init; }

    /// <summary>A resolved candidate or <c>complainant</c>.</summary>
    public required string Recipient { get; init; }

    /// <summary>inbox, email, sms, letter, phone, fax or webhook.</summary>
    public required string Channel { get; init; }

    /// <summary>The e-mail address or number it goes to, where the channel has one and it is known; for an inbox where the notice leads in the product, if anywhere.</summary>
    public string? Address { get; init; }

    public required string SubjectZh { get; init; }
    public required string SubjectEn { get; init; }
    public required string BodyZh { get; init; }
    public required string BodyEn { get; init; }
    public string? Clock { get; init; }

    /// <summary>Tells somebody that a limit was broken.</summary>
    public bool Escalation { get; init; }

    public required string State { get; init; }
    public int Attempts { get; init; }
    public DateTimeOffset? NextAttemptAt { get; init; }
    public string? LastError { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>The first answer to a request that may come twice.</summary>
/// <param name="Principal">Who asked: user or key.</param>
/// <param name="Key">The Idempotency-Key with method and route.</param>
/// <param name="BodyHash">SHA-256 of the request's body, lower-case hex; another body under the same key is refused.</param>
/// <param name="Status">HTTP status of the first answer.</param>
/// <param name="Answer">Its body, JSON.</param>
public sealed record AnswerRow(string Principal, string Key, string BodyHash, int Status, string Answer, DateTimeOffset CreatedAt);
