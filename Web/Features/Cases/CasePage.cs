using CaseManagement.Web.Features.Shared;

namespace CaseManagement.Web.Features.Cases;

/// <summary>Everything one reader sees and may do on a case; what is absent they may not.</summary>
public sealed record CasePage
{
    public required Guid Id { get; init; }
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
    public Diagrams.Diagram? Diagram { get; init; }

    /// <summary>Incidents, restrictions, answers to what was just tried.</summary>
    public IReadOnlyList<Note> Notes { get; init; } = [];

    /// <summary>Hand over, change the level, link, withdraw …</summary>
    public IReadOnlyList<FormAction> Actions { get; init; } = [];

    /// <summary>The reader follows the case.</summary>
    public bool IsWatched { get; init; }
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

/// <summary>Where replies, notes and call minutes are written.</summary>
public sealed record Composer
{
    /// <summary>Kinds this reader may write; the first is chosen at first.</summary>
    public required IReadOnlyList<ComposerKind> Kinds { get; init; }
    public required string Href { get; init; }
    public string Text { get; init; } = "";
    public string? Kind { get; init; }
    public bool MayAttach { get; init; }
    public string? Error { get; init; }
}

/// <summary>A kind of text and where it goes: "SMS, tracking page · 138****2046".</summary>
public sealed record ComposerKind(string Key, string Text, string Reach);

/// <summary>What the composer posts.</summary>
public sealed record EntryForm
{
    public string Kind { get; init; } = "";
    public string? Text { get; init; }

    /// <summary>A list that can grow: the binder fills it.</summary>
    public IList<IFormFile> Files { get; init; } = [];
}
