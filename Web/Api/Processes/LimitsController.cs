using System.Text.Json;
using System.Text.Json.Nodes;
using CaseManagement.Domain;
using CaseManagement.Domain.Complaints;
using CaseManagement.Web.Api.Access;
using CaseManagement.Web.Api.Bodies;
using CaseManagement.Web.Api.Complaints;
using CaseManagement.Web.Api.Problems;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Settings;
using CaseManagement.Workflows.Cases;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Api.Processes;

/// <summary>The time limits of a process, and their change.</summary>
[Route("api/v1/processes/{key}/limits"), Tags("Limits")]
[ProducesResponseType<ProblemDetails>(StatusCodes.Status404NotFound)]
public sealed class LimitsController(StoredConfigurations configurations, LimitAdjustment adjustment, CaseManagementDbContext db) : ApiController
{
    private const ApiRoles Previewers = ApiRoles.Supervisor | ApiRoles.ProcessOwner | ApiRoles.Administrator | ApiRoles.Auditor;
    private const int MostChanges = 200;

    /// <summary>The limits new cases run under.</summary>
    [HttpGet, ApiAccess(ApiScopes.ProcessesRead, ApiRoles.Anyone)]
    [ProducesResponseType<IReadOnlyList<LimitAnswer>>(StatusCodes.Status200OK)]
    public async Task<IActionResult> List(string key, CancellationToken cancellationToken)
    {
        var now = await configurations.CurrentAsync(cancellationToken);
        var process = now.Published.GetValueOrDefault(key) ?? throw new RuleViolationException(CaseRuntime.NoProcess);
        var rules = now.RulesFor(process, now.LimitsVersion(key));
        return JsonAnswers.Json(rules.Limits.Select(l => AnswerOf(l, rules, LimitProposal.WrittenOf(rules, l), LimitProposal.VersionOf(now, key, l.Rule.Key), LimitProposal.RowsVersionOf(now, key))).ToList());
    }

    /// <summary>What a change would do: every open case it moves, with old and new due time. With page and pageSize only that page. Nothing is stored.</summary>
    [HttpPost("{limit}/preview"), ApiAccess(ApiScopes.LimitsRead, Previewers)]
    [ProducesResponseType<LimitChangeAnswer>(StatusCodes.Status200OK), ProducesResponseType<ProblemDetails>(StatusCodes.Status400BadRequest)]
    public async Task<IActionResult> Preview(
        string key, string limit, [FromBody] LimitRequest request, [FromQuery] int? page, [FromQuery] int? pageSize, CancellationToken cancellationToken) =>
        JsonAnswers.Json(await adjustment.PreviewAsync(key, limit, request, PageOf(page, pageSize), Caller, ApiLanguage.Of(HttpContext), cancellationToken));

    /// <summary>Changes the limit for new cases, or for running ones too; all or nothing.</summary>
    [HttpPost("{limit}/apply"), ApiAccess(ApiScopes.LimitsWrite, ApiRoles.Administrator)]
    [ProducesResponseType<LimitChangeAnswer>(StatusCodes.Status200OK), ProducesResponseType<ProblemDetails>(StatusCodes.Status400BadRequest)]
    public async Task<IActionResult> Apply(string key, string limit, [FromBody] LimitRequest request) =>
        JsonAnswers.Json(await adjustment.ApplyAsync(HttpContext, key, limit, request));

    /// <summary>What adding a limit to a clock would do. Nothing is stored.</summary>
    [HttpPost("add/preview"), ApiAccess(ApiScopes.LimitsRead, Previewers)]
    [ProducesResponseType<LimitChangeAnswer>(StatusCodes.Status200OK), ProducesResponseType<ProblemDetails>(StatusCodes.Status400BadRequest)]
    public async Task<IActionResult> PreviewAdd(
        string key, [FromBody] AddLimitRequest request, [FromQuery] int? page, [FromQuery] int? pageSize, CancellationToken cancellationToken) =>
        JsonAnswers.Json(await adjustment.PreviewAsync(Adding(key, request), PageOf(page, pageSize), Caller, ApiLanguage.Of(HttpContext), cancellationToken));

