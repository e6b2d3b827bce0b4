using System.Net;
using CaseManagement.Domain.Clocks;
using CaseManagement.Web.Tests.Pages.Processes;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Tests.Pages.Calendars;

/// <summary>The administrator changes the weekly hours. On a host of its own, since every due date after it is counted by them.</summary>
public sealed class WeeklyHoursTests(OwnerHost host) : IClassFixture<OwnerHost>
{
    private const string Page = "/calendars/office";

    [Fact]
    public async Task Weekly_hours_are_changed_with_a_reason()
    {
        var admin = await host.SignInAsync("admin");

        var answer = await admin.PostAsync(Page, $"{Page}/week", Week("9:00-12:00, 13:00-17:30", "", "shorter hours"));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var calendar = await CalendarAsync();
        Assert.Equal([new WorkSpan(new(9, 0), new(12, 0)), new WorkSpan(new(13, 0), new(17, 30))], calendar.SpansOf(new DateOnly(2026, 11, 16)));
        Assert.Equal(new DateOnly(2027, 12, 31), calendar.PublishedThrough);
    }

    [Theory]
    [InlineData("", "why", "No day of the week has any working time")]
    [InlineData("18:00-09:00", "why", "must end after it starts")]
    [InlineData("09:00-12:00, 11:00-18:00", "why", "overlap")]
    [InlineData("nine to five", "why", "Write it as 09:00-12:00")]
    [InlineData("09:00-18:00", "", "Missing: the reason")]
    public async Task Hours_that_cannot_be_counted_with_are_refused_and_change_nothing(string weekdays, string reason, string said)
    {
        var admin = await host.SignInAsync("admin");
        var before = await VersionAsync();

        var answer = await admin.PostAsync(Page, $"{Page}/week", Week(weekdays, weekdays, reason));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(said, await OwnerHost.TextOf(answer), StringComparison.Ordinal);
        Assert.Equal(before, await VersionAsync());
    }

    [Fact]
    public async Task A_handler_may_not_change_the_hours()
    {
        var handler = await host.SignInAsync("li");
        var before = await VersionAsync();

        var answer = await handler.PostAsync(Page, $"{Page}/week", Week("10:00-11:00", "", "why"));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal(before, await VersionAsync());
    }

    private static Dictionary<string, string?> Week(string monday, string others, string reason) => new()
    {
        ["f.mon"] = monday,
        ["f.tue"] = others,
        ["f.wed"] = others,
        ["f.thu"] = others,
        ["f.fri"] = others,
        ["f.sat"] = "",
        ["f.sun"] = "",
        ["f.publishedThrough"] = "2027-12-31",
        ["f.reason"] = reason,
    };

    private Task<int> VersionAsync() => host.QueryAsync(db => db.CalendarVersions.Where(c => c.Key == "office").MaxAsync(c => c.Version));

    private async Task<WorkCalendar> CalendarAsync()
    {
        var json = await host.QueryAsync(db => db.CalendarVersions.Where(c => c.Key == "office").OrderByDescending(c => c.Version).Select(c => c.Json).FirstAsync());
        return WorkCalendar.From("office", WorkCalendarDocument.Parse(json));
    }
}
