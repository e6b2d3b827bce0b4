using System.Text.Json.Nodes;
using CaseManagement.Domain.Parties;
using CaseManagement.Tests;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Tests.Api;
using CaseManagement.Web.Timers;
using CaseManagement.Workflows.Cases.Store;
using CaseManagement.Workflows.Simulation;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.Web.Tests.Delivery;

/// <summary>A process of complaints that asks another system before somebody gets a task.</summary>
public sealed class HttpStepInACaseTests : IAsyncLifetime
{
    private readonly ApiHost _host = new();
    private WebApplicationFactory<Program> _product = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        // the test delivers by itself, when it wants to
        _product = _host.WithWebHostBuilder(builder => builder.ConfigureTestServices(services =>
        {
            foreach (var dispatcher in services.Where(s => s.ImplementationFactory?.Method.ReturnType == typeof(OutboxDispatcher)).ToList())
            {
                services.Remove(dispatcher);
            }
        }));
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _product.DisposeAsync();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task The_case_waits_for_the_answer_its_timeline_says_so_and_the_process_goes_on_when_none_comes()
    {
        await InstallAsync();
        using var client = _product.CreateClient();
        client.DefaultRequestHeaders.Add("X-Api-Key", ApiHost.Key);
        var body = Sample.Complaint();
        body["kind"] = "consultation";
        var registered = await client.TellAsync("/api/v1/complaints", body, 201);
        var id = Guid.Parse(registered["id"].Text());

        Assert.Empty(registered["tasks"]!.AsArray());
        var message = Assert.Single(await MessagesAsync(id));
        Assert.Equal((MessageStates.Pending, "https://erp.example.com"), (message.State, message.Address));
        await _product.Services.GetRequiredService<OutboxDispatcher>().DeliverDueAsync(Token);

        var after = await client.AskAsync($"/api/v1/complaints/{id}");
        Assert.Single(after["tasks"]!.AsArray());
        Assert.Equal(MessageStates.Parked, Assert.Single(await MessagesAsync(id)).State);
        await using var db = await DatabaseAsync();
        var told = await db.Events.SingleAsync(e => e.ComplaintId == id && e.Type == Domain.Complaints.CaseEvents.MessageQueued && e.Data.Contains("http"), Token);
        Assert.Contains("erp.example.com", told.Data, StringComparison.Ordinal);
    }

    private async Task InstallAsync()
    {
        var files = PackFiles.ReadFolder(Path.Combine(SharedMaterial.Root, "Workflows", "Processes", "standard-complaint")).ToDictionary(f => f.Key, f => f.Value);
        var name = "workflows/standard-consultation.json";
        var workflow = JsonNode.Parse(files[name])!;
        var (root, first) = (workflow["root"]!, workflow["root"]!["connections"]![0]!);
        root["activities"]!.AsArray().Add(new JsonObject
        {
            ["id"] = "ask",
            ["nodeId"] = $"Workflow1:{root["id"]}:ask",
            ["type"] = "Elsa.FlowSendHttpRequest",
            ["url"] = new JsonObject
            {
                ["typeName"] = "Uri",
                ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = "https://erp.example.com/customers" },
            },
        });
        root["connections"]!.AsArray().Add(new JsonObject
        {
            ["source"] = new JsonObject { ["activity"] = "ask", ["port"] = "Failed to connect" },
            ["target"] = first["target"]!.DeepClone(),
        });
        first["target"]!["activity"] = "ask";
        files[name] = workflow.ToJsonString();

        var installer = _product.Services.GetRequiredService<ProcessInstaller>();
        var imported = await installer.ImportAsync(files, null, Actor.Workflow, Token);
        await installer.PublishAsync(imported.Key, imported.Version!.Value, null, new Actor(ActorKind.System, "test"), confirms: null, Token);
    }

    private async Task<List<MessageRow>> MessagesAsync(Guid complaint)
    {
        await using var db = await DatabaseAsync();
        return await db.Messages.AsNoTracking().Where(m => m.ComplaintId == complaint && m.Channel == "http").ToListAsync(Token);
    }

    private Task<CaseManagementDbContext> DatabaseAsync() =>
        _product.Services.GetRequiredService<IDbContextFactory<CaseManagementDbContext>>().CreateDbContextAsync(Token);
}
