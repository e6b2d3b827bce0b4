using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using CaseManagement.Benchmarks.Bursts;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Parties;
using CaseManagement.Tests;
using CaseManagement.Web.Configuration;

namespace CaseManagement.Benchmarks.Changes;

/// <summary>
/// A limit and a calendar changed for many open cases: the preview, the change in one transaction, and its undoing, on each database. The run fails when
/// preview and change do not agree case by case.
/// </summary>
internal static class ChangesBenchmark
{
    private const string Process = "standard-complaint";
    private const string Limit = "resolution";

    private static readonly Performer Administrator = new() { Actor = new Actor(ActorKind.Person, "admin", "admin") };

    /// <param name="arguments">Open cases, and sqlite or postgresql for one of them alone.</param>
    /// <param name="clock">The clock of the product under test.</param>
    public static async Task RunAsync(string[] arguments, TimeProvider clock)
    {
        var cases = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 10_000;
        var only = arguments.Length > 1 ? arguments[1] : null;
        Console.WriteLine("| database | change | moved | preview s | apply s |");
        Console.WriteLine("|---|---|---:|---:|---:|");
        if (only is null or "sqlite")
        {
            await using var sqlite = await SqliteBursts.OpenAsync(clock);
            await MeasureAsync(sqlite.Product, "SQLite", cases);
        }

        if (only is null or "postgresql" && PostgreSqlCluster.FindPrograms() is { } programs)
        {
            await using var postgreSql = await PostgreSqlBursts.OpenAsync(programs, clock);
            await MeasureAsync(postgreSql.Product, "PostgreSQL", cases);
        }

        Console.WriteLine();
        Console.WriteLine($"{cases} open cases, {Machine.Line()}");
    }

    private static async Task MeasureAsync(ProductOnDatabase product, string database, int cases)
    {
        await product.RegisterAsync(16, cases);
        var (configurations, limits, calendars) = (product.Service<StoredConfigurations>(), product.Service<LimitChanges>(), product.Service<CalendarChanges>());
        LimitProposal Shorter(Workflows.Cases.CaseConfiguration now, int days) =>
            LimitProposal.Of(now, Process, Limit, new JsonObject { ["amount"] = days }, openCases: true);

        foreach (var days in (int[])[5, 9, 3])
        {
            var shorter = Shorter(await configurations.CurrentAsync(CancellationToken.None), days);
            await MeasureAsync(
                database, $"limit, {days} days", () => limits.PreviewAsync(shorter, CancellationToken.None),
                async () => (await limits.ApplyAsync(now => Shorter(now, days), null, "benchmark", Administrator, CancellationToken.None))!.Moved);
        }

        var changes = (await configurations.CurrentAsync(CancellationToken.None)).LimitChanges[Process];
        var last = changes[^1].Sequence;
        var undone = LimitProposal.Undoing(await configurations.CurrentAsync(CancellationToken.None), Process, last)!;
        await MeasureAsync(
            database, "undo", () => limits.PreviewAsync(undone, CancellationToken.None),
            async () => (await limits.ApplyAsync(now => LimitProposal.Undoing(now, Process, last), null, "benchmark", Administrator, CancellationToken.None))!.Moved);

        // by working days, so that a holiday moves every case
        await limits.ApplyAsync(
            now => LimitProposal.Of(now, Process, Limit, new JsonObject { ["unit"] = "workingDays", ["amount"] = 8 }, openCases: true), null, "benchmark", Administrator, CancellationToken.None);
        var current = await configurations.CurrentAsync(CancellationToken.None);
        var office = current.Calendars[current.Published[Process].Pack.Identity.Calendar];
        var day = office.AddWorkingDays(office.DateOf(product.Service<TimeProvider>().GetUtcNow()), 2);
        var document = office.ToDocument();
        var holiday = WorkCalendar.From(office.Id, document with { Id = null, Holidays = [.. document.Holidays ?? [], day], MakeUpDays = [.. (document.MakeUpDays ?? []).Where(made => made != day)] });
        await MeasureAsync(
            database, "calendar, one holiday more", () => calendars.PreviewAsync(holiday, CancellationToken.None),
            async () => (await calendars.ApplyAsync(new CalendarChange(holiday, null, "benchmark"), Administrator, CancellationToken.None))!.Moved);
    }

    private static async Task MeasureAsync(
        string database, string change, Func<Task<IReadOnlyList<MovedClock>>> preview, Func<Task<IReadOnlyList<MovedClock>>> apply)
    {
        var clock = Stopwatch.StartNew();
        var previewed = await preview();
        var previewTook = clock.Elapsed.TotalSeconds;
        clock.Restart();
        var applied = await apply();
        var applyTook = clock.Elapsed.TotalSeconds;
        if (!previewed.Select(Due).Order(StringComparer.Ordinal).SequenceEqual(applied.Select(Due).Order(StringComparer.Ordinal), StringComparer.Ordinal))
        {
            throw new InvalidOperationException($"{database}, {change}: preview and change do not agree.");
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {database} | {change} | {applied.Count} | {previewTook:0.0} | {applyTook:0.0} |"));

        static string Due(MovedClock one) => $"{one.Number} {one.Counted.Clock.Key} {one.Counted.OldDueAt:O} {one.Counted.NewDueAt:O}";
    }
}
