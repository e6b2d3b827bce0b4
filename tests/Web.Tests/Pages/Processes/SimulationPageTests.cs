using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Tests.Pages.Processes;

/// <summary>The process owner tries a version out and replays cases on the pages. Nothing here changes anything, so one site serves all.</summary>
public sealed class SimulationPageTests(Site site) : IClassFixture<Site>
{
    private const string Simulation = "/processes/standard-complaint/simulation";
    private const string Replay = "/processes/standard-complaint/replay";

    private static readonly (string, string)[] Case =
    [
        ("step", "case"), ("version", "1"), ("kind", "complaint"), ("f.channel", "phone"), ("f.receivedAt", "2027-01-04T09:00"), ("f.subject", "A lamp"),
        ("f.description", "It broke."), ("f.category", "service"),
    ];

    [Theory]
    [InlineData("en", "Escalated to Manager", "Sun 10 Jan")]
    [InlineData("zh-CN", "升级：通知经理", "01-10 周日")]
    public async Task A_case_nobody_handles_shows_whom_its_breaches_reach(string language, string escalation, string day)
    {
        var owner = await site.AsAsync("owner", language);
        await owner.GetAsync(Simulation);

        var page = await Browser.TextOf(await owner.PostAsync(Simulation, [.. Case, ("people", "nobody")]));

        Assert.Contains(escalation, page, StringComparison.Ordinal);
        Assert.Contains(day, page, StringComparison.Ordinal);
        Assert.Contains("value=\"A lamp\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outcomes_can_be_chosen_for_the_tasks_that_a_run_opened()
    {
        var owner = await site.AsAsync("owner", "en");
        await owner.GetAsync(Simulation);

        var first = await Browser.TextOf(await owner.PostAsync(Simulation, [.. Case, ("people", "after"), ("hours", "2")]));
        var second = await Browser.TextOf(await owner.PostAsync(Simulation, [.. Case, ("people", "after"), ("hours", "2"), ("choice.handle", "-")]));

        Assert.Contains("name=\"choice.handle\"", first, StringComparison.Ordinal);
        Assert.Contains("Closed", first, StringComparison.Ordinal);
        Assert.Contains("nobody did it", second, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_input_is_said_beside_its_field_and_nothing_runs()
    {
        var owner = await site.AsAsync("owner", "en");
        await owner.GetAsync(Simulation);

        var answer = await owner.PostAsync(Simulation, ("step", "case"), ("kind", "complaint"), ("people", "after"), ("hours", "soon"), ("f.subject", "A lamp"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var page = await Browser.TextOf(answer);
        Assert.Contains("Hours-error", page, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"result\"", page, StringComparison.Ordinal);
        Assert.Contains("value=\"A lamp\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shipped_scenario_runs_and_can_be_taken_away_as_a_file()
    {
        var owner = await site.AsAsync("owner", "en");
        var form = await owner.ReadAsync(Simulation);
        var scenario = System.Text.RegularExpressions.Regex.Match(form, "<select class=\"inp\" id=\"scenario\".*?<option value=\"([^\"]+)\"").Groups[1].Value;

        var page = await Browser.TextOf(await owner.PostAsync(Simulation, ("step", "scenario"), ("scenario", scenario)));
        var file = await owner.GetAsync($"{Simulation}/scenario?scenario={scenario}");
        var typed = await owner.PostAsync(Simulation, [.. Case.Select(f => f.Item1 == "step" ? ("step", "file") : f)]);

        Assert.Contains("expectations hold", page, StringComparison.Ordinal);
        using var given = JsonDocument.Parse(await file.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(scenario, given.RootElement.GetProperty("id").GetString());
        using var made = JsonDocument.Parse(await typed.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("A lamp", made.RootElement.GetProperty("steps")[0].GetProperty("register").GetProperty("subject").GetString());
    }

    [Theory]
    [InlineData("/processes/none/simulation", "owner", HttpStatusCode.NotFound)]
    [InlineData(Simulation + "?version=77", "owner", HttpStatusCode.NotFound)]
    [InlineData(Simulation, "li", HttpStatusCode.NotFound)]
    [InlineData(Replay, "li", HttpStatusCode.NotFound)]
    [InlineData(Simulation, "admin", HttpStatusCode.NotFound)]
    [InlineData(Replay, "admin", HttpStatusCode.NotFound)]
    [InlineData(Simulation, "owner", HttpStatusCode.OK)]
    [InlineData(Replay, "owner", HttpStatusCode.OK)]
    public async Task The_pages_are_there_for_owners_of_processes_alone(string address, string person, HttpStatusCode status) =>
        Assert.Equal(status, (await (await site.AsAsync(person)).GetAsync(address)).StatusCode);

    [Fact]
    public async Task A_replay_prints_the_base_of_every_share_and_stores_nothing()
    {
        var owner = await site.AsAsync("owner", "en");
        await owner.GetAsync(Replay);
        var before = await site.AskAsync(db => db.Events.CountAsync());

        var page = await Browser.TextOf(await owner.PostAsync(
            Replay, ("version", "1"), ("from", "2026-01-01"), ("to", "2026-12-31"), ("openCases", "true"), ("limit.reply.amount", "1"), ("limit.reply.unit", "minutes")));

        Assert.Contains("Replay result", page, StringComparison.Ordinal);
        Assert.Matches(@"100\.0\s?% \((\d+) of \1\)", page);
        Assert.Contains("they are only counted", page, StringComparison.Ordinal);
        Assert.Equal(before, await site.AskAsync(db => db.Events.CountAsync()));
    }

    [Fact]
    public async Task A_replay_says_what_is_wrong_with_its_period_and_limits()
    {
        var owner = await site.AsAsync("owner", "en");
        await owner.GetAsync(Replay);

        var period = await owner.PostAsync(Replay, ("from", "2026-12-31"), ("to", "2026-01-01"));
        var limit = await owner.PostAsync(Replay, ("from", "2026-01-01"), ("to", "2026-12-31"), ("limit.reply.amount", "24:00"));

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (period.StatusCode, limit.StatusCode));
        Assert.Contains("The period ends after it begins.", await Browser.TextOf(period), StringComparison.Ordinal);
        Assert.Contains("Give a number, such as 48.", await Browser.TextOf(limit), StringComparison.Ordinal);
    }

}
