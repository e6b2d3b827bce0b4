using System.Text.Json.Nodes;
using CaseManagement.Web.Tests.Api;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.Web.Tests.Reporting;

/// <summary>Reports over the API: what is counted, for whom, and that they follow the cases.</summary>
public sealed class ReportApiTests : IAsyncDisposable
{
    private const string September = "/api/v1/reports/monthly?from=2026-09";

    private readonly ApiHost _host = new();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_report_counts_cases_by_their_groups_and_follows_them()
    {
        using var program = _host.Client();
        var first = await RegisterAsync(program, "goods", "phone");
        await RegisterAsync(program, "goods", "phone");
        await RegisterAsync(program, "price", "web");

        var report = await program.AskAsync(September + "&by=lead");

        Assert.Equal(3, (int)report["total"]!["cells"]!["received"]!["value"]!);
        Assert.Equal([("finance", 1), ("quality", 2)], report["rows"]!.AsArray().Select(row => ((string)row!["by"]!["lead"]!, (int)row["cells"]!["received"]!["value"]!)));
        Assert.True((bool)report["complete"]!);
        Assert.Equal("当期办结件", (string)report["measures"]![1]!["baseName"]!["zh"]!);

        await program.TellAsync($"/api/v1/complaints/{first}/level", new { level = "serious", reason = "Somebody was hurt" });
        await RegisterAsync(program, "goods", "web");
        var again = await program.AskAsync(September + "&by=level");

        Assert.Equal([("general", 3), ("serious", 1)], again["rows"]!.AsArray().Select(row => ((string)row!["by"]!["level"]!, (int)row["cells"]!["received"]!["value"]!)));
        Assert.Equal(0, (int)(await program.AskAsync("/api/v1/reports/monthly?from=2026-08"))["total"]!["cells"]!["received"]!["value"]!);
    }

    [Fact]
    public async Task Everybody_counts_the_cases_they_may_see_and_small_numbers_with_closely_kept_ones_are_not_told()
    {
        using var program = _host.Client();
        var close = await RegisterAsync(program, "goods", "phone");
        await RegisterAsync(program, "goods", "phone");
        await RegisterAsync(program, "price", "web");
        await using (var db = await _host.Services.GetRequiredService<IDbContextFactory<Web.Persistence.CaseManagementDbContext>>().CreateDbContextAsync(TestContext.Current.CancellationToken))
        {
            var id = Guid.Parse(close);
            await db.Cases.Where(c => c.Id == id).ExecuteUpdateAsync(set => set.SetProperty(c => c.Confidentiality, 2), TestContext.Current.CancellationToken);
        }

        using var restricted = await _host.WithKeyAsync("reports.read", "cases.restricted");
        using var plain = await _host.WithKeyAsync("reports.read");
        using var manager = _host.Client("wu");

        Assert.Equal((2, false), Total(await plain.AskAsync(September)));
        Assert.Equal((2, false), Total(await manager.AskAsync(September)));
        Assert.Equal((null, true), Total(await restricted.AskAsync(September)));

        static (int?, bool) Total(JsonNode report) => ((int?)report["total"]!["cells"]!["received"]!["value"], (bool)report["total"]!["cells"]!["received"]!["suppressed"]!);
    }

    [Theory]
    [InlineData("/api/v1/reports/monthly?from=2025-01-01&to=2026-09-01", 400, "report-too-long")]
    [InlineData("/api/v1/reports/monthly?from=yesterday", 400, "period-unreadable")]
    [InlineData("/api/v1/reports/monthly?by=handler", 400, "grouping-unknown")]
    [InlineData("/api/v1/reports/weekly", 404, "report-unknown")]
    [InlineData("/api/v1/reports/monthly?process=none", 404, "report-unknown")]
    public async Task What_cannot_be_reported_is_refused(string address, int status, string code)
    {
        using var program = _host.Client();

        var refused = await program.AskAsync(address, status);

        Assert.Contains(code, refused.ToJsonString(), StringComparison.Ordinal);
    }

    private static async Task<string> RegisterAsync(HttpClient program, string category, string channel)
    {
        var body = Sample.Complaint();
        (body["category"], body["channel"]) = (category, channel);
        return (await program.TellAsync("/api/v1/complaints", body, 201))["id"].Text();
    }
}
