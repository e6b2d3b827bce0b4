using CaseManagement.Web.Configuration;
using CaseManagement.Web.Delivery;
using CaseManagement.Web.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Features.Hooks;

/// <summary>Reads what a gateway sends. The signature over the body, made lately with a valid secret of its channel, is what lets it in.</summary>
public sealed class SignedBodies(
    IDbContextFactory<CaseManagementDbContext> contexts, WebhookSecrets secrets, [FromKeyedServices(Clocks.Wall)] TimeProvider wallClock)
{
    /// <returns>The body; null where the signature is wrong or old. A channel that is not there answers like a wrong signature.</returns>
    public async Task<byte[]?> ReadAsync(HttpRequest request, string channel, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        await request.Body.CopyToAsync(content, cancellationToken);
        var body = content.ToArray();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var target = await db.WebhookTargets.AsNoTracking().SingleOrDefaultAsync(t => t.Channel == channel, cancellationToken);
        var known = target is null ? [] : secrets.Open(target.Secret, target.OldSecret);
        return WebhookSignature.IsGood(request.Headers[WebhookSignature.Header], request.Headers[WebhookSignature.TimestampHeader], body, known, wallClock.GetUtcNow()) ? body : null;
    }
}