    /// <summary>Adds a limit to a clock of the process, for new cases, or for running ones too; all or nothing.</summary>
    [HttpPost("add/apply"), ApiAccess(ApiScopes.LimitsWrite, ApiRoles.Administrator)]
    [ProducesResponseType<LimitChangeAnswer>(StatusCodes.Status200OK), ProducesResponseType<ProblemDetails>(StatusCodes.Status400BadRequest)]
    public async Task<IActionResult> Add(string key, [FromBody] AddLimitRequest request) =>
        JsonAnswers.Json(await adjustment.ApplyAsync(HttpContext, Adding(key, request), request.Seen, request.Reason));

    /// <summary>What taking a limit away would do: cases it holds for choose again; one for which no other limit of the clock holds has no due time then.</summary>
    [HttpPost("{limit}/remove/preview"), ApiAccess(ApiScopes.LimitsRead, Previewers)]
    [ProducesResponseType<LimitChangeAnswer>(StatusCodes.Status200OK)]
    public async Task<IActionResult> PreviewRemove(
        string key, string limit, [FromBody] LimitRowRequest request, [FromQuery] int? page, [FromQuery] int? pageSize, CancellationToken cancellationToken) =>
        JsonAnswers.Json(await adjustment.PreviewAsync(Removing(key, limit, request), PageOf(page, pageSize), Caller, ApiLanguage.Of(HttpContext), cancellationToken));

    /// <summary>Takes a limit away, for new cases, or for running ones too; all or nothing.</summary>
    [HttpPost("{limit}/remove/apply"), ApiAccess(ApiScopes.LimitsWrite, ApiRoles.Administrator)]
    [ProducesResponseType<LimitChangeAnswer>(StatusCodes.Status200OK)]
    public async Task<IActionResult> Remove(string key, string limit, [FromBody] LimitRowRequest request) =>
        JsonAnswers.Json(await adjustment.ApplyAsync(HttpContext, Removing(key, limit, request), request.Seen, request.Reason));

    /// <summary>What moving a limit among those of its clock would do. Nothing is stored.</summary>
    [HttpPost("{limit}/move/preview"), ApiAccess(ApiScopes.LimitsRead, Previewers)]
    [ProducesResponseType<LimitChangeAnswer>(StatusCodes.Status200OK), ProducesResponseType<ProblemDetails>(StatusCodes.Status400BadRequest)]
    public async Task<IActionResult> PreviewMove(
        string key, string limit, [FromBody] LimitRowRequest request, [FromQuery] int? page, [FromQuery] int? pageSize, CancellationToken cancellationToken) =>
        JsonAnswers.Json(await adjustment.PreviewAsync(Moving(key, limit, request), PageOf(page, pageSize), Caller, ApiLanguage.Of(HttpContext), cancellationToken));

    /// <summary>Moves a limit among those of its clock, of which the first that holds counts; all or nothing.</summary>
    [HttpPost("{limit}/move/apply"), ApiAccess(ApiScopes.LimitsWrite, ApiRoles.Administrator)]
    [ProducesResponseType<LimitChangeAnswer>(StatusCodes.Status200OK), ProducesResponseType<ProblemDetails>(StatusCodes.Status400BadRequest)]
    public async Task<IActionResult> Move(string key, string limit, [FromBody] LimitRowRequest request) =>
        JsonAnswers.Json(await adjustment.ApplyAsync(HttpContext, Moving(key, limit, request), request.Seen, request.Reason));

    /// <summary>The newest changes of the process's limits, newest first.</summary>
    [HttpGet("changes"), ApiAccess(ApiScopes.ProcessesRead, ApiRoles.Anyone)]
    [ProducesResponseType<IReadOnlyList<LimitHistoryAnswer>>(StatusCodes.Status200OK)]
    public async Task<IActionResult> Changes(string key, CancellationToken cancellationToken)
    {
        var now = await configurations.CurrentAsync(cancellationToken);
        _ = now.Published.GetValueOrDefault(key) ?? throw new RuleViolationException(CaseRuntime.NoProcess);
        var language = ApiLanguage.Of(HttpContext);
        var history = await LimitHistory.ReadAsync(db, now, key, MostChanges, cancellationToken);
        return JsonAnswers.Json(history.Select(one => new LimitHistoryAnswer(
            one.Row.Id, one.Row.LimitKey, [.. one.Changes.Select(change => LimitHistory.InOneLine(change, language))], one.Row.Scope, one.Row.Reason, one.Row.ByName,
            one.Row.At, one.Row.Entry, one.Row.Undoes, one.MayUndo)).ToList());
    }

