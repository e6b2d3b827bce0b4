using System.Net;
using System.Text.RegularExpressions;
using CaseManagement.Web.Persistence.Organisation;
using CaseManagement.Web.Tests.Notifications;
using CaseManagement.Web.Timers;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.Web.Tests.Pages.SignIn;

/// <summary>Who has forgotten a password gets a link by mail; who is nobody here learns nothing.</summary>
public sealed class ForgotPasswordTests : IAsyncDisposable
{
    private const string Password = "seventeen quiet herons";
    private const string Next = "another heron flew by";

    private readonly MailHost _host = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("li")]
    [InlineData("LI@Example.com")]
    public async Task The_link_that_comes_by_mail_sets_a_password_once_and_ends_every_session(string typed)
    {
        await SetPasswordAsync("li");
        var there = await EnterAsync("li", Password);
        var asked = await AskAsync(typed);

        var link = await LinkAsync("li");
        var browser = Visitor();
        await browser.ReadAsync(link);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.PostAsync(link, ("password", Next), ("again", Next))).StatusCode);

        Assert.Contains("If there is such a person", asked, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await there.GetAsync("/inbox")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Visitor().GetAsync(link)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await (await EnterAsync("li", Next)).GetAsync("/inbox")).StatusCode);
        Assert.Contains("password.reset-asked", await RecordedAsync("access:li"));
    }

    [Fact]
    public async Task Known_or_not_the_answer_and_the_work_are_the_same_and_nothing_that_was_typed_or_sent_lies_readable()
    {
        await SetPasswordAsync("li");

        var (known, unknown) = (await AskAsync("li"), await AskAsync("li-who-is-nobody"));

        Assert.Equal(Regex.Replace(known, "value=\"[^\"]*\"", ""), Regex.Replace(unknown, "value=\"[^\"]*\"", ""));
        var rows = await _host.AskAsync(db => db.Messages.AsNoTracking().Where(m => m.Template == "password-reset").ToListAsync(Token));
        Assert.Equal(2, rows.Count);
        Assert.All(rows, row => Assert.Equal((MessageStates.Pending, rows[0].Recipient, rows[0].Address, rows[0].Channel), (row.State, row.Recipient, row.Address, row.Channel)));
        Assert.All(rows, row => Assert.DoesNotContain("li", row.BodyZh.Split('_')[0], StringComparison.Ordinal));
        Assert.Equal(0, await _host.AskAsync(db => db.OneTimeLinks.CountAsync(Token)));

        await LinkAsync("li");
        Assert.Single(_host.Sink.Mails);
        var kept = await _host.AskAsync(db => db.Messages.AsNoTracking().ToListAsync(Token));
        Assert.All(kept, row => Assert.DoesNotContain("set-password", row.BodyZh + row.BodyEn, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_left_who_never_had_a_password_and_an_address_that_several_share_get_none()
    {
        await SetPasswordAsync("zhang");
        await _host.ChangeAsync(async db => (await db.Users.SingleAsync(u => u.Id == "zhang", Token)).IsActive = false);
        await SetPasswordAsync("wang");
        await SetPasswordAsync("li");
        await _host.ChangeAsync(async db =>
        {
            foreach (var user in await db.Users.Where(u => u.Id == "li" || u.Id == "wang").ToListAsync(Token))
            {
                (user.Email, user.NormalizedEmail) = ("desk@example.com", "DESK@EXAMPLE.COM");
            }
        });

        foreach (var typed in new[] { "zhang", "chen", "desk@example.com" })
        {
            await AskAsync(typed);
        }

        await DeliverAsync();
        Assert.Empty(_host.Sink.Mails);
    }

    [Fact]
    public async Task Asked_too_often_nothing_more_is_sent_and_nobody_is_told()
    {
        await SetPasswordAsync("li");
        for (var time = 0; time < 5; time++)
        {
            Assert.Contains("If there is such a person", await AskAsync("li"), StringComparison.Ordinal);
        }

        await DeliverAsync();
        Assert.Equal(3, _host.Sink.Mails.Count);
    }

    [Fact]
    public async Task A_link_lets_in_somebody_who_missed_so_often_that_only_a_link_helps()
    {
        await SetPasswordAsync("li");
        await AskAsync("li");
        var counter = Web.Features.SignIn.SignInTry.Of("li", "-", null).Account;
        await _host.ChangeAsync(db =>
        {
            db.SignInCounters.Add(new SignInCounter { Key = counter, InRow = 100, Since = DateTimeOffset.UnixEpoch });
            return Task.CompletedTask;
        });
        var link = await LinkAsync("li");
        var browser = Visitor();
        await browser.ReadAsync(link);

        await browser.PostAsync(link, ("password", Next), ("again", Next));

        Assert.Equal(HttpStatusCode.OK, (await (await EnterAsync("li", Next)).GetAsync("/inbox")).StatusCode);
    }

    [Fact]
    public async Task Without_a_mail_server_the_page_says_whom_to_ask()
    {
        _host.Settings["Mail:Enabled"] = "false";
        var browser = Visitor();

        Assert.Contains("Ask an administrator", await browser.ReadAsync("/forgot-password?lang=en"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAfterAsync("/sign-in", "/forgot-password", ("userName", "li"))).StatusCode);
        Assert.Equal(0, await _host.AskAsync(db => db.Messages.CountAsync(Token)));
    }

    private Browser Visitor() => new(_host.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false }));

    private async Task<string> AskAsync(string typed)
    {
        var browser = Visitor();
        await browser.GetAsync("/forgot-password?lang=en");
        return await browser.FollowAsync(await browser.PostAsync("/forgot-password", ("userName", typed)));
    }

    private async Task<Browser> EnterAsync(string person, string password)
    {
        var browser = Visitor();
        await browser.GetAsync("/sign-in?lang=en");
        await browser.PostAsync("/sign-in", ("UserName", person), ("Password", password));
        return browser;
    }

    private async Task DeliverAsync()
    {
        while (await _host.Services.GetRequiredService<OutboxDispatcher>().DeliverDueAsync(Token) > 0)
        {
            // more may wait
        }
    }

    /// <summary>The address in the mail that came, on this host.</summary>
    private async Task<string> LinkAsync(string person)
    {
        await DeliverAsync();
        var text = Assert.Single(_host.MailsOf(person)).TextBody!;
        return Regex.Match(text, "https://cases.example.org(/set-password/[A-Za-z0-9_-]{43})").Groups[1].Value;
    }

    private async Task SetPasswordAsync(string id)
    {
        await using var scope = _host.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        var user = await users.Users.SingleAsync(u => u.Id == id, Token);
        user.PasswordHash = users.PasswordHasher.HashPassword(user, Password);
        Assert.True((await users.UpdateAsync(user)).Succeeded);
    }

    private Task<List<string>> RecordedAsync(string stream) =>
        _host.AskAsync(db => db.ConfigurationEvents.Where(e => e.Stream == stream).OrderBy(e => e.Sequence).Select(e => e.Type).ToListAsync(Token));
}
