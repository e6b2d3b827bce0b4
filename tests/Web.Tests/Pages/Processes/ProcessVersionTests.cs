using System.Net;
using System.Text.Json;
using CaseManagement.Domain;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Persistence.Settings;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.Web.Tests.Pages.Processes;

/// <summary>The process owner sees what a version changes, what is wrong with it and what it gives away, and who did what.</summary>
public sealed class ProcessVersionTests(OwnerHost host) : IClassFixture<OwnerHost>
{
    private const string Page = $"/processes/{OwnerHost.Process}";

    [Theory]
    [InlineData("en", "First reply", "24 hours", "12 hours", "Against v1 the draft adds 0, removes 0, changes 1.")]
    [InlineData("zh-CN", "首次答复", "24 小时", "12 小时", "草稿比第 1 版多 0 项、少 0 项、改 1 项。")]
    public async Task A_draft_is_compared_with_the_version_in_use(string language, string limit, string before, string after, string summary)
    {
        var owner = await host.SignInAsync("owner", language);
        var version = await ImportAsync(host, owner, new StandardPack().WithFirstReplyIn(12));

        var page = await owner.ReadAsync($"{Page}?version={version}");

        Assert.Contains($"<del>{before}</del>", page, StringComparison.Ordinal);
        Assert.Contains($"<ins>{after}</ins>", page, StringComparison.Ordinal);
        Assert.Contains(limit, page, StringComparison.Ordinal);
        Assert.Contains(summary, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_flow_is_marked_on_the_diagram_by_sign_and_not_by_colour_alone()
    {
        var owner = await host.SignInAsync("owner");
        var version = await ImportAsync(host, owner, new StandardPack().WithSupplierTold());

        var forwards = await owner.ReadAsync($"{Page}?version={version}&tab=compare&from=1&to={version}");
        var backwards = await owner.ReadAsync($"{Page}?version={version}&tab=compare&from={version}&to=1");

        Assert.Contains("<g class=\"add\">", forwards, StringComparison.Ordinal);
        Assert.Contains("+ added", forwards, StringComparison.Ordinal);
        Assert.Contains("First reply → Tell the supplier", forwards, StringComparison.Ordinal);
        Assert.Contains("<g class=\"del\">", backwards, StringComparison.Ordinal);
        Assert.Contains("− removed", backwards, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_finding_leads_to_its_shape_and_to_the_designer()
    {
        var owner = await host.SignInAsync("owner");
        var version = await ImportAsync(host, owner, new StandardPack().WithUnknownRole());

        var findings = await owner.ReadAsync($"{Page}?version={version}&tab=findings");
        var shape = await owner.ReadAsync($"{Page}?version={version}&tab=findings&shape=standard-complaint%2Fhandle");

        Assert.Contains("Complaints", findings, StringComparison.Ordinal);
        Assert.Contains("There is no role 'nobody-knows'", findings, StringComparison.Ordinal);
        Assert.Contains("Add the role to departments and roles, or choose one there is.", findings, StringComparison.Ordinal);
        Assert.Contains("shape=standard-complaint%2Fhandle#diagram", findings, StringComparison.Ordinal);
        Assert.Contains("/studio/definitions/standard-complaint#step-handle", findings, StringComparison.Ordinal);
        Assert.Contains("<g class=\"must here\">", shape, StringComparison.Ordinal);
        Assert.Contains("nobody-knows</dd>", shape, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_version_without_findings_says_so()
    {
        var owner = await host.SignInAsync("owner");

        Assert.Contains("Nothing was found; it can be published.", await owner.ReadAsync($"{Page}?version=1&tab=findings"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_version_holds_is_told_in_words_with_the_way_to_the_limits()
    {
        var owner = await host.SignInAsync("owner");

        var page = await owner.ReadAsync($"{Page}?version=1&tab=content");

        Assert.Contains("id=\"p-limits-json-limits-reply\"", page, StringComparison.Ordinal);
        Assert.Contains($"/limits/{OwnerHost.Process}?limit=reply", page, StringComparison.Ordinal);
        Assert.Contains("Compensation proposed > 1000", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_version_gives_away_is_listed_confirmed_and_recorded()
    {
        await using var own = new OwnerHost();
        var owner = await own.SignInAsync("owner");
        var version = await ImportAsync(own, owner, new StandardPack().WithSupplierTold());

        var page = await owner.ReadAsync($"{Page}?version={version}");
        var unread = await owner.PostAsync($"{Page}?version={version}", $"{Page}/versions/{version}/publish", new() { ["f.note"] = "suppliers" });
        var stillDraft = await StateAsync(own, version);
        var other = await owner.PostAsync($"{Page}?version={version}", $"{Page}/versions/{version}/publish", new() { ["f.note"] = "suppliers", ["f.confirm"] = "what another version gave away" });
        var read = await owner.PostAsync($"{Page}?version={version}", $"{Page}/versions/{version}/publish", new() { ["f.note"] = "suppliers", ["f.confirm"] = "yes" });

        Assert.Contains("“Tell the supplier” sends “Passed on” to Supplier", page, StringComparison.Ordinal);
        Assert.Contains("carries personal data: Complainant (complainant.phone)", page, StringComparison.Ordinal);
        Assert.Contains("You had a hand in this version", page, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.BadRequest, ProcessVersionState.Draft), (unread.StatusCode, stillDraft));
        Assert.Equal(HttpStatusCode.BadRequest, other.StatusCode);
        Assert.Contains("tick the box", await OwnerHost.TextOf(unread), StringComparison.Ordinal);
        Assert.Contains("suppliers", await OwnerHost.TextOf(unread), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Redirect, ProcessVersionState.Published), (read.StatusCode, await StateAsync(own, version)));
        var recorded = await own.QueryAsync(db => db.ConfigurationEvents.SingleAsync(e => e.Type == PublishReview.Confirmed));
        var data = JsonDocument.Parse(recorded.Data).RootElement;
        Assert.Equal(("owner", "waived", 2), (recorded.ActorId, data.GetProperty("separation").GetString(), data.GetProperty("count").GetInt32()));
        Assert.Contains("Published by its own author", await owner.ReadAsync($"{Page}?tab=history"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_duties_are_separated_the_author_of_what_gives_something_away_cannot_publish_it_but_another_owner_can()
    {
        await using var own = new OwnerHost { Settings = { ["Security:SeparationOfDuties"] = "Enforce" } };
        var owner = await own.SignInAsync("owner");
        var mine = await ImportAsync(own, owner, new StandardPack().WithSupplierTold());

        var page = await owner.ReadAsync($"{Page}?version={mine}");
        var refused = await owner.PostAsync($"{Page}?version={mine}", $"{Page}/versions/{mine}/publish", new() { ["f.note"] = "x", ["f.confirm"] = "yes" });
        var harmless = await ImportAsync(own, owner, new StandardPack().WithFirstReplyIn(12));
        var allowed = await owner.PostAsync($"{Page}?version={harmless}", $"{Page}/versions/{harmless}/publish", new() { ["f.note"] = "x" });
        var theirs = await own.Services.GetRequiredService<ProcessInstaller>().ImportAsync(
            new StandardPack().WithSupplierTold().Files, null, new Actor(ActorKind.Person, "somebody-else", "Somebody"), TestContext.Current.CancellationToken);
        var byKey = await Assert.ThrowsAsync<RuleViolationException>(() => own.Services.GetRequiredService<ProcessInstaller>().PublishAsync(
            OwnerHost.Process, theirs.Version!.Value, "x", new Actor(ActorKind.ApiKey, "key", "Key"), confirms: null, TestContext.Current.CancellationToken));
        var second = await owner.PostAsync(
            $"{Page}?version={theirs.Version}", $"{Page}/versions/{theirs.Version}/publish", new() { ["f.note"] = "x", ["f.confirm"] = "yes" });

        Assert.Contains("its author cannot publish it alone", page, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Conflict, ProcessVersionState.Superseded), (refused.StatusCode, await StateAsync(own, mine)));
        Assert.Equal(HttpStatusCode.Redirect, allowed.StatusCode);
        Assert.Equal(PublishReview.NeedsAnotherPublisher, byKey.Rule);
        Assert.Equal((HttpStatusCode.Redirect, ProcessVersionState.Published), (second.StatusCode, await StateAsync(own, theirs.Version!.Value)));
    }

    [Fact]
    public async Task Publishing_says_on_which_version_cases_start_and_how_many_stay()
    {
        await using var own = new OwnerHost();
        var owner = await own.SignInAsync("owner");
        await own.RegisterAsync();
        await own.RegisterAsync();
        var version = await ImportAsync(own, owner, new StandardPack().WithFirstReplyIn(12));

        var page = await owner.ReadAsync($"{Page}?version={version}");

        Assert.Contains($"New cases start on v{version}; v1 is retired.", page, StringComparison.Ordinal);
        Assert.Contains("2 open cases stay on v1.", page, StringComparison.Ordinal);
        Assert.Contains("No new recipients", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_earlier_version_becomes_a_draft_again_and_a_draft_is_lost_only_when_that_was_agreed()
    {
        await using var own = new OwnerHost();
        var owner = await own.SignInAsync("owner");
        var changed = await ImportAsync(own, owner, new StandardPack().WithFirstReplyIn(12));
        await owner.PostAsync($"{Page}?version={changed}", $"{Page}/versions/{changed}/publish", new() { ["f.note"] = "12 hours" });

        var made = await owner.PostAsync($"{Page}?version=1", $"{Page}/versions/1/draft", []);
        var first = await PackAsync(own, changed + 1);
        var inTheWay = await owner.PostAsync($"{Page}?version={changed}", $"{Page}/versions/{changed}/draft", []);
        var untouched = await PackAsync(own, changed + 1);
        var replaced = await owner.PostAsync($"{Page}?version={changed}", $"{Page}/versions/{changed}/draft", new() { ["replaces"] = $"{changed + 1}" });

        Assert.Equal(HttpStatusCode.Redirect, made.StatusCode);
        Assert.Equal((await PackAsync(own, 1), ProcessVersionState.Draft), (first, await StateAsync(own, changed + 1)));
        Assert.Equal((HttpStatusCode.Conflict, first), (inTheWay.StatusCode, untouched));
        Assert.Contains("Look at the draft", await OwnerHost.TextOf(inTheWay), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, replaced.StatusCode);
        Assert.Equal(await PackAsync(own, changed), await PackAsync(own, changed + 1));
        Assert.Equal(3, await own.QueryAsync(db => db.WorkflowDefinitions.CountAsync(d => d.ProcessVersion == changed + 1 && d.IsLatest)));
    }

    [Theory]
    [InlineData("en", "Imported v", "Published v1", "the product")]
    [InlineData("zh-CN", "导入第 ", "发布第 1 版", "系统")]
    public async Task The_history_says_who_did_what(string language, string imported, string published, string product)
    {
        var owner = await host.SignInAsync("owner", language);
        await ImportAsync(host, owner, new StandardPack(), "kept for the record");

        var page = await owner.ReadAsync($"{Page}?tab=history");

        Assert.Contains(imported, page, StringComparison.Ordinal);
        Assert.Contains("kept for the record", page, StringComparison.Ordinal);
        Assert.Contains(published, page, StringComparison.Ordinal);
        Assert.Contains(product, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_handles_cases_reads_versions_but_neither_the_history_nor_the_forms()
    {
        var handler = await host.SignInAsync("li");

        var page = await handler.ReadAsync($"{Page}?version=1");
        var asked = await handler.ReadAsync($"{Page}?tab=history");

        Assert.DoesNotContain("Who changed what", asked, StringComparison.Ordinal);
        Assert.DoesNotContain("tab=history", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/draft\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"publish\"", page, StringComparison.Ordinal);
    }

    private static async Task<int> ImportAsync(OwnerHost host, OwnerHost.Browser owner, StandardPack pack, string? note = null)
    {
        var answer = await owner.ImportAsync(pack.Zip, note);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return await host.QueryAsync(db => db.ProcessVersions.Where(p => p.ProcessKey == OwnerHost.Process).MaxAsync(p => p.Version));
    }

    private static Task<ProcessVersionState> StateAsync(OwnerHost host, int version) =>
        host.QueryAsync(db => db.ProcessVersions.Where(p => p.ProcessKey == OwnerHost.Process && p.Version == version).Select(p => p.State).SingleAsync());

    private static Task<string> PackAsync(OwnerHost host, int version) =>
        host.QueryAsync(db => db.ProcessVersions.Where(p => p.ProcessKey == OwnerHost.Process && p.Version == version).Select(p => p.PackJson).SingleAsync());
}
