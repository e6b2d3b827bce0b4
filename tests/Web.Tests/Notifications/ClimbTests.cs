using System.Text.Json.Nodes;
using CaseManagement.Domain.Parties;
using CaseManagement.Tests;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Tests.Api;
using CaseManagement.Workflows.Simulation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.Web.Tests.Notifications;

/// <summary>A first reply of 24 hours whose rungs climb the organisation chart: before it is due, when it is, and twice after.</summary>
public sealed class ClimbTests : IAsyncLifetime
{
    private readonly MailHost _host = new();
    private HttpClient _api = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _api = _host.Api();
        await _host.OrganiseAsync(("service", "branch", "zhou", null), ("branch", "company", null, "wu"), ("company", null, "liu", null));
        await InstallAsync(
            """{"key": "warn", "at": "due - 4 hours", "do": [{"notify": ["head:lead"], "template": "nearly-due"}]}""",
            """{"key": "overdue", "at": "due", "do": [{"notify": ["up:gm"], "template": "overdue"}]}""",
            """{"key": "higher", "at": "due + 2 hours", "do": [{"notify": ["up:gm"], "template": "overdue"}, {"reassign": "up:gm"}, {"raise": "one"}]}""",
            """{"key": "top", "at": "due + 4 hours", "do": [{"notify": ["up:gm", "user:sun"], "template": "overdue"}, {"approve": "amount"}]}""");
    }

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Each_rung_climbs_one_level_and_the_timeline_says_who_was_told_and_why_in_both_languages()
    {
        var id = await RegisterAsync();

        await MailHost.PassAsync(_api, "PT30H");
        await MailHost.PassAsync(_api, "PT30H");

        var told = (await EscalationsAsync(id)).Select(e => e["data"]!["to"].Text());
        Assert.Equal(["user:zhou", "user:wu", "user:liu", "gm", "user:sun"], told);
        var en = await TextsAsync(id, "en");
        Assert.Contains("Escalated to 周涛; First reply · 4 hours before it is due · head of Customer service", en);
        Assert.Contains("Escalated to 吴刚; First reply · when due · stands in for the vacant head of branch department", en);
        Assert.Contains(en, text => text.StartsWith("Escalated to General manager; First reply · 4 hours after it is due · nobody above is left", StringComparison.Ordinal));
        var zh = await TextsAsync(id, "zh-CN");
        Assert.Contains("升级：通知周涛；首次答复 · 到期前 4 小时 · 客服部负责人", zh);
        Assert.Contains("升级：通知吴刚；首次答复 · 到期时 · branch部负责人空缺，由代理人接", zh);
        var page = await (await _host.AsAsync("zhou", "zh-CN")).ReadAsync($"/cases/{id}?kind=Escalation");
        Assert.Contains("升级：通知吴刚", page, StringComparison.Ordinal);
        Assert.Contains("branch部负责人空缺，由代理人接", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rung_reassigns_to_whom_it_tells_raises_the_level_and_asks_for_an_approval_once()
    {
        var id = await RegisterAsync();

        await MailHost.PassAsync(_api, "P2D");

        var complaint = await _api.AskAsync($"/api/v1/complaints/{id}");
        Assert.Equal("serious", complaint["level"].Text());
        var timeline = (await _api.AskAsync($"/api/v1/complaints/{id}/timeline")).AsArray();
        var reassigned = Assert.Single(timeline, e => e!["type"].Text() == "task.reassigned")!;
        Assert.Equal(["user:liu"], reassigned["data"]!["candidates"]!.AsArray().Select(c => c.Text()));
        Assert.Equal("higher", reassigned["data"]!["rung"].Text());
        var raised = Assert.Single(timeline, e => e!["type"].Text() == "level.changed" && e["data"]!["whyEn"]?.Text() is { } why && why.StartsWith("First reply", StringComparison.Ordinal))!;
        Assert.Equal("首次答复：到期后 2 小时", raised["data"]!["whyZh"].Text());
        Assert.Single(timeline, e => e!["type"].Text() == "approval.opened");
        Assert.Equal(4, timeline.Count(e => e!["type"].Text() == "rung.acted" && e["data"]!["clock"].Text() == "reply"));
    }

    [Fact]
    public async Task Who_is_complained_of_is_passed_over_with_the_departments_they_lead()
    {
        var id = await RegisterAsync(respondent: "周涛");

        await MailHost.PassAsync(_api, "PT22H");

        var told = Assert.Single(await EscalationsAsync(id))!;
        Assert.Equal("user:wu", told["data"]!["to"].Text());
        Assert.Contains("Customer service is recused", Assert.Single(await TextsAsync(id, "en"), t => t.StartsWith("Escalated", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chart_that_changes_while_the_clock_runs_holds_for_the_rungs_to_come()
    {
        var id = await RegisterAsync();
        await MailHost.PassAsync(_api, "PT21H");

        await _host.OrganiseAsync(("service", "company", "zhou", null));
        await MailHost.PassAsync(_api, "PT4H");

        Assert.Equal(["user:zhou", "user:liu"], (await EscalationsAsync(id)).Select(e => e["data"]!["to"].Text()));
    }

    [Fact]
    public async Task Who_has_left_is_not_told()
    {
        await _host.ChangeAsync(async db => (await db.Users.SingleAsync(u => u.Id == "zhou", Token)).IsActive = false);
        var id = await RegisterAsync();

        await MailHost.PassAsync(_api, "PT21H");

        Assert.Equal("user:wu", Assert.Single(await EscalationsAsync(id))["data"]!["to"].Text());
    }

    private async Task<string> RegisterAsync(string? respondent = null)
    {
        var body = Sample.Complaint();
        if (respondent is not null)
        {
            body["respondent"] = new { person = respondent };
        }

        return (await _api.TellAsync("/api/v1/complaints", body, 201))["id"].Text();
    }

    private async Task<List<JsonNode>> EscalationsAsync(string id) =>
        [.. (await _api.AskAsync($"/api/v1/complaints/{id}/timeline")).AsArray().Where(e => e!["type"].Text() == "escalated" && e["data"]!["clock"].Text() == "reply").Select(e => e!)];

    private async Task<List<string>> TextsAsync(string id, string language)
    {
        using var client = _host.Api();
        client.DefaultRequestHeaders.Remove("Accept-Language");
        client.DefaultRequestHeaders.Add("Accept-Language", language);
        return [.. (await client.AskAsync($"/api/v1/complaints/{id}/timeline")).AsArray().Select(e => e!["text"].Text())];
    }

    private async Task InstallAsync(params string[] rungs)
    {
        var files = PackFiles.ReadFolder(Path.Combine(SharedMaterial.Root, "Workflows", "Processes", "standard-complaint")).ToDictionary(f => f.Key, f => f.Value);
        var limits = JsonNode.Parse(files["limits.json"])!;
        limits["limits"]![0]!["rungs"] = new JsonArray([.. rungs.Select(r => JsonNode.Parse(r))]);
        files["limits.json"] = limits.ToJsonString();
        var installer = _host.Services.GetRequiredService<ProcessInstaller>();
        var imported = await installer.ImportAsync(files, null, Actor.Workflow, Token);
        var asked = await Assert.ThrowsAsync<PowersNotConfirmedException>(
            () => installer.PublishAsync(imported.Key, imported.Version!.Value, null, Actor.Workflow, confirms: null, Token));
        await installer.PublishAsync(imported.Key, imported.Version!.Value, null, Actor.Workflow, PublishReview.DigestOf(asked.Powers), Token);
    }
}
