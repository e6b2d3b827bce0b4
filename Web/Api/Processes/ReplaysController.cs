using System.Text.Json;
using CaseManagement.Domain;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Packs;
using CaseManagement.Web.Api.Access;
using CaseManagement.Web.Api.Bodies;
using CaseManagement.Web.Api.Complaints;
using CaseManagement.Web.Api.Problems;
using CaseManagement.Web.Simulations;
using CaseManagement.Workflows.Cases;
using CaseManagement.Workflows.Simulation.Replays;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Api.Processes;

/// <summary>Replaying the recorded cases of a period. Nothing is written.</summary>
[Route("api/v1/processes/{key}"), Tags("Simulation")]
[ProducesResponseType<ProblemDetails>(StatusCodes.Status400BadRequest), ProducesResponseType<ProblemDetails>(StatusCodes.Status404NotFound)]
[ProducesResponseType<ProblemDetails>(StatusCodes.Status409Conflict), ProducesResponseType<ProblemDetails>(StatusCodes.Status429TooManyRequests)]
public sealed class ReplaysController(ProcessReplays replays, ApiCases allowed, SimulationGate gate) : ApiController
{
    /// <summary>Lines of JSON, read while the replay runs.</summary>
    public const string Lines = "application/x-ndjson";

    private const int MaxLimits = 200;

    /// <summary>
    /// Replays closed cases against changed limits or another version and counts per clock what would have been met or breached, beside what really
    /// was. Asked for as <c>application/x-ndjson</c>, it tells progress and cases as it goes; hanging up stops it.
    /// </summary>
    [HttpPost("replay"), ApiAccess(ApiScopes.ProcessesWrite, ApiRoles.ProcessOwner)]
    [Produces("application/json", Lines)]
    [ProducesResponseType<ReplayAnswer>(StatusCodes.Status200OK)]
    public async Task<IActionResult> Replay(string key, [FromBody] ReplayRequest request, CancellationToken cancellationToken)
    {
        using var pass = gate.Enter(Caller.Principal);
        var rules = await replays.RulesAsync(key, request.Version, cancellationToken);
        var order = new ReplayOrder(key, request.From, request.To, request.Version, Tried(rules, request.Limits ?? []), request.OpenCases);
        if (!Request.GetTypedHeaders().Accept.Any(a => a.MediaType.Equals(Lines, StringComparison.OrdinalIgnoreCase)))
        {
            var report = await replays.RunAsync(order, await allowed.VisibleAsync(Caller, cancellationToken), (_, _) => ValueTask.CompletedTask, _ => ValueTask.CompletedTask, cancellationToken);
            return JsonAnswers.Json(Answer(order, report, rules.Pack, listed: true));
        }

        await StreamAsync(order, rules.Pack, cancellationToken);
        return new EmptyResult();
    }

    private async Task StreamAsync(ReplayOrder order, ProcessPack pack, CancellationToken cancellationToken)
    {
        var report = await replays.RunAsync(
            order, await allowed.VisibleAsync(Caller, cancellationToken),
            (done, total) => WriteAsync(new ReplayLine { Progress = new ReplayProgress(done, total) }, cancellationToken),
            async one =>
            {
                if (ClockDifference.Of(one).Select(Of).ToList() is var differences && (differences.Count > 0 || one.Stop is not null))
                {
                    await WriteAsync(new ReplayLine { Case = new ReplayedCaseAnswer(differences, one.Stop is null ? null : Stopped(one)) }, cancellationToken);
                }
            },
            cancellationToken);
        await WriteAsync(new ReplayLine { Result = Answer(order, report, pack, listed: false) }, cancellationToken);
    }

    private async ValueTask WriteAsync(ReplayLine line, CancellationToken cancellationToken)
    {
        if (!Response.HasStarted)
        {
            Response.ContentType = Lines;
        }

        await JsonSerializer.SerializeAsync(Response.Body, line, ApiJson.Options, cancellationToken);
        await Response.Body.WriteAsync("\n"u8.ToArray(), cancellationToken);
        await Response.Body.FlushAsync(cancellationToken);
    }

    private static List<LimitChange> Tried(CaseRules rules, IReadOnlyList<TriedLimitRequest> limits)
    {
        if (limits.Count > MaxLimits)
        {
            throw new InvalidInputException([new InputProblem("limits", "too-large", $"At most {MaxLimits} limits.")]);
        }

        var tried = new List<LimitChange>();
        for (var place = 0; place < limits.Count; place++)
        {
            var limit = limits[place];
            try
            {
                var (amount, unit) = limit.Read(rules.Limit(limit.Limit ?? "").Rule.Unit);
                tried.Add(TriedLimit.Of(rules, limit.Limit ?? "", amount, unit, limit.Calendar));
            }
            catch (InvalidInputException invalid)
            {
                throw new InvalidInputException([.. invalid.Problems.Select(p => p with { Field = $"limits[{place}].{p.Field}" })]);
            }
            catch (RuleViolationException unknown)
            {
                throw new InvalidInputException([new InputProblem($"limits[{place}].{(unknown.Rule.Code == "limit-unknown" ? "limit" : "calendar")}", unknown.Rule.Code, unknown.Rule.Message)]);
            }
            catch (InvalidTimeRuleException wrong)
            {
                throw new InvalidInputException([new InputProblem($"limits[{place}].amount", wrong.Code, wrong.Message)]);
            }
        }

        return tried;
    }

    private ReplayAnswer Answer(ReplayOrder order, ReplayReport report, ProcessPack pack, bool listed)
    {
        var (tally, language) = (report.Tally, ApiLanguage.Of(HttpContext));
        return new ReplayAnswer(
            order.Process, order.From, order.To, order.Version, tally.Cases, tally.Cases - tally.Stopped, tally.Stopped,
            tally.Restricted?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? $"fewer than {ReplayTally.Fewest}", report.RanOutOfTime,
            [.. tally.Clocks.Select(c => new ClockTallyAnswer(
                c.Clock, pack.Limits.FirstOrDefault(l => l.Clock == Domain.Clocks.Clock.NameOf(c.Clock))?.Name.In(language) ?? c.Clock, Of(c.Recorded), Of(c.Replayed), c.TurnedLate, c.TurnedMet))],
            listed ? [.. report.Differences.Select(Of)] : null,
            listed ? [.. report.Stopped.Select(Stopped)] : null,
            report.Truncated);
    }

    private static ClockCountsAnswer Of(ClockCounts counts) => new(
        counts.Met, counts.Breached, counts.Open, counts.Cancelled, counts.Decided, counts.Decided == 0 ? null : Math.Round((decimal)counts.Breached / counts.Decided, 4));

    private static ClockDifferenceAnswer Of(ClockDifference difference) =>
        new(difference.Complaint, difference.Number, difference.Clock, Of(difference.Recorded), Of(difference.Replayed));

    private static ClockRunAnswer? Of(ClockRun? run) => run is null ? null : new ClockRunAnswer(run.Limit, run.StartedAt, run.DueAt, run.MetAt, CaseWords.Lower(run.End));

    private static StoppedCaseAnswer Stopped(ReplayedCase one) => new(one.Id, one.Number, one.Stop!.At, one.Stop.Event, one.Stop.What, one.Stop.Code);
}
