using CaseManagement.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace CaseManagement.Web.Infrastructure;

/// <summary>Hands the frame (rail, account) to every full page a signed-in person opens.</summary>
public sealed class ShellFilter(IServiceProvider services) : IAsyncResultFilter
{
    public const string Key = "Shell";

    public async Task OnResultExecutionAsync(ResultExecutingContext context, ResultExecutionDelegate next)
    {
        if (context.Result is ViewResult view && context.HttpContext.User.Identity is { IsAuthenticated: true })
        {
            var shell = services.GetRequiredService<IShell>();
            view.ViewData[Key] = await shell.GetAsync(context.HttpContext.User, context.HttpContext.RequestAborted);
        }

        await next();
    }
}
