using CaseManagement.Web.Features.Follow;
using CaseManagement.Web.Features.Portal;
using CaseManagement.Web.Features.YourData;

namespace CaseManagement.Web.Portal;

/// <summary>The complainants' realm: no account, a session is one case.</summary>
public static class PortalServices
{
    /// <summary>Everything of the portal lies under this path.</summary>
    public const string Path = "/portal";

    public static IServiceCollection AddPortal(this IServiceCollection services)
    {
        services.AddOptions<PortalOptions>().BindConfiguration(PortalOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<CallerPrefixes>().AddSingleton<RateCounters>().AddSingleton<ProofOfWork>().AddSingleton<PortalGate>();
        services.AddSingleton<TrackingSessions>().AddSingleton<FormTokens>();
        services.AddScoped<StagedFiles>().AddScoped<OneTimeCodes>();
        services.AddScoped<PortalForms>().AddScoped<PortalIntake>().AddScoped<Promises>();
        services.AddScoped<FollowedCase>().AddScoped<ComplainantTalk>().AddScoped<ComplainantDeeds>();
        services.AddScoped<PersonalDataReader>().AddScoped<PersonalDataFiles>().AddScoped<YourData>();
        return services;
    }
}
