using System.Net;
using CaseManagement.Web.Tests.Pages;

namespace CaseManagement.Web.Tests.Designer;

public sealed class DesignerPagesTests(Site site) : IClassFixture<Site>
{
    [Theory]
    [InlineData("/studio")]
    [InlineData("/studio/instances")]
    [InlineData("/studio/definitions/standard-complaint")]
    [InlineData("/studio/processes/standard-complaint")]
    [InlineData("/studio/bar?view=Definition&definition=standard-complaint")]
    public async Task Owners_draw_and_those_who_answer_for_them_look_on_and_for_others_there_is_no_designer(string address)
    {
        foreach (var person in (string[])["owner", "admin", "auditor", "zhou"])
        {
            Assert.Equal(HttpStatusCode.OK, (await (await site.AsAsync(person)).GetAsync(address)).StatusCode);
        }

        foreach (var person in (string[])["li", "chen", "wu"])
        {
            Assert.Equal(HttpStatusCode.NotFound, (await (await site.AsAsync(person)).GetAsync(address)).StatusCode);
        }
    }

    [Fact]
    public async Task The_page_lets_Studio_speak_to_its_own_realm_only()
    {
        var answer = await (await site.AsAsync("owner")).GetAsync("/studio");

        Assert.Equal(
            "default-src 'self'; script-src 'self' 'wasm-unsafe-eval' 'sha256-snlP1jz0gjwc5cTz9ErZcliXuCK63+Mmf68RRCeptgc=' 'sha256-vu6sQrKXQHR4Yn3FMMihA/9TxxfIXnCxKwvLrTPJ5ts='; " +
            "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src http://localhost/elsa/ http://localhost/studio/; " +
            "worker-src 'self' blob:; frame-src 'none'; form-action 'none'; object-src 'none'; base-uri 'self'; frame-ancestors 'none'",
            answer.Headers.GetValues("Content-Security-Policy").Single());
    }

    [Fact]
    public async Task Other_pages_keep_the_strict_policy() =>
        Assert.Contains(
            "default-src 'none'", (await (await site.AsAsync("owner")).GetAsync("/processes")).Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);

    [Fact]
    public async Task The_page_holds_no_token()
    {
        var page = await (await site.AsAsync("owner")).ReadAsync("/studio/definitions/standard-complaint");

        Assert.DoesNotContain("eyJ", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_bar_says_which_version_is_shown_and_leads_back_to_its_process()
    {
        var bar = await (await site.AsAsync("owner")).ReadAsync("/studio/bar?view=Definition&definition=standard-complaint");

        Assert.Contains("标准投诉处理 · 第 1 版", bar, StringComparison.Ordinal);
        Assert.Contains("已发布", bar, StringComparison.Ordinal);
        Assert.Contains("href=\"/processes/standard-complaint?version=1\"", bar, StringComparison.Ordinal);
        Assert.Contains("href=\"/processes/standard-complaint?version=1&tab=findings\"", bar, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_looks_on_is_told_so()
    {
        const string bar = "/studio/bar?view=Definition&definition=standard-complaint";

        Assert.Contains("Read only", await (await site.AsAsync("auditor", "en")).ReadAsync(bar), StringComparison.Ordinal);
        Assert.DoesNotContain("Read only", await (await site.AsAsync("owner", "en")).ReadAsync(bar), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_process_shows_each_of_its_workflows_to_read_and_to_open()
    {
        var page = await (await site.AsAsync("owner")).ReadAsync("/studio/processes/standard-complaint");

        foreach (var workflow in (string[])["standard-complaint", "standard-consultation", "standard-suggestion"])
        {
            Assert.Contains($"href=\"/studio/definitions/{workflow}\"", page, StringComparison.Ordinal);
        }

        Assert.Contains("用于投诉", page, StringComparison.Ordinal);
        Assert.Contains("调查并提出方案", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/processes/standard-complaint/designer", "/studio/processes/standard-complaint")]
    [InlineData("/processes/standard-complaint/designer?workflow=standard-suggestion", "/studio/definitions/standard-suggestion")]
    public async Task A_process_leads_to_its_drawings_by_an_address_of_its_own(string address, string designer) =>
        Assert.Equal(designer, (await (await site.AsAsync("owner")).GetAsync(address)).Headers.Location!.ToString());

    [Theory]
    [InlineData("/studio/definitions/none")]
    [InlineData("/studio/processes/none")]
    [InlineData("/studio/bar?view=Definition&definition=none")]
    public async Task What_is_not_there_is_not_found(string address) =>
        Assert.Equal(HttpStatusCode.NotFound, (await (await site.AsAsync("owner")).GetAsync(address)).StatusCode);

    [Fact]
    public async Task The_process_page_and_the_rail_lead_to_the_designer_for_those_who_may()
    {
        var owner = await (await site.AsAsync("owner")).ReadAsync("/processes/standard-complaint");
        var handler = await (await site.AsAsync("li")).ReadAsync("/processes/standard-complaint");

        Assert.Contains("href=\"/studio\"", owner, StringComparison.Ordinal);
        Assert.Contains("href=\"/studio/processes/standard-complaint\"", owner, StringComparison.Ordinal);
        Assert.DoesNotContain("/studio", handler, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signing_out_is_asked_on_a_page_of_its_own_because_the_designers_pages_may_send_no_forms()
    {
        var owner = await site.AsAsync("owner");
        Assert.Contains("href=\"/sign-out\"", await owner.ReadAsync("/studio"), StringComparison.Ordinal);
        Assert.DoesNotContain("<form", await owner.ReadAsync("/studio/definitions/standard-complaint"), StringComparison.Ordinal);

        await owner.GetAsync("/sign-out");
        Assert.Equal(HttpStatusCode.OK, (await owner.GetAsync("/processes")).StatusCode);
        await owner.PostAsync("/sign-out");
        Assert.Equal(HttpStatusCode.Redirect, (await owner.GetAsync("/processes")).StatusCode);
    }
}
