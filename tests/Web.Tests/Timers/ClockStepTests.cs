using CaseManagement.Tests;
using CaseManagement.Web.Tests.Pages.Processes;
using CaseManagement.Web.Timers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.Web.Tests.Timers;

/// <summary>The machine's clock is set an hour forward or back while limits run: nothing acts early by it, nothing twice, nothing never.</summary>
public sealed class ClockStepTests : IDisposable
{
    private readonly OwnerHost _host = new();

    private ManualClock Clock => (ManualClock)_host.Services.GetRequiredService<TimeProvider>();

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task An_hour_forward_and_back_neither_doubles_nor_loses()
    {
        var complaint = await _host.RegisterAsync();

        // the warning of the first reply is due after twenty hours, the breach after twenty-four
        Assert.Empty(await ActedAfterAsync(complaint.Id.Value, TimeSpan.FromHours(20) - TimeSpan.FromTicks(1)));
        Assert.Equal(["warn"], await ActedAfterAsync(complaint.Id.Value, TimeSpan.FromTicks(1)));
        Assert.Equal(["warn"], await ActedAfterAsync(complaint.Id.Value, TimeSpan.FromHours(-1)));
        Assert.Equal(["warn"], await ActedAfterAsync(complaint.Id.Value, TimeSpan.FromHours(1)));

        // set forward too early: the clock says so, and it counts
        Assert.Equal(["warn"], await ActedAfterAsync(complaint.Id.Value, TimeSpan.FromMinutes(230)));
        Assert.Equal(["warn", "overdue"], await ActedAfterAsync(complaint.Id.Value, TimeSpan.FromHours(1)));
        Assert.Equal(["warn", "overdue"], await ActedAfterAsync(complaint.Id.Value, TimeSpan.FromHours(-1)));
        Assert.Equal(["warn", "overdue"], await ActedAfterAsync(complaint.Id.Value, TimeSpan.FromHours(2)));

        // and the one after the breach still comes, once
        Assert.Equal(["warn", "overdue", "manager"], await ActedAfterAsync(complaint.Id.Value, TimeSpan.FromHours(24)));
        Assert.Equal(0, await _host.QueryAsync(db => db.Timers.CountAsync(t => t.DueAt <= Clock.GetUtcNow())));
    }

    /// <summary>Moves the clock, fires what is due, and tells which rungs of the reply have acted by then.</summary>
    private async Task<List<string>> ActedAfterAsync(Guid id, TimeSpan step)
    {
        Clock.Advance(step);
        await _host.Services.GetRequiredService<TimerFirer>().FireDueAsync(TestContext.Current.CancellationToken);
        var events = await _host.QueryAsync(db => db.Events.Where(e => e.ComplaintId == id && e.Type == "rung.acted").OrderBy(e => e.Sequence).Select(e => e.Data).ToListAsync());
        return [.. events.Select(data => System.Text.Json.Nodes.JsonNode.Parse(data)!).Where(d => (string?)d["clock"] == "reply").Select(d => (string)d["rung"]!)];
    }
}
