using CaseManagement.Web.Features.Bindings;
using CaseManagement.Web.Features.Calendars;
using CaseManagement.Web.Features.Channels;
using CaseManagement.Web.Features.Departments;
using CaseManagement.Web.Features.Designer;
using CaseManagement.Web.Features.Editors;
using CaseManagement.Web.Features.Figures;
using CaseManagement.Web.Features.Gallery;
using CaseManagement.Web.Features.Incidents;
using CaseManagement.Web.Features.Jobs;
using CaseManagement.Web.Features.Lessons;
using CaseManagement.Web.Features.Limits;
using CaseManagement.Web.Features.Moves;
using CaseManagement.Web.Features.Outbox;
using CaseManagement.Web.Features.Records;
using CaseManagement.Web.Features.Registers;
using CaseManagement.Web.Features.Reports;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Features.Simulation;
using CaseManagement.Web.Features.Steps;
using CaseManagement.Web.Features.Templates;

namespace CaseManagement.Web.Features.Processes;

/// <summary>The pages of process owners and administrators: processes, failed steps, time limits, working calendars, what runs by itself.</summary>
public static class OwnerPages
{
    public static IServiceCollection AddOwnerPages(this IServiceCollection services) => services
        .AddSingleton<PackReviews>()
        .AddScoped<HistoryWords>()
        .AddScoped<ProcessPageQuery>()
        .AddScoped<StoredProcesses>()
        .AddScoped<IProcessPages>(s => s.GetRequiredService<StoredProcesses>())
        .AddScoped<IProcessPacks, StoredPacks>()
        .AddScoped<IDesignerPages, StoredDesigner>()
        .AddScoped<RefusalWords>()
        .AddScoped<IMovePages, StoredMoves>()
        .AddSingleton<OpenIncidents>()
        .AddScoped<IncidentRetry>()
        .AddScoped<IIncidentPages, StoredIncidents>()
        .AddScoped<IStepPages, StoredSteps>()
        .AddScoped<TrialViews>()
        .AddScoped<ISimulationPages, SimulationPages>()
        .AddScoped<IReplayPages, ReplayPages>()
        .AddScoped<IJobPages, StoredJobs>()
        .AddScoped<IDepartmentPages, StoredDepartments>()
        .AddScoped<IOutboxPages, StoredOutbox>()
        .AddScoped<TemplateChecks>()
        .AddScoped<ITemplatePages, StoredTemplates>()
        .AddScoped<IChannelPages, StoredChannels>()
        .AddSingleton<Configuration.ShippedPacks>()
        .AddScoped<UploadedPacks>()
        .AddSingleton<LookedAtPacks>()
        .AddScoped<GalleryPages>()
        .AddScoped<NameRows>()
        .AddScoped<StoredNames>()
        .AddScoped<StoredFigures>()
        .AddScoped<ReportPages>()
        .AddScoped<DutyPages>()
        .AddScoped<RegisterPages>()
        .AddScoped<LessonDesk>()
        .AddScoped<LessonPages>()
        .AddScoped<RecordNumbers>()
        .AddScoped<StoredRecords>()
        .AddScoped<StoredEditors>()
        .AddScoped<EditorGuide>()
        .AddScoped<StoredTables>()
        .AddScoped<TableTrials>()
        .AddScoped<NewProcesses>()
        .AddScoped<LimitWords>()
        .AddScoped<LimitChoices>()
        .AddScoped<ILimitPages, StoredLimits>()
        .AddScoped<CalendarWords>()
        .AddScoped<CalendarSheet>()
        .AddScoped<MovePreviews>().AddScoped<SeenMoves>()
        .AddScoped<MoveFile>()
        .AddScoped<CalendarDesk>()
        .AddScoped<CalendarHistory>()
        .AddScoped<ICalendarUndo>(s => s.GetRequiredService<CalendarHistory>())
        .AddScoped<ICalendarRegister, CalendarRegister>()
        .AddScoped<ICalendarImports, CalendarImports>()
        .AddScoped<StoredCalendars>()
        .AddScoped<ICalendarPages>(s => s.GetRequiredService<StoredCalendars>())
        .AddScoped<ICalendarWeeks>(s => s.GetRequiredService<StoredCalendars>());
}
