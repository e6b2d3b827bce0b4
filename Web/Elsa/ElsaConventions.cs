using System.Globalization;
using CaseManagement.Domain;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Designer;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace CaseManagement.Web.Elsa;

/// <summary>Marks an endpoint that changes something: those who only look on are refused.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ElsaWriteAttribute : Attribute, IAuthorizationFilter
{
    public void OnAuthorization(AuthorizationFilterContext context)
    {
        if (context.HttpContext.Features.Get<DesignerCaller>() is { MayWrite: false })
        {
            context.Result = DesignerAnswers.Empty(context.HttpContext, StatusCodes.Status403Forbidden);
        }
    }
}

/// <summary>Speaks the caller's language; turns refusals into the one shape Studio shows to people, 400 with sentences.</summary>
public sealed class ElsaConventions(ElsaRefusals refusals) : IAsyncActionFilter, IAsyncExceptionFilter
{
    public async Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(DesignerCaller.Of(context.HttpContext).Language);
        DesignerAnswers.KeepEmpty(context.HttpContext);
        await next();
    }

    public async Task OnExceptionAsync(ExceptionContext context)
    {
        if (context.Exception is RuleViolationException { Rule: var rule } && rule == DefinitionEditing.Unknown)
        {
            context.Result = DesignerAnswers.Empty(context.HttpContext, StatusCodes.Status404NotFound);
            context.ExceptionHandled = true;
        }
        else if (await refusals.OfAsync(context.Exception, DesignerCaller.Of(context.HttpContext).Language) is { } sentences)
        {
            context.Result = new ContentResult
            {
                Content = ElsaRefusals.Body(context.Exception, sentences).ToJsonString(ElsaController.Written),
                ContentType = "application/json; charset=utf-8",
                StatusCode = StatusCodes.Status400BadRequest,
            };
            context.ExceptionHandled = true;
        }
    }
}
