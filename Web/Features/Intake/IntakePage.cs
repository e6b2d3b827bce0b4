using CaseManagement.Web.Features.Shared;

namespace CaseManagement.Web.Features.Intake;

/// <summary>Which form: a process and a kind (complaint, consultation, suggestion).</summary>
public sealed record IntakeChoice
{
    public string? Process { get; init; }
    public string? Kind { get; init; }
}

/// <summary>The registration page.</summary>
public sealed record IntakePage
{
    public required IReadOnlyList<Choice> Processes { get; init; }
    public required string Process { get; init; }
    public required IReadOnlyList<Choice> Kinds { get; init; }
    public required string Kind { get; init; }

    /// <summary>Who complains and by which channel.</summary>
    public required FormPage Complainant { get; init; }

    /// <summary>The process's own form.</summary>
    public required FormPage Matter { get; init; }

    /// <summary>The same key registers once, however often it is sent.</summary>
    public required string Key { get; init; }
    public IntakeAside Aside { get; init; } = new();

    /// <summary>What was heard, to be confirmed before registering.</summary>
    public ReadBack? ReadBack { get; init; }
    public string? Error { get; init; }

    /// <summary>What is asked before the form is taken as it is; <see cref="FileWords.AskOfPlace"/>.</summary>
    public string? Ask { get; init; }

    /// <summary>Facts of the form that are answered by files.</summary>
    public IReadOnlyList<string> FileFacts { get; init; } = [];

    /// <summary>Registers without reading back first.</summary>
    public bool SkipsReadBack { get; init; }
}

/// <summary>What the system suggests while the form is filled.</summary>
public sealed record IntakeAside
{
    public LevelChip? Level { get; init; }
    public string? LevelReason { get; init; }
    public string? Lead { get; init; }
    public IReadOnlyList<Promise> Promises { get; init; } = [];
    public IReadOnlyList<LookAlike> LookAlikes { get; init; } = [];

    /// <summary>Other cases of whoever complains, newest first, as far as the reader may know of them.</summary>
    public IReadOnlyList<EarlierCase> Earlier { get; init; } = [];

    /// <summary>How many of them there are and how many are open, in words.</summary>
    public string? History { get; init; }
}

/// <summary>A date we would promise; without a due time, the words say why there is none.</summary>
public sealed record Promise(string Name, DateTimeOffset? DueAt, string Zone, string? Words = null, bool Provisional = false);

/// <summary>A case that may be the same matter; likeness in per cent.</summary>
public sealed record LookAlike(Guid CaseId, string Number, string Remark, int Likeness, LevelChip? Level = null);

/// <summary>Another case of the same complainant.</summary>
/// <param name="Why">By what they are one: "same telephone".</param>
public sealed record EarlierCase(Guid CaseId, string Number, string Subject, DateTimeOffset ReceivedAt, string Zone, bool IsOpen, string Why);

/// <summary>What is read to the caller.</summary>
public sealed record ReadBack(string? Words, IReadOnlyList<ReadBackLine> Lines);

/// <summary>A field and what was heard.</summary>
public sealed record ReadBackLine(string Label, string Value);

/// <summary>The answer to a filled form: errors by field, or what to read back.</summary>
public sealed record IntakeReview(IReadOnlyDictionary<string, string> Errors, ReadBack? ReadBack, IntakeAside Aside);

/// <summary>A registered case, or why not.</summary>
public sealed record IntakeAnswer(Guid? CaseId, IReadOnlyDictionary<string, string> Errors, string? Message = null);
