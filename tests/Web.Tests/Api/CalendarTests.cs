using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace CaseManagement.Web.Tests.Api;

/// <summary>Calendars over the API: what a change moves, and days brought in from files.</summary>
public sealed class CalendarTests : IAsyncDisposable
{
    private const string Office = "/api/v1/calendars/office";
    private const string Limits = "/api/v1/processes/standard-complaint/limits";

    private readonly ApiHost _host = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_day_off_moves_the_running_clocks_as_the_preview_said_and_says_so_in_their_timeline()
    {
        using var program = _host.Client();
        await program.TellAsync(Limits + "/reply/apply", new { amount = 5, unit = "workingDays", scope = "openCases", reason = "policy" });
        var path = $"/api/v1/complaints/{(await program.TellAsync("/api/v1/complaints", Sample.Complaint(), 201))["id"]}";
        var calendar = (await program.AskAsync(Office)).AsObject();
        calendar["holidays"]!.AsArray().Add("2026-09-03");
        calendar["reason"] = "closed for repairs";

        var preview = await SendAsync(program, HttpMethod.Put, Office + "?preview=true", calendar.ToJsonString());
        var before = Reply(await program.AskAsync(path));
        var applied = await SendAsync(program, HttpMethod.Put, Office, calendar.ToJsonString());
        var after = Reply(await program.AskAsync(path));

        Assert.Equal("2026-09-09T10:00:00+00:00", before["dueAt"].Text());
        Assert.Equal("2026-09-10T10:00:00+00:00", after["dueAt"].Text());
        Assert.Equal("2026-09-10T10:00:00+00:00", Assert.Single(preview["affected"]!.AsArray())!["newDue"].Text());
        Assert.Equal(preview["affected"]!.ToJsonString(), applied["affected"]!.ToJsonString());
        Assert.Null(preview["applied"]);
        Assert.Equal(1, preview["version"]!.GetValue<int>());
        Assert.Equal(2, applied["version"]!.GetValue<int>());
        Assert.Contains(
            (await program.AskAsync(path + "/timeline")).AsArray(),
            e => e!["type"].Text() == "clock.recomputed" && e["data"]!["change"].Text() == applied["applied"].Text());
    }

    [Fact]
    public async Task A_day_off_taken_back_puts_the_due_time_in_the_past_and_it_is_breached_once_because_of_the_change()
    {
        using var program = _host.Client();
        await program.TellAsync(Limits + "/reply/apply", new { amount = 3, unit = "workingDays", scope = "openCases", reason = "policy" });
        var path = $"/api/v1/complaints/{(await program.TellAsync("/api/v1/complaints", Sample.Complaint(), 201))["id"]}";
        var calendar = (await program.AskAsync(Office)).AsObject();
        var plain = calendar.ToJsonString();
        calendar["holidays"]!.AsArray().Add("2026-09-07");
        await SendAsync(program, HttpMethod.Put, Office, calendar.ToJsonString());
        await program.TellAsync("/api/v1/clock/advance", new { to = "2026-09-08T00:00:00Z" });
        Assert.Null(Reply(await program.AskAsync(path))["breachedAt"]);

        var applied = await SendAsync(program, HttpMethod.Put, Office, plain);
        await program.TellAsync("/api/v1/clock/advance", new { by = "PT2H" });

        var moved = Assert.Single(applied["affected"]!.AsArray())!;
        Assert.True(moved["lateAtOnce"]!.GetValue<bool>());
        Assert.Equal("2026-09-07T10:00:00+00:00", Reply(await program.AskAsync(path))["breachedAt"].Text());
        var breaches = (await program.AskAsync(path + "/timeline")).AsArray().Where(e => e!["type"].Text() == "clock.breached").ToList();
        Assert.Equal(applied["applied"].Text(), Assert.Single(breaches)!["data"]!["change"].Text());
    }

