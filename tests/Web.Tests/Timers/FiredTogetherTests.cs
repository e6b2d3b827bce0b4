using CaseManagement.Tests;
using CaseManagement.Web.Tests.Pages.Processes;
using CaseManagement.Web.Timers;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.Web.Tests.Timers;

/// <summary>Many cases whose limits break at the same moment share commits; each has what it would have alone, and a broken one stands in nobody's way.</summary>
public sealed class FiredTogetherTests : IDisposable
{
    private readonly OwnerHost _host = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _host.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Limits_that_break_at_once_act_once_for_each_case(bool oneIsBroken)
    {
        var cases = new List<Guid>();
        for (var number = 0; number < 40; number++)
        {
            cases.Add((await _host.RegisterAsync()).Id.Value);
        }

        var broken = oneIsBroken ? cases[17] : Guid.Empty;
        await _host.QueryAsync(db => db.CaseDocuments.Where(d => d.Id == broken).ExecuteUpdateAsync(d => d.SetProperty(one => one.Document, "{"u8.ToArray())));
        var clock = (ManualClock)_host.Services.GetRequiredService<TimeProvider>();
        clock.Advance(TimeSpan.FromHours(24));

        // beside the product's own dispatcher, as it is when somebody asks for it
        await _host.Services.GetRequiredService<TimerFirer>().FireDueAsync(Token);

        // the warning and the breach of the first reply
        var acted = await _host.QueryAsync(db => db.Events.Where(e => e.Type == "rung.acted").Select(e => e.ComplaintId).ToListAsync(Token));
        Assert.Equal(cases.Where(c => c != broken).ToDictionary(c => c, _ => 2), acted.CountBy(c => c).ToDictionary());
        var left = await _host.QueryAsync(db => db.Timers.Where(t => t.DueAt <= clock.GetUtcNow()).Select(t => new { t.Payload, t.Attempts, t.NextAttemptAt }).ToListAsync(Token));
        Assert.All(left, t => Assert.Equal((broken.ToString(), 1, clock.GetUtcNow() + Backoff.After(1)), (t.Payload, t.Attempts, t.NextAttemptAt)));
        Assert.Equal(oneIsBroken, left.Count > 0);
    }

    [Fact]
    public async Task What_is_asked_to_end_hands_them_back_unfired()
    {
        await _host.RegisterAsync();
        await _host.RegisterAsync();
        var firer = _host.Services.GetRequiredService<TimerFirer>();
        await firer.DrainAsync(Token);
        var clock = (ManualClock)_host.Services.GetRequiredService<TimeProvider>();
        clock.Advance(TimeSpan.FromHours(24));

        Assert.Equal(0, await firer.FireDueAsync(Token));
        Assert.Equal(0, await _host.QueryAsync(db => db.Events.CountAsync(e => e.Type == "rung.acted", Token)));
        var due = await _host.QueryAsync(db => db.Timers.Where(t => t.DueAt <= clock.GetUtcNow()).Select(t => new { t.LeasedBy, t.Attempts }).ToListAsync(Token));
        Assert.NotEmpty(due);
        Assert.All(due, t => Assert.Equal((null, 0), (t.LeasedBy, t.Attempts)));
    }
}
