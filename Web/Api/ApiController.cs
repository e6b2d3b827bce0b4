using CaseManagement.Web.Api.Access;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Api;

/// <summary>What all endpoints of the API share: refusals as problem details, JSON of its own, access by key or session.</summary>
[ApiController]
[IgnoreAntiforgeryToken] // ApiAntiforgery asks for the token where a cookie brought the caller
[TypeFilter<ApiAntiforgery>]
[Produces("application/json")]
public abstract class ApiController : ControllerBase
{
    /// <summary>Who asks.</summary>
    protected ApiCaller Caller => ApiCaller.Of(HttpContext);
}
