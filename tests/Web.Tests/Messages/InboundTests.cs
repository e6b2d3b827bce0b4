using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using CaseManagement.Domain.Complaints;
using CaseManagement.Web.Persistence.Correspondence;
using CaseManagement.Web.Tests.Api;
using CaseManagement.Web.Tests.Notifications;
using CaseManagement.Web.Timers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.Web.Tests.Messages;

/// <summary>Mails that leave carry an address of their case; what comes back by it lies on the case, and nothing else does.</summary>
public sealed class InboundTests : IAsyncLifetime
{
    private readonly MailHost _host = new();
    private HttpClient _api = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _host.Settings["Mail:ReplyAddress"] = "reply@example.org";
        _host.Settings["Mail:InboundPerHour"] = "3";
        _host.Settings["OutgoingHttp:AllowedHosts:0"] = "https://hooks.example.org";
        _api = _host.Api();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task An_answer_to_a_mail_lies_on_its_case_and_whoever_holds_the_task_is_told()
    {
        var (id, number, reply) = await RegisterAsync();
        await ClaimAsync(id);

        var answer = await BringAsync(Mail(reply, "Re: your complaint", "I agree, close it.\n\n> old words"));

        Assert.Equal(("onCase", id.ToString()), (answer["state"].Text(), answer["complaint"].Text()));
        var page = await (await _host.AsAsync("li")).ReadAsync($"/cases/{id}");
        Assert.Contains("The complainant wrote: Re: your complaint", page, StringComparison.Ordinal);
        Assert.Contains("I agree, close it.", page, StringComparison.Ordinal);
        Assert.Contains("spf=pass, dkim=fail", page, StringComparison.Ordinal);
        Assert.Contains("Earlier messages", page, StringComparison.Ordinal);
        Assert.Contains($"The complainant wrote on {number}", await (await _host.AsAsync("li")).ReadAsync("/notifications"), StringComparison.Ordinal);

        // whatever it says, it does nothing but be there
        Assert.Equal("open", (await _api.AskAsync($"/api/v1/complaints/{id}"))["status"].Text());
        Assert.Equal(0, await _host.AskAsync(db => db.Events.CountAsync(e => e.ComplaintId == id && (e.Type == CaseEvents.Answered || e.Type == CaseEvents.Closed || e.Type == CaseEvents.Withdrawn), Token)));
    }

    [Fact]
    public async Task A_right_sender_and_number_without_the_address_of_the_case_go_to_quarantine()
    {
        var (id, number, _) = await RegisterAsync();

        var answer = await BringAsync(Mail("complaints@example.org", $"Re: Complaint {number}", "Withdraw it."));

        Assert.Equal(("quarantined", "noToken"), (answer["state"].Text(), answer["reason"].Text()));
        Assert.Equal(0, await ReceivedOnAsync(id));
    }

    [Fact]
    public async Task An_address_that_was_tampered_with_goes_to_quarantine()
    {
        var (id, _, reply) = await RegisterAsync();
        var (_, _, other) = await RegisterAsync();
        var at = reply.IndexOf('@', StringComparison.Ordinal);
        var last = reply[at - 2] == 'a' ? 'b' : 'a';
        string[] forged =
        [
            reply[..(at - 2)] + last + reply[(at - 1)..],
            reply[..20] + other[20..],
            $"reply+{number()}@example.org",
            "reply+@example.org",
        ];

        foreach (var address in forged)
        {
            var answer = await BringAsync(Mail(address, "Re", "x", from: $"{Guid.NewGuid():N}@example.com"));
            Assert.Equal(("quarantined", "wrongToken"), (answer["state"].Text(), answer["reason"].Text()));
        }

        Assert.Equal(0, await ReceivedOnAsync(id));

        static string number() => new('2', 42);
    }

    [Fact]
    public async Task The_address_and_not_the_words_say_which_case()
    {
        var (first, number, _) = await RegisterAsync();
        var (second, _, reply) = await RegisterAsync();

        await BringAsync(Mail(reply.ToUpperInvariant(), $"Re: {number}", "For the first case, I say."));

        Assert.Equal((0, 1), (await ReceivedOnAsync(first), await ReceivedOnAsync(second)));
    }

