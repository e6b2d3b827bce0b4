using CaseManagement.Web.Seeding;
using CaseManagement.Web.Tests.Pages;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Tests.CommandLine;

public sealed class SeedCommandTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Seeded_cases_of_every_sort_are_shown_and_can_be_worked_on()
    {
        await using var site = new Site();
        await site.AskAsync(db => db.Cases.CountAsync());
        var (first, again) = (new StringWriter(), new StringWriter());

        Assert.Equal(0, await new SeedCommand(site.Services, first).RunAsync(["--cases", "120", "--open", "60"], Token));
        Assert.Equal(0, await new SeedCommand(site.Services, again).RunAsync(["--cases", "120", "--open", "60"], Token));

        var cases = await site.AskAsync(db => db.Cases.AsNoTracking().Where(c => c.Number.StartsWith("SEED")).ToListAsync());
        Assert.Equal(120, cases.Count);
        Assert.Equal(60, cases.Count(c => c.ClosedAt is null));
        Assert.Contains(cases, c => c.IsLate);
        Assert.True(cases.Select(c => c.Lead).Distinct().Count() > 5);
        var manager = await site.AsAsync("seed-manager");
        foreach (var one in cases)
        {
            Assert.Contains(one.Number, await manager.ReadAsync($"/cases/{one.Id}"), StringComparison.Ordinal);
        }

        var task = await site.AskAsync(db => db.Tasks.AsNoTracking().Where(t => t.State == "Open" && t.Key == "first" && db.Cases.Any(c => c.Id == t.ComplaintId && c.Number.StartsWith("SEED"))).FirstAsync());
        var lead = cases.First(c => c.Id == task.ComplaintId).Lead;
        var handler = await site.AsAsync($"{lead}01");
        await handler.ReadAsync($"/cases/{task.ComplaintId}");
        await handler.FollowAsync(await handler.PostAsync($"/cases/{task.ComplaintId}/tasks/{task.Id}/claim"));
        Assert.Equal($"{lead}01", await site.AskAsync(db => db.Tasks.Where(t => t.Id == task.Id).Select(t => t.Assignee).SingleAsync()));
    }

    [Theory]
    [InlineData("--cases")]
    [InlineData("--cases", "0")]
    [InlineData("--cases", "10", "--open", "11")]
    [InlineData("--cases", "ten")]
    public async Task What_cannot_be_read_is_said_and_nothing_is_written(params string[] args)
    {
        await using var site = new Site();
        var before = await site.AskAsync(db => db.Cases.CountAsync());
        var said = new StringWriter();

        Assert.Equal(2, await new SeedCommand(site.Services, said).RunAsync(args, Token));

        Assert.Contains("--cases", said.ToString(), StringComparison.Ordinal);
        Assert.Equal(before, await site.AskAsync(db => db.Cases.CountAsync()));
    }
}
