using CaseManagement.Web.Features.Board;
using CaseManagement.Web.Features.Cases;
using CaseManagement.Web.Features.Inbox;
using CaseManagement.Web.Features.Intake;
using CaseManagement.Web.Features.Notifications;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Features.SignIn;
using CaseManagement.Web.Organisation;
using Microsoft.AspNetCore.Identity;

namespace CaseManagement.Web.Features;

/// <summary>What the pages of cases need: sign-in, frame, inbox, case, intake.</summary>
public static class CasePages
{
    public static IServiceCollection AddCasePages(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.Configure<IdentityOptions>(options =>
        {
            options.Lockout.AllowedForNewUsers = true;
            options.Lockout.MaxFailedAccessAttempts = IdentitySignIn.MostMisses;
            options.Lockout.DefaultLockoutTimeSpan = IdentitySignIn.Wait;
        });
        services.AddSingleton<CaseAccess>();
        services.AddScoped<RuleTexts>().AddScoped<Positions>();
        services.AddScoped<ISignIn, IdentitySignIn>().AddScoped<IShell, ProductShell>();
        services.AddScoped<CaseReader>().AddScoped<CaseDiagram>().AddScoped<CaseTimeline>().AddScoped<CaseClockPanels>().AddScoped<CaseSides>()
            .AddScoped<CaseMenu>().AddScoped<TaskPanels>().AddScoped<TaskDrafts>().AddScoped<LostRaces>().AddScoped<CaseDeeds>();
        services.AddScoped<ICasePageQuery, CasePageQuery>().AddScoped<ICaseActions, CaseActions>();
        services.AddScoped<InboxRows>().AddScoped<IInboxQuery, InboxQuery>().AddScoped<IInboxActions, InboxActions>()
            .AddScoped<IInboxExport, InboxExport>().AddScoped<SavedFilters>().AddScoped<IFilterKeeping>(s => s.GetRequiredService<SavedFilters>())
            .AddSingleton<CaseWatches>().AddSingleton<ICaseWatches>(s => s.GetRequiredService<CaseWatches>());
        services.AddScoped<CaseRowWords>().AddScoped<IBoard, BoardQuery>().AddScoped<INoticePages, StoredNotices>().AddScoped<INoticeSettings, StoredNoticeSettings>();
        services.AddScoped<IntakeForms>().AddScoped<IntakeSuggestion>().AddScoped<IIntake, ProductIntake>();
        return services;
    }
}
