using CaseManagement.Domain;
using CaseManagement.Domain.Figures;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Reporting;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Persistence;
using CaseManagement.Workflows.Cases;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace CaseManagement.Web.Reporting;

/// <summary>A report as somebody reads it.</summary>
/// <param name="Process">The published version it is of.</param>
/// <param name="Report">What it says.</param>
/// <param name="Table">The numbers.</param>
/// <param name="IsComplete">Every case has been counted; else some of the older ones are still being read.</param>
public sealed record WorkedOutReport(ProcessVersionInUse Process, Report Report, ReportTable Table, bool IsComplete);

/// <summary>Works reports out for somebody: the database adds up, no case is loaded but those that have just changed.</summary>
public sealed class ReportReader(IDbContextFactory<CaseManagementDbContext> contexts, StoredConfigurations configurations, ReportCatchUp catchUp) : IDisposable
{
    /// <summary>There is no such report.</summary>
    public static readonly Rule Unknown = new("report-unknown", "There is no such report.");

    /// <summary>What is wrong with a time that is too long.</summary>
    public const string TooLong = "report-too-long";

    /// <summary>Too many groups.</summary>
    public static readonly Rule TooWide = new("report-too-wide", $"The report has more than {MostGroups} rows; group by fewer facts or choose a shorter time.");

    private const int MostGroups = 20_000;
    private static readonly TimeSpan CatchUpTakes = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _together = new(4, 4);

    /// <summary>The report of that name.</summary>
    /// <param name="process">Which process; null where only one has it.</param>
    /// <param name="name">Its key.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RuleViolationException"><see cref="Unknown"/></exception>
    /// <exception cref="InvalidInputException">Several processes have a report of that name.</exception>
    public async Task<(ProcessVersionInUse Process, Report Report)> FindAsync(string? process, string name, CancellationToken cancellationToken)
    {
        var configuration = await configurations.CurrentAsync(cancellationToken);
        var found = configuration.Published.Values.Where(p => (process is null || p.Pack.Identity.Id == process) && p.Pack.Reports.ContainsKey(name)).ToList();
        RuleViolationException.ThrowUnless(found.Count > 0, Unknown);
        return found is [var one]
            ? (one, one.Pack.Reports[name].In(one.Pack, configuration.SettingsOf(one.Pack)))
            : throw new InvalidInputException([new InputProblem("process", "report-ambiguous", "Several processes have a report of this name; say which process.")]);
    }

    /// <summary>The period meant: said by its days, else the one the report is about on a day.</summary>
    /// <exception cref="InvalidInputException">It cannot be read, or is <see cref="TooLong"/>.</exception>
    public static CalendarPeriod PeriodOf(ProcessVersionInUse process, Report report, string? from, string? to, DateTimeOffset now)
    {
        var today = Instant.FromDateTimeOffset(now).InZone(DateTimeZoneProviders.Tzdb[process.Pack.Identity.Zone]).Date.ToDateOnly();
        if (string.IsNullOrWhiteSpace(from) && string.IsNullOrWhiteSpace(to))
        {
            return ReportPeriods.AskedOn(report, today);
        }

        if (!CalendarPeriod.TryParse(string.IsNullOrWhiteSpace(from) ? to : string.IsNullOrWhiteSpace(to) ? from : $"{from.Trim()}/{to.Trim()}", out var period))
        {
            throw new InvalidInputException([new InputProblem("from", "period-unreadable", "Days such as 2026-09-01, months such as 2026-09, 2026-Q3 or 2026; the first not after the last.")]);
        }

        return period.Through.DayNumber - period.From.DayNumber < ReportPeriods.Longest
            ? period
            : throw new InvalidInputException([new InputProblem("from", TooLong, $"A report covers {ReportPeriods.Longest} days at most.")]);
    }

    /// <summary>Works a report out.</summary>
    /// <param name="process">The published version.</param>
    /// <param name="report">One of its reports.</param>
    /// <param name="period">The days it covers.</param>
    /// <param name="by">Some of the facts it is grouped by; null: all.</param>
    /// <param name="audience">Which cases are counted.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="InvalidInputException">It is not grouped by one of those facts.</exception>
    /// <exception cref="RuleViolationException"><see cref="TooWide"/></exception>
    public async Task<WorkedOutReport> ReadAsync(
        ProcessVersionInUse process, Report report, CalendarPeriod period, IReadOnlyList<string>? by, ReportAudience audience, CancellationToken cancellationToken)
    {
        if (by?.FirstOrDefault(fact => !report.By.Contains(fact)) is { } other)
        {
            throw new InvalidInputException([new InputProblem("by", "grouping-unknown", $"The report is grouped by {string.Join(", ", report.By)}, not by '{other}'.")]);
        }

        await _together.WaitAsync(cancellationToken);
        try
        {
            var isComplete = await catchUp.RunAsync(process, CatchUpTakes, cancellationToken);
            var zone = DateTimeZoneProviders.Tzdb[process.Pack.Identity.Zone];
            var from = zone.AtStartOfDay(LocalDate.FromDateOnly(period.From)).ToDateTimeOffset().ToUniversalTime();
            var to = zone.AtStartOfDay(LocalDate.FromDateOnly(period.Through).PlusDays(1)).ToDateTimeOffset().ToUniversalTime();
            var (key, name) = (process.Pack.Identity.Id, report.Key);
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var sums = await audience.Seen(db.ReportedCases.AsNoTracking().Where(r => r.Process == key && r.Report == name && r.At >= from && r.At < to))
                .GroupBy(r => new { r.Measure, r.Groups })
                .Select(g => new { g.Key.Measure, g.Key.Groups, Counted = g.Sum(r => r.Counted), Base = g.Sum(r => r.InBase), Close = g.Sum(r => r.Close) })
                .OrderBy(s => s.Groups).ThenBy(s => s.Measure).Take(MostGroups + 1).ToListAsync(cancellationToken);
            RuleViolationException.ThrowUnless(sums.Count <= MostGroups, TooWide);
            var figures = (await configurations.CurrentAsync(cancellationToken)).Figures.GetValueOrDefault(key) ?? FigureBook.Empty;
            var table = ReportTable.Of(report, period, [.. sums.Select(s => new ReportSum(s.Measure, audience.Names ? s.Groups : WithoutNames(process.Pack, report, s.Groups), s.Counted, s.Base, audience.TellsSmall ? 0 : s.Close))], figures, by);
            return new WorkedOutReport(process, report, table, isComplete);
        }
        finally
        {
            _together.Release();
        }
    }

    public void Dispose() => _together.Dispose();

    private static string WithoutNames(ProcessPack pack, Report report, string groups) => report.By.Any(IsName)
        ? ReportEntries.WriteGroups(ReportEntries.ReadGroups(groups).Zip(report.By, (value, fact) => IsName(fact) ? null : value))
        : groups;

    private static bool IsName(string fact) => fact is "complainant" or "respondentPerson" or "handler";
}
