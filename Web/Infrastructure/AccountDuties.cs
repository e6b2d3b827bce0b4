using System.Security.Claims;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Account;
using CaseManagement.Web.Features.SignIn;
using CaseManagement.Web.Persistence;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CaseManagement.Web.Infrastructure;

/// <summary>What somebody has to do about their own access before anything else.</summary>
public enum AccountDuty
{
    None,

    /// <summary>The password is too old.</summary>
    Password,

    /// <summary>There is no authenticator yet.</summary>
    Authenticator,
}

/// <summary>Knows what <see cref="SecurityProfile.DengBao3"/> asks of people who sign in with a password. Under the usual profile nobody owes anything.</summary>
public sealed class AccountDuties(
    IDbContextFactory<CaseManagementDbContext> contexts, IOptions<SecurityOptions> security, [FromKeyedServices(Clocks.Wall)] TimeProvider wallClock)
{
    /// <summary>What the person of this request owes.</summary>
    public async Task<AccountDuty> OfAsync(ClaimsPrincipal user, HttpContext context)
    {
        if (security.Value.Profile != SecurityProfile.DengBao3 || user.FindFirstValue(ClaimTypes.NameIdentifier) is not { } id
            || await Sessions.MethodAsync(context) != SignInMethods.Password)
        {
            return AccountDuty.None;
        }

        await using var db = await contexts.CreateDbContextAsync(context.RequestAborted);
        var held = await db.Users.AsNoTracking().Where(u => u.Id == id).Select(u => new { u.PasswordChangedAt, u.TwoFactorEnabled }).SingleOrDefaultAsync(context.RequestAborted);
        return held is null ? AccountDuty.None
            : held.PasswordChangedAt is not { } at || wallClock.GetUtcNow() - at > TimeSpan.FromDays(SecurityOptions.PasswordDays) ? AccountDuty.Password
            : held.TwoFactorEnabled ? AccountDuty.None : AccountDuty.Authenticator;
    }
}

/// <summary>Leads whoever owes something to the page where they do it; other pages wait until then.</summary>
public sealed class AccountDutyFilter(AccountDuties duties) : IAsyncActionFilter
{
    private static readonly Type[] Open = [typeof(AccountController), typeof(SignInController)];

    public async Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next)
    {
        var http = context.HttpContext;
        if (context.ActionDescriptor is ControllerActionDescriptor action && !Open.Contains(action.ControllerTypeInfo.AsType())
            && http.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is null
            && await duties.OfAsync(http.User, http) != AccountDuty.None)
        {
            context.Result = ErrorPages.IsForPrograms(http.Request.Path) ? new StatusCodeResult(StatusCodes.Status403Forbidden) : new RedirectResult("/account");
            return;
        }

        await next();
    }
}
