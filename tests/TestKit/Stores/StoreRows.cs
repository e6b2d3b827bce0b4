using System.Security.Cryptography;
using System.Text;
using CaseManagement.Workflows.Cases.Store;
using CaseManagement.Workflows.Runtime;
using CaseManagement.Workflows.Runtime.Stores;

namespace CaseManagement.Tests.Stores;

/// <summary>Rows to store, plausible in every column.</summary>
public static class StoreRows
{
    /// <summary>With ticks that a database of microseconds keeps.</summary>
    public static readonly DateTimeOffset Monday = new(2026, 9, 28, 9, 0, 0, 123, TimeSpan.Zero);

    public static CaseRow Case(Guid id, long version = 1) => new()
    {
        Id = id,
        Number = $"TS-{id:N}",
        Process = "product-quality",
        ProcessVersion = 3,
        Kind = "complaint",
        Status = "open",
        Level = "major",
        LevelRank = 1,
        Category = "quality/noise",
        Channel = "hotline",
        Subject = "电机异响 Motor is noisy",
        Lead = "quality",
        Handler = "li",
        ComplainantName = "王女士",
        RespondentPerson = "赵磊",
        Confidentiality = 1,
        ExternalId = $"crm-{id:N}",
        TrackingHash = $"hash-{id:N}",
        ReceivedAt = Monday,
        ClosedAt = null,
        NextDueAt = Monday.AddDays(1),
        IsLate = false,
        UpdatedAt = Monday.AddMinutes(version),
        EventSequence = version,
        EventHead = SHA256.HashData(id.ToByteArray()),
        Version = version,
    };

    public static byte[] Document(string text) => Encoding.UTF8.GetBytes($$"""{"text":"{{text}}"}""");

    public static CaseChanges Changes(CaseRow row, string document = "内容") => new() { Row = row, Document = Document(document) };

    public static EventRow Event(Guid complaint, long sequence) => new()
    {
        ComplaintId = complaint,
        Sequence = sequence,
        At = Monday,
        RecordedAt = Monday.AddSeconds(1),
        Type = "noted",
        ActorKind = "Person",
        ActorId = "li",
        ActorName = "李",
        Data = """{"text":"回电"}""",
        Salt = new byte[32],
        Body = $"{{\"seq\":{sequence}}}",
        Hash = SHA256.HashData(BitConverter.GetBytes(sequence)),
    };

    public static TaskRow Task(Guid complaint, Guid id, string state = "Open") => new()
    {
        Id = id,
        ComplaintId = complaint,
        Key = "investigate",
        Kind = "Work",
        TitleZh = "调查",
        TitleEn = "Investigate",
        State = state,
        Assignee = state == "Claimed" ? "li" : null,
        AssigneeName = state == "Claimed" ? "李" : null,
        Candidates = ["handler@quality", "user:zhang"],
        DueAt = Monday.AddHours(8),
        CreatedAt = Monday,
    };

    public static ClockRow Clock(Guid complaint, string key, string state = "running") => new()
    {
        ComplaintId = complaint,
        Key = key,
        NameZh = "首次答复",
        NameEn = "First reply",
        Limit = "first-reply",
        State = state,
        Unit = "workingHours",
        StartedAt = Monday,
        DueAt = Monday.AddHours(24),
        WarnAt = Monday.AddHours(20),
        Provisional = true,
    };

    public static MessageRow Message(Guid complaint, DateTimeOffset nextAttemptAt, string state = MessageStates.Pending) => new()
    {
        Id = Guid.CreateVersion7(nextAttemptAt),
        ComplaintId = complaint,
        Template = "acknowledgement",
        Recipient = "complainant",
        Channel = "email",
        Address = "wang@example.org",
        SubjectZh = "受理告知",
        SubjectEn = "We have your complaint",
        BodyZh = "正文",
        BodyEn = "Text",
        Clock = "first-reply",
        Escalation = true,
        State = state,
        NextAttemptAt = nextAttemptAt,
        CreatedAt = Monday,
    };

    public static AttachmentRow Attachment(Guid complaint, Guid id) => new()
    {
        Id = id,
        ComplaintId = complaint,
        Name = "现场照片.jpg",
        MediaType = "image/jpeg",
        Size = 4_294_967_296,
        Sha256 = new string('a', 64),
        ShownSha256 = new string('b', 64),
        Source = "Portal",
        State = "Pending",
        ActorKind = "Complainant",
        At = Monday,
    };

    public static TimerRow Timer(DateTimeOffset dueAt, int severity = 0, Guid? id = null) => new()
    {
        Id = id ?? Guid.CreateVersion7(dueAt),
        InstanceId = Guid.CreateVersion7(Monday),
        BookmarkId = Guid.CreateVersion7(Monday),
        DueAt = dueAt,
        Severity = severity,
        Kind = TimerKinds.Bookmark,
        Payload = "ids",
    };

    public static StoredInstance Instance(Guid id, int version = 1, string definition = "intake", string? correlation = null) => new(
        new InstanceRow
        {
            Id = id,
            DefinitionId = definition,
            DefinitionVersionId = $"{definition}:1",
            DefinitionVersion = 1,
            Status = WorkflowStatus.Running,
            SubStatus = WorkflowSubStatus.Suspended,
            CorrelationId = correlation,
            Name = "受理",
            ParentInstanceId = null,
            CreatedAt = Monday,
            UpdatedAt = Monday.AddMinutes(version),
            FinishedAt = null,
            IncidentCount = 2,
            Version = version,
        },
        Document($"state {version}"));

    public static BookmarkRow Bookmark(Guid instance, string name, string key, string? correlation = null) =>
        new(Guid.CreateVersion7(Monday), instance, StimulusHash.Of(name, key), name, key, correlation);
}
