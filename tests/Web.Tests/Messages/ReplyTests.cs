using System.Net;
using System.Text.RegularExpressions;
using CaseManagement.Domain.Complaints;
using CaseManagement.Web.Tests.Api;
using CaseManagement.Web.Tests.Notifications;
using CaseManagement.Web.Tests.Pages;
using CaseManagement.Web.Timers;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.Web.Tests.Messages;

/// <summary>What people write on the page of a case, and the templates administrators make for it.</summary>
public sealed class ReplyTests : IAsyncDisposable
{
    private readonly MailHost _host = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_reply_is_filled_from_a_template_looked_at_and_sent_in_the_complainants_language()
    {
        await MakeAsync("update");
        var (id, number) = await RegisterAsync();
        var zhou = await _host.AsAsync("zhou");
        Assert.Contains("Progress update", await zhou.ReadAsync($"/cases/{id}"), StringComparison.Ordinal);

        var filled = await Browser.TextOf(await zhou.PostAsync($"/cases/{id}/entries", ("Kind", "reply"), ("Template", "own:update"), ("Language", "en"), ("Act", "fill"), ("Text", "")));
        Assert.Contains($"Dear Wang, your case {number} is in work.", filled, StringComparison.Ordinal);
        var previewed = await Browser.TextOf(await zhou.PostAsync(
            $"/cases/{id}/entries", ("Kind", "reply"), ("Template", "own:update"), ("Language", "en"), ("Act", "preview"), ("Subject", $"Update on {number}"), ("Text", "Dear Wang, done soon.")));
        Assert.Contains("w***@example.com", previewed, StringComparison.Ordinal);
        Assert.Equal(0, await _host.AskAsync(db => db.Events.CountAsync(e => e.ComplaintId == id && e.Type == CaseEvents.Replied, Token)));
        var sent = await zhou.PostAsync($"/cases/{id}/entries", ("Kind", "reply"), ("Template", "own:update"), ("Language", "en"), ("Subject", $"Update on {number}"), ("Text", "Dear Wang,\ndone soon. {{number}}"));

        Assert.Contains("e-mail · to be sent", await zhou.FollowAsync(sent), StringComparison.OrdinalIgnoreCase);
        await DeliverAsync();
        var mail = _host.MailsOf("wang.customer").Single(m => m.Subject == $"Update on {number}");
        Assert.Equal("Dear Wang,\ndone soon. {{number}}", mail.TextBody!.Replace("\r\n", "\n", StringComparison.Ordinal).Trim());
        Assert.Contains("e-mail · sent", await zhou.ReadAsync($"/cases/{id}"), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_reply_the_server_refuses_shows_as_not_sent_and_a_dropped_one_says_so()
    {
        var (id, _) = await RegisterAsync();
        await DeliverAsync();
        _host.Sink.RefusesRecipients = "550 no such mailbox";
        var zhou = await _host.AsAsync("zhou");
        await zhou.ReadAsync($"/cases/{id}");
        await zhou.PostAsync($"/cases/{id}/entries", ("Kind", "reply"), ("Language", "zh-CN"), ("Text", "正在处理。"));
        await DeliverAsync();
        Assert.Contains("not sent", await zhou.ReadAsync($"/cases/{id}"), StringComparison.OrdinalIgnoreCase);
        var admin = await _host.AsAsync("admin");
        var page = await admin.ReadAsync("/outbox");

        Assert.Equal(HttpStatusCode.BadRequest, (await admin.PostAsync("/outbox/drop", ("ids", Browser.FieldOf(page, "ids")))).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await admin.PostAsync("/outbox/drop", ("ids", Browser.FieldOf(page, "ids")), ("reason", "Told by telephone"))).StatusCode);

        Assert.Contains("dropped", await zhou.ReadAsync($"/cases/{id}"), StringComparison.Ordinal);
        Assert.Equal(1, await _host.AskAsync(db => db.Messages.CountAsync(m => m.State == MessageStates.Dropped && m.LastError == "Told by telephone", Token)));
        Assert.Equal("admin", await _host.AskAsync(db => db.ConfigurationEvents.Where(e => e.Type == "messages.dropped").Select(e => e.ActorId).SingleAsync(Token)));
    }

    [Theory]
    [InlineData("Fine\r\nBcc: all@example.com", "Fine Bcc: all@example.com")]
    [InlineData("Fine\nX-Evil: 1\n\nbody", "Fine X-Evil: 1 body")]
    public async Task A_subject_starts_no_header(string typed, string arrives)
    {
        var (id, _) = await RegisterAsync(name: "Wang\r\nBcc: all@example.com");
        var zhou = await _host.AsAsync("zhou");
        await zhou.ReadAsync($"/cases/{id}");

        await zhou.PostAsync($"/cases/{id}/entries", ("Kind", "reply"), ("Language", "en"), ("Subject", typed), ("Text", "Hello"));
        await DeliverAsync();

        var mail = _host.MailsOf("wang.customer").Single(m => m.Subject == arrives);
        Assert.Null(mail.Headers["Bcc"]);
        Assert.Null(mail.Headers["X-Evil"]);
        Assert.DoesNotContain(_host.Sink.Mails, m => m.To == "all@example.com");
    }

    [Fact]
    public async Task A_letter_has_a_number_a_date_and_a_page_to_print()
    {
        await MakeAsync("final", "letter");
        var (id, number) = await RegisterAsync();
        var zhou = await _host.AsAsync("zhou");
        await zhou.ReadAsync($"/cases/{id}");

        var first = await zhou.PostAsync($"/cases/{id}/entries", ("Kind", "letter"), ("Template", "own:final"), ("Language", "en"), ("Subject", "Our decision"), ("Text", "Dear Wang,\n\nwe repair it. <script>"));
        var page = await zhou.FollowAsync(first);
        var raw = await (await zhou.GetAsync(first.Headers.Location!.ToString())).Content.ReadAsStringAsync(Token);
        var second = await zhou.FollowAsync(await zhou.PostAsync($"/cases/{id}/entries", ("Kind", "letter"), ("Language", "en"), ("Subject", "Another"), ("Text", "Once more.")));

        Assert.Contains("L-2026-00001", page, StringComparison.Ordinal);
        Assert.Contains("L-2026-00002", second, StringComparison.Ordinal);
        Assert.Contains("Our decision", page, StringComparison.Ordinal);
        Assert.DoesNotContain("repair it. <script>", raw, StringComparison.Ordinal);
        Assert.Contains("Letter L-2026-00001: Our decision", await zhou.ReadAsync($"/cases/{id}"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await (await _host.AsAsync("admin")).GetAsync(first.Headers.Location!.ToString())).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await zhou.GetAsync($"/cases/{id}/letters/{Guid.NewGuid()}")).StatusCode);
        Assert.NotEmpty(number);
    }

