using System.Globalization;
using System.Security.Claims;
using CaseManagement.Domain;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Facts;
using CaseManagement.Web.Auditing;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Settings;
using CaseManagement.Workflows.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using MovedClock = CaseManagement.Web.Configuration.MovedClock;

namespace CaseManagement.Web.Features.Limits;

/// <summary>Time limits as they are in force, and their change for new cases or open ones too.</summary>
internal sealed partial class StoredLimits(
    IDbContextFactory<CaseManagementDbContext> contexts, StoredConfigurations configurations, LimitChanges changes, MovePreviews previews, SeenMoves seen, People people,
    LimitWords words, LimitChoices choices, ReadLog reads, IStringLocalizer<LimitsText> text, TimeProvider clock) : ILimitPages
{
    private const int LongestReason = 1_000;
    private const int HistoryLength = 50;

    private static string Language => CultureInfo.CurrentUICulture.Name;

    public async Task<LimitsPage?> GetAsync(string? process, int? version, string? limit, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var now = await configurations.CurrentAsync(cancellationToken);
        if ((process ?? now.DefaultProcess) is not { } key || now.Published.GetValueOrDefault(key) is not { } published)
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var versions = await db.Cases.Where(c => c.Process == key && c.Status == CaseStatus.Open).Select(c => c.ProcessVersion).Distinct().ToListAsync(cancellationToken);
        var shown = version is { } asked && asked != published.Version && versions.Contains(asked) ? await configurations.ProcessAsync(key, asked, cancellationToken) : published;
        var rules = now.RulesFor(shown, now.LimitsVersion(key));
        var isAdministrator = await AdministratorAsync(user, cancellationToken) is not null;
        var open = await OpenAsync(db, key, shown.Version, cancellationToken);
        var names = await CalendarNamesAsync(db, cancellationToken);
        var mayEdit = isAdministrator && shown.Version == published.Version;
        var edited = mayEdit ? rules.Limits.FirstOrDefault(one => one.Rule.Key == limit) : null;
        return new LimitsPage
        {
            Processes = [.. now.Published.Values.Select(one => new Choice(one.Pack.Identity.Id, one.Pack.Identity.Name.In(Language)))],
            Process = key,
            ProcessName = rules.Pack.Identity.Name.In(Language),
            Version = shown.Version,
            Versions = [.. versions.Append(published.Version).Distinct().OrderDescending().Select(one => new Choice(one.ToString(CultureInfo.InvariantCulture), text["VersionN", one]))],
            Zone = rules.Zone,
            AddHref = mayEdit ? $"/limits/{Uri.EscapeDataString(key)}/add#ed" : null,
            Sentences = [.. rules.Limits.Select(one => (Limit: one, Sentence: new LimitSentence
            {
                Key = one.Rule.Key,
                Parts = words.Sentence(one.Rule, rules.Pack),
                Clause = one.Rule.Clause,
                Terms = words.Terms(one, rules),
                Example = ExampleOf(one.Rule, rules),
                Why = CalendarOf(one.Rule, rules) is { } calendar ? LimitWords.Why(one.Rule, calendar, clock.GetUtcNow()) : [],
                Open = open.GetValueOrDefault(one.Rule.Key),
                EditHref = mayEdit ? $"/limits/{Uri.EscapeDataString(key)}?limit={Uri.EscapeDataString(one.Rule.Key)}#ed" : null,
                Editing = one.Rule.Key == edited?.Rule.Key,
            })).Select(one => mayEdit ? WithLinks(one.Sentence, one.Limit, rules, key) : one.Sentence)],
            History = await HistoryAsync(db, now, key, isAdministrator, cancellationToken),
            Editor = edited is null ? null : EditorOf(now, key, rules, edited, names),
        };
    }

    public async Task<LimitPreview?> PreviewAsync(string process, string limit, LimitEdit edit, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await ReadAsync(process, limit, edit, user, cancellationToken) is { } read ? (await PreviewAsync(read, null, cancellationToken)).Preview : null;

    public async Task<LimitMoves?> MovesAsync(string process, string limit, LimitEdit edit, int page, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await ReadAsync(process, limit, edit, user, cancellationToken) is not { } read)
        {
            return null;
        }

        var (preview, moved) = await PreviewAsync(read, page, cancellationToken);
        return new LimitMoves(text["EditLimit", read.Proposal.Name.In(Language)], read.Proposal.Rules.Pack.Identity.Name.In(Language), preview, moved)
        {
            Reason = edit.Reason,
        };
    }

    public async Task<ActionAnswer> ApplyAsync(string process, string limit, LimitEdit edit, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (await ReadAsync(process, limit, edit, user, cancellationToken) is not { } read)
        {
            return ActionAnswer.NotFound;
        }

        var openCases = edit.Scope == LimitEdit.OpenCases;
        if (edit.Version != read.Proposal.Version)
        {
            return ActionAnswer.Refused(text["Stale"]);
        }

        var errors = read.Errors;
        if (WrongReason(edit.Reason) is { } wrong)
        {
            errors[nameof(LimitEdit.Reason)] = wrong;
        }

        if (errors.Count > 0)
        {
            return ActionAnswer.Invalid(errors.GetValueOrDefault(""), errors);
        }

        return read.Proposal.Problems is [{ Code: LimitProposal.NothingToChange }]
            ? ActionAnswer.Invalid(text["NothingChanged"])
            : await StoreAsync(now => LimitProposal.Of(now, process, limit, read.Input.Patch, openCases), edit.Version, edit.Reason!.Trim(), read.By, cancellationToken);
    }

    public async Task<LimitMoves?> UndoMovesAsync(string process, long change, int page, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var now = await configurations.CurrentAsync(cancellationToken);
        if (await AdministratorAsync(user, cancellationToken) is not { } by || !now.Published.ContainsKey(process) || LimitProposal.Undoing(now, process, change) is not { } proposal)
        {
            return null;
        }

        var (preview, moved) = await PreviewAsync(new ReadEdit(proposal, null!, [], by), page, cancellationToken);
        return new LimitMoves(text["UndoLimit", proposal.Name.In(Language)], proposal.Rules.Pack.Identity.Name.In(Language), preview, moved);
    }

    public async Task<ActionAnswer> UndoAsync(string process, long change, string? reason, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var now = await configurations.CurrentAsync(cancellationToken);
        if (await AdministratorAsync(user, cancellationToken) is not { } person || !now.Published.ContainsKey(process))
        {
            return ActionAnswer.NotFound;
        }

        return WrongReason(reason) is { } wrong
            ? ActionAnswer.Invalid(wrong)
            : await StoreAsync(current => LimitProposal.Undoing(current, process, change), null, reason!.Trim(), person, cancellationToken);
    }

    private string? WrongReason(string? typed) => (typed?.Trim().Length ?? 0) switch
    {
        0 => text["ReasonMissing"].Value,
        > LongestReason => text["ReasonTooLong", LongestReason].Value,
        _ => null,
    };

    private async Task<ActionAnswer> StoreAsync(
        Func<CaseConfiguration, LimitProposal?> propose, string? seen, string reason, Person by, CancellationToken cancellationToken)
    {
        // texts are made before: inside, the writer works without the reader's language
        string stale = text["Stale"];
        try
        {
            return await changes.ApplyAsync(propose, seen, reason, by.AsPerformer(), cancellationToken) is null ? ActionAnswer.Refused(stale) : ActionAnswer.Done;
        }
        catch (RuleViolationException refused)
        {
            return ActionAnswer.Refused(text["CannotRecount", refused.Message]);
        }
        catch (InvalidTimeRuleException refused)
        {
            return ActionAnswer.Refused(text["CannotRecount", TimeRuleText.Of(refused).In(Language)]);
        }
    }

    private async Task<ReadEdit?> ReadAsync(string process, string limit, LimitEdit edit, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var now = await configurations.CurrentAsync(cancellationToken);
        if (await AdministratorAsync(user, cancellationToken) is not { } by || now.Published.GetValueOrDefault(process) is not { } published)
        {
            return null;
        }

        var rules = now.RulesFor(published, now.LimitsVersion(process));
        if (rules.Limits.FirstOrDefault(one => one.Rule.Key == limit) is not { } inForce)
        {
            return null;
        }

        var input = LimitInput.Read(edit, inForce, rules.Pack, CalendarKeys(now, inForce.Rule, rules), text);
        var proposal = LimitProposal.Of(now, process, limit, input.Patch, openCases: true);
        var problems = proposal.Problems.Where(problem => problem.Code != LimitProposal.NothingToChange);
        return new ReadEdit(proposal, input, input.With(problems, Language), by);
    }

    /// <summary>The change shown for new and open cases, whichever it is applied to.</summary>
    private async Task<(LimitPreview Preview, IReadOnlyList<MovedClock> Moved)> PreviewAsync(ReadEdit read, int? page, CancellationToken cancellationToken)
    {
        var proposal = read.Proposal;
        if (read.Errors.Count > 0)
        {
            return (previews.Of(ReadMoves.Nothing, proposal.Version, proposal.Rules.Zone, []) with { Error = read.Errors.Values.First() }, []);
        }

        try
        {
            await reads.PreviewedAsync(proposal, read.By.AsPerformer().Actor, cancellationToken);
            var moved = await seen.OfAsync(await changes.PreviewAsync(proposal, cancellationToken), read.By, cancellationToken);
            return (previews.Of(moved, proposal.Version, proposal.Rules.Zone, proposal.After is null ? [new SentencePart(text["TakenAwayReads"])] : ReadsAs(proposal.After.Rule, proposal.RulesAfter), page), moved.Seen);
        }
        catch (RuleViolationException refused)
        {
            return (previews.Of(ReadMoves.Nothing, proposal.Version, proposal.Rules.Zone, []) with { Error = text["CannotRecount", refused.Message] }, []);
        }
        catch (InvalidTimeRuleException refused)
        {
            return (previews.Of(ReadMoves.Nothing, proposal.Version, proposal.Rules.Zone, []) with { Error = text["CannotRecount", TimeRuleText.Of(refused).In(Language)] }, []);
        }
    }

    private IReadOnlyList<SentencePart> ReadsAs(TimeLimit rule, CaseRules rules) =>
        [new(text["ReadsAs"]), new(words.Amount(rule.Unit, rule.Amount), Key: true), new(text["ReadsAsEnd"]), .. ExampleOf(rule, rules)];

    private LimitEditor EditorOf(CaseConfiguration now, string process, CaseRules rules, LimitInForce limit, Dictionary<string, string> calendarNames)
    {
        IReadOnlyList<Choice> calendars = [.. CalendarKeys(now, limit.Rule, rules).Order(StringComparer.Ordinal).Select(key => new Choice(key, NameOf(key, rules, calendarNames)))];
        return choices.Of(
            limit.Rule, rules.Pack, calendars, LimitEdit.Of(limit, rules.Pack),
            previews.Of(ReadMoves.Nothing, LimitProposal.VersionOf(now, process, limit.Rule.Key), rules.Zone, ReadsAs(limit.Rule, rules))) with
        {
            OffersOpenCases = true,
        };
    }

    private IReadOnlyList<SentencePart> ExampleOf(TimeLimit rule, CaseRules rules) =>
        CalendarOf(rule, rules) is { } calendar ? words.Example(rule, calendar, clock.GetUtcNow()) : [];

    private async Task<IReadOnlyList<LimitChange>> HistoryAsync(
        CaseManagementDbContext db, CaseConfiguration now, string process, bool isAdministrator, CancellationToken cancellationToken)
    {
        return [.. (await LimitHistory.ReadAsync(db, now, process, HistoryLength, cancellationToken)).Select(one => new LimitChange(
            one.Row.Id,
            one.Row.At,
            one.Name?.In(Language) ?? one.Row.LimitKey,
            [.. one.Changes.Select(change => LimitHistory.InOneLine(change, Language))],
            one.Row.Scope == LimitChangeScope.NewCases ? text["ScopeNew"] : text["ScopeOpen"],
            one.Row.Undoes is null ? one.Row.Reason : text["UndoReason", one.Row.Reason],
            one.Row.ByName.Length > 0 ? one.Row.ByName : one.Row.By,
            isAdministrator && one.MayUndo))];
    }

    private static async Task<Dictionary<string, int>> OpenAsync(CaseManagementDbContext db, string process, int version, CancellationToken cancellationToken) =>
        await db.Clocks.Where(c => c.State == "running" || c.State == "paused" || c.State == "breached")
            .Join(db.Cases.Where(c => c.Process == process && c.ProcessVersion == version && c.Status == CaseStatus.Open), c => c.ComplaintId, c => c.Id, (c, _) => c.Limit)
            .GroupBy(limit => limit).Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);

    private static async Task<Dictionary<string, string>> CalendarNamesAsync(CaseManagementDbContext db, CancellationToken cancellationToken)
    {
        var rows = await db.CalendarVersions.AsNoTracking().OrderBy(c => c.Version).Select(c => new { c.Key, c.NameZh, c.NameEn }).ToListAsync(cancellationToken);
        return rows.GroupBy(row => row.Key, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => new BilingualText(g.Last().NameZh, g.Last().NameEn).In(Language), StringComparer.Ordinal);
    }

    private string NameOf(string calendar, CaseRules rules, Dictionary<string, string> installed) => calendar == TimeLimit.DepartmentCalendar
        ? text["DepartmentCalendar"]
        : installed.GetValueOrDefault(calendar) ?? rules.Pack.Calendars.FirstOrDefault(one => one.Key == calendar)?.Name.In(Language) ?? calendar;

    private static HashSet<string> CalendarKeys(CaseConfiguration now, TimeLimit rule, CaseRules rules) =>
        [.. now.Calendars.Keys, rule.Calendar ?? rules.Pack.Identity.Calendar, rules.Pack.Identity.Calendar, TimeLimit.DepartmentCalendar];

    private static WorkCalendar? CalendarOf(TimeLimit rule, CaseRules rules)
    {
        try
        {
            return rules.Calendar(rule, lead: null);
        }
        catch (RuleViolationException)
        {
            return null;
        }
    }

    private async ValueTask<Person?> AdministratorAsync(ClaimsPrincipal user, CancellationToken cancellationToken) =>
        await people.OfAsync(user, cancellationToken) is { } person && person.Is(SystemRoles.Administrator) ? person : null;

    /// <summary>What an editor holds, tried on the limit in force.</summary>
    /// <param name="Errors">What is wrong with which field; the empty key is the limit as a whole.</param>
    private sealed record ReadEdit(LimitProposal Proposal, LimitInput Input, Dictionary<string, string> Errors, Person By)
    {
        /// <summary>What a limit that is added takes over where the form is silent.</summary>
        public LimitInForce Template { get; init; } = null!;
    }
}
