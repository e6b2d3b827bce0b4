using System.Collections.Concurrent;

namespace CaseManagement.Web.Organisation;

/// <summary>
/// What a request that only reads has asked the database already: every part of a page asks for the stamp of the configuration and for what the person may see. A request that
/// changes something, a connection that stays open, and what runs outside of requests ask anew each time.
/// </summary>
public sealed class RequestReads(IHttpContextAccessor http)
{
    /// <summary>Reads it, or says what this request read before.</summary>
    /// <param name="what">What is read; the same for the same thing.</param>
    /// <param name="read">Reads it.</param>
    public async ValueTask<T> OnceAsync<T>(string what, Func<Task<T>> read)
    {
        if (http.HttpContext is not { Request.Method: "GET", WebSockets.IsWebSocketRequest: false } context)
        {
            return await read();
        }

        if (context.Features.Get<Known>() is not { } known)
        {
            context.Features.Set(known = new Known());
        }

        return await (Task<T>)known.GetOrAdd(what, _ => new Lazy<Task>(read)).Value;
    }

    private sealed class Known() : ConcurrentDictionary<string, Lazy<Task>>(StringComparer.Ordinal);
}
