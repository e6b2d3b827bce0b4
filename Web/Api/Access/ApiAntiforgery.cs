using CaseManagement.Web.Api.Problems;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc.Filters;

namespace CaseManagement.Web.Api.Access;

/// <summary>Unsafe requests that a cookie brought carry the antiforgery token and come from our own pages; those with a key need neither.</summary>
public sealed class ApiAntiforgery(IAntiforgery antiforgery) : IAsyncAuthorizationFilter
{
    public async Task OnAuthorizationAsync(AuthorizationFilterContext context)
    {
        var request = context.HttpContext.Request;
        if (context.HttpContext.Features.Get<ApiCaller>() is not { HasSession: true }
            || HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
        {
            return;
        }

        var site = request.Headers["Sec-Fetch-Site"];
        if ((site.Count > 0 && site != "same-origin") || !await antiforgery.IsRequestValidAsync(context.HttpContext))
        {
            throw new ApiProblemException(StatusCodes.Status400BadRequest, "antiforgery-required", "The request lacks a valid antiforgery token.");
        }
    }
}
