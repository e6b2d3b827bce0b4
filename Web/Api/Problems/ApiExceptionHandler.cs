using System.Collections.Frozen;
using CaseManagement.Domain;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Forms;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Simulations;
using Microsoft.AspNetCore.Diagnostics;

namespace CaseManagement.Web.Api.Problems;

/// <summary>Turns what a request was refused with into problem details; for programs only, pages have their own.</summary>
public sealed partial class ApiExceptionHandler(ILogger<ApiExceptionHandler> logger) : IExceptionHandler
{
    private static readonly FrozenSet<string> Missing = FrozenSet.Create(
        StringComparer.Ordinal, "complaint-unknown", "no-such-task", "process-unknown", "process-version-unknown", "clock-unknown", "limit-unknown", "incident-unknown",
        "timer-unknown", "job-unknown", "attachment-unknown", "delegation-unknown", "lesson-unknown", "register-unknown");

    private static readonly FrozenSet<string> Wrong = FrozenSet.Create(
        StringComparer.Ordinal,
        FormResult.Incomplete, FormResult.SignatureMissing, "reason-too-short", "link-kind-unknown", "request.kind-unknown", "out-of-range", "option-unknown", "type-wrong", "fact-unknown", "fact-not-writable",
        "too-large", "fact-hidden", "fact-not-on-form", "reason-required", "text-required", "text-too-long", "answer-unknown", "level-unknown",
        "channel-unknown", "category-unknown", "kind-unknown", "received-in-future", "outcome-unknown", "template-unknown", "calendar-unknown",
        "clock.pause-reason-unknown", "clock.extension-amount", "clock.pause-in-future", "clock.promise-missing", "clock.promise-in-past",
        "delegation.self", "delegation.person-unknown", "delegation.days-wrong", "delegation.reason-wrong", "delegation.cover-is-whole");

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        // by now the request's own path is that of the error page
        var path = new PathString(httpContext.Features.Get<IExceptionHandlerPathFeature>()?.Path);
        if (!path.StartsWithSegments("/api") || httpContext.Response.HasStarted)
        {
            return false;
        }

        var problem = ProblemOf(exception);
        if (problem is null)
        {
            LogFailure(exception, httpContext.Request.Method, httpContext.TraceIdentifier);
            problem = new ApiProblem(StatusCodes.Status500InternalServerError, "internal-error", "Something went wrong; nothing was changed. The trace finds it in the log.")
            {
                Extensions = new() { ["trace"] = httpContext.TraceIdentifier },
            };
        }

        if (problem.RetryAfter is { } seconds)
        {
            httpContext.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        await ApiProblem.WriteAsync(httpContext, problem);
        return true;
    }

    /// <summary>The problem an exception stands for; null for one that nobody expected.</summary>
    public static ApiProblem? ProblemOf(Exception exception) => exception switch
    {
        ApiProblemException known => known.Problem,
        InvalidInputException input => new ApiProblem(StatusCodes.Status400BadRequest, "invalid-input", "The request cannot be taken as it is; see errors.")
        {
            Errors = input.Problems,
        },
        InvalidTimeRuleException rule => new ApiProblem(StatusCodes.Status400BadRequest, rule.Code, rule.Message),
        RuleViolationException broken => new ApiProblem(StatusOf(broken.Rule.Code), broken.Rule.Code, broken.Rule.Message),
        StoreBusyException => new ApiProblem(StatusCodes.Status503ServiceUnavailable, "busy", "Too much work waits; nothing was changed. Try again.") { RetryAfter = 2 },
        SimulationRefusedException refused => new ApiProblem(StatusCodes.Status429TooManyRequests, refused.Code, "Too many simulations; none was started. Try again later.")
        {
            RetryAfter = (int)refused.RetryAfter.TotalSeconds,
        },
        BadHttpRequestException bad => new ApiProblem(bad.StatusCode, bad.StatusCode == StatusCodes.Status413PayloadTooLarge ? "body-too-large" : "request-malformed", "The request could not be read."),
        _ when DatabaseAway.Is(exception) => new ApiProblem(
            StatusCodes.Status503ServiceUnavailable, "database-away", "The database does not answer. Send the request again with the same Idempotency-Key: it is not done twice.")
        { RetryAfter = 5 },
        _ => null,
    };

    private static int StatusOf(string code)
    {
        var at = code.IndexOf(':', StringComparison.Ordinal);
        var head = at < 0 ? code : code[..at];
        return head is "not-a-candidate" or "delegation.none" or "delegation.not-your-task" or "delegation.not-yours" || head.EndsWith("-not-yours", StringComparison.Ordinal) ? StatusCodes.Status403Forbidden
            : Missing.Contains(head) ? StatusCodes.Status404NotFound
            : Wrong.Contains(head) ? StatusCodes.Status400BadRequest
            : StatusCodes.Status409Conflict;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "An API request failed: {Method}, trace {Trace}")]
    private partial void LogFailure(Exception exception, string method, string trace);
}
