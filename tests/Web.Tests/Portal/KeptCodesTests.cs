using System.Text;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Infrastructure;
using CaseManagement.Web.Messages;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Tests.Api;
using CaseManagement.Web.Tests.Notifications;
using CaseManagement.Workflows.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace CaseManagement.Web.Tests.Portal;

/// <summary>Whoever has a copy of the database opens no case with it: tracking codes are in what is delivered and in nothing that is kept.</summary>
public sealed class KeptCodesTests : IAsyncLifetime
{
    private const string Address = "wang@example.net";

    private readonly MailHost _host = new();
    private HttpClient _api = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _host.Settings["Mail:ReplyAddress"] = "reply@example.org";
        _api = _host.Api();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task After_a_receipt_a_lost_code_a_new_one_and_an_answer_that_repeats_it_no_table_holds_a_code()
    {
        var (id, first) = await RegisterAsync();
        await _host.MailAsync();
        var receipt = Mails()[0];
        Assert.Contains(first, receipt.TextBody, StringComparison.Ordinal);

        var desk = await _host.AsAsync("chen");
        await desk.PostAfterAsync($"/cases/{id}", $"/cases/{id}/actions/reissue");
        await _host.MailAsync();
        var second = _host.Services.GetRequiredService<ITrackingCodes>().Open((await _host.Services.GetRequiredService<CaseRuntime>().ReadAsync(id, Token))!.Complaint.TrackingSealed!)!;
        Assert.NotEqual(first, second);
        Assert.Contains(second, Mails()[^1].TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain(second, Mails()[^1].Subject, StringComparison.Ordinal);
        await AnswerAsync(receipt, $"Here it is: {second.ToLowerInvariant()}, my order is 20261128123456789.\n\n> {Mails()[^1].TextBody!.ReplaceLineEndings("\n> ")}");

        var browser = _host.Visitor();
        await browser.OpenAsync(second);
        var page = await browser.ReadAsync("/portal/case");

        Assert.DoesNotContain(second, page, StringComparison.Ordinal);
        Assert.Contains("20261128123456789", await _host.AskAsync(db => db.ReceivedMessages.Select(m => m.Text).SingleAsync(Token)), StringComparison.Ordinal);
        foreach (var code in (string[])[first, second])
        {
            var plain = code.Replace("-", "", StringComparison.Ordinal);
            await foreach (var (table, text) in DumpAsync())
            {
                Assert.False(text.Contains(code, StringComparison.OrdinalIgnoreCase) || text.Contains(plain, StringComparison.OrdinalIgnoreCase), $"{table} holds a tracking code.");
            }
        }
    }

    [Fact]
    public async Task Messages_of_earlier_versions_that_still_hold_the_code_are_sealed_and_leave_as_they_would_have()
    {
        var (id, code) = await RegisterAsync();
        await _host.ChangeAsync(db => db.Messages.Where(m => m.ComplaintId == id && m.Recipient == Candidates.Complainant)
            .ExecuteUpdateAsync(m => m.SetProperty(x => x.BodyZh, $"查询码 {code}。订单 1234-5678-9012-3456-7").SetProperty(x => x.BodyEn, $"Code {code}."), Token));
        await _host.ChangeAsync(db => db.Sequences.Where(s => s.Name == "tracking-codes-sealed").ExecuteDeleteAsync(Token));

        var changed = await _host.Services.GetRequiredService<SealOldCodes>().RunAsync(Token);

        Assert.Equal(1, changed);
        var kept = await _host.AskAsync(db => db.Messages.AsNoTracking().SingleAsync(m => m.ComplaintId == id && m.Recipient == Candidates.Complainant, Token));
        Assert.DoesNotContain(code, kept.BodyZh + kept.BodyEn, StringComparison.Ordinal);
        Assert.Contains("订单 1234-5678-9012-3456-7", kept.BodyZh, StringComparison.Ordinal);
        Assert.Equal(0, await _host.Services.GetRequiredService<SealOldCodes>().RunAsync(Token));
        await _host.MailAsync();
        Assert.Contains($"Code {code}.", Mails()[^1].TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public void What_somebody_typed_stands_for_no_code()
    {
        var codes = _host.Services.GetRequiredService<ITrackingCodes>();
        var real = codes.Create();

        Assert.Null(codes.Open("typed-by-somebody"));
        Assert.Equal($"a {real.Code} b", SealedCode.Fill($"a {SealedCode.Of(real.Sealed)} b", codes.Open));
        Assert.Equal("[tracking-code:typed]", SealedCode.Fill("[tracking-code:typed]", codes.Open));
        var typed = $"x {real.Code.Replace("-", "", StringComparison.Ordinal)} y";
        Assert.Equal([real.Hash], TrackingCodes.HashesIn(typed, 10));
        Assert.Equal("x *** y", TrackingCodes.Hide(typed, [real.Hash]));
        Assert.Equal(typed, TrackingCodes.Hide(typed, [codes.Create().Hash]));
    }

    private async Task<(Guid Id, string Code)> RegisterAsync()
    {
        var body = Sample.Complaint();
        body["complainant"] = new Dictionary<string, object> { ["name"] = "Wang", ["email"] = Address };
        var answer = await _api.TellAsync("/api/v1/complaints", body, 201);
        return (answer["id"]!.GetValue<Guid>(), answer["trackingCode"].Text());
    }

    private List<MimeMessage> Mails() =>
        [.. _host.Sink.Mails.Where(m => m.To == Address).Select(m => MimeMessage.Load(new MemoryStream(Encoding.UTF8.GetBytes(m.Raw)), Token))];

    private async Task AnswerAsync(MimeMessage receipt, string text)
    {
        using var content = new StringContent($"From: {Address}\r\nTo: {receipt.ReplyTo.Mailboxes.Single().Address}\r\nMessage-ID: <answer@example.net>\r\nSubject: Re: it\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}");
        content.Headers.ContentType = new("message/rfc822");
        var answer = await _api.PostAsync("/api/v1/messages/inbound", content, Token);
        Assert.Contains("onCase", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    /// <summary>Every row of every table, as text and with its blobs read as UTF-8.</summary>
    private async IAsyncEnumerable<(string Table, string Text)> DumpAsync()
    {
        await using var db = await _host.Services.GetRequiredService<IDbContextFactory<CaseManagementDbContext>>().CreateDbContextAsync(Token);
        var connection = db.Database.GetDbConnection();
        await db.Database.OpenConnectionAsync(Token);
        foreach (var table in db.Model.GetEntityTypes().Select(t => t.GetTableName()).OfType<string>().Distinct())
        {
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // names of our own tables
            command.CommandText = $"SELECT * FROM \"{table}\"";
#pragma warning restore CA2100
            await using var rows = await command.ExecuteReaderAsync(Token);
            while (await rows.ReadAsync(Token))
            {
                var values = new object[rows.FieldCount];
                rows.GetValues(values);
                yield return (table, string.Join('\n', values.Select(v => v is byte[] bytes ? Encoding.UTF8.GetString(bytes) : v.ToString())));
            }
        }
    }
}
