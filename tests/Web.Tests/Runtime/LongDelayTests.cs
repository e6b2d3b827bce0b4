using System.Globalization;
using System.Text.Json;
using CaseManagement.Workflows.Cases.Store;
using CaseManagement.Workflows.Runtime;

namespace CaseManagement.Web.Tests.Runtime;

public sealed class LongDelayTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("60.00:00:00")]
    [InlineData("3652.12:34:56")]
    public async Task A_delay_of_days_or_years_survives_a_restart_and_ends_at_exactly_its_time(string length)
    {
        await using var product = new SqliteRuntime();
        var due = product.Clock.GetUtcNow() + TimeSpan.Parse(length, CultureInfo.InvariantCulture);
        var id = await product.StartAsync(JsonSerializer.Serialize(new
        {
            definitionId = "waits",
            root = new
            {
                id = "Flowchart1",
                type = "Elsa.Flowchart",
                activities = new[]
                {
                    new { id = "wait", type = "Elsa.Delay", timeSpan = new { typeName = "TimeSpan", expression = new { type = "Literal", value = length } } },
                },
            },
        }));

        await product.RestartAsync();
        Assert.Equal(due, await product.Store.NextDueAtAsync(Token));
        Assert.Empty(await ClaimAsync(product, due - TimeSpan.FromTicks(TimeSpan.TicksPerMillisecond)));
        product.Clock.Advance(due - product.Clock.GetUtcNow());
        await product.RestartAsync();
        var timer = Assert.Single(await ClaimAsync(product, due)).Timer;
        Assert.True(await product.Cases.FireAsync(timer.Id, Token));

        var instance = await product.ReadAsync(id);
        Assert.Equal((due, WorkflowSubStatus.Finished, due), (timer.DueAt, instance.SubStatus, instance.FinishedAt));
        Assert.False(await product.Cases.FireAsync(timer.Id, Token));
    }

    private static ValueTask<IReadOnlyList<ClaimedTimer>> ClaimAsync(SqliteRuntime product, DateTimeOffset now) =>
        ((ITimerQueue)product.Store).ClaimDueAsync(now, 10, new Lease("node", product.Clock.GetUtcNow(), product.Clock.GetUtcNow().AddSeconds(10)), Token);
}
