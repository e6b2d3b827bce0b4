using Microsoft.AspNetCore.Diagnostics;

namespace CaseManagement.Web.Infrastructure;

/// <summary>Failures answer in kind: problem details to programs, a page to people. Both come from <c>/errors/{code}</c>.</summary>
public static class ErrorPages
{
    public static IApplicationBuilder UseErrorPages(this IApplicationBuilder app) => app
        .UseExceptionHandler("/errors/500")
        .UseStatusCodePagesWithReExecute("/errors/{0}");

    /// <summary>Programs ask here: they get status codes and problem details, never a page or a way to sign in.</summary>
    public static bool IsForPrograms(PathString path) =>
        path.StartsWithSegments("/api") || path.StartsWithSegments("/elsa") || path.StartsWithSegments("/studio/token");

    /// <summary>The request that failed came from a program.</summary>
    public static bool FailedForProgram(HttpContext context) => IsForPrograms(new PathString(
        context.Features.Get<IStatusCodeReExecuteFeature>()?.OriginalPath
        ?? context.Features.Get<IExceptionHandlerPathFeature>()?.Path));
}
