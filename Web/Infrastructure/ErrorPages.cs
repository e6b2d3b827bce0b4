namespace CaseManagement.Web.Infrastructure;

/// <summary>Failures answer in kind: problem details to programs, a page to people.</summary>
public static class ErrorPages
{
    public static IApplicationBuilder UseErrorPages(this IApplicationBuilder app) => app
        .UseWhen(IsForPrograms, branch => branch.UseExceptionHandler().UseStatusCodePages())
        .UseWhen(context => !IsForPrograms(context), branch => branch
            .UseExceptionHandler("/errors/500")
            .UseStatusCodePagesWithReExecute("/errors/{0}"));

    private static bool IsForPrograms(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/api") || context.Request.Path.StartsWithSegments("/elsa");
}
