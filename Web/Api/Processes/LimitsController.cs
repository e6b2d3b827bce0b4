using System.Text.Json;
using CaseManagement.Domain;
using CaseManagement.Domain.Complaints;
using CaseManagement.Web.Api.Access;
using CaseManagement.Web.Api.Bodies;
using CaseManagement.Web.Api.Complaints;
using CaseManagement.Web.Api.Problems;
using CaseManagement.Web.Configuration;
using CaseManagement.Workflows.Cases;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Api.Processes;

/// <summary>The time limits of a process, and their change.</summary>
[Route("api/v1/processes/{key}/limits"), Tags("Limits")]
[ProducesResponseType<ProblemDetails>(StatusCodes.Status404NotFound)]
public sealed class LimitsController(StoredConfigurations configurations, LimitAdjustment adjustment) : ApiController
{
    /// <summary>The limits new cases run under.</summary>
    [HttpGet, ApiAccess(ApiScopes.ProcessesRead, ApiRoles.Anyone)]
    [ProducesResponseType<IReadOnlyList<LimitAnswer>>(StatusCodes.Status200OK)]
    public async Task<IActionResult> List(string key, CancellationToken cancellationToken)
    {
        var now = await configurations.CurrentAsync(cancellationToken);
        var process = now.Published.GetValueOrDefault(key) ?? throw new RuleViolationException(CaseRuntime.NoProcess);
        var rules = now.RulesFor(process, now.LimitsVersion(key));
        using var file = JsonDocument.Parse(process.Pack.Files["limits.json"]);
        var written = file.RootElement.GetProperty("limits").EnumerateArray().ToDictionary(l => l.GetProperty("key").GetString()!, StringComparer.Ordinal);
        return JsonAnswers.Json(rules.Limits.Select(l => AnswerOf(l, rules, written[l.Rule.Key])).ToList());
    }

    /// <summary>What a change would do. Nothing is stored.</summary>
    [HttpPost("{limit}/preview"), ApiAccess(ApiScopes.LimitsRead, ApiRoles.Anyone)]
    [ProducesResponseType<LimitChangeAnswer>(StatusCodes.Status200OK), ProducesResponseType<ProblemDetails>(StatusCodes.Status400BadRequest)]
    public async Task<IActionResult> Preview(string key, string limit, [FromBody] LimitRequest request, CancellationToken cancellationToken) =>
        JsonAnswers.Json(await adjustment.PreviewAsync(key, limit, request, ApiLanguage.Of(HttpContext), cancellationToken));

    /// <summary>Changes the limit for new cases, or for running ones too; all or nothing.</summary>
    [HttpPost("{limit}/apply"), ApiAccess(ApiScopes.LimitsWrite, ApiRoles.Administrator)]
    [ProducesResponseType<LimitChangeAnswer>(StatusCodes.Status200OK), ProducesResponseType<ProblemDetails>(StatusCodes.Status400BadRequest)]
    public async Task<IActionResult> Apply(string key, string limit, [FromBody] LimitRequest request) =>
        JsonAnswers.Json(await adjustment.ApplyAsync(HttpContext, key, limit, request));

    private LimitAnswer AnswerOf(LimitInForce limit, CaseRules rules, JsonElement written)
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
            Sentence = rule.ToSentence(language),
        };
    }

    private static JsonElement? Member(JsonElement json, string name) => json.TryGetProperty(name, out var member) ? member.Clone() : null;
}
