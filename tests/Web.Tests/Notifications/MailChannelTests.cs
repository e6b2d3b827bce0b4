using System.Net;
using CaseManagement.Web.Tests.Api;
using CaseManagement.Web.Timers;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.Web.Tests.Notifications;

/// <summary>Mails really leave by SMTP; what the server will not have is parked where an administrator sees it and can try again.</summary>
public sealed class MailChannelTests : IAsyncLifetime
{
    private readonly MailHost _host = new();
    private HttpClient _api = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _api?.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task The_complainant_gets_the_receipt_in_both_languages_with_an_id_that_stays()
    {
        var id = await RegisterAsync();

        await DeliverAsync();

        var mail = Assert.Single(_host.MailsOf("wang.customer"));
        Assert.Contains(id.Number, mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("— — —", mail.TextBody, StringComparison.Ordinal);
        Assert.Equal("complaints@example.org", Assert.Single(mail.From.Mailboxes).Address);
        var row = await ReceiptAsync(id.Id);
        Assert.Equal((MessageStates.Delivered, $"{row.Id:N}@example.org"), (row.State, mail.MessageId));
    }

    [Fact]
    public async Task An_address_the_server_refuses_is_parked_at_once_and_goes_out_when_the_administrator_says_so()
    {
        _host.Sink.RefusesRecipients = "550 no such mailbox";
        var id = await RegisterAsync();
        await DeliverAsync();
        var admin = await _host.AsAsync("admin");

        var page = await admin.ReadAsync("/outbox");
        Assert.Contains("550 no such mailbox", page, StringComparison.Ordinal);
        Assert.Contains("w***@example.com", page, StringComparison.Ordinal);
        Assert.DoesNotContain("wang.customer@example.com", page, StringComparison.Ordinal);
        Assert.Equal((MessageStates.Parked, 1), await StateAsync(id.Id));
        _host.Sink.RefusesRecipients = null;
        var answer = await admin.PostAsync("/outbox/retry", ("ids", Pages.Browser.FieldOf(page, "ids")));
        await DeliverAsync();

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Single(_host.MailsOf("wang.customer"));
        Assert.Contains("Every message was delivered", await admin.ReadAsync("/outbox"), StringComparison.Ordinal);
        Assert.Equal("admin", await _host.AskAsync(db => db.ConfigurationEvents.Where(e => e.Type == "messages.retried").Select(e => e.ActorId).SingleAsync(Token)));
    }

    [Fact]
    public async Task A_server_that_is_away_is_tried_again_later()
    {
        var id = await RegisterAsync();
        await _host.Sink.DisposeAsync();

        await DeliverAsync();

        var row = await ReceiptAsync(id.Id);
        Assert.Equal((MessageStates.Pending, 1), (row.State, row.Attempts));
        Assert.NotNull(row.LastError);
        Assert.True(row.NextAttemptAt > row.CreatedAt);
    }

    [Theory]
    [InlineData("li", HttpStatusCode.NotFound)]
    [InlineData("zhou", HttpStatusCode.NotFound)]
    [InlineData("auditor", HttpStatusCode.OK)]
    [InlineData("admin", HttpStatusCode.OK)]
    public async Task Undelivered_messages_are_for_administrators_and_auditors(string person, HttpStatusCode expected) =>
        Assert.Equal(expected, (await (await _host.AsAsync(person)).GetAsync("/outbox")).StatusCode);

    [Fact]
    public async Task An_auditor_sends_nothing_again()
    {
        var auditor = await _host.AsAsync("auditor");
        await auditor.ReadAsync("/outbox");

        Assert.Equal(HttpStatusCode.NotFound, (await auditor.PostAsync("/outbox/retry", ("ids", Guid.NewGuid().ToString()))).StatusCode);
    }

    [Theory]
    [InlineData("", "", "StartTls", "Mail:Host")]
    [InlineData("mail.example.org", "no address", "StartTls", "Mail:From")]
    [InlineData("mail.example.org", "a@example.org", "None", "in the clear")]
    public async Task Production_does_not_start_with_a_mail_server_that_cannot_be_trusted(string server, string from, string security, string said)
    {
        await using var place = ProductDatabase.Create();
        await using var production = new WebApplicationFactory<Program>().WithWebHostBuilder(builder =>
        {
            var keys = Path.Combine(place.Settings.Single(s => s.Key == "Storage:DataFolder").Value, "kek");
            File.WriteAllText(keys, "fXd1o0yLsYx3Z3mUqk0m8nGmZ0j2k3l4m5n6o7p8q9A=");
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(keys, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            builder.UseEnvironment("Production").UseSetting("AllowedHosts", "cases.example.org").UseSetting("Mail:PublicUrl", "https://cases.example.org").UseSetting("Security:KeyEncryptionKeyFile", keys);
            place.Use(builder);
            builder.UseSetting("Mail:Enabled", "true").UseSetting("Mail:Host", server).UseSetting("Mail:From", from).UseSetting("Mail:Security", security);
        });

        var refused = Assert.ThrowsAny<Exception>(() => production.CreateClient());

        Assert.Contains(said, refused.ToString(), StringComparison.Ordinal);
    }

    private async Task<(Guid Id, string Number)> RegisterAsync()
    {
        _api = _host.Api();
        var body = Sample.Complaint();
        body["complainant"] = new { name = "Wang", email = "wang.customer@example.com" };
        var registered = await _api.TellAsync("/api/v1/complaints", body, 201);
        return (Guid.Parse(registered["id"].Text()), registered["number"].Text());
    }

    private async Task DeliverAsync() => await _host.Services.GetRequiredService<OutboxDispatcher>().DeliverDueAsync(Token);

    private Task<MessageRow> ReceiptAsync(Guid id) =>
        _host.AskAsync(db => db.Messages.AsNoTracking().SingleAsync(m => m.ComplaintId == id && m.Channel == "email" && m.Recipient == "complainant", Token));

    private async Task<(string State, int Attempts)> StateAsync(Guid id)
    {
        var row = await ReceiptAsync(id);
        return (row.State, row.Attempts);
    }
}
