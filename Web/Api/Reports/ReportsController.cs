using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Reporting;
using CaseManagement.Web.Api.Access;
using CaseManagement.Web.Api.Bodies;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Reporting;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Api.Reports;

/// <summary>A report worked out.</summary>
public sealed record ReportAnswer
{
    public required string Name { get; init; }
    public required string Process { get; init; }
    public required BilingualText Title { get; init; }

    /// <summary>First day.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last day.</summary>
    public required DateOnly To { get; init; }

    /// <summary>The facts it is grouped by.</summary>
    public required IReadOnlyList<string> By { get; init; }
    public required IReadOnlyList<ReportMeasureBody> Measures { get; init; }
    public required IReadOnlyList<ReportRowBody> Rows { get; init; }

    /// <summary>All groups together.</summary>
    public required ReportRowBody Total { get; init; }

    /// <summary>False while older cases are still being counted.</summary>
    public required bool Complete { get; init; }
}

/// <summary>A measure of a report.</summary>
/// <param name="BaseName">What its share is a share of; absent for a plain number.</param>
public sealed record ReportMeasureBody(string Key, BilingualText Name, BilingualText? BaseName);

/// <summary>A row.</summary>
/// <param name="By">The value of each fact it is grouped by; null: not known.</param>
/// <param name="Cells">A number for each measure.</param>
public sealed record ReportRowBody(IReadOnlyDictionary<string, string?> By, IReadOnlyDictionary<string, ReportCellBody> Cells);

/// <summary>A number.</summary>
/// <param name="Value">How many; null where it is suppressed.</param>
/// <param name="Base">What the share is a share of; absent for a plain number.</param>
/// <param name="Share">0.194 for 19.4 %, to six places.</param>
/// <param name="Suppressed">Below 5 and holding closely kept cases: not told.</param>
public sealed record ReportCellBody(decimal? Value, decimal? Base, decimal? Share, bool Suppressed);

/// <summary>Reports as the processes define them.</summary>
[Route("api/v1/reports/{name}"), Tags("Reports")]
public sealed class ReportsController(CaseManagementDbContext db, CaseAccess access, ReportReader reader, TimeProvider clock) : ApiController
{
    /// <summary>
    /// A report over the cases the caller may see. Without days it is about the last period that has ended (or the one a duty is due in); 400 days at most.
    /// </summary>
    /// <param name="name">The report's key.</param>
    /// <param name="process">Which process; needed where several have a report of that name.</param>
    /// <param name="from">First day, or a period such as 2026-09 or 2026-Q3.</param>
    /// <param name="to">Last day, likewise.</param>
    /// <param name="by">Facts to group by, parted by commas: some of the report's; absent: all.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    [HttpGet, ApiAccess(ApiScopes.ReportsRead, ApiRoles.Anyone)]
    [ProducesResponseType<ReportAnswer>(StatusCodes.Status200OK), ProducesResponseType<ProblemDetails>(StatusCodes.Status400BadRequest), ProducesResponseType<ProblemDetails>(StatusCodes.Status404NotFound)]
    public async Task<IActionResult> Get(
        string name, [FromQuery] string? process, [FromQuery] string? from, [FromQuery] string? to, [FromQuery] string? by, CancellationToken cancellationToken)
    {
        Workflows.Cases.ProcessVersionInUse version;
        Domain.Packs.Report report;
        try
        {
            (version, report) = await reader.FindAsync(process, name, cancellationToken);
        }
        catch (Domain.RuleViolationException none) when (none.Rule == ReportReader.Unknown)
        {
            throw new Problems.ApiProblemException(StatusCodes.Status404NotFound, none.Rule.Code, none.Rule.Message);
        }

        var audience = await ReportAudience.OfAsync(db, access, Caller, cancellationToken);
        var period = ReportReader.PeriodOf(version, report, from, to, clock.GetUtcNow());
        var read = await reader.ReadAsync(version, report, period, by?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), audience, cancellationToken);
        return JsonAnswers.Json(new ReportAnswer
        {
            Name = name,
            Process = version.Pack.Identity.Id,
            Title = report.Name,
            From = period.From,
            To = period.Through,
            By = read.Table.By,
            Measures = [.. report.Measures.Select(measure => new ReportMeasureBody(measure.Key, measure.Name, measure.BaseName))],
            Rows = [.. read.Table.Rows.Select(row => RowOf(read.Table, row))],
            Total = RowOf(read.Table, read.Table.Total),
            Complete = read.IsComplete,
        });
    }

    private static ReportRowBody RowOf(ReportTable table, ReportRow row) => new(
        row.Groups.Zip(table.By).ToDictionary(pair => pair.Second, pair => pair.First, StringComparer.Ordinal),
        row.Cells.ToDictionary(cell => cell.Key, cell => new ReportCellBody(cell.Value.Value, cell.Value.Base, cell.Value.Share is { } share ? Math.Round(share, 6) : null, cell.Value.IsSuppressed), StringComparer.Ordinal));
}
