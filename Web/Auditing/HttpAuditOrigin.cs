using System.Security.Cryptography;
using System.Text;
using CaseManagement.Domain.Auditing;
using CaseManagement.Web.Api.Access;
using CaseManagement.Web.Infrastructure;

namespace CaseManagement.Web.Auditing;

/// <summary>Knows from the request in whose service the audit is written how its sender came in.</summary>
public sealed class HttpAuditOrigin(IHttpContextAccessor requests) : IAuditOrigin
{
    private static readonly object Key = new();

    public AuditCircumstances Current => requests.HttpContext is not { } context ? AuditCircumstances.None
        : context.Items.TryGetValue(Key, out var known) ? (AuditCircumstances)known!
        : Keep(context);

    /// <summary>Whatever the running request reads from here on, it reads because a case is open in an emergency: every link says so.</summary>
    public void ReadInEmergency()
    {
        if (requests.HttpContext is { } context)
        {
            context.Items[Key] = Current with { Via = AuditCircumstances.ViaBreakGlass };
        }
    }

    private static AuditCircumstances Keep(HttpContext context)
    {
        var caller = context.Features.Get<ApiCaller>();
        var session = Sessions.KnownId(context);
        var found = new AuditCircumstances
        {
            Via = caller is { HasSession: false } ? "key" : session is not null ? "session" : null,
            SessionHash = session is null ? null : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(session)))[..32],
        };

        // before anybody is known the next question may know more
        if (found.Via is not null)
        {
            context.Items[Key] = found;
        }

        return found;
    }
}
