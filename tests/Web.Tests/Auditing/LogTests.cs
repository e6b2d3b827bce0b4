using System.Collections.Concurrent;
using System.Text;
using CaseManagement.Web.Auditing;
using CaseManagement.Web.Tests.Api;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CaseManagement.Web.Tests.Auditing;

/// <summary>What people tell does not stand in the log, whatever is done with it.</summary>
public sealed class LogTests : IDisposable
{
    private static readonly string[] Planted = ["Plantedname", "13912340007", "planted-note-5512", "planted-subject-5512", "planted-user-5512", "planted-reason-5512", "planted@example.test"];

    private readonly ApiHost _host = new();
    private readonly Lines _lines = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Names_numbers_texts_and_tracking_codes_occur_in_no_line()
    {
        await using var host = _host.WithWebHostBuilder(builder => builder.ConfigureServices(services => services.AddSingleton<ILoggerProvider>(_lines)));
        using var client = host.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        client.DefaultRequestHeaders.Add("X-Api-Key", ApiHost.Key);
        var body = Sample.Complaint("planted-subject-5512");
        body["complainant"] = new { name = "Plantedname", phone = "13912340007", email = "planted@example.test", confidential = true };
        var registered = await client.TellAsync("/api/v1/complaints", body, 201);
        var (id, code) = (registered["id"].Text(), registered["trackingCode"].Text());

        await client.TellAsync($"/api/v1/complaints/{id}/notes", new { text = "planted-note-5512\r\nforged line" });
        await client.AskAsync($"/api/v1/complaints/{id}");
        await client.AskAsync("/api/v1/complaints?q=13912340007");
        await client.GetAsync(new Uri($"/api/v1/audit?entity=planted-subject-5512", UriKind.Relative), Token);
        await client.GetAsync(new Uri($"/sign-in?returnUrl=planted-user-5512", UriKind.Relative), Token);
        await client.TellAsync("/api/v1/complaints", new { channel = "planted-reason-5512", complainant = 1 }, 400);
        await host.Services.GetRequiredService<Anchoring>().RunAsync(Token);
        await client.TellAsync("/api/v1/audit/verify", new { });
        using var export = await client.PostAsync("/api/v1/audit/export", new StringContent($$"""{"case":"{{id}}","values":true,"reason":"planted-reason-5512"}""", Encoding.UTF8, "application/json"), Token);
        Assert.True(export.IsSuccessStatusCode);

        Assert.NotEmpty(_lines.All);
        Assert.All(_lines.All, line => Assert.DoesNotContain([.. Planted, code], planted => line.Contains(planted, StringComparison.Ordinal)));
    }

    public void Dispose()
    {
        _lines.Dispose();
        _host.Dispose();
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> All { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            All.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