    [Fact]
    public async Task Calls_and_visits_are_logged_with_whom_when_and_how_long()
    {
        var (id, _) = await RegisterAsync();
        var zhou = await _host.AsAsync("zhou");
        await zhou.ReadAsync($"/cases/{id}");
        Task<HttpResponseMessage> Log(string kind, string minutes, string when) => zhou.PostAsync(
            $"/cases/{id}/entries", ("Kind", kind), ("With", "Mrs Wang"), ("Direction", "out"), ("When", when), ("Minutes", minutes), ("Text", "She was not at home."));

        Assert.Equal(HttpStatusCode.BadRequest, (await Log("call", "-1", "2026-09-02T09:00")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await Log("call", "5", "2026-09-03T09:00")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await Log("visit", "5", "yesterday")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await Log("call", "5", "2026-09-02T09:00")).StatusCode);
        var page = await zhou.FollowAsync(await Log("visit", "45", "2026-09-02T09:30"));

        Assert.Contains("Call: Mrs Wang", page, StringComparison.Ordinal);
        Assert.Contains("Visit: Mrs Wang", page, StringComparison.Ordinal);
        Assert.Contains("45 min", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("BodyEn", "Dear {{{complainant}}}", "Line 1, column 6")]
    [InlineData("BodyZh", "一\n二 {{#each x}}", "Line 2, column 3")]
    [InlineData("BodyEn", "{{trackingCode}}", "nothing is called trackingCode")]
    [InlineData("SubjectEn", "{{secret}}", "nothing is called secret")]
    [InlineData("SubjectEn", "two\nlines", "One line")]
    [InlineData("NameZh", "", "1 to 100")]
    public async Task A_mistake_in_a_template_is_told_with_its_place_and_nothing_is_kept(string field, string typed, string said)
    {
        var admin = await _host.AsAsync("admin");
        await admin.ReadAsync("/templates/all/new-template");

        var answer = await admin.PostAsync("/templates/all/new-template", Fields("bad", "email", (field, typed)));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(said, await Browser.TextOf(answer), StringComparison.Ordinal);
        Assert.Equal(0, await _host.AskAsync(db => db.MessageTemplates.CountAsync(Token)));
    }

    [Fact]
    public async Task A_template_has_its_history_can_be_taken_back_and_is_in_the_audit()
    {
        var admin = await MakeAsync("update", "sms");
        var tried = await Browser.TextOf(await admin.PostAsync("/templates/all/update", [.. Fields("update", "sms", ("BodyEn", "{{complainant}}: soon")), ("Version", "1"), ("act", "try")]));
        Assert.Contains("Alex Example: soon", tried, StringComparison.Ordinal);
        Assert.Contains("18 characters, 1 SMS", tried, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Redirect, (await admin.PostAsync("/templates/all/update", [.. Fields("update", "sms", ("BodyEn", "Changed")), ("Version", "1")])).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await admin.PostAsync("/templates/all/update", [.. Fields("update", "sms", ("BodyEn", "Lost race")), ("Version", "1")])).StatusCode);
        Assert.Contains("English text", await admin.ReadAsync("/templates/all/update"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await admin.PostAsync("/templates/all/update/undo/2")).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await admin.PostAsync("/templates/all/update/undo/2")).StatusCode);

