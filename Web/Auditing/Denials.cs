using System.Collections.Concurrent;
using System.Security.Claims;
using System.Text.Json.Nodes;
using CaseManagement.Domain;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Api.Access;
using CaseManagement.Web.Api.Problems;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Auditing;

/// <summary>
/// Records that somebody was refused: the first time for each person or key and route within an hour; of a case that is kept closely each time, though to them it is only
/// not there; of a task, which rule refused it.
/// </summary>
public sealed class Denials(
    ReadLog reads, IDbContextFactory<CaseManagementDbContext> contexts, CaseAccess access, People people, [FromKeyedServices(Clocks.Wall)] TimeProvider wallClock)
{
    /// <summary>The event.</summary>
    public const string Denied = "denied";

    /// <summary>Somebody may not take, give away or do a task; the rule says why.</summary>
    public const string TaskRefused = "task.refused";

    private const int MostRemembered = 10_000;

    private readonly ConcurrentDictionary<(string Who, string What, long Hour), bool> _told = new();

    /// <summary>Looks at how a request was answered, or will be.</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">The answer's status.</param>
    public async Task NoteAsync(HttpContext context, int status)
    {
        if (status is not (StatusCodes.Status403Forbidden or StatusCodes.Status404NotFound) || ActorOf(context) is not { } actor)
        {
            return;
        }

        var route = $"{context.Request.Method} {(context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "?"}";
        if (CaseOf(context) is { } id && await IsKeptFromAsync(id, context))
        {
            await reads.ChainedAsync(Denied, actor, new JsonObject { ["route"] = route, ["case"] = id.ToString() }, context.RequestAborted);
            return;
        }

        if (status == StatusCodes.Status404NotFound)
        {
            return;
        }

        if (IsFirst(actor, route))
        {
            await reads.ChainedAsync(Denied, actor, new JsonObject { ["route"] = route }, context.RequestAborted);
        }
    }

    /// <summary>Records that somebody was refused a task: the first time for each person, task and rule within an hour. Of a rule about something else, nothing.</summary>
    /// <param name="by">Who asked.</param>
    /// <param name="complaint">The case.</param>
    /// <param name="refused">What refused it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task NoteTaskAsync(Actor by, Guid complaint, RuleViolationException refused, CancellationToken cancellationToken)
    {
        if (refused.Task is { } task && IsFirst(by, $"{task}:{refused.Rule.Code}"))
        {
            await reads.ChainedAsync(
                TaskRefused, by, new JsonObject { ["case"] = complaint.ToString(), ["task"] = task.ToString(), ["why"] = refused.Rule.Code }, cancellationToken);
        }
    }

    private bool IsFirst(Actor actor, string what)
    {
        if (_told.Count > MostRemembered)
        {
            _told.Clear();
        }

        return _told.TryAdd(($"{actor.Kind}:{actor.Id}", what, wallClock.GetUtcNow().UtcTicks / TimeSpan.TicksPerHour), true);
    }

    // the case is kept closely, and not there for whoever asks: what else may be missing on a case they see is no refusal
    private async Task<bool> IsKeptFromAsync(Guid id, HttpContext context)
    {
        var stop = context.RequestAborted;
        await using var db = await contexts.CreateDbContextAsync(stop);
        if (!await db.Cases.AnyAsync(c => c.Id == id && c.Confidentiality >= CaseScope.Close, stop))
        {
            return false;
        }

        var caller = context.Features.Get<ApiCaller>();
        if (caller is { Person: null })
        {
            return !caller.SeesRestricted;
        }

        var person = caller?.Person ?? await people.OfAsync(context.User, stop);
        return !await (await access.ScopeAsync(db, person, stop)).Visible(db).AnyAsync(c => c.Id == id, stop);
    }

    private static Guid? CaseOf(HttpContext context)
    {
        foreach (var name in new[] { "id", "caseId" })
        {
            if (context.GetRouteValue(name) is { } value && Guid.TryParse(value.ToString(), out var id))
            {
                return id;
            }
        }

        return null;
    }

    private static Actor? ActorOf(HttpContext context) =>
        context.Features.Get<ApiCaller>() is { } caller ? caller.Performer.Actor
        : context.User.FindFirstValue(ClaimTypes.NameIdentifier) is { } id ? new Actor(ActorKind.Person, id, context.User.Identity?.Name)
        : null;
}

/// <summary>Puts <see cref="Denials"/> around everything that decides on access.</summary>
public static class DenialsMiddleware
{
    public static IApplicationBuilder UseDenials(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        var denials = context.RequestServices.GetRequiredService<Denials>();
        try
        {
            await next(context);
        }
        catch (Exception refused) when (ApiExceptionHandler.ProblemOf(refused) is { Status: StatusCodes.Status403Forbidden or StatusCodes.Status404NotFound })
        {
            // said further out; the API refuses by exceptions
            await denials.NoteAsync(context, ApiExceptionHandler.ProblemOf(refused)!.Status);
            throw;
        }

        await denials.NoteAsync(context, context.Response.StatusCode);
    });
}
