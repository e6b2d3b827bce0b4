using CaseManagement.Web.Auditing;
using CaseManagement.Web.Features.Shared;

namespace CaseManagement.Web.Features.Audit;

/// <summary>What was recorded, a part of it, and how it verifies.</summary>
public sealed record AuditPage
{
    /// <summary>The reader may see what happened to cases.</summary>
    public required bool SeesCases { get; init; }
    public required AuditForm Form { get; init; }
    public required IReadOnlyList<AuditRow> Rows { get; init; }

    /// <summary>Where the next part begins; null: this was the last.</summary>
    public string? Next { get; init; }
    public required string Zone { get; init; }

    /// <summary>The newest anchor; null: there is none yet.</summary>
    public (long Number, DateTimeOffset At)? Anchor { get; init; }

    /// <summary>The last verification by anybody, a job included.</summary>
    public LastRun? Last { get; init; }

    /// <summary>What a verification found wrong and none since has found right; null: nothing.</summary>
    public string? Broken { get; init; }

    /// <summary>What the verification that was just asked for found.</summary>
    public Note? Verdict { get; init; }

    /// <summary>What is wrong with what was typed.</summary>
    public string? Error { get; init; }

    /// <summary>Why the export was refused.</summary>
    public string? ExportError { get; init; }
}

/// <summary>A verification that was.</summary>
public sealed record LastRun(DateTimeOffset At, bool Ok, string Said);

/// <summary>What was typed as a filter.</summary>
public sealed record AuditForm
{
    /// <summary><c>cases</c> or <c>other</c>.</summary>
    public string? Of { get; init; }
    public string? Entity { get; init; }
    public string? Number { get; init; }
    public string? Person { get; init; }
    public string? Type { get; init; }

    /// <summary>The first day, <c>yyyy-MM-dd</c>.</summary>
    public string? From { get; init; }

    /// <summary>The last day.</summary>
    public string? To { get; init; }
    public string? After { get; init; }
}

/// <summary>One link in words.</summary>
public sealed record AuditRow(AuditLine Line, string What, string Who, string How);

/// <summary>What is to be verified.</summary>
public sealed record VerifyForm
{
    /// <summary><c>recent</c>, <c>period</c> or <c>all</c>.</summary>
    public string? Extent { get; init; }
    public string? From { get; init; }
    public string? To { get; init; }

    /// <summary>Anchors kept elsewhere.</summary>
    public IFormFile? Anchors { get; init; }
}

/// <summary>What is to be taken out.</summary>
public sealed record ExportForm
{
    public string? From { get; init; }
    public string? To { get; init; }
    public string? Number { get; init; }
    public bool Values { get; init; }
    public string? Reason { get; init; }
}
