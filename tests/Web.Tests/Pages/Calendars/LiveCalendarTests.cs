using System.Net;
using System.Text.RegularExpressions;
using CaseManagement.Domain.Complaints;
using CaseManagement.Web.Tests.Pages.Processes;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Tests.Pages.Calendars;

/// <summary>A changed calendar counts open clocks again: what the preview shows is what happens, and it can be taken back. Each test on a host of its own.</summary>
public sealed class LiveCalendarTests : IDisposable
{
    private const string Page = "/calendars/office";

    private readonly OwnerHost _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task A_new_holiday_is_previewed_moves_open_cases_and_is_undone()
    {
        var admin = await _host.SignInAsync("admin");
        await ReplyInWorkingDaysAsync(admin, 3);
        var open = await _host.RegisterAsync();
        var wednesday = new DateOnly(2026, 9, 16);

        var preview = await admin.PostAsync($"{Page}?day={OwnerHost.Iso(wednesday)}", $"{Page}/days/preview", Day(wednesday, "Holiday", ""));
        Assert.Equal(OwnerHost.September(17, 18), await DueAsync(open));
        var answer = await admin.PostAsync($"{Page}?day={OwnerHost.Iso(wednesday)}", $"{Page}/days", Day(wednesday, "Holiday", "closed for repairs", "Repairs"));
        Assert.Equal(OwnerHost.September(18, 18), await DueAsync(open));

        var previewed = await OwnerHost.TextOf(preview);
        Assert.Contains("1 open cases would move", previewed, StringComparison.Ordinal);
        Assert.Contains(open.Number, previewed, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var page = await admin.ReadAsync($"{Page}?year=2026");
        Assert.Contains("Repairs", page, StringComparison.Ordinal);
        Assert.Contains("days off +1", page, StringComparison.Ordinal);
        var undo = Regex.Match(page, "/calendars/office/undo/[0-9]+").Value;
        Assert.Contains(open.Number, await admin.ReadAsync(undo), StringComparison.Ordinal);
        var undone = await admin.PostAsync(undo, undo, new() { ["Reason"] = "repairs put off", ["step"] = "apply" });
        Assert.Equal(HttpStatusCode.Redirect, undone.StatusCode);
        Assert.Equal(OwnerHost.September(17, 18), await DueAsync(open));
        var logged = await _host.QueryAsync(db => db.ConfigurationEvents.Where(e => e.Stream == "calendar:office").OrderBy(e => e.Sequence).ToListAsync());
        Assert.Equal(["calendar.changed", "calendar.changed"], logged.Select(e => e.Type));
        Assert.All(logged, e => Assert.Equal("admin", e.ActorId));
        Assert.Equal(2, await _host.QueryAsync(db => db.Events.CountAsync(e => e.ComplaintId == open.Id.Value && e.Type == "clock.recomputed" && e.Data.Contains("calendar:office/"))));
    }

    [Fact]
    public async Task Every_case_a_change_moves_is_listed_with_old_and_new_due_time_and_downloaded()
    {
        var admin = await _host.SignInAsync("admin");
        await ReplyInWorkingDaysAsync(admin, 3);
        var open = new List<Complaint>();
        for (var i = 0; i < 55; i++)
        {
            open.Add(await _host.RegisterAsync());
        }

        var day = Day(new DateOnly(2026, 9, 16), "Holiday", "");
        var hours = Week("09:00-17:00", "shorter hours");
        hours["step"] = "preview";
        async Task<string> FileAsync(string path, Dictionary<string, string?> fields)
        {
            var answer = await admin.PostAsync(Page, path, fields);
            Assert.Equal("text/csv", answer.Content.Headers.ContentType?.MediaType);
            return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        }

        var list = await OwnerHost.TextOf(await admin.PostAsync(Page, $"{Page}/days/cases", day));
        var next = await OwnerHost.TextOf(await admin.PostAsync(Page, $"{Page}/days/cases?page=2", day));
        var file = await FileAsync($"{Page}/days/cases.csv", day);
        var weekly = await FileAsync($"{Page}/week/cases.csv", hours);

        Assert.Contains("Page 1 of 2", list, StringComparison.Ordinal);
        Assert.Equal(55, open.Count(one => list.Contains(one.Number, StringComparison.Ordinal) ^ next.Contains(one.Number, StringComparison.Ordinal)));
        Assert.All(open, one => Assert.Contains($"{one.Number},First reply,2026-09-17 18:00,2026-09-18 18:00,", file, StringComparison.Ordinal));
        Assert.All(open, one => Assert.Contains($"{one.Number},First reply,2026-09-17 18:00,2026-09-17 17:00,", weekly, StringComparison.Ordinal));
        Assert.Equal(OwnerHost.September(17, 18), await DueAsync(open[0]));
        var handler = await _host.SignInAsync("li");
        Assert.Equal(HttpStatusCode.NotFound, (await handler.PostAsync("/inbox", $"{Page}/days/cases.csv", day)).StatusCode);
    }

    [Fact]
    public async Task Shorter_hours_are_shown_before_they_hold()
    {
        var admin = await _host.SignInAsync("admin");
        await ReplyInWorkingDaysAsync(admin, 3);
        var open = await _host.RegisterAsync();
        var hours = Week("09:00-17:00", "shorter hours");
        hours["step"] = "preview";

        var shown = await OwnerHost.TextOf(await admin.PostAsync(Page, $"{Page}/week", hours));

        Assert.Contains(open.Number, shown, StringComparison.Ordinal);
        Assert.Equal(OwnerHost.September(17, 18), await DueAsync(open));
        hours["step"] = "apply";
        await admin.PostAsync(Page, $"{Page}/week", hours);
        Assert.Equal(OwnerHost.September(17, 17), await DueAsync(open));
    }

    [Fact]
    public async Task A_half_day_and_a_make_up_day_by_a_named_weekday_are_kept_and_counted()
    {
        var admin = await _host.SignInAsync("admin");
        var half = Day(new DateOnly(2026, 9, 17), "Working", "inventory");
        half["Hours"] = "9：00－12：00";
        var made = Day(new DateOnly(2026, 9, 19), "MakeUp", "for the holiday");
        made["As"] = "fri";

        await admin.PostAsync($"{Page}?day=2026-09-17", $"{Page}/days", half);
        await admin.PostAsync($"{Page}?day=2026-09-19", $"{Page}/days", made);
        await ReplyInWorkingDaysAsync(admin, 3);
        var open = await _host.RegisterAsync();

        Assert.Equal(OwnerHost.September(17, 12), await DueAsync(open));
        var page = await admin.ReadAsync($"{Page}?day=2026-09-19");
        Assert.Matches("value=\"fri\" selected", page);
        Assert.Contains("value=\"09:00-12:00\"", await admin.ReadAsync($"{Page}?day=2026-09-17"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_published_year_of_China_is_reviewed_and_imported()
    {
        var admin = await _host.SignInAsync("admin");

        var review = await OwnerHost.TextOf(await admin.PostAsync($"{Page}/import", $"{Page}/import/read", new() { ["chinaYear"] = "2023" }));
        Assert.Contains("国庆节", review, StringComparison.Ordinal);
        Assert.Contains("Days off 26, make-up days 7", review, StringComparison.Ordinal);
        var fields = FieldsOf(review);
        fields["Reason"] = "published";
        fields["step"] = "apply";
        var answer = await admin.PostAsync($"{Page}/import", $"{Page}/import", fields);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var page = await admin.ReadAsync($"{Page}?year=2023");
        Assert.Contains("国庆节", page, StringComparison.Ordinal);
        Assert.Contains("published through 2026-12-31", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_file_only_what_is_chosen_comes_in()
    {
        var admin = await _host.SignInAsync("admin");
        const string Ics = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261224\r\nSUMMARY:Stocktaking\r\nEND:VEVENT\r\n"
            + "BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261225\r\nSUMMARY:Party\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

        var review = await OwnerHost.TextOf(await admin.PostAsync($"{Page}/import", $"{Page}/import/read", new(), System.Text.Encoding.UTF8.GetBytes(Ics), "file", "days.ics"));
        var fields = FieldsOf(review);
        fields.Remove("ReplaceYears");
        fields["Meanings[1]"] = "Ignored";
        fields["Reason"] = "company days";
        fields["step"] = "apply";
        await admin.PostAsync($"{Page}/import", $"{Page}/import", fields);

        var holidays = (await _host.QueryAsync(db => db.CalendarVersions.OrderByDescending(c => c.Version).FirstAsync())).Json;
        Assert.Contains("2026-12-24", holidays, StringComparison.Ordinal);
        Assert.DoesNotContain("2026-12-25", holidays, StringComparison.Ordinal);
        Assert.Contains("2026-10-01", holidays, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "recurs; export the calendar with one event for each year")]
    [InlineData("zh-CN", "是重复日程")]
    public async Task A_file_that_cannot_be_taken_is_refused_in_the_readers_language(string language, string said)
    {
        var admin = await _host.SignInAsync("admin", language);
        const string Ics = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261224\r\nRRULE:FREQ=YEARLY\r\nSUMMARY:Feast\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

        var answer = await admin.PostAsync($"{Page}/import", $"{Page}/import/read", new(), System.Text.Encoding.UTF8.GetBytes(Ics), "file", "days.ics");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(said, await OwnerHost.TextOf(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_department_counts_by_a_calendar_of_its_own()
    {
        var admin = await _host.SignInAsync("admin");
        var copied = await admin.PostAsync(Page, $"{Page}/copy", new() { ["NameZh"] = "客服日历", ["NameEn"] = "Service calendar", ["WithDays"] = "true" });
        Assert.Equal("/calendars/calendar-2?said=applied", copied.Headers.Location!.OriginalString);
        var closed = Day(new DateOnly(2026, 9, 15), "Holiday", "moving house");
        await admin.PostAsync("/calendars/calendar-2?day=2026-09-15", "/calendars/calendar-2/days", closed);
        await ReplyInWorkingDaysAsync(admin, 3, "@department");
        var open = await _host.RegisterAsync();
        Assert.Equal("service", open.Lead);
        Assert.Equal(OwnerHost.September(17, 18), await DueAsync(open));
        var change = new Dictionary<string, string?> { ["Departments[service]"] = "calendar-2", ["step"] = "preview" };

        var shown = await OwnerHost.TextOf(await admin.PostAsync(Page, $"{Page}/departments", change));
        Assert.Contains(open.Number, shown, StringComparison.Ordinal);
        Assert.Equal(OwnerHost.September(17, 18), await DueAsync(open));
        change["step"] = "apply";
        change["Reason"] = "own opening days";
        await admin.PostAsync(Page, $"{Page}/departments", change);

        Assert.Equal(OwnerHost.September(18, 18), await DueAsync(open));
        Assert.Equal(OwnerHost.September(18, 18), await DueAsync(await _host.RegisterAsync()));
        Assert.Equal("calendar-2", (await _host.ReadAsync(open)).Clocks.All["reply"].Explanation.Calendar);
    }

    [Fact]
    public async Task A_calendar_gets_another_name_and_a_nameless_one_is_refused()
    {
        var admin = await _host.SignInAsync("admin");

        var renamed = await admin.PostAsync(Page, $"{Page}/rename", new() { ["NameZh"] = "总部日历", ["NameEn"] = "Head office" });
        var nameless = await admin.PostAsync(Page, $"{Page}/copy", new() { ["NameZh"] = "", ["NameEn"] = "Second" });

        Assert.Equal(HttpStatusCode.Redirect, renamed.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, nameless.StatusCode);
        Assert.Contains("Give a name in both languages", await OwnerHost.TextOf(nameless), StringComparison.Ordinal);
        Assert.Contains("Head office", await admin.ReadAsync("/calendars"), StringComparison.Ordinal);
        Assert.Equal(1, await _host.QueryAsync(db => db.CalendarVersions.Select(c => c.Key).Distinct().CountAsync()));
    }

    [Fact]
    public async Task A_handler_sees_no_way_to_change_and_has_none()
    {
        var handler = await _host.SignInAsync("li");

        var page = await handler.ReadAsync(Page);

        Assert.DoesNotContain("/import", page, StringComparison.Ordinal);
        foreach (var path in new[] { "import", "undo/1" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await handler.GetAsync($"{Page}/{path}")).StatusCode);
        }

        foreach (var path in new[] { "copy", "rename", "departments", "import/read", "import" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await handler.PostAsync(Page, $"{Page}/{path}", new() { ["NameZh"] = "x", ["NameEn"] = "x", ["chinaYear"] = "2026" })).StatusCode);
        }

        Assert.Equal(1, await _host.QueryAsync(db => db.CalendarVersions.CountAsync()));
    }

    private static Dictionary<string, string?> Day(DateOnly day, string look, string reason, string name = "") => new()
    {
        ["Day"] = OwnerHost.Iso(day),
        ["Look"] = look,
        ["Name"] = name,
        ["Reason"] = reason,
        ["step"] = "apply",
    };

    private static Dictionary<string, string?> Week(string weekdays, string reason) => new()
    {
        ["f.mon"] = weekdays,
        ["f.tue"] = weekdays,
        ["f.wed"] = weekdays,
        ["f.thu"] = weekdays,
        ["f.fri"] = weekdays,
        ["f.sat"] = "",
        ["f.sun"] = "",
        ["f.publishedThrough"] = "2026-12-31",
        ["f.reason"] = reason,
    };

    // what a browser would send of the review as it stands
    private static Dictionary<string, string?> FieldsOf(string html)
    {
        var fields = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (Match input in Regex.Matches(html, "<input [^>]*name=\"(File|Version|PublishedThrough)\"[^>]*>"))
        {
            fields[input.Groups[1].Value] = Regex.Match(input.Value + " ", "value=\"(.*)\"[^\"]*$", RegexOptions.Singleline).Groups[1].Value;
        }

        foreach (Match radio in Regex.Matches(html, "name=\"(Meanings.[0-9]+.)\" value=\"([A-Za-z]+)\" checked"))
        {
            fields[radio.Groups[1].Value] = radio.Groups[2].Value;
        }

        fields["ReplaceYears"] = "true";
        return fields;
    }

    private async Task<DateTimeOffset?> DueAsync(Complaint complaint) => (await _host.ReadAsync(complaint)).Clocks.All["reply"].DueAt;

    private static async Task ReplyInWorkingDaysAsync(OwnerHost.Browser admin, int amount, string calendar = "office")
    {
        var answer = await admin.PostAsync($"/limits/{OwnerHost.Process}?limit=reply", $"/limits/{OwnerHost.Process}/reply", new()
        {
            ["Amount"] = amount.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["Unit"] = "workingDays",
            ["Calendar"] = calendar,
            ["Reason"] = "policy",
            ["step"] = "apply",
        });
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }
}
