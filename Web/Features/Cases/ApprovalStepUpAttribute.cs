using CaseManagement.Domain.Tasks;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Infrastructure;
using CaseManagement.Web.Persistence;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CaseManagement.Web.Features.Cases;

/// <summary>
/// Where <see cref="SecurityOptions.ApprovalsNeedProof"/> is set, approvals are decided by somebody who proved lately who they are. What was typed is kept
/// and stands in the form again afterwards.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ApprovalStepUpAttribute : Attribute, IAsyncActionFilter
{
    public async Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next)
    {
        var http = context.HttpContext;
        var services = http.RequestServices;
        var approval = nameof(TaskKind.Approval);
        if (!services.GetRequiredService<IOptions<SecurityOptions>>().Value.ApprovalsNeedProof
            || context.ActionArguments["id"] is not Guid id || context.ActionArguments["task"] is not Guid task
            || !await services.GetRequiredService<CaseManagementDbContext>().Tasks.AnyAsync(t => t.Id == task && t.ComplaintId == id && t.Kind == approval, http.RequestAborted))
        {
            await next();
            return;
        }

        await services.GetRequiredService<ICaseActions>().KeepDraftAsync(id, task, FormAnswers.Read(await http.Request.ReadFormAsync(http.RequestAborted)), http.User, http.RequestAborted);
        await new StepUpAttribute().OnActionExecutionAsync(context, next);
    }
}
