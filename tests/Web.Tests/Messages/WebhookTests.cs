using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Delivery;
using CaseManagement.Web.Tests.Api;
using CaseManagement.Web.Tests.Notifications;
using CaseManagement.Web.Tests.Pages;
using CaseManagement.Web.Timers;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CaseManagement.Web.Tests.Messages;

/// <summary>SMS go to a gateway on loopback by signed requests; the gateway's receipts come back signed.</summary>
public sealed class WebhookTests : IAsyncLifetime
{
    private readonly MailHost _host = new();
    private readonly ConcurrentQueue<(string Key, string Timestamp, string Signature, byte[] Body)> _requests = new();
    private WebApplication _gateway = null!;
    private string _origin = "";
    private int _answer = 200;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _gateway = builder.Build();
        _gateway.Urls.Add("http://127.0.0.1:0");
        _gateway.MapPost("/sms", async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, Token);
            _requests.Enqueue((context.Request.Headers["Idempotency-Key"]!, context.Request.Headers[WebhookSignature.TimestampHeader]!, context.Request.Headers[WebhookSignature.Header]!, body.ToArray()));
            context.Response.StatusCode = _answer;
            if (_answer == 302)
            {
                context.Response.Headers.Location = "http://169.254.169.254/latest/meta-data";
            }
        });
        await _gateway.StartAsync(Token);
        _origin = _gateway.Urls.Single();
        _host.Settings["OutgoingHttp:AllowedHosts:0"] = _origin;
        _host.Settings["OutgoingHttp:AllowedHosts:1"] = "https://sms.example.org";
        _host.Settings["OutgoingHttp:AllowedHosts:2"] = "https://127.0.0.2";
        _host.Settings["OutgoingHttp:AllowedNetworks:0"] = "127.0.0.1/32";
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _gateway.DisposeAsync();
    }

    [Fact]
    public async Task An_SMS_goes_to_the_gateway_signed_and_a_new_secret_leaves_no_gap()
    {
        var admin = await SetAsync();
        var old = await RotateAsync(admin);
        var now = await RotateAsync(admin);
        var id = await RegisterAsync();

        await DeliverAsync();

        var (key, timestamp, signature, body) = Assert.Single(_requests);
        var message = await MessageAsync(id);
        Assert.Equal((message.Id.ToString(), MessageStates.Delivered), (key, message.State));
        Assert.Equal("13800000000", JsonNode.Parse(body)!["to"].Text());
        foreach (var secret in (string[])[old, now])
        {
            Assert.True(WebhookSignature.IsGood(signature, timestamp, body, [secret], Wall()));
        }

        Assert.False(WebhookSignature.IsGood(signature, timestamp, body, ["another"], Wall()));
        Assert.False(WebhookSignature.IsGood(signature, timestamp, [.. body, (byte)' '], [now], Wall()));
        Assert.Equal(HttpStatusCode.Redirect, (await admin.PostAsync("/channels/sms/secret/old")).StatusCode);
        await RegisterAsync();
        await DeliverAsync();
        var later = _requests.Last();
        Assert.False(WebhookSignature.IsGood(later.Signature, later.Timestamp, later.Body, [old], Wall()));
        Assert.True(WebhookSignature.IsGood(later.Signature, later.Timestamp, later.Body, [now], Wall()));

        // no secret is anywhere in the clear
        var stored = await _host.AskAsync(db => db.WebhookTargets.AsNoTracking().SingleAsync(Token));
        var audit = string.Concat(await _host.AskAsync(db => db.ConfigurationEvents.Select(e => e.Data + e.Body).ToListAsync(Token)));
        Assert.DoesNotContain(now, stored.Secret + audit, StringComparison.Ordinal);
        Assert.DoesNotContain(now, await admin.ReadAsync("/channels"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(500, MessageStates.Pending)]
    [InlineData(429, MessageStates.Pending)]
    [InlineData(400, MessageStates.Parked)]
    [InlineData(302, MessageStates.Parked)]
    public async Task What_the_gateway_cannot_take_now_is_tried_again_under_the_same_key_and_what_it_will_not_is_parked(int answer, string state)
    {
        await SetAsync();
        _answer = answer;
        var id = await RegisterAsync();

        await DeliverAsync();

        Assert.Equal(state, (await MessageAsync(id)).State);
        if (state == MessageStates.Pending)
        {
            _answer = 204;
            using var api = _host.Api();
            await MailHost.PassAsync(api, "PT1M");
            await DeliverAsync();
            Assert.Equal(MessageStates.Delivered, (await MessageAsync(id)).State);
            Assert.Single(_requests.Select(r => r.Key).Distinct());
            Assert.Equal(2, _requests.Count);
        }
        else
        {
            Assert.Single(_requests);
            Assert.Contains("text message", await (await _host.AsAsync("admin")).ReadAsync("/outbox"), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("https://evil.example.net/sms")]
    [InlineData("https://sms.example.org@evil.example.net/")]
    [InlineData("https://user:secret@sms.example.org/")]
    [InlineData("https://2130706433/")]
    [InlineData("https://0x7f.1/")]
    [InlineData("https://[::1]/")]
    [InlineData("https://[::ffff:127.0.0.1]/")]
    [InlineData("https://169.254.169.254/")]
    [InlineData("http://sms.example.org/")]
    [InlineData("ftp://sms.example.org/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("//sms.example.org/x")]
    [InlineData("")]
    public async Task A_gateway_lies_only_where_the_configuration_allows(string url)
    {
        var admin = await _host.AsAsync("admin");
        await admin.ReadAsync("/channels");

        var answer = await admin.PostAsync("/channels/sms", ("Name", "Gateway"), ("Url", url), ("IsEnabled", "true"), ("Version", "0"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(0, await _host.AskAsync(db => db.WebhookTargets.CountAsync(Token)));
    }

    [Fact]
    public async Task A_name_allowed_that_leads_inside_is_not_connected_to()
    {
        await SetAsync("https://127.0.0.2/sms");
        var id = await RegisterAsync();

        await DeliverAsync();

        var message = await MessageAsync(id);
        Assert.Equal(MessageStates.Parked, message.State);
        Assert.Contains("own network", message.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_receipt_counts_when_it_is_signed_lately_with_a_valid_secret()
    {
        var admin = await SetAsync();
        var secret = await RotateAsync(admin);
        var id = await RegisterAsync();
        await DeliverAsync();
        var message = await MessageAsync(id);
        var now = Wall().ToUnixTimeSeconds();
        var body = $$"""{"id":"{{message.Id}}","state":"failed","detail":"switched\r\noff"}""";

        Assert.Equal(HttpStatusCode.Unauthorized, await ReceiptAsync(body, now, null));
        Assert.Equal(HttpStatusCode.Unauthorized, await ReceiptAsync(body, now, "another"));
        Assert.Equal(HttpStatusCode.Unauthorized, await ReceiptAsync(body, now - 400, secret));
        Assert.Equal(HttpStatusCode.Unauthorized, await ReceiptAsync(body, now, secret, "chat"));
        Assert.Equal(HttpStatusCode.BadRequest, await ReceiptAsync("""{"id":"x","state":"failed"}""", now, secret));
        Assert.Equal(HttpStatusCode.BadRequest, await ReceiptAsync("[]", now, secret));
        Assert.Equal(HttpStatusCode.NotFound, await ReceiptAsync($$"""{"id":"{{Guid.NewGuid()}}","state":"delivered"}""", now, secret));
        Assert.Equal(0, await _host.AskAsync(db => db.MessageReceipts.CountAsync(Token)));
        Assert.Equal(HttpStatusCode.NoContent, await ReceiptAsync(body, now, secret));
        Assert.Equal(HttpStatusCode.NoContent, await ReceiptAsync(body, now, secret));

        Assert.Contains("did not arrive", await (await _host.AsAsync("zhou")).ReadAsync($"/cases/{id}"), StringComparison.Ordinal);
        Assert.Equal("switched off", await _host.AskAsync(db => db.MessageReceipts.Select(r => r.Detail).SingleAsync(Token)));
    }

    [Fact]
    public async Task Without_a_gateway_an_SMS_lies_parked_until_there_is_one()
    {
        var id = await RegisterAsync();
        await DeliverAsync();
        Assert.Equal((MessageStates.Parked, "channel-not-configured"), ((await MessageAsync(id)).State, (await MessageAsync(id)).LastError));

        var admin = await SetAsync();
        var page = await admin.ReadAsync("/outbox");
        await admin.PostAsync("/outbox/retry", ("ids", Browser.FieldOf(page, "ids")));
        await DeliverAsync();

        Assert.Equal(MessageStates.Delivered, (await MessageAsync(id)).State);
    }

    [Fact]
    public async Task A_person_has_notices_sent_to_an_address_of_their_own_and_chooses_what()
    {
        var zhou = await _host.AsAsync("zhou");
        await zhou.ReadAsync("/notifications/settings");
        Assert.Equal(HttpStatusCode.BadRequest, (await zhou.PostAsync("/notifications/settings", ("Mail", "None"), ("WebhookUrl", "https://evil.example.net/"), ("Version", "0"))).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await zhou.PostAsync("/notifications/settings", ("Mail", "None"), ("WebhookUrl", _origin + "/sms"), ("Version", "0"))).StatusCode);
        var secret = Regex.Match(await Browser.TextOf(await zhou.PostAsync("/notifications/settings/secret")), "whs_[0-9a-f]{64}").Value;
        using var api = _host.Api();
        var number = Assert.Single(await MailHost.RegisterAsync(api, 1));

        await MailHost.PassAsync(api, "PT25H");
        await _host.MailAsync();
        await MailHost.PassAsync(api, "PT10M");
        await _host.MailAsync();

        var (_, timestamp, signature, body) = _requests.Single(r => JsonNode.Parse(r.Body)!["recipient"].Text() == "user:zhou");
        Assert.True(WebhookSignature.IsGood(signature, timestamp, body, [secret], Wall()));
        Assert.Contains(number, JsonNode.Parse(body)!["text"].Text(), StringComparison.Ordinal);
        Assert.Empty(_host.MailsOf("zhou"));
    }

    private async Task<Browser> SetAsync(string? url = null)
    {
        var admin = await _host.AsAsync("admin");
        await admin.ReadAsync("/channels");
        var answer = await admin.PostAsync("/channels/sms", ("Name", "Gateway"), ("Url", url ?? _origin + "/sms"), ("IsEnabled", "true"), ("Version", "0"));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return admin;
    }

    private static async Task<string> RotateAsync(Browser admin) =>
        Regex.Match(await Browser.TextOf(await admin.PostAsync("/channels/sms/secret")), "whs_[0-9a-f]{64}").Value is { Length: > 0 } secret ? secret : throw new InvalidOperationException("No secret is shown.");

    private async Task<HttpStatusCode> ReceiptAsync(string body, long timestamp, string? secret, string channel = "sms")
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        using var client = _host.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/hooks/{channel}/receipts") { Content = new ByteArrayContent(bytes) };
        request.Headers.Add(WebhookSignature.TimestampHeader, timestamp.ToString(CultureInfo.InvariantCulture));
        if (secret is not null)
        {
            request.Headers.Add(WebhookSignature.Header, WebhookSignature.Of([secret], timestamp, bytes));
        }

        return (await client.SendAsync(request, Token)).StatusCode;
    }

    private DateTimeOffset Wall() => _host.Services.GetRequiredKeyedService<TimeProvider>(Clocks.Wall).GetUtcNow();

    private async Task<Guid> RegisterAsync()
    {
        using var api = _host.Api();
        return Guid.Parse((await api.TellAsync("/api/v1/complaints", Sample.Complaint(), 201))["id"].Text());
    }

    private Task<MessageRow> MessageAsync(Guid id) => _host.AskAsync(db => db.Messages.AsNoTracking().SingleAsync(m => m.ComplaintId == id && m.Recipient == "complainant", Token));

    private async Task DeliverAsync()
    {
        while (await _host.Services.GetRequiredService<OutboxDispatcher>().DeliverDueAsync(Token) > 0)
        {
            // more may wait
        }
    }
}
