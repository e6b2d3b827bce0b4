using System.Security.Claims;
using CaseManagement.Domain.Clocks.Import;
using CaseManagement.Web.Features.Shared;

namespace CaseManagement.Web.Features.Calendars;

/// <summary>Reads files of holidays and brings them into a calendar. Pages are none where there is no such calendar or the reader may not change it.</summary>
public interface ICalendarImports
{
    /// <summary>The page that asks for a file.</summary>
    Task<ImportPage?> GetAsync(string id, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>Reads what was chosen: a published year, or else the file.</summary>
    Task<ImportPage?> ReadAsync(string id, int? chinaYear, IFormFile? file, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>The review again, with the meanings as they are chosen now.</summary>
    Task<ImportPage?> ReviewAsync(string id, ImportEdit edit, ClaimsPrincipal user, CancellationToken cancellationToken);

    Task<ActionAnswer> ApplyAsync(string id, ImportEdit edit, ClaimsPrincipal user, CancellationToken cancellationToken);
}

/// <summary>The import page: first where the days come from, then what each of them means and which open cases that moves.</summary>
public sealed record ImportPage
{
    /// <summary>Larger files are refused, in bytes.</summary>
    public const int MaxBytes = 1024 * 1024;

    public required string Id { get; init; }
    public required string Name { get; init; }

    /// <summary>The years that ship with the product.</summary>
    public required IReadOnlyList<int> ChinaYears { get; init; }

    /// <summary>What was read; none until a file is chosen.</summary>
    public HolidayFile? File { get; init; }

    /// <summary>The file as it is sent again.</summary>
    public string Kept { get; init; } = "";
    public ImportEdit Edit { get; init; } = new();
    public LimitPreview? Preview { get; init; }
    public string? Error { get; init; }
}

/// <summary>What the review of an import posts.</summary>
public sealed record ImportEdit
{
    /// <summary>The file that was read.</summary>
    public string? File { get; init; }

    /// <summary>The meaning of each event, in the file's order.</summary>
    public List<DayMeaning> Meanings { get; init; } = [];
    public bool ReplaceYears { get; init; }
    public DateOnly? PublishedThrough { get; init; }
    public string? Reason { get; init; }
    public string? Version { get; init; }
}
