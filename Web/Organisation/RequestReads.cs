using System.Collections.Concurrent;
using CaseManagement.Web.Persistence.Settings;

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

        // a request that was meant to read may write after all, such as the return from an identity provider
        var raised = ConfigurationStamp.RaisedHere;
        if (context.Features.Get<Known>() is not { } known || known.Raised != raised)
        {
            context.Features.Set(known = new Known(raised));
        }

        var once = known.GetOrAdd(what, _ => new Lazy<Task>(read));
        try
        {
            return await (Task<T>)once.Value;
        }
        catch
        {
            // whoever says what went wrong asks again
            known.TryRemove(KeyValuePair.Create(what, once));
            throw;
        }
    }

    private sealed class Known(int raised) : ConcurrentDictionary<string, Lazy<Task>>(StringComparer.Ordinal)
    {
        /// <summary>How often this process had raised the stamp when it was begun.</summary>
        public int Raised { get; } = raised;
    }
}
