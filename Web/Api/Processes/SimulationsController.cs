using System.Globalization;
using CaseManagement.Domain;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Masking;
using CaseManagement.Web.Api.Access;
using CaseManagement.Web.Api.Bodies;
using CaseManagement.Web.Api.Complaints;
using CaseManagement.Web.Api.Problems;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Simulations;
using CaseManagement.Workflows.Simulation;
using CaseManagement.Workflows.Simulation.Trials;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Api.Processes;

/// <summary>Trying a version of a process out. Nothing is stored and nobody is told.</summary>
[Route("api/v1/processes/{key}"), Tags("Simulation")]
[ProducesResponseType<ProblemDetails>(StatusCodes.Status400BadRequest), ProducesResponseType<ProblemDetails>(StatusCodes.Status404NotFound)]
[ProducesResponseType<ProblemDetails>(StatusCodes.Status409Conflict), ProducesResponseType<ProblemDetails>(StatusCodes.Status429TooManyRequests)]
public sealed class SimulationsController(ProcessTrials trials, SimulationGate gate, TrialWords words, TimeProvider clock) : ApiController
{
    /// <summary>Runs a scenario, or one case with people who behave as told, on a virtual clock; shows every task, message, clock and escalation it causes.</summary>
    [HttpPost("simulate"), ApiAccess(ApiScopes.ProcessesWrite, ApiRoles.ProcessOwner)]
    [ProducesResponseType<SimulateAnswer>(StatusCodes.Status200OK)]
    public async Task<IActionResult> Simulate(string key, [FromBody] SimulateRequest request, CancellationToken cancellationToken)
    {
        if (request.Scenario is null == request.Register is null)
        {
            throw Wrong("scenario", "required", "Give either a scenario or a case to register.");
        }

        using var pass = gate.Enter(Caller.Principal);
        var process = await trials.OpenAsync(key, request.Version, cancellationToken);
        var result = request.Scenario is { } scenario
            ? await InPlaceAsync("scenario.", () => trials.ScenarioAsync(process, scenario, cancellationToken))
            : await RegisterAsync(process, request, cancellationToken);
        return JsonAnswers.Json(Answer(process, result));
    }

    private async Task<TrialResult> RegisterAsync(ProcessPlans process, SimulateRequest request, CancellationToken cancellationToken)
    {
        if (request.Register!.Process is { } other && other != process.Process.Pack.Identity.Id)
        {
            throw Wrong("register.process", "process-other", "The case is for another process.");
        }

        var behaviour = (request.Behaviour ?? new BehaviourRequest()).ToBehaviour();
        var registration = request.Register.ToRegistration() with { ExternalId = null };
        var start = request.StartAt ?? registration.ReceivedAt ?? clock.GetUtcNow();
        return await InPlaceAsync("register.", () => trials.CaseAsync(process, registration, Caller.Performer, start, behaviour, cancellationToken));
    }

    // places are said from the root of the body
    private static async Task<TrialResult> InPlaceAsync(string prefix, Func<Task<TrialResult>> run)
    {
        try
        {
            return await run();
        }
        catch (InvalidInputException invalid)
        {
            throw new InvalidInputException([.. invalid.Problems.Select(p => p with { Field = p.Field == "$" ? prefix.TrimEnd('.') : prefix + p.Field })]);
        }
    }

    private SimulateAnswer Answer(ProcessPlans process, TrialResult result)
    {
        var (language, cases) = (ApiLanguage.Of(HttpContext), CaseWords.For(HttpContext));
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        var timeline = result.Timeline.Select(e => new SimulatedEventAnswer(
            e.At, e.Case, e.Type, new ActorAnswer(CaseWords.Lower(e.By.Kind), e.By.Id, TrialWords.Actor(e.By).In(language)), words.Of(e, result), e.Data)).ToList();
        return new SimulateAnswer(
            process.Process.Pack.Identity.Id, process.Process.Version, result.StartedAt, result.EndedAt, result.StoppedBy,
            result.Failure is { } failure
                ? new ScenarioFailureAnswer(failure.Step, failure.Message, [.. failure.Differences.Select(d => new ScenarioDifferenceAnswer(d.What, d.Got, d.Expected))])
                : null,
            result.Held,
            [.. result.Cases.Select((one, place) => new SimulatedCaseAnswer(
                one.Name, cases.Of(one.Complaint, one.Rules.Pack, new CaseMask(one.Complaint, one.Rules, Caller.Performer, Sight.Open)),
                [.. one.Messages.Select(m => new SimulatedMessageAnswer(
                    m.CreatedAt, m.Template, m.Recipient, m.Channel, new BilingualText(m.SubjectZh, m.SubjectEn), new BilingualText(m.BodyZh, m.BodyEn), m.Clock, m.Escalation))],
                [.. timeline.Where(e => e.Case == place && e.Type == CaseEvents.Escalated)],
                [.. timeline.Where(e => e.Case == place && e.Type == CaseEvents.Incident)]))],
            timeline);
    }

    private static InvalidInputException Wrong(string field, string code, string message) => new([new InputProblem(field, code, message)]);
}
