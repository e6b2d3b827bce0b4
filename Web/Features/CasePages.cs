using CaseManagement.Web.Features.Board;
using CaseManagement.Web.Features.BreakGlass;
using CaseManagement.Web.Features.Cases;
using CaseManagement.Web.Features.Delegations;
using CaseManagement.Web.Features.Files;
using CaseManagement.Web.Features.Inbox;
using CaseManagement.Web.Features.Intake;
using CaseManagement.Web.Features.Letters;
using CaseManagement.Web.Features.Live;
using CaseManagement.Web.Features.Notifications;
using CaseManagement.Web.Features.Quarantine;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Organisation;

namespace CaseManagement.Web.Features;

/// <summary>What the pages of cases need: frame, inbox, case, intake.</summary>
public static class CasePages
{
    public static IServiceCollection AddCasePages(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddSingleton<CaseAccess>().AddSingleton<Deputies>().AddScoped<Absences>().AddScoped<DelegationPages>();
        services.AddScoped<RuleTexts>().AddScoped<Positions>();
        services.AddScoped<IShell, ProductShell>();
        services.AddScoped<EmergencyAccess>().AddScoped<BreakGlassPages>().AddScoped<TrialWords>().AddScoped<CaseReader>().AddScoped<CaseDiagram>().AddScoped<CaseTimeline>().AddScoped<CaseClockPanels>().AddScoped<CaseSides>()
            .AddScoped<CaseDelegations>().AddScoped<SentForms>().AddScoped<CaseMenu>().AddScoped<ReplyDesk>().AddScoped<TaskPanels>().AddScoped<TaskDrafts>().AddScoped<EntryDrafts>().AddScoped<CaseEntries>().AddScoped<CaseRelations>().AddScoped<CasePrivacy>().AddScoped<CaseProtection>().AddScoped<CaseRecords>().AddScoped<FileWords>().AddScoped<FormFiles>().AddScoped<IFilePages, StoredFiles>().AddScoped<LostRaces>().AddScoped<CaseDeeds>();
        services.AddScoped<ICasePageQuery, CasePageQuery>().AddScoped<ICaseActions, CaseActions>();
        services.AddScoped<InboxRows>().AddScoped<InboxFilters>().AddScoped<InboxColumns>().AddScoped<IColumnKeeping>(s => s.GetRequiredService<InboxColumns>())
            .AddScoped<IInboxQuery, InboxQuery>().AddScoped<IInboxActions, InboxActions>()
            .AddScoped<IInboxExport, InboxExport>().AddScoped<SavedFilters>().AddScoped<IFilterKeeping>(s => s.GetRequiredService<SavedFilters>())
            .AddSingleton<CaseWatches>().AddSingleton<ICaseWatches>(s => s.GetRequiredService<CaseWatches>());
        services.AddScoped<CaseRowWords>().AddScoped<MaskedRows>().AddScoped<IBoard, BoardQuery>().AddScoped<Board.BoardCharts>().AddScoped<INoticePages, StoredNotices>().AddScoped<INoticeSettings, StoredNoticeSettings>();
        services.AddSingleton<LiveCases>().AddSingleton<InboxPlaces>();
        services.AddScoped<StoredLetters>().AddScoped<IQuarantinePages, StoredQuarantine>();
        services.AddScoped<IntakeForms>().AddScoped<IntakeSuggestion>().AddScoped<IIntake, ProductIntake>();
        return services;
    }
}
