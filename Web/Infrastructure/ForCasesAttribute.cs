using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Infrastructure;

/// <summary>A page about cases: to those who see none it is not there.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class ForCasesAttribute : Attribute, IAsyncAuthorizationFilter
{
    /// <summary>Only for those who work on cases; reading them is not enough.</summary>
    public bool Working { get; init; }

    public async Task OnAuthorizationAsync(AuthorizationFilterContext context)
    {
        var (services, stop) = (context.HttpContext.RequestServices, context.HttpContext.RequestAborted);
        await using var db = await services.GetRequiredService<IDbContextFactory<CaseManagementDbContext>>().CreateDbContextAsync(stop);
        var person = await services.GetRequiredService<People>().OfAsync(context.HttpContext.User, stop);
        var scope = await services.GetRequiredService<CaseAccess>().ScopeAsync(db, person, stop);
        if (!(Working ? scope.HasCases : scope.SeesCases))
        {
            context.Result = new NotFoundResult();
        }
    }
}
