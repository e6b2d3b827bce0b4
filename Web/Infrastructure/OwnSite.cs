using Microsoft.AspNetCore.Diagnostics;

namespace CaseManagement.Web.Infrastructure;

/// <summary>
/// What changes something comes from our own pages: browsers say so themselves (<c>Sec-Fetch-Site</c>), and what they say came from elsewhere is refused
/// before anybody asks for its token. Programs, with a key or the designer's token, have their own rule.
/// </summary>
public static class OwnSite
{
    private static readonly string[] Elsewhere = ["cross-site", "same-site"];

    public static IApplicationBuilder UseOwnSiteOnly(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var request = context.Request;
        if (IsSafe(request.Method) || IsForKeys(request.Path) || !request.Headers["Sec-Fetch-Site"].Any(site => Elsewhere.Contains(site, StringComparer.OrdinalIgnoreCase))
            || context.Features.Get<IStatusCodeReExecuteFeature>() is not null || context.Features.Get<IExceptionHandlerFeature>() is not null)
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    });

    private static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    private static bool IsForKeys(PathString path) => path.StartsWithSegments("/api") || path.StartsWithSegments("/elsa") || path.StartsWithSegments("/hooks");
}
