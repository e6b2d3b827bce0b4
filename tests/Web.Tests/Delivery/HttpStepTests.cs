using System.Text.Json;
using CaseManagement.Web.Delivery;
using CaseManagement.Web.Infrastructure;
using CaseManagement.Web.Tests.Runtime;
using CaseManagement.Web.Timers;
using CaseManagement.Workflows.Cases.Store;
using CaseManagement.Workflows.Runtime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CaseManagement.Web.Tests.Delivery;

/// <summary>From the step over outbox and a real server back to the step.</summary>
public sealed class HttpStepTests : IAsyncLifetime
{
    private readonly OutgoingHttpOptions _options = new() { TimeoutSeconds = 10, MaxAttempts = 2 };
    private readonly List<string> _keys = [];
    private WebApplication _server = null!;
    private SqliteRuntime _product = null!;
    private string _origin = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _product = new SqliteRuntime();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _server = builder.Build();
        _server.Urls.Add("http://127.0.0.1:0");
        _server.MapPost("/echo", async context =>
        {
            Note(context);
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsJsonAsync(new { got = await new StreamReader(context.Request.Body).ReadToEndAsync(Token), auth = context.Request.Headers.Authorization.ToString() });
        });
        _server.MapGet("/redirect", context =>
        {
            Note(context);
            context.Response.Redirect("http://169.254.169.254/latest/meta-data");
            return Task.CompletedTask;
        });
        _server.MapGet("/never", async context => await Task.Delay(Timeout.Infinite, context.RequestAborted));
        _server.MapGet("/huge", async context =>
        {
            var block = new byte[64 * 1024];
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(block, context.RequestAborted);
            }
        });
        _server.MapGet("/broken", context =>
        {
            Note(context);
            context.Abort();
            return Task.CompletedTask;
        });
        await _server.StartAsync(Token);
        _origin = _server.Urls.Single();
        _options.AllowedHosts.Add(_origin);
        _options.AllowedNetworks.Add("127.0.0.1/32");
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _product.DisposeAsync();
    }

    [Fact]
    public async Task The_answer_of_another_system_resumes_the_step_after_a_restart_too()
    {
        var id = await StartAsync("/echo", "POST", content: "投诉");
        await _product.RestartAsync();

        await DeliverAsync();

        var instance = await _product.ReadAsync(id);
        var answer = (Dictionary<string, object?>)instance.Variables["Answer"]!;
        Assert.Equal((WorkflowSubStatus.Finished, "200"), (instance.SubStatus, instance.Variables["Way"]));
        Assert.Equal(("投诉", "Bearer secret"), (answer["got"], answer["auth"]));
        var message = Assert.Single(await _product.MessagesAsync());
        Assert.Equal(MessageStates.Delivered, message.State);
        Assert.Equal(message.Id.ToString(), Assert.Single(_keys));
    }

    [Fact]
    public async Task A_redirect_is_an_answer_and_is_not_followed()
    {
        var id = await StartAsync("/redirect");

        await DeliverAsync();

        Assert.Equal("Unmatched status code", (await _product.ReadAsync(id)).Variables["Way"]);
        Assert.Single(_keys);
    }

    [Fact]
    public async Task A_connection_that_breaks_is_tried_again_under_the_same_key_and_then_parked_and_the_step_goes_on()
    {
        var id = await StartAsync("/broken");

        await DeliverAsync();
        Assert.Equal(WorkflowSubStatus.Suspended, (await _product.ReadAsync(id)).SubStatus);
        _product.Clock.Advance(TimeSpan.FromMinutes(1));
        await DeliverAsync();

        Assert.Equal("Failed to connect", (await _product.ReadAsync(id)).Variables["Way"]);
        var message = Assert.Single(await _product.MessagesAsync());
        Assert.Equal((MessageStates.Parked, 2), (message.State, message.Attempts));
        Assert.NotNull(message.LastError);
        Assert.Equal(2, _keys.Count);
        Assert.Single(_keys.Distinct());
    }

    [Fact]
    public async Task A_server_that_never_answers_ends_in_Timeout()
    {
        _options.TimeoutSeconds = 1;
        _options.MaxAttempts = 1;
        var id = await StartAsync("/never");

        await DeliverAsync();

        Assert.Equal("Timeout", (await _product.ReadAsync(id)).Variables["Way"]);
        Assert.Equal(MessageStates.Parked, Assert.Single(await _product.MessagesAsync()).State);
    }

    [Fact]
    public async Task An_endless_answer_is_cut_off_and_only_its_status_is_told()
    {
        var id = await StartAsync("/huge");

        await DeliverAsync();

        var instance = await _product.ReadAsync(id);
        Assert.Equal(("200", null), (instance.Variables["Way"], instance.Variables["Answer"]));
    }

    [Fact]
    public async Task A_host_that_is_not_allowed_is_not_asked_and_the_message_is_parked_at_once()
    {
        _options.AllowedHosts.Clear();
        var id = await StartAsync("/echo", "POST");

        await DeliverAsync();

        Assert.Equal("Failed to connect", (await _product.ReadAsync(id)).Variables["Way"]);
        var message = Assert.Single(await _product.MessagesAsync());
        Assert.Equal(MessageStates.Parked, message.State);
        Assert.Contains("AllowedHosts", message.LastError, StringComparison.Ordinal);
        Assert.Empty(_keys);
    }

    [Fact]
    public async Task An_address_inside_the_own_network_is_refused_although_its_host_is_allowed()
    {
        _options.AllowedNetworks.Clear();
        var id = await StartAsync("/echo", "POST");

        await DeliverAsync();

        Assert.Equal("Failed to connect", (await _product.ReadAsync(id)).Variables["Way"]);
        Assert.Contains("AllowedNetworks", Assert.Single(await _product.MessagesAsync()).LastError, StringComparison.Ordinal);
        Assert.Empty(_keys);
    }

    private void Note(HttpContext context) => _keys.Add(context.Request.Headers["Idempotency-Key"].ToString());

    private Task<Guid> StartAsync(string path, string method = "GET", string? content = null)
    {
        static object Literal(object? value) => new { typeName = "Object", expression = new { type = "Literal", value } };
        static object Way(string name) => new
        {
            id = name,
            type = "Elsa.SetVariable",
            variable = new { id = "Way", name = "Way" },
            value = Literal(name),
        };
        string[] ways = ["200", "Unmatched status code", "Failed to connect", "Timeout"];
        return _product.StartAsync(JsonSerializer.Serialize(new
        {
            definitionId = "asks",
            variables = new[] { new { id = "Way", name = "Way", typeName = "String" }, new { id = "Answer", name = "Answer", typeName = "Object" } },
            root = new
            {
                id = "Flowchart1",
                type = "Elsa.Flowchart",
                activities = ((object[])
                [
                    new
                    {
                        id = "ask", type = "Elsa.FlowSendHttpRequest", url = Literal(_origin + path), method = Literal(method),
                        content = content is null ? null : Literal(content), authorization = Literal("Bearer secret"),
                        expectedStatusCodes = Literal("[200]"),
                        parsedContent = new { typeName = "Object", memoryReference = new { id = "Answer" } },
                    },
                ]).Concat(ways.Select(Way)),
                connections = ways.Select(w => new { source = new { activity = "ask", port = w }, target = new { activity = w, port = "In" } }),
            },
        }));
    }

    private async Task DeliverAsync()
    {
        using var channel = new HttpRequestChannel(new EgressPolicy(Options.Create(_options)), Options.Create(_options));
        using var dispatcher = new OutboxDispatcher(
            _product.Store, [channel], _product.Cases, new TrackingCodes(new EphemeralDataProtectionProvider()), _product.Clock, _product.Clock, NullLogger<OutboxDispatcher>.Instance);
        Assert.Equal(1, await dispatcher.DeliverDueAsync(Token));
    }
}
