using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Designer;

/// <summary>Answers a designer that asks for something we do not have: an empty 404, never a page.</summary>
[ApiExplorerSettings(IgnoreApi = true), DesignerAccess, IgnoreAntiforgeryToken]
public sealed class UnknownRouteController : ControllerBase
{
    [Route("elsa/{**rest}", Order = int.MaxValue)]
    public IActionResult Unknown() => DesignerAnswers.Empty(HttpContext, StatusCodes.Status404NotFound);
}
