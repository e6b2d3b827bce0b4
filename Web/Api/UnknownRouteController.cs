using CaseManagement.Web.Api.Access;
using CaseManagement.Web.Api.Problems;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Api;

/// <summary>Answers programs that ask for something the API does not have.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
public sealed class UnknownRouteController : ApiController
{
    [Route("api/{**rest}", Order = int.MaxValue)]
    [ApiAccess(ApiScopes.ProcessesRead, ApiRoles.Anyone)]
    public IActionResult Unknown() =>
        throw new ApiProblemException(StatusCodes.Status404NotFound, "route-unknown", "The API has no such route or method.");
}
