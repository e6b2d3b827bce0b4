using System.Globalization;
using System.Security.Claims;
using System.Text.Json.Nodes;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Delivery;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Notifications;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Organisation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using NodaTime;

namespace CaseManagement.Web.Features.Notifications;

/// <inheritdoc/>
internal sealed class StoredNoticeSettings(
    IDbContextFactory<CaseManagementDbContext> contexts, IConfigurationWriter writer, People people, StoredConfigurations configurations, ConfigurationAudit audit,
    IOptions<MailOptions> mail, SignedRequests requests, WebhookSecrets secrets, IStringLocalizer<NotificationsText> text) : INoticeSettings
{
    private const string Stream = "notifications";
    private const int LongestBundle = 240;
    private const int MostLoud = 9;
    private const int LongestUrl = 2000;

    // zones offered beside those in use; any IANA zone may be configured by the calendars
    private static readonly string[] UsualZones = ["Asia/Shanghai", "Asia/Hong_Kong", "Asia/Singapore", "Asia/Tokyo", "Europe/Berlin", "Europe/London", "America/New_York", "America/Los_Angeles", "UTC"];

    public async Task<NoticeSettingsPage?> GetAsync(ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await people.OfAsync(user, cancellationToken) is not { } person)
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var chosen = await db.NotificationPreferences.AsNoTracking().SingleOrDefaultAsync(p => p.UserId == person.Id, cancellationToken)
            ?? new NotificationPreference { UserId = person.Id };
        var rules = await NoticeMails.RulesAsync(db, configurations, cancellationToken);
        return new NoticeSettingsPage
        {
            Edit = new NoticeSettingsEdit
            {
                Mail = chosen.Mail,
                DailyAt = Clock(chosen.DailyAt),
                QuietFrom = chosen.QuietFrom is { } from ? Clock(from) : null,
                QuietTo = chosen.QuietTo is { } to ? Clock(to) : null,
                ShowsWarnings = chosen.ShowsWarnings,
                MutesWarnings = !chosen.SendsWarnings,
                MutesOthers = !chosen.SendsOthers,
                WebhookUrl = chosen.WebhookUrl,
                Version = chosen.Version,
            },
            Address = string.IsNullOrWhiteSpace(person.Email) ? null : person.Email,
            MailsLeave = mail.Value.Enabled,
            HasSecret = chosen.WebhookSecret is not null,
            Zone = await db.Users.Where(u => u.Id == person.Id).Select(u => u.Zone).FirstOrDefaultAsync(cancellationToken) ?? "UTC",
            Rules = await SayAsync(rules, db, cancellationToken),
        };
    }

    public async Task<ActionAnswer> SaveAsync(NoticeSettingsEdit edit, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await people.OfAsync(user, cancellationToken) is not { } person)
        {
            return ActionAnswer.NotFound;
        }

        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        var daily = edit.Mail == MailChoice.Daily ? Minutes(edit.DailyAt, nameof(edit.DailyAt), errors) : Minutes(edit.DailyAt);
        var ownQuiet = !string.IsNullOrWhiteSpace(edit.QuietFrom) || !string.IsNullOrWhiteSpace(edit.QuietTo);
        var from = ownQuiet ? Minutes(edit.QuietFrom, nameof(edit.QuietFrom), errors) : null;
        var to = ownQuiet ? Minutes(edit.QuietTo, nameof(edit.QuietTo), errors) : null;
        if (from is not null && from == to)
        {
            errors[nameof(edit.QuietTo)] = text["SameTime"];
        }

        var webhook = string.IsNullOrWhiteSpace(edit.WebhookUrl) ? null : edit.WebhookUrl.Trim();
        if (webhook is not null && (webhook.Length > LongestUrl || requests.Refusal(webhook) is not null))
        {
            errors[nameof(edit.WebhookUrl)] = text["WebhookWrong"];
        }

        if (!Enum.IsDefined(edit.Mail))
        {
            errors[nameof(edit.Mail)] = text["ChooseOne"];
        }

        if (errors.Count > 0)
        {
            return ActionAnswer.Invalid(null, errors);
        }

        var secret = secrets.Seal(WebhookSecrets.Make());
        return await writer.RunWithContextAsync(
            async (db, _) =>
            {
                var chosen = await db.NotificationPreferences.SingleOrDefaultAsync(p => p.UserId == person.Id, cancellationToken);
                if ((chosen?.Version ?? 0) != edit.Version)
                {
                    return false;
                }

                if (chosen is null)
                {
                    chosen = new NotificationPreference { UserId = person.Id };
                    db.NotificationPreferences.Add(chosen);
                }

                chosen.Mail = edit.Mail;
                chosen.DailyAt = daily ?? chosen.DailyAt;
                (chosen.QuietFrom, chosen.QuietTo) = (from, to);
                chosen.ShowsWarnings = edit.ShowsWarnings;
                (chosen.SendsWarnings, chosen.SendsOthers) = (!edit.MutesWarnings, !edit.MutesOthers);
                chosen.WebhookUrl = webhook;
                chosen.WebhookSecret = webhook is null ? null : chosen.WebhookSecret ?? secret;
                chosen.Version++;
                await audit.RecordAsync(
                    db, Stream, "notification-preference.changed", person.AsPerformer().Actor,
                    new JsonObject { ["mail"] = chosen.Mail.ToString(), ["dailyAt"] = chosen.DailyAt, ["quietFrom"] = from, ["quietTo"] = to, ["showsWarnings"] = chosen.ShowsWarnings, ["sendsWarnings"] = chosen.SendsWarnings, ["sendsOthers"] = chosen.SendsOthers, ["webhook"] = webhook }, cancellationToken);
                if (chosen is { Mail: MailChoice.None, WebhookUrl: null })
                {
                    await db.NoticeMails.Where(m => m.UserId == person.Id).ExecuteDeleteAsync(cancellationToken);
                }

                return true;
            },
            cancellationToken)
            ? ActionAnswer.Done
            : ActionAnswer.Refused(text["Stale"]);
    }

    public async Task<string?> RotateAsync(ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await people.OfAsync(user, cancellationToken) is not { } person)
        {
            return null;
        }

        var secret = WebhookSecrets.Make();
        var kept = secrets.Seal(secret);
        return await writer.RunWithContextAsync(
            async (db, _) =>
            {
                if (await db.NotificationPreferences.SingleOrDefaultAsync(p => p.UserId == person.Id && p.WebhookUrl != null, cancellationToken) is not { } chosen)
                {
                    return false;
                }

                chosen.WebhookSecret = kept;
                chosen.Version++;
                await audit.RecordAsync(db, Stream, "notification-secret.changed", person.AsPerformer().Actor, [], cancellationToken);
                return true;
            },
            cancellationToken)
            ? secret
            : null;
    }

    public async Task<NoticeRulesPage?> GetRulesAsync(ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await people.OfAsync(user, cancellationToken) is not { } person || !(person.Is(SystemRoles.Administrator) || person.Is(SystemRoles.Auditor)))
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rules = await NoticeMails.RulesAsync(db, configurations, cancellationToken);
        var configuration = await configurations.CurrentAsync(cancellationToken);
        var roles = configuration.Published.Values.SelectMany(p => p.Pack.Organisation.Roles).DistinctBy(r => r.Key).Select(r => new Choice(r.Key, r.Name.In(PackWords.Language))).ToList();
        return new NoticeRulesPage
        {
            Edit = new NoticeRulesEdit
            {
                BundleMinutes = rules.BundleMinutes.ToString(CultureInfo.InvariantCulture),
                Quiet = rules.Quiet,
                QuietFrom = Clock(rules.QuietFrom),
                QuietTo = Clock(rules.QuietTo),
                Zone = rules.Zone,
                Calendar = rules.Calendar,
                LoudLevels = rules.LoudLevels.ToString(CultureInfo.InvariantCulture),
                FallbackRole = rules.FallbackRole ?? OrganisationChart.UsualFallback,
                Version = rules.Version,
            },
            MayChange = person.Is(SystemRoles.Administrator),
            Zones = [.. UsualZones.Append(rules.Zone).Concat(configuration.Calendars.Values.Select(c => c.Zone)).Distinct(StringComparer.Ordinal).Select(z => new Choice(z, z))],
            Calendars = await CalendarsAsync(db, cancellationToken),
            Roles = roles,
            MailsLeave = mail.Value.Enabled,
            Waiting = await db.NoticeMails.CountAsync(cancellationToken),
        };
    }

    public async Task<ActionAnswer> SaveRulesAsync(NoticeRulesEdit edit, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await people.OfAsync(user, cancellationToken) is not { } person || !person.Is(SystemRoles.Administrator))
        {
            return ActionAnswer.NotFound;
        }

        var configuration = await configurations.CurrentAsync(cancellationToken);
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        var bundle = Whole(edit.BundleMinutes, 1, LongestBundle, nameof(edit.BundleMinutes), errors);
        var loud = Whole(edit.LoudLevels, 0, MostLoud, nameof(edit.LoudLevels), errors);
        var isSpan = edit.Quiet == QuietHoursKind.Span;
        var from = isSpan ? Minutes(edit.QuietFrom, nameof(edit.QuietFrom), errors) : Minutes(edit.QuietFrom);
        var to = isSpan ? Minutes(edit.QuietTo, nameof(edit.QuietTo), errors) : Minutes(edit.QuietTo);
        if (isSpan && from is not null && from == to)
        {
            errors[nameof(edit.QuietTo)] = text["SameTime"];
        }

        if (!Enum.IsDefined(edit.Quiet))
        {
            errors[nameof(edit.Quiet)] = text["ChooseOne"];
        }

        if (edit.Zone is not { } zone || DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is null)
        {
            errors[nameof(edit.Zone)] = text["NoSuchZone"];
        }

        if (edit.Quiet == QuietHoursKind.Calendar && (edit.Calendar is not { } calendar || !configuration.Calendars.ContainsKey(calendar)))
        {
            errors[nameof(edit.Calendar)] = text["NoSuchCalendar"];
        }

        if (edit.FallbackRole is not { } role || !configuration.Published.Values.SelectMany(p => p.Pack.Organisation.Roles).Any(r => r.Key == role))
        {
            errors[nameof(edit.FallbackRole)] = text["NoSuchRole"];
        }

        if (errors.Count > 0)
        {
            return ActionAnswer.Invalid(null, errors);
        }

        return await writer.RunWithContextAsync(
            async (db, _) =>
            {
                var rules = await db.NotificationRules.SingleOrDefaultAsync(cancellationToken);
                if ((rules?.Version ?? 0) != edit.Version)
                {
                    return false;
                }

                var before = rules is null ? null : Say(rules);
                if (rules is null)
                {
                    rules = new NotificationRules { Zone = edit.Zone! };
                    db.NotificationRules.Add(rules);
                }

                rules.BundleMinutes = bundle!.Value;
                rules.LoudLevels = loud!.Value;
                rules.Quiet = edit.Quiet;
                rules.QuietFrom = from ?? rules.QuietFrom;
                rules.QuietTo = to ?? rules.QuietTo;
                rules.Zone = edit.Zone!;
                rules.Calendar = edit.Quiet == QuietHoursKind.Calendar ? edit.Calendar : null;
                rules.FallbackRole = edit.FallbackRole;
                rules.Version++;
                await audit.RecordAsync(
                    db, Stream, "notification-rules.changed", person.AsPerformer().Actor, new JsonObject { ["before"] = before, ["after"] = Say(rules) }, cancellationToken);
                return true;
            },
            cancellationToken)
            ? ActionAnswer.Done
            : ActionAnswer.Refused(text["Stale"]);
    }

    private static JsonObject Say(NotificationRules rules) => new()
    {
        ["bundleMinutes"] = rules.BundleMinutes,
        ["quiet"] = rules.Quiet.ToString(),
        ["quietFrom"] = rules.QuietFrom,
        ["quietTo"] = rules.QuietTo,
        ["zone"] = rules.Zone,
        ["calendar"] = rules.Calendar,
        ["loudLevels"] = rules.LoudLevels,
        ["fallbackRole"] = rules.FallbackRole,
    };

    private async Task<IReadOnlyList<string>> SayAsync(NotificationRules rules, CaseManagementDbContext db, CancellationToken cancellationToken)
    {
        var said = new List<string> { text["RuleBundle", rules.BundleMinutes] };
        if (rules.Quiet == QuietHoursKind.Span)
        {
            said.Add(text["RuleSpan", Clock(rules.QuietFrom), Clock(rules.QuietTo), rules.Zone]);
        }
        else if (rules.Quiet == QuietHoursKind.Calendar)
        {
            said.Add(text["RuleCalendar", (await CalendarsAsync(db, cancellationToken)).FirstOrDefault(c => c.Value == rules.Calendar)?.Text ?? rules.Calendar ?? ""]);
        }
        else
        {
            said.Add(text["RuleNoQuiet"]);
        }

        if (rules.LoudLevels > 0)
        {
            said.Add(text["RuleLoud", rules.LoudLevels]);
        }

        return said;
    }

    private static async Task<IReadOnlyList<Choice>> CalendarsAsync(CaseManagementDbContext db, CancellationToken cancellationToken)
    {
        var english = PackWords.Language.StartsWith("en", StringComparison.Ordinal);
        var all = await db.CalendarVersions.AsNoTracking().Select(c => new { c.Key, c.Version, c.NameZh, c.NameEn }).ToListAsync(cancellationToken);
        return [.. all.GroupBy(c => c.Key, StringComparer.Ordinal).Select(g => g.MaxBy(c => c.Version)!).Select(c => new Choice(c.Key, english ? c.NameEn : c.NameZh))];
    }

    private int? Minutes(string? typed, string field, Dictionary<string, string> errors)
    {
        if (Minutes(typed) is { } minutes)
        {
            return minutes;
        }

        errors[field] = text["TimeWrong"];
        return null;
    }

    private static int? Minutes(string? typed) =>
        TimeOnly.TryParseExact(typed?.Trim(), ["HH:mm", "H:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? (time.Hour * 60) + time.Minute : null;

    private int? Whole(string? typed, int least, int most, string field, Dictionary<string, string> errors)
    {
        if (int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        errors[field] = text["NumberWrong", least, most];
        return null;
    }

    private static string Clock(int minutes) => new TimeOnly(minutes / 60, minutes % 60).ToString("HH:mm", CultureInfo.InvariantCulture);
}
