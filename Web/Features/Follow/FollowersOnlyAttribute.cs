using CaseManagement.Web.Portal;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace CaseManagement.Web.Features.Follow;

/// <summary>Nobody without a tracking session gets as far as having a body read, not even for its antiforgery token.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FollowersOnlyAttribute : Attribute, IAsyncAuthorizationFilter, IOrderedFilter
{
    /// <summary>Before antiforgery, which reads the form.</summary>
    public int Order => 0;

    public async Task OnAuthorizationAsync(AuthorizationFilterContext context)
    {
        var sessions = context.HttpContext.RequestServices.GetRequiredService<TrackingSessions>();
        if (await sessions.CaseAsync(context.HttpContext, context.HttpContext.RequestAborted) is null)
        {
            context.Result = new RedirectResult(PortalServices.Path + "/follow");
        }
    }
}
