using System.Globalization;
using System.Security.Claims;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Facts;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Settings;
using CaseManagement.Workflows.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using StoredChange = CaseManagement.Web.Persistence.Settings.LimitChange;

namespace CaseManagement.Web.Features.Limits;

/// <summary>Time limits as they are in force, and their change for cases registered from then on.</summary>
internal sealed class StoredLimits(
    IDbContextFactory<CaseManagementDbContext> contexts, StoredConfigurations configurations, IConfigurationWriter writer, ConfigurationAudit audit,
    People people, LimitWords words, IStringLocalizer<LimitsText> text, TimeProvider clock) : ILimitPages
{
    private const int LongestReason = 1_000;
    private const int HistoryLength = 50;

    private static string Language => CultureInfo.CurrentUICulture.Name;

    public async Task<LimitsPage?> GetAsync(string? process, string? limit, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var configuration = await configurations.CurrentAsync(cancellationToken);
        if ((process ?? configuration.DefaultProcess) is not { } key || LimitsOf(configuration, key) is not { } limits)
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var isAdministrator = await AdministratorAsync(user, cancellationToken) is not null;
        var open = await OpenAsync(db, key, cancellationToken);
        var names = await CalendarNamesAsync(db, cancellationToken);
        var edited = isAdministrator ? limits.Rules.Limits.FirstOrDefault(one => one.Rule.Key == limit)?.Rule : null;
        return new LimitsPage
        {
            Processes = [.. configuration.Published.Values.Select(one => new Choice(one.Pack.Identity.Id, one.Pack.Identity.Name.In(Language)))],
            Process = key,
            ProcessName = limits.Rules.Pack.Identity.Name.In(Language),
            Zone = limits.Rules.Zone,
            Sentences = [.. limits.Rules.Limits.Select(one => new LimitSentence
            {
                Key = one.Rule.Key,
                Parts = words.Sentence(one.Rule, limits.Rules.Pack),
                Clause = one.Rule.Clause,
                Example = ExampleOf(one.Rule, limits.Rules),
                Open = open.GetValueOrDefault(one.Rule.Key),
                EditHref = isAdministrator ? $"/limits/{Uri.EscapeDataString(key)}?limit={Uri.EscapeDataString(one.Rule.Key)}" : null,
                Editing = one.Rule.Key == edited?.Key,
            })],
            History = await HistoryAsync(db, key, limits.Rules, names, isAdministrator, cancellationToken),
            Editor = edited is null ? null : EditorOf(configuration, limits, edited, names),
        };
    }

    public async Task<LimitPreview?> PreviewAsync(string process, string limit, LimitEdit edit, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var configuration = await configurations.CurrentAsync(cancellationToken);
        return await AdministratorAsync(user, cancellationToken) is not null
            && LimitsOf(configuration, process) is { } limits
            && limits.Find(limit) is { } now
                ? PreviewOf(limits, now, LimitInput.Read(edit, now, limits.OwnCalendar, CalendarKeys(configuration, now, limits), text))
                : null;
    }

    public async Task<ActionAnswer> ApplyAsync(string process, string limit, LimitEdit edit, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var configuration = await configurations.CurrentAsync(cancellationToken);
        if (await AdministratorAsync(user, cancellationToken) is not { } person
            || LimitsOf(configuration, process) is not { } limits
            || limits.Find(limit) is not { } now)
        {
            return ActionAnswer.NotFound;
        }

        if (edit.Scope is not (null or "" or LimitEdit.NewCases))
        {
            return ActionAnswer.Invalid(text["NewCasesOnly"]);
        }

        if (edit.Version != limits.VersionOf(limit))
        {
            return ActionAnswer.Refused(text["Stale"]);
        }

        var input = LimitInput.Read(edit, now, limits.OwnCalendar, CalendarKeys(configuration, now, limits), text);
        var errors = new Dictionary<string, string>(input.Errors, StringComparer.Ordinal);
        var reason = edit.Reason?.Trim() ?? "";
        if (reason.Length is 0 or > LongestReason)
        {
            errors[nameof(LimitEdit.Reason)] = reason.Length == 0 ? text["ReasonMissing"] : text["ReasonTooLong", LongestReason];
        }

        if (errors.Count > 0 || input.Rule is not { } rule)
        {
            return ActionAnswer.Invalid(null, errors);
        }

        if (LimitSetting.Of(rule) == LimitSetting.Of(now))
        {
            return ActionAnswer.Invalid(text["NothingChanged"]);
        }

        var change = new LoggedChange(limit, LimitSetting.Of(now), LimitSetting.Of(rule), LimitChangeScope.NewCases, reason);
        return await StoreAsync(process, change, edit.Version, person, cancellationToken);
    }

    public async Task<ActionAnswer> UndoAsync(string process, Guid change, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var changes = await ChangesAsync(db, process, cancellationToken);
        if (await AdministratorAsync(user, cancellationToken) is not { } person
            || LimitsOf(await configurations.CurrentAsync(cancellationToken), process) is not { } limits
            || changes.Find(one => IdOf(one.Event) == change) is not { Logged: { } undone } found
            || limits.Find(undone.Limit) is not { } now)
        {
            return ActionAnswer.NotFound;
        }

        if (!MayUndo(found.Event, undone, changes, now))
        {
            return ActionAnswer.Refused(text["Stale"]);
        }

        // the process's own calendar has to be named to take another one's place
        var before = undone.Before with { Calendar = undone.Before.Calendar ?? (now.Calendar is null ? null : limits.OwnCalendar) };
        var back = new LoggedChange(undone.Limit, LimitSetting.Of(now), before, LimitChangeScope.NewCases, Short(text["UndoReason", undone.Reason]));
        return await StoreAsync(process, back, limits.VersionOf(undone.Limit), person, cancellationToken);
    }

    // texts are made before: inside, the writer works without the reader's language
    private async Task<ActionAnswer> StoreAsync(
        string process, LoggedChange change, string expected, Person person, CancellationToken cancellationToken)
    {
        var summary = words.Change(change.Before, change.After, key => key);
        var isStored = await writer.RunWithContextAsync(
            async (db, transaction) =>
            {
                var configuration = await configurations.AtAsync(await transaction.ConfigurationVersionAsync(cancellationToken), cancellationToken);
                if (LimitsOf(configuration, process)?.VersionOf(change.Limit) != expected)
                {
                    return false;
                }

                await audit.RecordAsync(db, Stream(process), LoggedChange.Type, person.AsPerformer().Actor, change.ToJson(), cancellationToken);
                db.LimitChanges.Add(new StoredChange
                {
                    ProcessKey = process,
                    LimitKey = change.Limit,
                    Amount = change.After.Amount,
                    Unit = LimitInput.Word(change.After.Unit),
                    Calendar = change.After.Calendar == change.Before.Calendar ? null : change.After.Calendar,
                    Scope = change.Scope,
                    Reason = change.Reason,
                    By = person.Id,
                    ByName = person.Name,
                    At = clock.GetUtcNow(),
                    AuditText = summary,
                });
                return true;
            },
            cancellationToken);
        return isStored ? ActionAnswer.Done : ActionAnswer.Refused(text["Stale"]);
    }

    private static string Short(string reason) => reason.Length <= LongestReason ? reason : reason[..LongestReason];

    private LimitEditor EditorOf(CaseConfiguration configuration, LimitsInForce limits, TimeLimit rule, Dictionary<string, string> calendarNames)
    {
        var edit = new LimitEdit
        {
            Amount = rule.Amount?.ToString("0.######", CultureInfo.InvariantCulture),
            Unit = LimitInput.Word(rule.Unit),
            Calendar = rule.Calendar ?? limits.OwnCalendar,
            CountFrom = LimitInput.Word(rule.CountFrom),
            EndOf = LimitInput.Word(rule.RunsTo),
            IfNonWorking = LimitInput.Word(rule.IfNonWorking),
            Scope = LimitEdit.NewCases,
        };
        return new LimitEditor
        {
            Key = rule.Key,
            Name = LimitWords.NameOf(rule),
            Edit = edit,
            Units = [.. Enum.GetValues<LimitUnit>().Where(unit => unit != LimitUnit.Promised || rule.Promised is not null)
                .Select(unit => new Choice(LimitInput.Word(unit), words.Unit(unit)))],
            Calendars = [.. CalendarKeys(configuration, rule, limits).Order(StringComparer.Ordinal).Select(key => new Choice(key, NameOf(key, limits.Rules, calendarNames)))],
            CountFroms = [new Choice(LimitInput.Word(rule.CountFrom), words.CountedFrom(rule.CountFrom))],
            EndOfs = [new Choice(LimitInput.Word(rule.RunsTo), words.EndsAt(rule.RunsTo))],
            IfNonWorkings = [new Choice(LimitInput.Word(rule.IfNonWorking), words.OnDayOff(rule.IfNonWorking))],
            Preview = PreviewOf(limits, rule, new LimitInput(rule, new Dictionary<string, string>())),
        };
    }

    private LimitPreview PreviewOf(LimitsInForce limits, TimeLimit now, LimitInput input)
    {
        IReadOnlyList<SentencePart> readsAs = input.Rule is { } rule
            ? [new(text["ReadsAs"]), new(words.Amount(rule.Unit, rule.Amount), Key: true), new(text["ReadsAsEnd"]), .. ExampleOf(rule, limits.Rules)]
            : [];
        return new LimitPreview
        {
            Version = limits.VersionOf(now.Key),
            At = clock.GetUtcNow(),
            Zone = limits.Rules.Zone,
            ReadsAs = readsAs,
            Error = input.Errors.Count == 0 ? null : input.Errors.Values.First(),
        };
    }

    private IReadOnlyList<SentencePart> ExampleOf(TimeLimit rule, CaseRules rules)
    {
        var calendar = CalendarOf(rule, rules);
        return calendar is null ? [] : words.Example(rule, calendar, clock.GetUtcNow());
    }

    private async Task<IReadOnlyList<LimitChange>> HistoryAsync(
        CaseManagementDbContext db, string process, CaseRules rules, Dictionary<string, string> calendarNames, bool isAdministrator, CancellationToken cancellationToken)
    {
        var changes = await ChangesAsync(db, process, cancellationToken);
        return [.. changes.Where(one => one.Logged is not null).Select(one =>
        {
            var (row, logged) = (one.Event, one.Logged!);
            var rule = rules.Limits.FirstOrDefault(limit => limit.Rule.Key == logged.Limit)?.Rule;
            var change = words.Change(logged.Before, logged.After, key => NameOf(key.Length == 0 ? rules.Pack.Identity.Calendar : key, rules, calendarNames));
            return new LimitChange(
                IdOf(row),
                row.At,
                text["ChangeOf", rule is null ? logged.Limit : LimitWords.NameOf(rule), change],
                logged.Scope == LimitChangeScope.NewCases ? text["ScopeNew"] : text["ScopeOpen"],
                logged.Reason,
                row.ActorName ?? row.ActorId ?? "",
                isAdministrator && rule is not null && MayUndo(row, logged, changes, rule));
        })];
    }

    // only the newest change of a limit, only one that left open cases alone, and only while the limit still is what it made
    private static bool MayUndo(ConfigurationEvent row, LoggedChange logged, List<(ConfigurationEvent Event, LoggedChange? Logged)> changes, TimeLimit now) =>
        logged.Scope == LimitChangeScope.NewCases
        && changes.Find(one => one.Logged?.Limit == logged.Limit).Event == row
        && (logged.After.Unit, logged.After.Amount) == (now.Unit, now.Amount);

    private static async Task<List<(ConfigurationEvent Event, LoggedChange? Logged)>> ChangesAsync(
        CaseManagementDbContext db, string process, CancellationToken cancellationToken)
    {
        var stream = Stream(process);
        var rows = await db.ConfigurationEvents.AsNoTracking().Where(e => e.Stream == stream && e.Type == LoggedChange.Type)
            .OrderByDescending(e => e.Sequence).Take(HistoryLength).ToListAsync(cancellationToken);
        return [.. rows.Select(row => (row, LoggedChange.Read(row.Data)))];
    }

    private static async Task<Dictionary<string, int>> OpenAsync(CaseManagementDbContext db, string process, CancellationToken cancellationToken) =>
        await db.Clocks.Where(c => c.State == "running" || c.State == "paused" || c.State == "breached")
            .Join(db.Cases.Where(c => c.Process == process && c.Status == CaseStatus.Open), c => c.ComplaintId, c => c.Id, (c, _) => c.Limit)
            .GroupBy(limit => limit).Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);

    private static async Task<Dictionary<string, string>> CalendarNamesAsync(CaseManagementDbContext db, CancellationToken cancellationToken)
    {
        var rows = await db.CalendarVersions.AsNoTracking().OrderBy(c => c.Version).Select(c => new { c.Key, c.NameZh, c.NameEn }).ToListAsync(cancellationToken);
        return rows.GroupBy(row => row.Key, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => new BilingualText(g.Last().NameZh, g.Last().NameEn).In(Language), StringComparer.Ordinal);
    }

    private string NameOf(string calendar, CaseRules rules, Dictionary<string, string> installed) =>
        calendar == TimeLimit.DepartmentCalendar ? text["DepartmentCalendar"] : installed.GetValueOrDefault(calendar) ?? rules.Pack.Calendars.FirstOrDefault(one => one.Key == calendar)?.Name.In(Language) ?? calendar;

    private static HashSet<string> CalendarKeys(CaseConfiguration configuration, TimeLimit rule, LimitsInForce limits) =>
        [.. configuration.Calendars.Keys, rule.Calendar ?? limits.OwnCalendar, TimeLimit.DepartmentCalendar];

    private static WorkCalendar? CalendarOf(TimeLimit rule, CaseRules rules)
    {
        try
        {
            return rules.Calendar(rule, lead: null);
        }
        catch (Domain.RuleViolationException)
        {
            return null;
        }
    }

    private static LimitsInForce? LimitsOf(CaseConfiguration configuration, string process) =>
        configuration.Published.GetValueOrDefault(process) is { } version
            ? new LimitsInForce(configuration.RulesFor(version, configuration.LimitsVersion(process)), version.Version, configuration.LimitChanges.GetValueOrDefault(process) ?? [])
            : null;

    private async ValueTask<Person?> AdministratorAsync(ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await people.OfAsync(user, cancellationToken) is { } person && person.Is(SystemRoles.Administrator) ? person : null;

    private static string Stream(string process) => $"process:{process}";

    private static Guid IdOf(ConfigurationEvent row)
    {
        Span<byte> id = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(id[8..], row.Sequence);
        return new Guid(id, bigEndian: true);
    }

    private sealed record LimitsInForce(CaseRules Rules, int ProcessVersion, IReadOnlyList<Workflows.Cases.LimitChange> Changes)
    {
        public string OwnCalendar => Rules.Pack.Identity.Calendar;

        public TimeLimit? Find(string limit) => Rules.Limits.FirstOrDefault(one => one.Rule.Key == limit)?.Rule;

        /// <summary>Another one as soon as the process has another version or somebody changes the limit.</summary>
        public string VersionOf(string limit) =>
            $"{ProcessVersion}-{Changes.Where(change => change.Limit == limit).Select(change => change.Sequence).DefaultIfEmpty().Max()}";
    }
}
