using System.Globalization;
using System.Text.Json;
using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Packs.Reading;

/// <summary>Reads <c>templates.json</c> and <c>reports.json</c>.</summary>
internal static class CommunicationReader
{
    public static IReadOnlyList<Template> Templates(PackObject json) => json.Keyed("templates", Template, template => template.Key, required: true);

    public static IReadOnlyList<Report> Reports(PackObject json) => json.Keyed("reports", Report, report => report.Key, required: true);

    private static Template Template(PackObject json) =>
        new(json.Key(), json.Word<TemplateKind>("kind"), json.Names("subject"), json.Names("body"))
        {
            To = json.Texts("to"),
            Via = json.Texts("via"),
            Attach = json.Texts("attach"),
            Copies = json.Texts("copies"),
            Signatures = json.Keyed("signatures", IdentityReader.Named, signature => signature.Key),
            Clauses = json.Clauses(),
        };

    private static Report Report(PackObject json)
    {
        var task = json.Object("task");
        var (period, periodSetting) = Period(json);
        var report = new Report(json.Key(), json.Names("name"), period, Moment(json, "at") ?? MissingMoment(json))
        {
            PeriodSetting = periodSetting,
            To = json.Texts("to", required: true),
            By = json.Texts("by", required: true),
            Measures = json.Keyed("measures", Measure, measure => measure.Key, required: true),
            Task = task is null ? null : new ReportTask(task.Texts("who", required: true), task.TextOrNull("form"), Moment(task, "due")),
            Awards = Awards(json),
            Clauses = json.Clauses(),
        };
        task?.Finish();
        return report;
    }

    private static (ReportPeriod Period, string? Setting) Period(PackObject json) =>
        Setting(json, "period") is { } setting ? (ReportPeriod.Month, setting) : (json.Word<ReportPeriod>("period"), null);

    private static ReportAwards? Awards(PackObject json)
    {
        if (json.Object("awards") is not { } awards)
        {
            return null;
        }

        var rank = awards.Object("rank");
        var read = new ReportAwards(
            awards.Text("calculator"), awards.Condition("where"), awards.Whole("top"), rank is null ? null : new AwardRank(rank.Text("measure"), rank.Condition("when")));
        rank?.Finish();
        awards.Finish();
        return read;
    }

    private static ReportMoment MissingMoment(PackObject json)
    {
        json.Missing("at");
        return new ReportMoment(1, TimeOnly.MinValue);
    }

    private static ReportMoment? Moment(PackObject json, string name)
    {
        if (json.Object(name) is not { } at)
        {
            return null;
        }

        var setting = Setting(at, "day");
        var day = setting is null ? at.Whole("day") ?? 1 : 1;
        if (day is < 1 or > 366)
        {
            at.Wrong("day", " 1 至 366", "1 to 366");
        }

        var text = at.Text("time");
        if (!TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            at.Wrong("time", "形如 08:00 的时间", "a time such as 08:00");
        }

        at.Finish();
        return new ReportMoment(Math.Max(1, day), time, setting);
    }

    // a reading of the policy in place of a value
    private static string? Setting(PackObject json, string name) => json.Member(name) is { ValueKind: JsonValueKind.Object } ? json.Reading(name)!.Setting : null;

    private static ReportMeasure Measure(PackObject json)
    {
        var reading = json.Member("baseName") is { ValueKind: JsonValueKind.Object } name && name.TryGetProperty("setting", out _) ? Setting(json, "baseName") : null;
        return new ReportMeasure(json.Key(), json.Names("name"), Source(json, "count") ?? MissingCount(json))
        {
            On = json.TextOrNull("on"),
            Base = Source(json, "base"),
            BaseName = reading is null ? json.NamesOrNull("baseName") : new BilingualText(reading, reading),
            BaseSetting = reading,
        };
    }

    private static MeasureSource? Source(PackObject json, string name) => json.Member(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } => new MeasureSource(null, json.TextOrNull(name)),
        _ => new MeasureSource(json.Condition(name), null),
    };

    private static MeasureSource MissingCount(PackObject json)
    {
        json.Missing("count");
        return new MeasureSource(null, null);
    }
}
