using System.Collections.Concurrent;
using System.Security.Claims;
using System.Text.Json.Nodes;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Api.Access;
using CaseManagement.Web.Configuration;

namespace CaseManagement.Web.Auditing;

/// <summary>Records that somebody was refused: the first time for each person or key and route within an hour.</summary>
public sealed class Denials(ReadLog reads, [FromKeyedServices(Clocks.Wall)] TimeProvider wallClock)
{
    /// <summary>The event.</summary>
    public const string Denied = "denied";

    private const int MostRemembered = 10_000;

    private readonly ConcurrentDictionary<(string Who, string Route, long Hour), bool> _told = new();

    /// <summary>Looks at how a request was answered.</summary>
    public async Task NoteAsync(HttpContext context)
    {
        if (context.Response.StatusCode != StatusCodes.Status403Forbidden || ActorOf(context) is not { } actor)
        {
            return;
        }

        var route = $"{context.Request.Method} {(context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "?"}";
        if (_told.Count > MostRemembered)
        {
            _told.Clear();
        }

        if (_told.TryAdd(($"{actor.Kind}:{actor.Id}", route, wallClock.GetUtcNow().UtcTicks / TimeSpan.TicksPerHour), true))
        {
            await reads.ChainedAsync(Denied, actor, new JsonObject { ["route"] = route }, context.RequestAborted);
        }
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
        await next(context);
        await context.RequestServices.GetRequiredService<Denials>().NoteAsync(context);
    });
}
