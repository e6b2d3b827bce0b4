using System.Text.Json.Nodes;
using CaseManagement.Domain.Complaints;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Tests.Api;
using CaseManagement.Web.Tests.Pages.Processes;
using CaseManagement.Workflows.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.Web.Tests.Reporting;

/// <summary>Figures over the API: which open cases they change, that they change them, and by which day.</summary>
public sealed class FigureApiTests : IAsyncDisposable
{
    private const string Figures = "/api/v1/processes/standard-complaint/figures";

    private readonly ApiHost _host = new();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_figure_says_first_which_open_cases_it_changes_and_holds_for_those_of_its_days()
    {
        using var program = _host.Client();
        await PublishAsync();
        var complaint = await program.TellAsync("/api/v1/complaints", Sample.Complaint(), 201);
        var given = new { source = "Statistics bureau", figures = new[] { new { name = "livingCost", days = "2026-01-01", value = 30_000 } } };

        var preview = await program.TellAsync(Figures + "?preview=true", given);

        Assert.Equal((complaint["number"].Text(), null, "30000"), (preview["affected"]![0]!["number"].Text(), (string?)preview["affected"]![0]!["before"], (string?)preview["affected"]![0]!["after"]));
        Assert.Equal((null, "general"), await SeenAsync(complaint));

        await program.TellAsync(Figures, given);

        Assert.Equal((30_000m, "serious"), await SeenAsync(complaint));

        // of next year's nothing of today's cases changes
        var next = await program.TellAsync(Figures, new { source = "Statistics bureau", figures = new[] { new { name = "livingCost", days = "2027-01-01", value = 33_000 } } });

        Assert.Empty(next["affected"]!.AsArray());
        Assert.Equal((30_000m, "serious"), await SeenAsync(complaint));
        Assert.Equal(["30000", "33000"], (await program.AskAsync(Figures))["figures"]!.AsArray().Select(figure => figure!["value"]!.ToJsonString()));
        await using var db = await _host.Services.GetRequiredService<IDbContextFactory<CaseManagementDbContext>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, await db.ConfigurationEvents.CountAsync(e => e.Stream == "figures:standard-complaint" && e.Type == "figures.changed", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_cannot_be_read_changes_nothing_and_every_fault_is_named()
    {
        using var program = _host.Client();
        await PublishAsync();

        var refused = await program.TellAsync(
            Figures,
            new { source = "x", figures = new object[] { new { name = "livingCost", days = "2026-01-01", value = 1 }, new { name = "moon", days = "soon", value = 2 }, new { name = "livingCost", days = "2026", value = -5 } } }, 400);

        Assert.Equal(["figures[1].days", "figures[1].name", "figures[2].value"], refused["errors"]!.AsObject().Select(error => error.Key).Order(StringComparer.Ordinal));
        Assert.Empty((await program.AskAsync(Figures))["figures"]!.AsArray());
    }

    private async Task PublishAsync()
    {
        using var owner = _host.Client("owner");
        var pack = new StandardPack()
            .Change("facts.json", json => json["facts"]!.AsArray().Add(JsonNode.Parse(
                """{"key": "livingCost", "name": {"zh": "生活费", "en": "Living cost"}, "type": "money", "by": "reference", "unit": "CNY", "min": 0, "per": "city and year"}""")))
            .Change("tables.json", json => json["tables"]![0]!["rows"]!.AsArray().Insert(0, JsonNode.Parse(
                """{"if": {"livingCost": ">= 30000"}, "then": {"level": "serious"}, "why": {"zh": "高", "en": "High"}}""")));
        await owner.TellAsync("/api/v1/processes/import", new { files = pack.Files }, 201);
        await owner.TellAsync("/api/v1/processes/standard-complaint/publish", new { version = 2 });
    }

    private async Task<(decimal? Cost, string? Level)> SeenAsync(JsonNode complaint)
    {
        var read = (await _host.Services.GetRequiredService<CaseRuntime>().ReadAsync(Guid.Parse(complaint["id"].Text()), TestContext.Current.CancellationToken))!;
        var facts = new CaseFacts(read.Complaint, read.Rules);
        return (facts.Read("livingCost").Number, facts.Read("level").Text);
    }
}
