using System.Net;
using System.Text.Json.Nodes;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Tests.Pages.Processes;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.Web.Tests.Reporting;

/// <summary>An administrator enters figures as a file: first what would change, then it is done.</summary>
public sealed class FigurePageTests : IAsyncDisposable
{
    private readonly OwnerHost _host = new();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_file_is_shown_with_the_cases_it_changes_before_it_is_entered()
    {
        var installer = _host.Services.GetRequiredService<ProcessInstaller>();
        var pack = new StandardPack().Change("facts.json", json => json["facts"]!.AsArray().Add(JsonNode.Parse(
            """{"key": "livingCost", "name": {"zh": "生活费", "en": "Living cost"}, "type": "money", "by": "reference", "unit": "CNY", "min": 0}""")));
        var by = new Actor(ActorKind.System, "test");
        var imported = await installer.ImportAsync(pack.Files, null, by, TestContext.Current.CancellationToken);
        await installer.PublishAsync(imported.Key, imported.Version!.Value, null, by, confirms: null, TestContext.Current.CancellationToken);
        var complaint = await _host.RegisterAsync();
        var admin = await _host.SignInAsync("admin");
        Dictionary<string, string?> Form(string csv, string? step = null) => new() { ["Process"] = OwnerHost.Process, ["Csv"] = csv, ["Step"] = step };

        var wrong = await admin.PostAsync("/figures", "/figures", Form("name,days,value,source\nlivingCost,soon,30000,Bureau\n"));
        var shown = await admin.PostAsync("/figures", "/figures", Form("name,days,value,source\nlivingCost,2026-01-01,30000,Bureau\n"));
        var preview = WebUtility.HtmlDecode(await shown.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.OK), (wrong.StatusCode, shown.StatusCode));
        Assert.Contains("Figure 1: The days cannot be read", WebUtility.HtmlDecode(await wrong.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)), StringComparison.Ordinal);
        Assert.Contains(complaint.Number, preview, StringComparison.Ordinal);
        Assert.DoesNotContain("30,000", await admin.ReadAsync("/figures"), StringComparison.Ordinal);

        var entered = await admin.PostAsync("/figures", "/figures", Form("name,days,value,source\nlivingCost,2026-01-01,30000,Bureau\n", "apply"));

        Assert.Equal(HttpStatusCode.Redirect, entered.StatusCode);
        Assert.Contains("30,000 CNY", await admin.ReadAsync("/figures"), StringComparison.Ordinal);
        Assert.DoesNotContain("Enter many", await (await _host.SignInAsync("owner")).ReadAsync("/figures"), StringComparison.Ordinal);
    }
}
