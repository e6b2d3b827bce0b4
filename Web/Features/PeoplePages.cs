using CaseManagement.Web.Configuration.Checks;
using CaseManagement.Web.Features.Account;
using CaseManagement.Web.Features.Groups;
using CaseManagement.Web.Features.Keys;
using CaseManagement.Web.Features.SignIn;
using CaseManagement.Web.Features.Users;
using CaseManagement.Web.Oidc;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Timers;

namespace CaseManagement.Web.Features;

/// <summary>What the pages about people and their access need: signing in, one's own account, users, API keys.</summary>
public static class PeoplePages
{
    public static IServiceCollection AddPeoplePages(this IServiceCollection services)
    {
        services.AddSingleton<SignInThrottle>().AddSingleton<KnownDevices>().AddSingleton<OneTimeLinks>();
        services.AddScoped<SecondFactor>().AddScoped<ISignIn, IdentitySignIn>().AddScoped<Passwords>().AddScoped<AccountPages>();
        services.AddSingleton<DatabaseCheck>().AddSingleton<Findings>();
        services.AddSingleton<PasswordResets>().AddSingleton<IMessageChannel, PasswordResetChannel>();
        services.AddSingleton<OidcProviders>().AddSingleton<OidcClient>().AddSingleton<OidcFlows>().AddScoped<OidcPeople>();
        services.AddScoped<GroupPages>().AddScoped<RoleBook>().AddScoped<IUserPages, StoredUsers>().AddScoped<StoredApiKeys>();
        return services;
    }
}
