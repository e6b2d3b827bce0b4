using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Infrastructure;

#pragma warning disable RS0030 // the one place that names the system clock
var wallClock = TimeProvider.System;
#pragma warning restore RS0030

var builder = WebApplication.CreateBuilder(args);
builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
builder.Services.AddSingleton(wallClock);
builder.Services.AddPreferences();
builder.Services.AddFeatures();
builder.Services.AddSessions(builder.Environment, wallClock);
builder.Services.AddProblemDetails();
builder.Services.AddScoped<DateWords>().AddScoped<ClockWords>();

var app = builder.Build();
app.UseSecurityHeaders();
app.UseErrorPages();
app.UsePreferences();
app.UseAuthentication();
app.UseAuthorization();
app.MapStaticAssets().AllowAnonymous();
app.MapControllers();
await app.RunAsync();
