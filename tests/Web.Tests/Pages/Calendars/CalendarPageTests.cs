using System.Net;
using CaseManagement.Domain.Clocks;
using CaseManagement.Web.Tests.Pages.Processes;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Tests.Pages.Calendars;

/// <summary>The administrator changes days and hours; open clocks are counted by them in the same commit.</summary>
public sealed class CalendarPageTests(OwnerHost host) : IClassFixture<OwnerHost>
{
    private const string Page = "/calendars/office";
    private static readonly DateOnly Wednesday = new(2026, 9, 16);

    [Fact]
    public async Task A_Saturday_becomes_a_make_up_day_and_an_ordinary_weekend_again()
    {
        var admin = await host.SignInAsync("admin");
        var saturday = new DateOnly(2026, 11, 14);
        var path = $"{Page}?day={OwnerHost.Iso(saturday)}";

        await admin.PostAsync(path, $"{Page}/days", Day(saturday, "MakeUp", "stock-taking"));
        var worked = await CalendarAsync();
        await admin.PostAsync(path, $"{Page}/days", Day(saturday, "Weekend", "called off"));

        Assert.True(worked.IsMakeUpDay(saturday));
        Assert.False((await CalendarAsync()).IsWorkingDay(saturday));
    }

    [Fact]
    public async Task A_stale_change_is_refused()
    {
        var admin = await host.SignInAsync("admin");
        var before = await VersionAsync();
        var stale = Day(Wednesday.AddDays(50), "Holiday", "why");
        stale["Version"] = "0";

        var answer = await admin.PostAsync($"{Page}?day={OwnerHost.Iso(Wednesday.AddDays(50))}", $"{Page}/days", stale);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal(before, await VersionAsync());
    }

    [Fact]
    public async Task A_handler_reads_the_calendar_and_may_not_change_it()
    {
        var handler = await host.SignInAsync("li");
        var before = await VersionAsync();

        var page = await handler.ReadAsync($"{Page}?day={OwnerHost.Iso(Wednesday)}");
        var day = await handler.PostAsync(Page, $"{Page}/days", Day(Wednesday.AddDays(1), "Holiday", "why"));

        Assert.DoesNotContain("name=\"Look\"", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, day.StatusCode);
        Assert.Equal(before, await VersionAsync());
    }

    [Theory]
    [InlineData("en", "Office calendar", "Due dates after it are provisional", "wh")]
    [InlineData("zh-CN", "办公日历", "标为“暂定”", "工作时")]
    public async Task Days_past_the_published_calendar_are_said_to_be_provisional(string language, params string[] texts)
    {
        var handler = await host.SignInAsync("li", language);

        var page = await handler.ReadAsync($"{Page}?year=2030");

        Assert.All(texts, text => Assert.Contains(text, page, StringComparison.Ordinal));
    }

    private static Dictionary<string, string?> Day(DateOnly day, string look, string reason, string name = "") => new()
    {
        ["Day"] = OwnerHost.Iso(day),
        ["Look"] = look,
        ["Name"] = name,
        ["Reason"] = reason,
        ["step"] = "apply",
    };

    private Task<int> VersionAsync() => host.QueryAsync(db => db.CalendarVersions.Where(c => c.Key == "office").MaxAsync(c => c.Version));

    private async Task<WorkCalendar> CalendarAsync()
    {
        var json = await host.QueryAsync(db => db.CalendarVersions.Where(c => c.Key == "office").OrderByDescending(c => c.Version).Select(c => c.Json).FirstAsync());
        return WorkCalendar.From("office", WorkCalendarDocument.Parse(json));
    }
}
