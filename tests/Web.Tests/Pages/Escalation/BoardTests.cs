using System.Net;
using System.Text.RegularExpressions;
using CaseManagement.Web.Persistence.Organisation;
using CaseManagement.Web.Tests.Api;
using CaseManagement.Web.Tests.Notifications;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Tests.Pages.Escalation;

/// <summary>What is late and about to be, for those who answer for it.</summary>
public sealed partial class BoardTests : IAsyncLifetime
{
    private readonly MailHost _host = new();
    private HttpClient _api = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _api = _host.Api();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task The_gravest_and_longest_late_come_first_with_the_time_they_are_late()
    {
        var first = (await MailHost.RegisterAsync(_api, 1))[0];
        await MailHost.PassAsync(_api, "PT3H");
        var second = (await MailHost.RegisterAsync(_api, 1))[0];
        var grave = await _api.TellAsync("/api/v1/complaints", Sample.Complaint("Danger"), 201);
        await _api.TellAsync($"/api/v1/complaints/{grave["id"]}/level", new { level = "serious", reason = "Somebody is in danger" });
        await MailHost.PassAsync(_api, "PT25H");
        var soon = (await MailHost.RegisterAsync(_api, 1))[0];
        await MailHost.PassAsync(_api, "PT21H");

        var page = await (await _host.AsAsync("zhou")).ReadAsync("/board");

        var late = Section(page, "late");
        Assert.Equal([grave["number"].Text(), first, second], Numbers(late));
        Assert.Contains("25 h late", late, StringComparison.Ordinal);
        Assert.Contains("Manager", late, StringComparison.Ordinal);
        Assert.Contains(soon, Section(page, "soon"), StringComparison.Ordinal);
        Assert.DoesNotContain(soon, late, StringComparison.Ordinal);
        var charts = await (await _host.AsAsync("zhou")).ReadAsync("/board/charts");
        Assert.Contains("Last 14 days: 4 received, 0 closed.", charts, StringComparison.Ordinal);
        Assert.Contains("4 open cases, 0 of them older than 30 days.", charts, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_supervisor_sees_the_departments_they_answer_for_and_nobody_a_case_against_themselves()
    {
        await _host.ChangeAsync(db =>
        {
            db.Memberships.Add(new Membership { UserId = "wang", Role = "supervisor", Department = "quality" });
            return Task.CompletedTask;
        });
        await _host.OrganiseAsync(("finance", null, "zhao", null));
        var service = (await MailHost.RegisterAsync(_api, 1))[0];
        var quality = (await MailHost.RegisterAsync(_api, 1, body => body["category"] = "goods"))[0];
        var finance = (await MailHost.RegisterAsync(_api, 1, body => body["category"] = "price"))[0];
        var against = (await MailHost.RegisterAsync(_api, 1, body => body["respondent"] = new { person = "周涛" }))[0];
        await MailHost.PassAsync(_api, "PT25H");

        Assert.Equal([quality], Numbers(Section(await BoardOf("wang"), "late")));
        Assert.Equal([finance], Numbers(Section(await BoardOf("zhao"), "late")));
        Assert.Equal(new[] { service, quality, finance }.Order(), Numbers(Section(await BoardOf("zhou"), "late")).Order());
        Assert.Contains(against, await BoardOf("wu"), StringComparison.Ordinal);
        foreach (var person in new[] { "li", "admin", "auditor", "owner" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await (await _host.AsAsync(person)).GetAsync("/board")).StatusCode);
        }
    }

    [Fact]
    public async Task Filters_and_groups_narrow_what_is_counted()
    {
        await MailHost.RegisterAsync(_api, 2);
        var quality = (await MailHost.RegisterAsync(_api, 1, body => body["category"] = "goods"))[0];
        await MailHost.PassAsync(_api, "PT25H");
        var zhou = await _host.AsAsync("zhou");

        var byDepartment = await zhou.ReadAsync("/board?by=department");
        var filtered = await zhou.ReadAsync("/board?department=quality");
        var otherLimit = await zhou.ReadAsync("/board?limit=resolution");

        Assert.Matches("Customer service</a>[\\s\\S]*?2 · 0 · 0[\\s\\S]*?Quality</a>[\\s\\S]*?1 · 0 · 0", byDepartment);
        Assert.Equal([quality], Numbers(Section(filtered, "late")));
        Assert.Contains("No limit is late", otherLimit, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_task_is_given_to_somebody_else_from_the_board()
    {
        var registered = await _api.TellAsync("/api/v1/complaints", Sample.Complaint(), 201);
        await MailHost.PassAsync(_api, "PT25H");
        var zhou = await _host.AsAsync("zhou");
        var board = await zhou.ReadAsync("/board?department=service");
        var link = Regex.Match(board, "/board/cases/[^\"]+/reassign[^\"]*").Value;

        var page = await zhou.ReadAsync(link);
        var task = FirstTask().Match(page).Groups[1].Value;
        var answer = await zhou.PostAsync(link.Split('?')[0], ("f.task", task), ("f.to", "zhang"), ("back", "/board?department=service"));

        Assert.Contains("张强", page, StringComparison.Ordinal);
        Assert.Equal("/board?department=service&said=done", answer.Headers.Location!.ToString());
        Assert.Contains("张强", Section(await zhou.FollowAsync(answer), "late"), StringComparison.Ordinal);
        Assert.Equal("zhang", await _host.AskAsync(db => db.Tasks.Where(t => t.Id == Guid.Parse(task)).Select(t => t.Assignee).SingleAsync(Token)));
        Assert.Equal(HttpStatusCode.NotFound, (await (await _host.AsAsync("li")).GetAsync($"/board/cases/{registered["id"]}/reassign")).StatusCode);
    }

    [Fact]
    public async Task Approvals_that_wait_for_the_reader_are_listed_and_others_are_not()
    {
        var number = (await MailHost.RegisterAsync(_api, 1))[0];
        foreach (var (key, data) in ((string, object)[])[("first", new { replyForm = "oral" }), ("handle", new { cause = "No technician", proposal = "Visit today", validity = "valid", amountProposed = 500 })])
        {
            var task = (await _api.AskAsync("/api/v1/tasks?state=open"))["items"]!.AsArray().Single(t => t!["key"].Text() == key)!;
            await _api.TellAsync($"/api/v1/tasks/{task["id"]}/complete", new { outcome = "Done", data });
        }

        Assert.Contains(number, Section(await BoardOf("zhou"), "approvals"), StringComparison.Ordinal);
        Assert.DoesNotContain(number, Section(await BoardOf("wu"), "approvals"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://evil.example", "/board?said=done")]
    [InlineData("/board.evil", "/board?said=done")]
    [InlineData("/board?by=limit", "/board?by=limit&said=done")]
    public async Task The_way_back_leads_to_the_board_and_nowhere_else(string back, string expected)
    {
        var registered = await _api.TellAsync("/api/v1/complaints", Sample.Complaint(), 201);
        var zhou = await _host.AsAsync("zhou");
        var page = await zhou.ReadAsync($"/board/cases/{registered["id"]}/reassign?back={Uri.EscapeDataString(back)}");
        var task = FirstTask().Match(page).Groups[1].Value;

        var answer = await zhou.PostAsync($"/board/cases/{registered["id"]}/reassign", ("f.task", task), ("f.to", "zhang"), ("back", back));

        Assert.Equal(expected, answer.Headers.Location!.ToString());
    }

    [Fact]
    public async Task What_is_late_is_found_by_an_index_and_no_document_is_read()
    {
        await MailHost.RegisterAsync(_api, 1);
        if (!await _host.AskAsync(db => Task.FromResult(db.Database.IsSqlite())))
        {
            Assert.Skip("The plan is read from SQLite; PostgreSQL plans by its statistics, of which there are none here.");
        }

        var now = DateTimeOffset.UnixEpoch.AddYears(60);

        var plan = await _host.AskAsync(async db =>
        {
            var late = db.Clocks.Where(k => k.MetAt == null && (k.State == "running" || k.State == "breached") && k.DueAt <= now);
            var sql = late.Join(db.Cases.Where(c => c.ClosedAt == null), k => k.ComplaintId, c => c.Id, (k, c) => new { k, c.LevelRank }).OrderBy(r => r.LevelRank).ThenBy(r => r.k.DueAt).Take(20).ToQueryString();
            var statement = string.Join('\n', sql.Split('\n').Where(line => !line.StartsWith(".param", StringComparison.Ordinal)));
            await db.Database.OpenConnectionAsync(Token);
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = $"EXPLAIN QUERY PLAN {statement.Replace("@now", "0", StringComparison.Ordinal).Replace("@p", "20", StringComparison.Ordinal)}";
            await using var reader = await command.ExecuteReaderAsync(Token);
            var lines = new List<string>();
            while (await reader.ReadAsync(Token))
            {
                lines.Add(reader.GetString(3));
            }

            return string.Join('\n', lines);
        });

        Assert.Contains("IX_Clocks_DueAt", plan, StringComparison.Ordinal);
    }

    private async Task<string> BoardOf(string person) => await (await _host.AsAsync(person)).ReadAsync("/board");

    private static string Section(string page, string id) => Regex.Match(page, $"<h2 id=\"{id}\">[\\s\\S]*?</section>").Value;

    private static List<string> Numbers(string section) => [.. Number().Matches(section).Select(m => m.Groups[1].Value)];

    [GeneratedRegex("name=\"f.task\" value=\"([0-9a-f-]{36})\"")]
    private static partial Regex FirstTask();

    [GeneratedRegex("<span class=\"dim num\">([A-Z]+[0-9]+)</span>")]
    private static partial Regex Number();
}
