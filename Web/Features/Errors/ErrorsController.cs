using CaseManagement.Web.Infrastructure;
using CaseManagement.Web.Persistence;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Features.Errors;

/// <summary>Pages for what went wrong: what happened, what was kept, what to do.</summary>
[AllowAnonymous, IgnoreAntiforgeryToken]
public sealed class ErrorsController : Controller
{
    [Route("errors/{code:int}")]
    public IActionResult Show(int code)
    {
        if (HttpContext.Features.Get<IExceptionHandlerFeature>()?.Error is { } error && DatabaseAway.Is(error))
        {
            code = StatusCodes.Status503ServiceUnavailable;
            Response.Headers.RetryAfter = "5";
        }

        if (ErrorPages.FailedForProgram(HttpContext))
        {
            return Problem(statusCode: code);
        }

        var page = View("Error", new ErrorPage(code, HttpContext.TraceIdentifier));
        page.StatusCode = code is >= 400 and < 600 ? code : StatusCodes.Status404NotFound;
        page.ViewData[Shared.PageResults.Self] = "/";
        return page;
    }
}

/// <summary>A refused or failed request; <paramref name="Trace"/> finds it in the log.</summary>
public sealed record ErrorPage(int Code, string Trace)
{
    /// <summary>The group of texts that fits.</summary>
    public string Kind => Code switch
    {
        400 => "Bad",
        401 or 403 => "Forbidden",
        404 => "NotFound",
        409 => "Conflict",
        429 => "TooMany",
        503 => "Away",
        _ => "Broken",
    };
}
