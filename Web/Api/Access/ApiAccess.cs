using Microsoft.AspNetCore.Authorization;

namespace CaseManagement.Web.Api.Access;

/// <summary>The authorisation entry of an endpoint: the scope a key needs, and the people who are let in.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ApiAccessAttribute : AuthorizeAttribute, IAuthorizationRequirement, IAuthorizationRequirementData
{
    public ApiAccessAttribute(string scope, ApiRoles roles)
    {
        Scope = scope;
        People = roles;
        AuthenticationSchemes = ApiAuthentication.SchemeName;
    }

    public string Scope { get; }

    public ApiRoles People { get; }

    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [this];
}

internal sealed class ApiAccessHandler : AuthorizationHandler<ApiAccessAttribute>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, ApiAccessAttribute requirement)
    {
        if (context.Resource is HttpContext http && http.Features.Get<ApiCaller>() is { } caller && caller.May(requirement.Scope, requirement.People)
            && (!http.Request.Path.StartsWithSegments("/api/v1/processes") || http.GetRouteValue("key") is not string process || caller.IsFor(process)))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}
