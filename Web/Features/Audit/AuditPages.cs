using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Api.Access;
using CaseManagement.Web.Auditing;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using NodaTime;
using NodaTime.Text;

namespace CaseManagement.Web.Features.Audit;

/// <summary>Puts the page of the audit together. That somebody looked is recorded before anything is shown.</summary>
public sealed class AuditPages(
    CaseManagementDbContext db, AuditList list, AuditExport export, AuditReach reach, ReadLog reads, [FromKeyedServices(Clocks.Wall)] TimeProvider wallClock,
    IStringLocalizer<AuditText> text)
{
    private const int UsualDays = 7;
    private const int MostDays = 366;
    private const int LongestReason = 1000;

    // what comes after it says why
    private const string Refused = "oidc.refused";

    /// <summary>What is said of days that are none.</summary>
    public string WrongPeriod => text["WrongPeriod", MostDays];

    public async Task<AuditPage> GetAsync(AuditForm form, ApiCaller caller, CancellationToken cancellationToken)
    {
        var seesCases = AuditReach.ReadsCases(caller);
        var zone = await db.Users.Where(u => u.Id == caller.Person!.Id).Select(u => u.Zone).FirstOrDefaultAsync(cancellationToken) ?? "UTC";
        var today = Instant.FromDateTimeOffset(wallClock.GetUtcNow()).InZone(DateTimeZoneProviders.Tzdb[zone]).Date;
        var typed = form with
        {
            Of = form.Of is "other" || !seesCases ? "other" : "cases",
            From = Given(form.From) ?? LocalDatePattern.Iso.Format(today.PlusDays(-UsualDays)),
            To = Given(form.To) ?? LocalDatePattern.Iso.Format(today),
        };
        var anchor = await db.AuditAnchors.AsNoTracking().OrderByDescending(a => a.Number).Select(a => new { a.Number, a.At }).FirstOrDefaultAsync(cancellationToken);
        var page = new AuditPage
        {
            SeesCases = seesCases,
            Form = typed,
            Rows = [],
            Zone = zone,
            Anchor = anchor is null ? null : (anchor.Number, anchor.At),
            Last = await LastAsync(cancellationToken),
            Broken = await AuditState.BrokenAsync(db, cancellationToken) is { } broken ? text["StaysBroken", text[$"Fault_{broken.Fault}"], broken.Stream ?? ""].Value : null,
        };
        if (Period(typed.From, typed.To, zone) is not var (from, to))
        {
            return page with { Error = WrongPeriod };
        }

        var filter = new AuditFilter
        {
            Cases = typed.Of == "cases",
            Entity = Given(typed.Entity),
            Number = Given(typed.Number),
            Person = Given(typed.Person),
            Type = Given(typed.Type),
            From = from,
            To = to,
            After = Given(typed.After),
        };
        await reads.ChainedAsync(
            ReadLog.AuditAsked, caller.Performer.Actor,
            new JsonObject
            {
                ["of"] = typed.Of,
                ["entity"] = filter.Entity,
                ["number"] = filter.Number,
                ["person"] = filter.Person,
                ["type"] = filter.Type,
                ["from"] = from,
                ["to"] = to,
            },
            cancellationToken);
        var part = await list.ReadAsync(filter, caller, cancellationToken);
        var others = part.Lines.Select(l => l.OnBehalfOf).OfType<string>().Distinct().ToList();
        var names = await db.Users.Where(u => others.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.DisplayName, StringComparer.Ordinal, cancellationToken);
        return page with { Rows = [.. part.Lines.Select(line => RowOf(line, names))], Next = part.Next };
    }

    /// <summary>What a form asks to verify; null: its days are none.</summary>
    public async Task<AuditExtent?> ExtentAsync(VerifyForm form, string zone, CancellationToken cancellationToken) => form.Extent switch
    {
        "all" => new AuditExtent(),
        "period" => Period(Given(form.From), Given(form.To), zone) is var (from, to) ? new AuditExtent { From = from, To = to } : null,
        _ => new AuditExtent { SinceAnchor = Math.Max(0, (await db.AuditAnchors.MaxAsync(a => (long?)a.Number, cancellationToken) ?? 0) - 1) },
    };

    /// <summary>What a form asks to take out, or what is wrong with it.</summary>
    public async Task<(AuditExportOrder? Order, string? Wrong)> OrderAsync(ExportForm form, string zone, ApiCaller caller, CancellationToken cancellationToken)
    {
        var reason = form.Reason?.Trim() ?? "";
        if (reason.Length is 0 or > LongestReason)
        {
            return (null, text["WhyMissing", LongestReason]);
        }

        AuditExportOrder order;
        if (Given(form.Number) is { } number)
        {
            var mine = (await reach.EventsAsync(caller, cancellationToken)).Where(e => e.Sequence == 1).Select(e => e.ComplaintId);
            if (await db.Cases.Where(c => c.Number == number && mine.Contains(c.Id)).Select(c => (Guid?)c.Id).SingleOrDefaultAsync(cancellationToken) is not { } id)
            {
                return (null, text["NoSuchCase"]);
            }

            order = new AuditExportOrder(id, null, null, form.Values, reason);
        }
        else if (Period(Given(form.From), Given(form.To), zone) is var (from, to))
        {
            order = new AuditExportOrder(null, from, to, form.Values, reason);
        }
        else
        {
            return (null, WrongPeriod);
        }

        return await export.IsTooMuchAsync(order, caller, cancellationToken) ? (null, text["TooMuch"]) : (order, null);
    }

    /// <summary>Takes out.</summary>
    public Task<Stream> WriteAsync(AuditExportOrder order, ApiCaller caller, CancellationToken cancellationToken) => export.WriteAsync(order, caller, cancellationToken);

    /// <summary>A verdict in a sentence.</summary>
    public Note Say(AuditVerdict verdict)
    {
        var seconds = verdict.Seconds.ToString("0.0", CultureInfo.CurrentCulture);
        return verdict.FirstBad is { } bad
            ? new Note(NoteKind.Late, text["Broken", text[$"Fault_{bad.Fault}"], Place(bad.Stream, bad.Sequence, bad.Anchor)])
            : new Note(NoteKind.Ok, text["Whole", verdict.Rows, verdict.Streams, verdict.Anchors, verdict.Erased, seconds]);
    }

    private async Task<LastRun?> LastAsync(CancellationToken cancellationToken)
    {
        var run = await db.ConfigurationEvents.AsNoTracking().Where(e => e.Stream == AuditVerification.Stream && e.Type == AuditVerification.Run)
            .OrderByDescending(e => e.Sequence).Select(e => new { e.RecordedAt, e.Data, e.ActorName }).FirstOrDefaultAsync(cancellationToken);
        if (run is not { Data.Length: > 0 })
        {
            return null;
        }

        using var said = JsonDocument.Parse(run.Data);
        var ok = said.RootElement.GetProperty("ok").GetBoolean();
        return new LastRun(run.RecordedAt, ok, text[ok ? "LastGood" : "LastBad", run.ActorName ?? text["ByItself"].Value]);
    }

    // links name people by their ids alone; whoever is not there any more stays an id
    private AuditRow RowOf(AuditLine line, Dictionary<string, string> names)
    {
        var title = text[$"Type_{(line.Type.StartsWith(Refused, StringComparison.Ordinal) ? Refused : line.Type)}"];
        var what = title.ResourceNotFound ? line.Type : title.Value;
        var actor = new Actor(Enum.TryParse<ActorKind>(line.ActorKind, out var kind) ? kind : ActorKind.System, line.ActorId, line.ActorName)
        {
            OnBehalfOf = line.OnBehalfOf,
            OnBehalfOfName = line.OnBehalfOf is { } other ? names.GetValueOrDefault(other) : null,
        };
        var how = line.Via is { } via && text[$"Via_{via}"] is { ResourceNotFound: false } said ? said.Value : "";
        return new AuditRow(line, what, ActorWords.NameOf(actor).In(CultureInfo.CurrentUICulture.Name), how);
    }

    private string Place(string? stream, long? sequence, long? anchor) =>
        string.Join(" · ", new[] { stream, sequence is { } n ? text["Number", n].Value : null, anchor is { } a ? text["AnchorOf", a].Value : null }.OfType<string>());

    // whole days, the last one included
    private static (DateTimeOffset From, DateTimeOffset To)? Period(string? from, string? to, string zone)
    {
        if (LocalDatePattern.Iso.Parse(from ?? "") is not { Success: true } first || LocalDatePattern.Iso.Parse(to ?? "") is not { Success: true } last
            || first.Value.Year is < 1900 or > 2200 || last.Value.Year is < 1900 or > 2200 || first.Value > last.Value || Period(first.Value, last.Value) > MostDays)
        {
            return null;
        }

        var local = DateTimeZoneProviders.Tzdb[zone];
        return (first.Value.AtStartOfDayInZone(local).ToDateTimeOffset().ToUniversalTime(), last.Value.PlusDays(1).AtStartOfDayInZone(local).ToDateTimeOffset().ToUniversalTime());
    }

    private static int Period(LocalDate first, LocalDate last) => NodaTime.Period.DaysBetween(first, last) + 1;

    private static string? Given(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();
}