    [Fact]
    public async Task When_the_next_year_is_published_due_times_are_no_longer_provisional_and_move_over_its_holidays()
    {
        using var program = _host.Client();
        await program.TellAsync(Limits + "/reply/apply", new { amount = 90, unit = "workingDays", scope = "openCases", reason = "policy" });
        var path = $"/api/v1/complaints/{(await program.TellAsync("/api/v1/complaints", Sample.Complaint(), 201))["id"]}";
        var before = Reply(await program.AskAsync(path));

        var imported = await SendAsync(program, HttpMethod.Post, Office + "/import?reason=published", """
            BEGIN:VCALENDAR
            BEGIN:VEVENT
            DTSTART;VALUE=DATE:20270101
            DTEND;VALUE=DATE:20270104
            SUMMARY:元旦(休)
            END:VEVENT
            END:VCALENDAR
            """, "text/calendar");
        var after = Reply(await program.AskAsync(path));

        Assert.True(before["provisional"]!.GetValue<bool>());
        Assert.Contains("provisional: the calendar is published through", before["explanation"].Text(), StringComparison.Ordinal);
        Assert.False(after["provisional"]!.GetValue<bool>());
        Assert.True(after["dueAt"]!.GetValue<DateTimeOffset>() > before["dueAt"]!.GetValue<DateTimeOffset>());
        Assert.Equal("2027-12-31", imported["publishedThrough"].Text());
        Assert.Equal("元旦", imported["names"]!["2027-01-02"].Text());
        Assert.Contains("2026-10-01", imported["holidays"]!.AsArray().Select(d => d.Text()));
    }

    [Theory]
    [InlineData("text/calendar", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20270101\nRRULE:FREQ=YEARLY\nSUMMARY:x\nEND:VEVENT\nEND:VCALENDAR", "ics.recurring")]
    [InlineData("text/calendar", "hello", "ics.unreadable")]
    [InlineData("application/json", "{\"holidays\":[]}", "ics.no-days")]
    [InlineData("application/json", "{\"holidays\":[\"2027-01-01\"],\"specialDays\":{\"2027-01-02\":[[\"18:00\",\"09:00\"]]}}", "calendar.span-reversed")]
    public async Task A_file_that_cannot_be_counted_with_changes_nothing(string type, string text, string code)
    {
        using var program = _host.Client();

        var refused = await SendAsync(program, HttpMethod.Post, Office + "/import", text, type, 400);

        Assert.Equal(code, refused.Code());
        Assert.Equal(1, (await program.AskAsync(Office))["version"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_calendar_without_working_time_is_refused_also_in_a_preview()
    {
        using var program = _host.Client(language: "zh-CN");
        var calendar = (await program.AskAsync(Office)).AsObject();
        calendar["week"] = new JsonObject();

        foreach (var address in new[] { Office, Office + "?preview=true", "/api/v1/calendars/night" })
        {
            calendar["id"] = null;
            var refused = await SendAsync(program, HttpMethod.Put, address, calendar.ToJsonString(), status: 400);
            Assert.Equal("calendar.no-working-time", refused.Code());
            Assert.Contains("没有任何工作时间", refused["detail"].Text(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Only_an_administrator_imports_and_only_into_a_calendar_that_is_there()
    {
        using var program = _host.Client();
        using var handler = _host.Client("li");
        const string Days = "{\"holidays\":[\"2027-01-01\"]}";

        Assert.Equal("calendar-missing", (await SendAsync(program, HttpMethod.Post, "/api/v1/calendars/none/import", Days, status: 404)).Code());
        Assert.Equal("forbidden", (await SendAsync(handler, HttpMethod.Post, Office + "/import", Days, status: 403)).Code());
    }

    private static JsonNode Reply(JsonNode complaint) => complaint["clocks"]!.AsArray().Single(c => c!["key"].Text() == "reply")!;

    private static async Task<JsonNode> SendAsync(
        HttpClient client, HttpMethod method, string path, string body, string type = "application/json", int status = 200)
    {
        using var request = new HttpRequestMessage(method, path) { Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(type)) };
        var response = await client.SendAsync(request, Token);
        var text = await response.Content.ReadAsStringAsync(Token);
        Assert.True((int)response.StatusCode == status, $"{(int)response.StatusCode} where {status} was expected: {text}");
        return JsonNode.Parse(text)!;
    }
}
