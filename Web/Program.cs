using CaseManagement.Web.Api;
using CaseManagement.Web.Auditing;
using CaseManagement.Web.CommandLine;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Configuration.Checks;
using CaseManagement.Web.Designer;
using CaseManagement.Web.Elsa;
using CaseManagement.Web.Features;
using CaseManagement.Web.Features.Processes;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Files;
using CaseManagement.Web.Import;
using CaseManagement.Web.Infrastructure;
using CaseManagement.Web.Infrastructure.TagHelpers;
using CaseManagement.Web.Messages;
using CaseManagement.Web.Nodes;
using CaseManagement.Web.Notifications;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Portal;
using CaseManagement.Web.Reporting;
using CaseManagement.Web.Seeding;
using CaseManagement.Web.Timers;

#pragma warning disable RS0030 // the one place that names the system clock
var wallClock = TimeProvider.System;
#pragma warning restore RS0030

if (args is ["conformance", .. var folders])
{
    return await ConformanceCommand.RunAsync([.. folders.Select(TypedPath.Resolve)], Console.Out, CancellationToken.None);
}

if (args is ["scenario", .. var paths])
{
    return await ScenarioCommand.RunAsync([.. paths.Select(TypedPath.Resolve)], Console.Out, CancellationToken.None);
}

if (args is ["coverage", var packs])
{
    return await CoverageCommand.RunAsync(TypedPath.Resolve(packs), Console.Out);
}

if (args is ["verify-audit", var export, .. var kept])
{
    return await VerifyAuditCommand.RunAsync(TypedPath.Resolve(export), kept is [var anchors, ..] ? TypedPath.Resolve(anchors) : null, Console.Out);
}

var builder = WebApplication.CreateBuilder(args);
var findings = SettingsCheck.Of(builder.Configuration, builder.Environment.ContentRootPath);
if (findings.Any(f => f.Refuses) && (builder.Environment.IsProduction() || args is ["check-config", ..]))
{
    return await CheckConfigCommand.RunAsync(findings, args is ["check-config", ..] ? Console.Out : Console.Error);
}

builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
builder.Services.AddCases(builder.Configuration, builder.Environment, wallClock);
builder.Services.AddTimers(builder.Configuration);
builder.Services.AddAuditing();
builder.Services.AddNodes();
builder.Services.AddFiles(builder.Configuration);
builder.Services.AddNotifications(builder.Configuration);
builder.Services.AddMessages();
builder.Services.AddReports();
builder.Services.AddPreferences();
builder.Services.AddFeatures();
builder.Services.AddSessions(builder.Environment, wallClock);
builder.Services.AddPortal();
builder.Services.AddDesignerRealm();
builder.Services.AddElsaApi();
builder.Services.AddProblemDetails();
builder.Services.AddApi().AddPeoplePages().AddCasePages().AddOwnerPages();
builder.Services.AddHealthChecks().AddDbContextCheck<CaseManagementDbContext>().AddCheck<NodeState>("node").AddCheck<AuditHealth>("audit", tags: [HealthDetails.Tag]);
builder.Services.AddSingleton<Metrics>();
builder.Services.AddScoped<DateWords>().AddScoped<ClockWords>().AddScoped<IconSprite>();

var app = builder.Build();
app.Services.GetRequiredService<Metrics>();
try
{
    if (args is ["migrate", ..])
    {
        await app.Services.MigrateAsync(CancellationToken.None);
        return 0;
    }

    if (args is ["check-config", ..])
    {
        return await CheckConfigCommand.RunAsync([.. findings, .. await app.Services.CheckDatabaseAsync(CancellationToken.None)], Console.Out);
    }

    await app.Services.PrepareAsync(CancellationToken.None);
    if (app.Environment.IsProduction())
    {
        await app.Services.RefuseOrWarnAsync(findings, CancellationToken.None);
    }
}
catch (StartRefusedException refused)
{
    await Console.Error.WriteLineAsync(refused.Message);
    return 3;
}

if (args is ["import", var csv, "--map", var map, ..])
{
    return await ImportCommand.RunAsync(app.Services, TypedPath.Resolve(csv), TypedPath.Resolve(map), Console.Out, CancellationToken.None);
}

if (args is ["seed", .. var wanted])
{
    return await new SeedCommand(app.Services, Console.Out).RunAsync(wanted, CancellationToken.None);
}

app.UseKnownProxies();
app.UseSecurityHeaders();
app.UseStudioFiles();
app.UseErrorPages();
app.UseOwnSiteOnly();
app.UseElsaApi();
app.UsePreferences();
app.UseDenials();
app.UseAuthentication();
app.UseAuthorization();
app.MapStaticAssets().AllowAnonymous();
app.MapHealthChecks("/health/live", new() { Predicate = _ => false }).AllowAnonymous();
app.MapHealthChecks("/health/ready", new() { Predicate = check => !check.Tags.Contains(HealthDetails.Tag) }).AllowAnonymous();
app.MapGet("/health/details", HealthDetails.Answer);
app.MapGet("/metrics", Metrics.Answer).AllowAnonymous();
app.UseApi();
app.MapControllers();
await app.RunAsync();
return 0;