    /// <summary>What taking a change back would move. Nothing is stored.</summary>
    [HttpPost("changes/{change:long}/undo/preview"), ApiAccess(ApiScopes.LimitsRead, Previewers)]
    [ProducesResponseType<LimitChangeAnswer>(StatusCodes.Status200OK)]
    public async Task<IActionResult> PreviewUndo(
        string key, long change, [FromQuery] int? page, [FromQuery] int? pageSize, CancellationToken cancellationToken) =>
        JsonAnswers.Json(await adjustment.PreviewUndoAsync(key, change, PageOf(page, pageSize), Caller, ApiLanguage.Of(HttpContext), cancellationToken));

    /// <summary>Takes the newest change of a limit back, for the cases it was made for; all or nothing.</summary>
    [HttpPost("changes/{change:long}/undo"), ApiAccess(ApiScopes.LimitsWrite, ApiRoles.Administrator)]
    [ProducesResponseType<LimitChangeAnswer>(StatusCodes.Status200OK), ProducesResponseType<ProblemDetails>(StatusCodes.Status409Conflict)]
    public async Task<IActionResult> Undo(string key, long change, [FromBody] UndoRequest request) =>
        JsonAnswers.Json(await adjustment.UndoAsync(HttpContext, key, change, request.Reason));

    private static Func<CaseConfiguration, LimitProposal> Adding(string process, AddLimitRequest request) =>
        now => LimitProposal.Adding(now, process, request.Limit, request.Before, request.Scope == LimitChangeScope.OpenCases);

    private static Func<CaseConfiguration, LimitProposal> Removing(string process, string limit, LimitRowRequest request) =>
        now => LimitProposal.Removing(now, process, limit, request.Scope == LimitChangeScope.OpenCases);

    private static Func<CaseConfiguration, LimitProposal> Moving(string process, string limit, LimitRowRequest request) =>
        now => LimitProposal.Moving(now, process, limit, request.Before, request.Scope == LimitChangeScope.OpenCases);

    private static (int Page, int Size)? PageOf(int? page, int? pageSize) =>
        page is null && pageSize is null ? null : (Math.Max(page ?? 1, 1), Math.Clamp(pageSize ?? 50, 1, PageRequest.LargestPage));

    private LimitAnswer AnswerOf(LimitInForce limit, CaseRules rules, JsonObject written, string seen, string rowsSeen)
    {
        var (rule, language) = (limit.Rule, ApiLanguage.Of(HttpContext));
        return new LimitAnswer
        {
            Key = rule.Key,
            Clock = rule.ClockKey,
            Name = rule.Name.In(language),
            When = Member(written, "when"),
            Amount = rule.Amount,
            Unit = CaseWords.Lower(rule.Unit),
            Calendar = rule.Calendar ?? rules.Pack.Identity.Calendar,
            CountFrom = CaseWords.Lower(rule.CountFrom),
            EndOf = CaseWords.Lower(rule.RunsTo),
            IfNonWorking = CaseWords.Lower(rule.IfNonWorking),
            From = rule.From,
            To = rule.To,
            Rungs = Member(written, "rungs"),
            PauseReasons = rule.PauseReasons,
            Clause = rule.Clause,
            Version = rule.Version,
            Seen = seen,
            RowsSeen = rowsSeen,
            Promised = rule.Promised,
            Reset = rule.Reset,
            Extend = Member(written, "extend"),
            May = Member(written, "may"),
            Notice = rule.Notice,
            Sentence = rule.ToSentence(language),
        };
    }

    private static JsonElement? Member(JsonObject json, string name) => json[name] is { } member ? JsonSerializer.SerializeToElement(member) : null;
}
