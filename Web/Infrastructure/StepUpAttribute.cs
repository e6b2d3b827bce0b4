using System.Security.Claims;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace CaseManagement.Web.Infrastructure;

/// <summary>
/// What matters much is done only by somebody who proved lately who they are; others are asked again first and come back to the page. A form that is
/// sent too late changes nothing; it is kept and offered to be sent then.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class StepUpAttribute : Attribute, IAsyncActionFilter
{
    /// <summary>The form is kept; not so where what was typed stands on its page again by itself.</summary>
    public bool KeepsForm { get; init; } = true;

    public async Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next)
    {
        var http = context.HttpContext;
        if (await Sessions.CurrentAsync(http) is { } session
            && await http.RequestServices.GetRequiredService<StaffSessions>().IsProvenAsync(session.Id, http.RequestAborted))
        {
            await next();
            return;
        }

        // after a form, the page it stands on
        var page = HttpMethods.IsGet(http.Request.Method) ? http.Request.Path + http.Request.QueryString.ToString()
            : KeptForm.PageOf(http.Request);
        if (KeepsForm && HttpMethods.IsPost(http.Request.Method) && await KeptForm.KeepAsync(http, page, http.User.FindFirstValue(ClaimTypes.NameIdentifier)))
        {
            page = KeptForm.Address;
        }

        context.Result = new RedirectResult("/sign-in/again" + QueryString.Create("returnUrl", page));
    }
}
