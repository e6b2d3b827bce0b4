using CaseManagement.Web.Portal;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace CaseManagement.Web.Features.Follow;

/// <summary>Nobody without a tracking session gets as far as having a large body read, not even for its antiforgery token. Words of one that has ended are read, and kept.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FollowersOnlyAttribute : Attribute, IAsyncAuthorizationFilter, IOrderedFilter
{
    private const long LargestWords = 200_000;

    /// <summary>Before antiforgery, which reads the form.</summary>
    public int Order => 0;

    public async Task OnAuthorizationAsync(AuthorizationFilterContext context)
    {
        var sessions = context.HttpContext.RequestServices.GetRequiredService<TrackingSessions>();
        if (context.HttpContext.Request.ContentLength is < LargestWords && sessions.Had(context.HttpContext))
        {
            return;
        }

        if (await sessions.CaseAsync(context.HttpContext, context.HttpContext.RequestAborted) is null)
        {
            context.Result = new RedirectResult(PortalServices.Path + "/follow");
        }
    }
}
