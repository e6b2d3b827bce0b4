using System.Globalization;
using System.Text.Json;

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
        var awards = json.Object("awards");
        var report = new Report(json.Key(), json.Names("name"), json.Word<ReportPeriod>("period"), At(json))
        {
            To = json.Texts("to", required: true),
            By = json.Texts("by", required: true),
            Measures = json.Keyed("measures", Measure, measure => measure.Key, required: true),
            Task = task is null ? null : new ReportTask(task.Texts("who", required: true), task.TextOrNull("form"), Due(task)),
            Awards = awards is null ? null : new ReportAwards(awards.Text("calculator"), awards.Condition("where"), awards.Whole("top")),
            Clauses = json.Clauses(),
        };
        task?.Finish();
        awards?.Finish();
        return report;
    }

    private static ReportMoment At(PackObject json)
    {
        if (json.Object("at") is not { } at)
        {
            json.Missing("at");
            return new ReportMoment(1, TimeOnly.MinValue);
        }

        var day = at.Whole("day") ?? 1;
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
        return new ReportMoment(Math.Max(1, day), time);
    }

    // The format leaves open how a due date is written; it is kept as it stands.
    private static string? Due(PackObject task) => task.Member("due") switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } => task.TextOrNull("due"),
        { } other => other.GetRawText(),
    };

    private static ReportMeasure Measure(PackObject json) => new(json.Key(), json.Names("name"), Source(json, "count") ?? MissingCount(json))
    {
        On = json.TextOrNull("on"),
        Base = Source(json, "base"),
        BaseName = json.NamesOrNull("baseName"),
    };

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
