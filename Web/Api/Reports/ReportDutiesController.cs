using System.Text.Json;
using CaseManagement.Domain;
using CaseManagement.Domain.Facts;
using CaseManagement.Web.Api.Access;
using CaseManagement.Web.Api.Bodies;
using CaseManagement.Web.Api.Complaints;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Reports;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Reporting;
using CaseManagement.Web.Reporting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Api.Reports;

/// <summary>A report of one period that is somebody's duty.</summary>
public sealed record ReportDutyAnswer
{
    public required string Process { get; init; }
    public required string Report { get; init; }
    public required BilingualText Title { get; init; }

    /// <summary>First day it is about.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last day it is about.</summary>
    public required DateOnly To { get; init; }

    /// <summary>Roles whose duty it is.</summary>
    public required IReadOnlyList<string> Who { get; init; }

    /// <summary>It is open and the caller's own.</summary>
    public required bool Mine { get; init; }

    /// <summary><c>open</c>, <c>late</c> or <c>done</c>.</summary>
    public required string State { get; init; }
    public required DateTimeOffset DueAt { get; init; }
    public DateTimeOffset? DoneAt { get; init; }
    public string? DoneBy { get; init; }
    public string? Remark { get; init; }

    /// <summary>What was filled in, by fact; absent where the duty has no form or is open.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Answers { get; init; }
}

/// <summary>Reports that are somebody's duty, and what became of them.</summary>
[Route("api/v1/report-duties"), Tags("Reports")]
public sealed class ReportDutiesController(CaseManagementDbContext db, StoredConfigurations configurations, People people, TimeProvider clock) : ApiController
{
    private const string Open = "open";
    private const string Late = "late";
    private const string Done = "done";

    /// <summary>The duties the caller knows of: their own, those of reports made for them; for those who look after processes, and for programs, all. The last period comes first.</summary>
    /// <param name="process">Of this process.</param>
    /// <param name="state"><c>open</c> (the late ones too), <c>late</c>, <c>done</c>, or absent for all.</param>
    /// <param name="paging">Which part of the list.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    [HttpGet, ApiAccess(ApiScopes.ReportsRead, ApiRoles.Anyone)]
    [ProducesResponseType<Listed<ReportDutyAnswer>>(StatusCodes.Status200OK), ProducesResponseType<ProblemDetails>(StatusCodes.Status400BadRequest)]
    public async Task<IActionResult> List([FromQuery] string? process, [FromQuery] string? state, [FromQuery] PageRequest paging, CancellationToken cancellationToken)
    {
        if (state is not (null or "" or Open or Late or Done))
        {
            throw new InvalidInputException([new InputProblem("state", FactRefusals.OptionUnknown, "One of open, late, done.")]);
        }

        var (published, now) = ((await configurations.CurrentAsync(cancellationToken)).Published, clock.GetUtcNow());

        // whose reports the caller knows of is a matter of some dozens
        var reports = published.Values.Where(p => Caller.IsFor(p.Pack.Identity.Id) && (string.IsNullOrEmpty(process) || p.Pack.Identity.Id == process))
            .SelectMany(p => p.Pack.Reports.Values.Where(r => r.Task is not null && (Caller.Person is not { } person || ReportPages.KnowsIssues(person, r))).Select(r => (Process: p.Pack.Identity.Id, Report: r)))
            .ToDictionary(one => one.Process + " " + one.Report.Key, one => one.Report, StringComparer.Ordinal);
        var known = reports.Keys.ToList();
        var found = db.ReportIssues.AsNoTracking().Where(i => i.Who != "" && known.Contains(i.Process + " " + i.Report));
        found = state switch
        {
            Open => found.Where(i => i.DoneAt == null),
            Late => found.Where(i => i.DoneAt == null && i.DueAt < now),
            Done => found.Where(i => i.DoneAt != null),
            _ => found,
        };
        var total = await found.CountAsync(cancellationToken);
        var rows = await found.OrderByDescending(i => i.From).ThenBy(i => i.Process).ThenBy(i => i.Report).Skip(paging.Before).Take(paging.PageSize).ToListAsync(cancellationToken);
        var names = (await people.AllAsync(cancellationToken)).ToDictionary(p => p.Id, p => p.Name, StringComparer.Ordinal);
        return JsonAnswers.Json(new Listed<ReportDutyAnswer>([.. rows.Select(row => AnswerOf(row, reports[row.Process + " " + row.Report].Name, names, now))], total));
    }

    private ReportDutyAnswer AnswerOf(ReportIssue duty, BilingualText title, Dictionary<string, string> names, DateTimeOffset now) => new()
    {
        Process = duty.Process,
        Report = duty.Report,
        Title = title,
        From = duty.From,
        To = duty.Through,
        Who = duty.Who.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        Mine = duty.DoneAt is null && Caller.Person is { } person && ReportIssues.IsDutyOf(duty, person),
        State = duty.DoneAt is not null ? Done : duty.DueAt < now ? Late : Open,
        DueAt = duty.DueAt,
        DoneAt = duty.DoneAt,
        DoneBy = duty.DoneBy is { } by ? names.GetValueOrDefault(by, by) : null,
        Remark = duty.Remark,
        Answers = duty.Answers is { } answers
            ? (JsonSerializer.Deserialize<Dictionary<string, FactValue>>(answers) ?? []).Where(one => !one.Value.IsBlank).ToDictionary(one => one.Key, one => CaseWords.Plain(one.Value), StringComparer.Ordinal)
            : null,
    };
}