        Assert.Equal(["Dear {{complainant}}, your case {{number}} is in work.", "Changed", "Dear {{complainant}}, your case {{number}} is in work."],
            await _host.AskAsync(db => db.MessageTemplates.OrderBy(t => t.Version).Select(t => t.BodyEn).ToListAsync(Token)));
        Assert.Equal(["template.changed", "template.changed", "template.undone"], await _host.AskAsync(db => db.ConfigurationEvents.Where(e => e.Stream == "template:/update").OrderBy(e => e.Sequence).Select(e => e.Type).ToListAsync(Token)));
    }

    [Theory]
    [InlineData("li", HttpStatusCode.NotFound)]
    [InlineData("zhou", HttpStatusCode.NotFound)]
    [InlineData("auditor", HttpStatusCode.OK)]
    [InlineData("admin", HttpStatusCode.OK)]
    public async Task Templates_and_channels_are_for_administrators_and_auditors_to_look_at(string person, HttpStatusCode expected)
    {
        var browser = await _host.AsAsync(person);

        Assert.Equal(expected, (await browser.GetAsync("/templates")).StatusCode);
        Assert.Equal(expected, (await browser.GetAsync("/channels")).StatusCode);
        Assert.Equal(person == "admin" ? HttpStatusCode.OK : HttpStatusCode.NotFound, (await browser.GetAsync("/templates/all/new-template")).StatusCode);
    }

    private async Task<Browser> MakeAsync(string key, string channel = "email")
    {
        var admin = await _host.AsAsync("admin");
        await admin.ReadAsync("/templates/all/new-template");
        var made = await admin.PostAsync("/templates/all/new-template", Fields(key, channel));
        Assert.True(made.StatusCode == HttpStatusCode.Redirect, Regex.Match(await Browser.TextOf(made), "class=\"err\".*").Value);
        return admin;
    }

    private static (string Name, string Value)[] Fields(string key, string channel, params (string Name, string Value)[] other)
    {
        var fields = new Dictionary<string, string>
        {
            ["Key"] = key,
            ["Channel"] = channel,
            ["NameZh"] = "进展告知",
            ["NameEn"] = "Progress update",
            ["SubjectZh"] = "{{number}} 的进展",
            ["SubjectEn"] = "Update on {{number}}",
            ["BodyZh"] = "{{complainant}}，您的投诉 {{number}} 正在办理。",
            ["BodyEn"] = "Dear {{complainant}}, your case {{number}} is in work.",
        };
        foreach (var (name, value) in other)
        {
            fields[name] = value;
        }

        return [.. fields.Select(f => (f.Key, f.Value))];
    }

    private async Task<(Guid Id, string Number)> RegisterAsync(string name = "Wang")
    {
        using var api = _host.Api();
        var body = Sample.Complaint();
        body["complainant"] = new { name, email = "wang.customer@example.com" };
        var registered = await api.TellAsync("/api/v1/complaints", body, 201);
        return (Guid.Parse(registered["id"].Text()), registered["number"].Text());
    }

    private async Task DeliverAsync() => await _host.Services.GetRequiredService<OutboxDispatcher>().DeliverDueAsync(Token);
}
