using Microsoft.AspNetCore.Authorization;

namespace CaseManagement.Web.Designer;

/// <summary>The authorisation entry of an endpoint of <c>/elsa/api</c>: a designer's token and nothing else opens it.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class DesignerAccessAttribute : AuthorizeAttribute
{
    public DesignerAccessAttribute() => AuthenticationSchemes = DesignerRealm.Scheme;
}
