using Microsoft.AspNetCore.Authentication;

namespace CaseManagement.Web.Designer;

/// <summary>Puts the designer's realm together; what it serves is registered elsewhere.</summary>
public static class DesignerServices
{
    public static IServiceCollection AddDesignerRealm(this IServiceCollection services)
    {
        services.AddSingleton<DesignerTokens>();
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, DesignerAuthentication>(DesignerRealm.Scheme, null);
        return services;
    }
}
