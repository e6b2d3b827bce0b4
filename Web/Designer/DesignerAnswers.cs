using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Designer;

/// <summary>Answers as the designer expects them.</summary>
public static class DesignerAnswers
{
    /// <summary>A status with an empty body: neither a page nor problem details take its place.</summary>
    public static StatusCodeResult Empty(HttpContext context, int status)
    {
        KeepEmpty(context);
        return new StatusCodeResult(status);
    }

    /// <summary>Whatever the status, the body stays as it is.</summary>
    public static void KeepEmpty(HttpContext context)
    {
        if (context.Features.Get<IStatusCodePagesFeature>() is { } pages)
        {
            pages.Enabled = false;
        }
    }
}
