using System.Globalization;
using System.Text.Json.Nodes;

namespace CaseManagement.Workflows.Tests;

public sealed class CronTimes : IDisposable
{
    private readonly Host _host = new();

    public void Dispose() => _host.Dispose();

    // the host's clock starts on Monday 2026-03-02 09:00 UTC
    [Theory]
    [InlineData("*/15 * * * *", "2026-03-02T09:15:00Z")]
    [InlineData("0 9 * * *", "2026-03-03T09:00:00Z")]
    [InlineData("30 8 1 * *", "2026-04-01T08:30:00Z")]
    [InlineData("0 0 29 2 *", "2028-02-29T00:00:00Z")]
    [InlineData("0 18 * * FRI", "2026-03-06T18:00:00Z")]
    [InlineData("0 0 * * 7", "2026-03-08T00:00:00Z")]
    [InlineData("10,40 9-10 * 3,4 1-5", "2026-03-02T09:10:00Z")]
    [InlineData("*/20 0 9 * * *", "2026-03-02T09:00:20Z")]
    public async Task The_next_occurrence_is_waited_for(string expression, string due)
    {
        var id = await _host.StartAsync(new Flow("f").Add("c", "Elsa.Cron", ("cronExpression", Flow.Literal(expression))));

        Assert.Equal(
            DateTimeOffset.Parse(due, CultureInfo.InvariantCulture), (await _host.ReadAsync(id)).Bookmarks.Single().DueAt);
    }

    [Fact]
    public async Task A_cron_trigger_starts_at_every_occurrence()
    {
        await _host.PublishAsync(new Flow("f").Add("c", "Elsa.Cron", ("cronExpression", Flow.Literal("0 * * * *")),
            ("customProperties", new JsonObject { ["canStartWorkflow"] = true })));

        await _host.AdvanceAsync(TimeSpan.FromHours(4.5));

        Assert.Equal(4, (await _host.Store.InstancesAsync(Host.Token)).Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("* * * *")]
    [InlineData("60 * * * *")]
    [InlineData("5-1 * * * *")]
    [InlineData("*/0 * * * *")]
    [InlineData("x * * * *")]
    public async Task What_is_no_cron_expression_is_refused_before_it_runs(string expression)
    {
        var plan = await _host.PublishAsync(new Flow("f").Add("c", "Elsa.Cron", ("cronExpression", Flow.Literal(expression))));

        Assert.False(plan.CanRun);
    }
}
