using CaseManagement.Web.Features.Shared;

namespace CaseManagement.Web.Features.Cases;

/// <summary>Everything one reader sees and may do on a case; what is absent they may not.</summary>
public sealed record CasePage
{
    public required Guid Id { get; init; }

    /// <summary>Raised with every change of the case; null where nobody is to be told of changes.</summary>
    public long? Version { get; init; }
    public required string Number { get; init; }
    public required string Subject { get; init; }
    public LevelChip? Level { get; init; }
    public required StateMark State { get; init; }

    /// <summary>Process and version: "标准投诉处理 第 3 版".</summary>
    public required string Process { get; init; }
    public string? ProcessHref { get; init; }
    public string? Owner { get; init; }
    public string? OwnerInitials { get; init; }

    /// <summary>IANA zone of the organisation; every date of the page is said in it.</summary>
    public required string Zone { get; init; }

    /// <summary>Most urgent first, met ones last.</summary>
    public required IReadOnlyList<ClockBadge> Clocks { get; init; }
    public required IReadOnlyList<CaseStep> Steps { get; init; }
    public required IReadOnlyList<TaskPanel> Tasks { get; init; }
    public Composer? Composer { get; init; }
    public required Timeline Timeline { get; init; }
    public required FactsPanel Facts { get; init; }
    public required IReadOnlyList<CasePerson> People { get; init; }

    /// <summary>Other cases that may belong to it; null: the page asks for them once it is there.</summary>
    public CaseKin? Kin { get; init; }

    /// <summary>How closely it is kept; null for a case that is kept ordinarily.</summary>
    public StateMark? Kept { get; init; }

    /// <summary>Held, restricted, to be erased.</summary>
    public IReadOnlyList<StateMark> Marks { get; init; } = [];

    /// <summary>What keeps its data, and what was asked about them.</summary>
    public ProtectionPanel? Protection { get; init; }

    /// <summary>Who may know of it.</summary>
    public PrivacyPanel? Privacy { get; init; }

    /// <summary>Files of the case, the newest first.</summary>
    public IReadOnlyList<CaseFileLine> Files { get; init; } = [];

    /// <summary>Sums worked out and paid, the newest first.</summary>
    public IReadOnlyList<CaseRecordLine> Amounts { get; init; } = [];

    /// <summary>Where the closed case is put forward as a lesson; absent for none.</summary>
    public string? LessonHref { get; init; }

    /// <summary>Documents drawn up and signed, the newest first.</summary>
    public IReadOnlyList<CaseRecordLine> Documents { get; init; } = [];
    public Diagrams.Diagram? Diagram { get; init; }

    /// <summary>Incidents, restrictions, answers to what was just tried.</summary>
    public IReadOnlyList<Note> Notes { get; init; } = [];

    /// <summary>Hand over, change the level, link, withdraw …</summary>
    public IReadOnlyList<FormAction> Actions { get; init; } = [];

    /// <summary>The reader follows the case.</summary>
    public bool IsWatched { get; init; }
}

/// <summary>A case on paper: no part of it is folded away.</summary>
public sealed record CasePrint
{
    public required CasePage Case { get; init; }

    /// <summary>What happened, oldest first.</summary>
    public required IReadOnlyList<TimelineEntry> Entries { get; init; }

    /// <summary>So many entries are too many for one print and are left out; usually none.</summary>
    public required int LeftOut { get; init; }
    public required DateTimeOffset PrintedAt { get; init; }
    public required string PrintedBy { get; init; }
}

/// <summary>Where a step stands.</summary>
public enum StepLook
{
    Next,
    Now,
    Done,
    Failed,
}

/// <summary>A step of the strip; branches that run beside it are named in <paramref name="Remark"/>.</summary>
public sealed record CaseStep(string Title, StepLook Look, DateTimeOffset? At = null, string? Remark = null)
{
    /// <summary>Why it failed, in the reader's language.</summary>
    public string? Cause { get; init; }

