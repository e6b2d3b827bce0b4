using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Tasks;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Infrastructure;
using CaseManagement.Workflows.Cases;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Extensions.Options;

namespace CaseManagement.Web.Features.Cases;

/// <summary>
/// What <see cref="SecurityOptions.NeedsProof"/> names is decided by somebody who proved lately who they are. What was typed is kept and stands in the form again
/// afterwards.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ApprovalStepUpAttribute : Attribute, IAsyncActionFilter
{
    public async Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next)
    {
        var http = context.HttpContext;
        var services = http.RequestServices;
        if (context.ActionArguments["id"] is not Guid id || context.ActionArguments["task"] is not Guid task || !await NeedsProofAsync(services, id, task, http.RequestAborted))
        {
            await next();
            return;
        }

        await services.GetRequiredService<ICaseActions>().KeepDraftAsync(id, task, FormAnswers.Read(await http.Request.ReadFormAsync(http.RequestAborted)), http.User, http.RequestAborted);
        await new StepUpAttribute { KeepsForm = false }.OnActionExecutionAsync(context, next);
    }

    /// <summary>Whether deciding the task asks for proof; any other task does not.</summary>
    internal static async Task<bool> NeedsProofAsync(IServiceProvider services, Guid id, Guid task, CancellationToken cancellationToken)
    {
        var options = services.GetRequiredService<IOptions<SecurityOptions>>().Value;
        if (options is { ApprovalsNeedProof: false, ApprovalsNeedProofAbove: null })
        {
            return false;
        }

        return await services.GetRequiredService<CaseRuntime>().ReadAsync(id, cancellationToken) is { } read
            && read.Complaint.Tasks.All.FirstOrDefault(t => t.Id == task) is { Kind: TaskKind.Approval } approval
            && options.NeedsProof(CaseApprovals.SumOf(read.Complaint, read.Rules, approval));
    }
}