    [Fact]
    public async Task The_same_Message_ID_comes_in_once()
    {
        var (id, _, reply) = await RegisterAsync();
        var first = await BringAsync(Mail(reply, "Re", "One.", messageId: "same@example.com"));

        var again = await BringAsync(Mail(reply, "Re", "Other words.", messageId: "same@example.com"));

        Assert.Equal((first["id"].Text(), true), (again["id"].Text(), again["duplicate"]!.GetValue<bool>()));
        Assert.Equal(1, await ReceivedOnAsync(id));
    }

    [Theory]
    [InlineData("Auto-Submitted: auto-replied")]
    [InlineData("Precedence: bulk")]
    [InlineData("List-Id: <news.example.com>")]
    [InlineData("Return-Path: <>")]
    public async Task What_a_program_wrote_never_comes_to_a_case(string header)
    {
        var (id, _, reply) = await RegisterAsync();

        var answer = await BringAsync(Mail(reply, "Out of office", "I am away.", headers: header));

        Assert.Equal(("quarantined", "automatic"), (answer["state"].Text(), answer["reason"].Text()));
        Assert.Equal(0, await ReceivedOnAsync(id));
    }

    [Fact]
    public async Task Too_many_within_an_hour_go_to_quarantine_and_far_too_many_nowhere()
    {
        var (id, _, reply) = await RegisterAsync();
        for (var i = 0; i < 15; i++)
        {
            var answer = await BringAsync(Mail(reply, "Re", $"Mail {i}"));
            Assert.Equal(i < 3 ? "onCase" : "quarantined", answer["state"].Text());
        }

        await BringAsync(Mail(reply, "Re", "One more"), 429);

        Assert.Equal(3, await ReceivedOnAsync(id));
        await MailHost.PassAsync(_api, "PT61M");
        Assert.Equal("onCase", (await BringAsync(Mail(reply, "Re", "Later")))["state"].Text());
    }

    [Fact]
    public async Task JSON_of_a_mail_is_one_too_and_no_field_starts_another_line()
    {
        var (id, _, reply) = await RegisterAsync();

        var answer = await _api.TellAsync("/api/v1/messages/inbound", new
        {
            messageId = "<json@example.com>",
            from = "wang.customer@example.com\r\nBcc: all@example.com",
            fromName = "Wang\r\nX: y",
            to = new[] { $"<{reply}>" },
            subject = "One\r\nBcc: two",
            html = "<p>Hello<script>alert(1)</script></p>",
            headers = new Dictionary<string, string> { ["authentication-results"] = "mx; spf=pass" },
            attachments = new[] { new { name = "../../etc/passwd\r\n", contentType = "text/plain", content = Convert.ToBase64String("x"u8) } },
        });

        Assert.Equal("onCase", answer["state"].Text());
        var kept = await _host.AskAsync(db => db.ReceivedMessages.AsNoTracking().SingleAsync(m => m.ComplaintId == id, Token));
        Assert.Equal(("One Bcc: two", "Hello", "passwd", "spf=pass"), (kept.Subject, kept.Text, kept.Attachments, kept.Authentication));
        Assert.All([kept.FromAddress, kept.FromName!], text => Assert.DoesNotContain('\n', text));
    }

    [Theory]
    [InlineData("", "message/rfc822", 400)]
    [InlineData("no mail at all", "message/rfc822", 400)]
    [InlineData("{\"to\":[\"a@b\"]}", "application/json", 400)]
    [InlineData("{\"from\":\"a@b\",\"to\":[\"a@b\"],\"agree\":true}", "application/json", 400)]
    public async Task What_is_no_mail_is_refused(string body, string type, int status) => await BringAsync(Encoding.UTF8.GetBytes(body), status, type);

