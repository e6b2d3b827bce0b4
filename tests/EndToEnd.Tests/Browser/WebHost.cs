using CaseManagement.EndToEnd.Tests.Samples;
using CaseManagement.Tests;
using CaseManagement.Web.Features.Calendars;
using CaseManagement.Web.Features.Cases;
using CaseManagement.Web.Features.Inbox;
using CaseManagement.Web.Features.Incidents;
using CaseManagement.Web.Features.Intake;
using CaseManagement.Web.Features.Jobs;
using CaseManagement.Web.Features.Limits;
using CaseManagement.Web.Features.Moves;
using CaseManagement.Web.Features.Processes;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Features.SignIn;
using CaseManagement.Web.Features.Simulation;
using CaseManagement.Web.Features.Steps;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.EndToEnd.Tests.Browser;

/// <summary>The product's pages over sample data, served on a port of their own; it is Monday 12 October 2026, 14:20 in Shanghai.</summary>
public sealed class WebHost : WebApplicationFactory<Program>
{
    internal SamplePeople People { get; } = new();
    internal SampleInbox Inbox { get; } = new();
    internal SampleCases Cases { get; } = new();
    internal SampleIntake Intake { get; } = new();
    internal SampleLimits Limits { get; } = new();
    internal SampleCalendars Calendars { get; } = new();
    internal SampleSimulation Simulation { get; } = new();

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("casemanagement-pages-");

    public WebHost() => UseKestrel(0);

    /// <summary>Address of the running server.</summary>
    public Uri Start()
    {
        StartServer();
        return ClientOptions.BaseAddress;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Development");
        builder.UseSetting("Storage:DataFolder", _data.FullName).UseSetting("Demo:Cases", "false");
        builder.ConfigureTestServices(services => services
            .AddSingleton<TimeProvider>(new ManualClock(Say.At(10, 12, 14, 20)))
            .AddSingleton<ISignIn>(People)
            .AddSingleton<IShell>(People)
            .AddSingleton<IInboxQuery>(Inbox)
            .AddSingleton<IInboxActions>(Inbox)
            .AddSingleton<IFilterKeeping>(Inbox)
            .AddSingleton<IInboxExport>(Inbox)
            .AddSingleton<IColumnKeeping>(Inbox)
            .AddSingleton<ICaseWatches>(Cases)
            .AddSingleton<ICasePageQuery>(Cases)
            .AddSingleton<ICaseActions>(Cases)
            .AddSingleton<IIntake>(Intake)
            .AddSingleton<IProcessPages>(new SampleProcesses())
            .AddSingleton<IMovePages>(new SampleMoves())
            .AddSingleton<IJobPages>(new SampleJobs())
            .AddSingleton<IStepPages>(new SampleSteps())
            .AddSingleton<IIncidentPages>(new SampleIncidents())
            .AddSingleton<ILimitPages>(Limits)
            .AddSingleton<ISimulationPages>(Simulation)
            .AddSingleton<IReplayPages>(Simulation)
            .AddSingleton<ICalendarPages>(Calendars)
            .AddSingleton<ICalendarImports>(Calendars)
            .AddSingleton<ICalendarUndo>(Calendars));
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing && _data.Exists)
        {
            _data.Delete(recursive: true);
        }
    }
}
