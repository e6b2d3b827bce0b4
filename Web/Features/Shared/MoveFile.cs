using System.Globalization;
using System.Text;
using CaseManagement.Web.Configuration;
using Microsoft.Extensions.Localization;
using NodaTime;

namespace CaseManagement.Web.Features.Shared;

/// <summary>The open cases a change moves, for a spreadsheet: one line per clock, all of them.</summary>
public sealed class MoveFile(IStringLocalizer<SharedText> text)
{
    /// <summary>CSV with a line of headings; lines end with CR LF, instants are local times of the zone.</summary>
    public string Of(IReadOnlyList<MovedClock> moved, string zone)
    {
        var local = DateTimeZoneProviders.Tzdb[zone];
        var file = new StringBuilder();
        Line(text["Case"], text["FileClock"], text["FileOldDue"], text["FileNewDue"], text["LateAtOnce"], text["PausedNow"]);
        foreach (var one in moved.Where(one => one.IsDueElsewhen).OrderByDescending(one => one.Counted.IsLateAtOnce).ThenBy(one => one.Counted.NewDueAt).ThenBy(one => one.Number, StringComparer.Ordinal))
        {
            Line(
                one.Number, one.Name.In(CultureInfo.CurrentUICulture.Name), At(one.Counted.OldDueAt), one.Counted.NewDueAt is null ? text["NoDueTime"] : At(one.Counted.NewDueAt),
                text[one.Counted.IsLateAtOnce ? "Yes" : "No"], text[one.Counted.Clock.PausedSince is null ? "No" : "Yes"]);
        }

        return file.ToString();

        string At(DateTimeOffset? at) => at is { } instant
            ? Instant.FromDateTimeOffset(instant).InZone(local).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)
            : "";

        void Line(params ReadOnlySpan<string> fields)
        {
            for (var at = 0; at < fields.Length; at++)
            {
                file.Append(at == 0 ? "" : ",").Append(CsvText.Quoted(fields[at]));
            }

            file.Append("\r\n");
        }
    }
}
