using CaseManagement.Domain.Complaints;
using CaseManagement.Web.Infrastructure;
using CaseManagement.Web.Persistence;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Features.Cases;

/// <summary>A covered identity is revealed to somebody who proved lately who they are; others are asked first and come back to the case.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RevealStepUpAttribute : Attribute, IAsyncActionFilter
{
    public async Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next)
    {
        var http = context.HttpContext;
        if (!(context.ActionArguments.TryGetValue("verb", out var verb) && verb is "reveal") || context.ActionArguments["id"] is not Guid id
            || await http.RequestServices.GetRequiredService<CaseManagementDbContext>().Cases
                .AnyAsync(c => c.Id == id && c.Confidentiality < (int)ConfidentialityLevel.Identity, http.RequestAborted))
        {
            await next();
            return;
        }

        await new StepUpAttribute().OnActionExecutionAsync(context, next);
    }
}
