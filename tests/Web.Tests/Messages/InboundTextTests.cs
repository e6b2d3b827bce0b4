using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CaseManagement.Domain.Complaints;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Delivery;
using CaseManagement.Web.Messages;
using CaseManagement.Web.Persistence.Correspondence;
using CaseManagement.Web.Tests.Api;
using CaseManagement.Web.Tests.Notifications;
using CaseManagement.Web.Tests.Pages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.Web.Tests.Messages;

/// <summary>Text and chat messages come in signed: on the case their token or number says, else to a person; they never do anything but be there.</summary>
public sealed class InboundTextTests : IAsyncLifetime
{
    private readonly MailHost _host = new();
    private HttpClient _api = null!;
    private string _secret = "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host.Settings["OutgoingHttp:AllowedHosts:0"] = "https://sms.example.org";
        _host.Settings["Mail:InboundPerHour"] = "3";
        _api = _host.Api();
        var admin = await _host.AsAsync("admin");
        await admin.ReadAsync("/channels");
        await admin.PostAsync("/channels/sms", ("Name", "Gateway"), ("Url", "https://sms.example.org/sms"), ("IsEnabled", "true"), ("Version", "0"));
        _secret = Regex.Match(await Browser.TextOf(await admin.PostAsync("/channels/sms/secret")), "whs_[0-9a-f]{64}").Value;
    }

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task A_message_from_the_number_of_the_only_open_case_lies_there_and_changes_nothing()
    {
        var (id, number) = await RegisterAsync("138 0000 7711");

        var answer = await BringAsync("m1", "+86 13800007711", "同意，撤诉。\r\n<script>alert(1)</script>");

        Assert.Equal("onCase", answer["state"].Text());
        var page = await (await _host.AsAsync("zhou")).ReadAsync($"/cases/{id}");
        Assert.Contains("The complainant wrote: text message", page, StringComparison.Ordinal);
        Assert.Contains("同意，撤诉。", page, StringComparison.Ordinal);
        Assert.Equal("open", (await _api.AskAsync($"/api/v1/complaints/{id}"))["status"].Text());
        Assert.Equal(0, await _host.AskAsync(db => db.Events.CountAsync(e => e.ComplaintId == id && (e.Type == CaseEvents.Answered || e.Type == CaseEvents.Withdrawn || e.Type == CaseEvents.Closed), Token)));
        Assert.DoesNotContain(number, answer.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain(id.ToString(), answer.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_token_of_our_message_says_the_case_and_a_forged_one_says_none()
    {
        var (id, _) = await RegisterAsync("13800007712");
        var token = await _host.Services.GetRequiredService<ReplyAddresses>().TokenOfAsync(id, Token);

        Assert.Equal("onCase", (await BringAsync("t1", "chat-user-9", "hello", token))["state"].Text());
        Assert.Equal("quarantined", (await BringAsync("t2", "13800007712", "hello", token[..^1] + (token[^1] == 'a' ? 'b' : 'a')))["state"].Text());
        Assert.Equal(QuarantineReason.WrongToken, await _host.AskAsync(db => db.ReceivedMessages.Where(m => m.State == ReceivedState.Quarantined).Select(m => m.Reason).SingleAsync(Token)));
        Assert.Equal(1, await OnCaseAsync(id));
    }

    [Fact]
    public async Task Unknown_numbers_several_cases_closed_and_confidential_ones_wait_for_a_person_who_may_register_them()
    {
        await RegisterAsync("13800007713");
        await RegisterAsync("13800007713");
        await RegisterAsync("13800007714", confidential: true);
        var (closed, _) = await RegisterAsync("13800007715");
        await _api.TellAsync($"/api/v1/complaints/{closed}/withdraw", new { reason = "Settled" });

        foreach (var (key, from) in ((string, string)[])[("a", "13800007713"), ("b", "13800007714"), ("c", "13800007715"), ("d", "13912345678")])
        {
            Assert.Equal("quarantined", (await BringAsync(key, from, $"From {key}"))["state"].Text());
        }

        var chen = await _host.AsAsync("chen");
        var page = await chen.ReadAsync("/messages/quarantine");
        Assert.Contains("several open cases have this number", page, StringComparison.Ordinal);
        Assert.Contains("no open case has this number", page, StringComparison.Ordinal);
        Assert.Contains("text message", page, StringComparison.Ordinal);
        var message = await _host.AskAsync(db => db.ReceivedMessages.Where(m => m.Text == "From d").Select(m => m.Id).SingleAsync(Token));
        var made = await chen.PostAsync($"/messages/quarantine/{message}/register");
        Assert.Equal(HttpStatusCode.Redirect, made.StatusCode);
        var subject = await _host.AskAsync(db => db.Cases.Where(c => c.Subject == "From d").Select(c => c.Id).SingleAsync(Token));
        Assert.Equal("13912345678", (await _host.Services.GetRequiredService<Workflows.Cases.CaseRuntime>().ReadAsync(subject, Token))!.Complaint.Complainant.Phone);
    }

    [Fact]
    public async Task The_same_message_again_is_one_and_an_old_or_unsigned_request_is_refused()
    {
        var (id, _) = await RegisterAsync("13800007716");
        var first = await BringAsync("same", "13800007716", "once");
        var again = await BringAsync("same", "13800007716", "once");

        Assert.Equal((false, true), ((bool)first["duplicate"]!, (bool)again["duplicate"]!));
        Assert.Equal(1, await OnCaseAsync(id));
        var now = Wall().ToUnixTimeSeconds();
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(Body("x", "13800007716", "old"), now - 301, _secret)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(Body("x", "13800007716", "unsigned"), now, null)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(Body("x", "13800007716", "wrong"), now, "whs_wrong")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(Body("x", "13800007716", "other channel"), now, _secret, "webhook")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(Body("x", "13800007716", "no channel"), now, _secret, "fax")).StatusCode);
        Assert.Equal(1, await OnCaseAsync(id));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"id\":\"1\",\"from\":\"1\"}")]
    [InlineData("{\"id\":\"\",\"from\":\"1\",\"text\":\"x\"}")]
    [InlineData("{\"id\":1,\"from\":\"1\",\"text\":\"x\"}")]
    [InlineData("{\"id\":\"1\",\"from\":\"\\u202e\",\"text\":\"x\"}")]
    [InlineData("{\"id\":\"1\",\"from\":\"1\",\"text\":\" \"}")]
    [InlineData("{\"id\":\"1\",\"from\":\"1\",\"text\":{\"a\":{\"b\":{\"c\":{\"d\":1}}}}}")]
    [InlineData("not json")]
    public async Task What_is_no_message_is_refused_and_nothing_is_kept(string body)
    {
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(body, Wall().ToUnixTimeSeconds(), _secret)).StatusCode);
        Assert.Equal(0, await _host.AskAsync(db => db.ReceivedMessages.CountAsync(Token)));
    }

    [Fact]
    public async Task Too_many_from_one_number_wait_and_then_are_refused_and_a_large_one_is_not_read()
    {
        var (id, _) = await RegisterAsync("13800007717");
        var answers = new List<HttpStatusCode>();
        for (var sent = 0; sent < 3 * InboundMessages.RefusedFactor + 1; sent++)
        {
            answers.Add((await SendAsync(Body($"n{sent.ToString(CultureInfo.InvariantCulture)}", "13800007717", "again"), Wall().ToUnixTimeSeconds(), _secret)).StatusCode);
        }

        Assert.Equal(3, await OnCaseAsync(id));
        Assert.Equal(HttpStatusCode.TooManyRequests, answers[^1]);
        Assert.Equal(HttpStatusCode.OK, answers[^2]);
        var large = await SendAsync(Body("large", "13800007718", new string('a', 200_000)), Wall().ToUnixTimeSeconds(), _secret);
        Assert.True(large.StatusCode is HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.OK, large.StatusCode.ToString());
        Assert.True(await _host.AskAsync(db => db.ReceivedMessages.AllAsync(m => m.Text.Length <= Complaint.MaxText, Token)));
    }

    [Fact]
    public async Task Calls_visits_and_letters_are_logged_by_the_API_too()
    {
        var (id, _) = await RegisterAsync("13800007719");

        await _api.TellAsync($"/api/v1/complaints/{id}/contacts", new { kind = "call", direction = "out", with = "Wang\r\nBcc: x", minutes = 3, text = "Agreed a date." });
        await _api.TellAsync($"/api/v1/complaints/{id}/letters", new { subject = "Our answer", text = "Dear Wang,\n\nit is done.", language = "en" });
        await _api.TellAsync($"/api/v1/complaints/{id}/letters", new { subject = "Our answer", text = "Once more." });

        var page = await (await _host.AsAsync("zhou")).ReadAsync($"/cases/{id}");
        Assert.Contains("Agreed a date.", page, StringComparison.Ordinal);
        Assert.Contains("Wang Bcc: x", page, StringComparison.Ordinal);
        Assert.Contains("L-2026-00002", page, StringComparison.Ordinal);
        await _api.TellAsync($"/api/v1/complaints/{id}/contacts", new { kind = "fax", direction = "out", with = "Wang", minutes = 3, text = "x" }, 400);
        await _api.TellAsync($"/api/v1/complaints/{id}/contacts", new { kind = "call", direction = "in", with = "Wang", minutes = 2000, text = "x" }, 409);
        await _api.TellAsync($"/api/v1/complaints/{id}/letters", new { subject = "", text = "x" }, 409);
        await _api.TellAsync($"/api/v1/complaints/{id}/letters", new { subject = "x", text = "x", language = "fr" }, 400);
        await _api.TellAsync($"/api/v1/complaints/{Guid.NewGuid()}/letters", new { subject = "x", text = "x" }, 404);
    }

    private async Task<(Guid Id, string Number)> RegisterAsync(string phone, bool confidential = false)
    {
        var body = Sample.Complaint();
        body["complainant"] = new Dictionary<string, object> { ["name"] = "Wang", ["phone"] = phone, ["confidential"] = confidential };
        var answer = await _api.TellAsync("/api/v1/complaints", body, 201);
        return (answer["id"]!.GetValue<Guid>(), answer["number"].Text());
    }

    private async Task<JsonNode> BringAsync(string id, string from, string text, string? token = null)
    {
        var answer = await SendAsync(Body(id, from, text, token), Wall().ToUnixTimeSeconds(), _secret);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(Token))!;
    }

    private async Task<HttpResponseMessage> SendAsync(string body, long timestamp, string? secret, string channel = "sms")
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        using var client = _host.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/hooks/{channel}/messages") { Content = new ByteArrayContent(bytes) };
        request.Headers.Add(WebhookSignature.TimestampHeader, timestamp.ToString(CultureInfo.InvariantCulture));
        if (secret is not null)
        {
            request.Headers.Add(WebhookSignature.Header, WebhookSignature.Of([secret], timestamp, bytes));
        }

        return await client.SendAsync(request, Token);
    }

    private Task<int> OnCaseAsync(Guid id) => _host.AskAsync(db => db.Events.CountAsync(e => e.ComplaintId == id && e.Type == CaseEvents.MessageReceived, Token));

    private DateTimeOffset Wall() => _host.Services.GetRequiredKeyedService<TimeProvider>(Clocks.Wall).GetUtcNow();

    private static string Body(string id, string from, string text, string? token = null) => JsonSerializer.Serialize(new { id, from, text, token });
}