    /// <summary>The same as the runtime says it.</summary>
    public string? Detail { get; init; }
}

/// <summary>Somebody on the case: complainant, handler, supporting department.</summary>
public sealed record CasePerson(string Role, string Name, string Detail = "", StateMark? State = null);

/// <summary>A file of the case.</summary>
/// <param name="Name">Its name.</param>
/// <param name="About">What it is, how large, who added it.</param>
/// <param name="Href">Its page.</param>
public sealed record CaseFileLine(string Name, string About, string Href)
{
    /// <summary>A picture of it; null where it has none, or the reader may not open it.</summary>
    public string? ImageHref { get; init; }

    /// <summary>Why the reader cannot open it; null where they can.</summary>
    public string? Closed { get; init; }
}

/// <summary>Where replies, notes and call minutes are written.</summary>
public sealed record Composer
{
    /// <summary>Kinds this reader may write; the first is chosen at first.</summary>
    public required IReadOnlyList<ComposerKind> Kinds { get; init; }
    public required string Href { get; init; }
    public string Text { get; init; } = "";
    public string? Kind { get; init; }
    public bool MayAttach { get; init; }

    /// <summary>Files that are taken, as a file picker wants them.</summary>
    public string Accept { get; init; } = "";

    /// <summary>Most files at once.</summary>
    public int MaxFiles { get; init; }

    /// <summary>Most bytes of one.</summary>
    public long MaxBytes { get; init; }

    /// <summary>Where what is typed is kept; null: nowhere.</summary>
    public string? DraftHref { get; init; }

    /// <summary>When <see cref="Text"/> was kept; null where it was not.</summary>
    public DateTimeOffset? DraftSavedAt { get; init; }

    /// <summary>IANA zone the moment is said in.</summary>
    public string Zone { get; init; } = "";
    public string? Error { get; init; }

    /// <summary>Templates replies are made from.</summary>
    public IReadOnlyList<Choice> Replies { get; init; } = [];

    /// <summary>Templates letters are made from.</summary>
    public IReadOnlyList<Choice> Letters { get; init; } = [];

    /// <summary>What was typed beside kind and text.</summary>
    public EntryForm Entry { get; init; } = new();

    /// <summary>How the reply would read; present once it was asked for.</summary>
    public ReplyPreview? Preview { get; init; }
}

/// <summary>A reply or letter before it leaves.</summary>
/// <param name="Reach">Where it goes, in words, the address masked.</param>
/// <param name="Language">BCP 47.</param>
/// <param name="Length">How long it is as an SMS, in words; null for other ways.</param>
public sealed record ReplyPreview(string Reach, string Subject, string Text, string Language, string? Length);

/// <summary>A kind of text and where it goes: "SMS, tracking page · 138****2046".</summary>
public sealed record ComposerKind(string Key, string Text, string Reach);

/// <summary>What the composer posts.</summary>
public sealed record EntryForm
{
    public string Kind { get; init; } = "";
    public string? Text { get; init; }

    /// <summary>The chosen template; empty for none.</summary>
    public string? Template { get; init; }

    /// <summary>zh-CN or en.</summary>
    public string? Language { get; init; }
    public string? Subject { get; init; }

    /// <summary>With whom a call or visit was.</summary>
    public string? With { get; init; }

    /// <summary>in or out.</summary>
    public string? Direction { get; init; }

    /// <summary>yyyy-MM-ddTHH:mm in the case's zone.</summary>
    public string? When { get; init; }
    public string? Minutes { get; init; }

    /// <summary>fill or preview; else it is sent.</summary>
    public string? Act { get; init; }

    /// <summary>A list that can grow: the binder fills it.</summary>
    public IList<IFormFile> Files { get; init; } = [];

    /// <summary>Was asked about files that may tell where they were made, and sends them as they are.</summary>
    public bool Asked { get; init; }
}
