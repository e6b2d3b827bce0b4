using CaseManagement.Domain.Auditing;
using CaseManagement.Web.Auditing;
using CaseManagement.Web.Infrastructure;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Organisation;
using CaseManagement.Web.Privacy;
using CaseManagement.Web.Timers;
using CaseManagement.Workflows.CaseActivities;
using CaseManagement.Workflows.Cases;
using CaseManagement.Workflows.Cases.Store;
using CaseManagement.Workflows.Expressions;
using CaseManagement.Workflows.Runtime;
using CaseManagement.Workflows.Runtime.Stores;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Configuration;

/// <summary>Puts the product together: the two clocks, the store, the runtime, the configuration, the people.</summary>
public static class CaseServices
{
    public static IServiceCollection AddCases(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment, TimeProvider wallClock)
    {
        services.AddKeyedSingleton(Clocks.Wall, wallClock);
        services.AddSingleton(DomainClock(configuration, environment, wallClock));
        services.AddPersistence(configuration);
        services.AddDataProtection().SetApplicationName("CaseManagement");
        services.AddIdentityCore<AppUser>().AddEntityFrameworkStores<CaseManagementDbContext>()
            .AddUserStore<SealedUserStore>()
            .AddTokenProvider<AuthenticatorTokenProvider<AppUser>>(TokenOptions.DefaultAuthenticatorProvider);
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = 210_000);
        services.AddOptions<PrivacyOptions>().BindConfiguration(PrivacyOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddScoped<DataRequests>();
        services.AddOptions<DemoOptions>().BindConfiguration(DemoOptions.Section);

        services.AddSingleton<StoredConfigurations>();
        services.AddSingleton<ICaseConfigurations>(s => s.GetRequiredService<StoredConfigurations>());
        services.AddSingleton<IDefinitionSource>(s => s.GetRequiredService<StoredConfigurations>());
        services.AddSingleton<IScriptEngine>(new JavaScriptEngine());
        services.AddSingleton(AllActivities.Registry);
        services.AddSingleton<IPlanSource, PlanCache>();
        services.AddSingleton<TrackingCodes>().AddSingleton<ITrackingCodes>(s => s.GetRequiredService<TrackingCodes>());
        services.AddSingleton<ICaseReads, StoredCaseReads>();
        services.AddHttpContextAccessor().AddSingleton<HttpAuditOrigin>().AddSingleton<IAuditOrigin>(s => s.GetRequiredService<HttpAuditOrigin>());
        services.AddSingleton(s => new CaseRuntime(
            s.GetRequiredService<ICaseStore>(), s.GetRequiredService<ICaseConfigurations>(), s.GetRequiredService<IPlanSource>(),
            passesThrough => new WorkflowRuntime(
                s.GetRequiredService<IBurstStore>(), s.GetRequiredService<IPlanSource>(), s.GetRequiredService<IScriptEngine>(),
                s.GetRequiredService<TimeProvider>(), passesThrough: passesThrough),
            s.GetRequiredService<ITrackingCodes>(), s.GetRequiredKeyedService<TimeProvider>(Clocks.Wall), reads: s.GetRequiredService<ICaseReads>(),
            origin: s.GetRequiredService<IAuditOrigin>()));
        services.AddOptions<SecurityOptions>().BindConfiguration(SecurityOptions.Section).ValidateOnStart();
        services.AddSingleton<OpenClocks>().AddSingleton<CalendarChanges>().AddSingleton<LimitChanges>().AddSingleton<FigureChanges>();
        services.AddSingleton<ConfigurationAudit>().AddSingleton<PublishReview>().AddSingleton<ProcessInstaller>().AddSingleton<ProcessReverts>().AddSingleton<ProcessNames>().AddSingleton<OrganisationNames>().AddSingleton<ProcessMigration>().AddSingleton<People>().AddSingleton<RequestReads>();
        services.AddSingleton<StarterPack>().AddSingleton<ProcessDrafts>().AddSingleton<OwnDefinitions>().AddSingleton<DefinitionEditing>().AddSingleton<DraftEditing>();
        services.AddSingleton<TextCatchUp>().AddHostedService(s => s.GetRequiredService<TextCatchUp>());
        services.AddSingleton<Recusals>().AddSingleton<Delegating>().AddSingleton<ITimedWork>(s => s.GetRequiredService<Delegating>()).AddSingleton<IdentityReveals>().AddSingleton<ConfidentialityCatchUp>().AddHostedService(s => s.GetRequiredService<ConfidentialityCatchUp>());
        services.AddSingleton<DemoOrganisation>().AddSingleton<FirstRun>();
        return services;
    }

    /// <summary>Brings the database up to date and fills an empty one.</summary>
    public static Task PrepareAsync(this IServiceProvider services, CancellationToken cancellationToken) =>
        services.PrepareAsync(services.FillAsync, cancellationToken);

    private static async Task FillAsync(this IServiceProvider services, CancellationToken cancellationToken)
    {
        if (services.GetRequiredService<TimeProvider>() is SimulatedClock simulated)
        {
            // domain time never goes back, also not over a restart
            await using var db = await services.GetRequiredService<IDbContextFactory<CaseManagementDbContext>>().CreateDbContextAsync(cancellationToken);
            if (await db.Events.MaxAsync(e => (DateTimeOffset?)e.At, cancellationToken) is { } last)
            {
                simulated.MoveTo(last);
            }
        }

        services.GetRequiredService<TrackingCodes>().Prepare();
        await services.GetRequiredService<FirstRun>().RunAsync(cancellationToken);
    }

    private static TimeProvider DomainClock(IConfiguration configuration, IHostEnvironment environment, TimeProvider wallClock)
    {
        if (!configuration.GetValue<bool>("Clock:Simulated"))
        {
            return wallClock;
        }

        if (environment.IsProduction())
        {
            throw new InvalidOperationException("Clock:Simulated is refused in Production: deadlines would stand still. Remove the setting.");
        }

        return new SimulatedClock(configuration.GetValue<DateTimeOffset?>("Clock:StartAt") ?? wallClock.GetUtcNow());
    }
}