    [Fact]
    public async Task A_message_in_quarantine_is_put_on_a_case_registered_or_discarded_by_those_who_may()
    {
        var (id, number, _) = await RegisterAsync();
        foreach (var subject in (string[])["First", "Second", "Third"])
        {
            await BringAsync(Mail("complaints@example.org", subject, $"Words of {subject}", from: $"{subject}@example.com"));
        }

        Assert.Equal(HttpStatusCode.NotFound, (await (await _host.AsAsync("li")).GetAsync("/messages/quarantine")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await (await _host.AsAsync("admin")).GetAsync("/messages/quarantine")).StatusCode);
        var zhou = await _host.AsAsync("zhou");
        Assert.Contains("Words of First", await zhou.ReadAsync("/messages/quarantine"), StringComparison.Ordinal);
        Assert.Contains("/messages/quarantine", await zhou.ReadAsync("/inbox"), StringComparison.Ordinal);
        Task<HttpResponseMessage> Do(Guid mail, string verb, string name = "x", string value = "") => zhou.PostAsync($"/messages/quarantine/{mail}/{verb}", (name, value));
        var mails = await _host.AskAsync(db => db.ReceivedMessages.AsNoTracking().OrderBy(m => m.FromAddress).Select(m => m.Id).ToListAsync(Token));

        Assert.Equal(HttpStatusCode.BadRequest, (await Do(mails[0], "assign", "number", "nothing")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await Do(mails[0], "discard")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await Do(mails[0], "assign", "number", number)).StatusCode);
        var registered = await Do(mails[1], "register");
        Assert.Equal(HttpStatusCode.Redirect, (await Do(mails[2], "discard", "reason", "Advertising")).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await Do(mails[2], "assign", "number", number)).StatusCode);

        Assert.Equal(1, await ReceivedOnAsync(id));
        Assert.Contains("Words of Second", await zhou.FollowAsync(registered), StringComparison.Ordinal);
        var third = await _host.AskAsync(db => db.ReceivedMessages.AsNoTracking().SingleAsync(m => m.Id == mails[2], Token));
        Assert.Equal((ReceivedState.Discarded, "Advertising", "zhou"), (third.State, third.Decision, third.DecidedBy));
        Assert.Equal(2, await _host.AskAsync(db => db.ReceivedContents.CountAsync(Token)));
        Assert.Equal(3, await _host.AskAsync(db => db.ConfigurationEvents.CountAsync(e => e.Stream == "received-messages", Token)));
        Assert.Contains("No mail waits here", await zhou.ReadAsync("/messages/quarantine"), StringComparison.Ordinal);
    }

    private async Task<(Guid Id, string Number, string Reply)> RegisterAsync()
    {
        var body = Sample.Complaint();
        body["complainant"] = new { name = "Wang", email = "wang.customer@example.com" };
        var registered = await _api.TellAsync("/api/v1/complaints", body, 201);
        await _host.Services.GetRequiredService<OutboxDispatcher>().DeliverDueAsync(Token);
        var mail = _host.MailsOf("wang.customer")[^1];
        var reply = Assert.Single(mail.ReplyTo.Mailboxes).Address;
        Assert.StartsWith("reply+", reply, StringComparison.Ordinal);
        return (Guid.Parse(registered["id"].Text()), registered["number"].Text(), reply);
    }

    private async Task ClaimAsync(Guid id)
    {
        var task = await _host.AskAsync(db => db.Tasks.Where(t => t.ComplaintId == id && t.DoneAt == null).Select(t => t.Id).FirstAsync(Token));
        var li = await _host.AsAsync("li");
        await li.ReadAsync($"/cases/{id}");
        await li.PostAsync($"/cases/{id}/tasks/{task}/claim");
    }

    private Task<int> ReceivedOnAsync(Guid id) => _host.AskAsync(db => db.Events.CountAsync(e => e.ComplaintId == id && e.Type == CaseEvents.MessageReceived, Token));

    private Task<JsonNode> BringAsync(string mail, int status = 200) => BringAsync(Encoding.UTF8.GetBytes(mail), status, "message/rfc822");

    private async Task<JsonNode> BringAsync(byte[] body, int status, string type)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        var answer = await _api.PostAsync(new Uri("/api/v1/messages/inbound", UriKind.Relative), content, Token);
        var text = await answer.Content.ReadAsStringAsync(Token);
        Assert.True((int)answer.StatusCode == status, $"{(int)answer.StatusCode}: {text}");
        return JsonNode.Parse(text)!;
    }

    private static string Mail(string to, string subject, string text, string from = "wang.customer@example.com", string? messageId = null, string? headers = null) => string.Join("\r\n",
    [
        "Authentication-Results: mx.example.org; spf=pass smtp.mailfrom=x; dkim=fail",
        .. headers is null ? Array.Empty<string>() : [headers],
        $"From: Wang <{from}>",
        $"To: {to}",
        $"Subject: {subject}",
        $"Message-ID: <{messageId ?? Guid.NewGuid().ToString("N") + "@example.com"}>",
        "Content-Type: text/plain; charset=utf-8",
        "",
        text,
    ]);
}
