using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using CaseManagement.Web.Features.SignIn;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.Web.Tests.Pages.Staff;

/// <summary>Coming in, staying in, proving who one is.</summary>
public sealed class AccountTests : IAsyncDisposable
{
    private readonly PeopleSite _site = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task After_five_misses_the_right_password_fails_alike_until_the_wait_is_over()
    {
        await _site.SetPasswordAsync("zhao");
        for (var miss = 0; miss < SignInThrottle.MostMisses; miss++)
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await PeopleSite.EnterAsync(_site.Visitor(), "zhao", "wrong")).StatusCode);
        }

        Assert.Equal(HttpStatusCode.BadRequest, (await PeopleSite.EnterAsync(_site.Visitor(), "zhao", PeopleSite.Password)).StatusCode);
        _site.Wall.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.Redirect, (await PeopleSite.EnterAsync(_site.Visitor(), "zhao", PeopleSite.Password)).StatusCode);
        var recorded = await _site.RecordedAsync("access:zhao");
        Assert.Equal(["locked", "signed-in"], recorded.Where(type => type != "failed"));
        Assert.Contains("failed", recorded);
    }

    [Fact]
    public async Task Strangers_who_miss_do_not_lock_out_somebody_on_a_device_they_came_in_from_before()
    {
        await _site.SetPasswordAsync("zhao");
        var own = _site.Visitor();
        await PeopleSite.EnterAsync(own, "zhao", PeopleSite.Password);
        for (var miss = 0; miss < SignInThrottle.MostMisses; miss++)
        {
            await PeopleSite.EnterAsync(_site.Visitor(), "zhao", "wrong");
        }

        Assert.Equal(HttpStatusCode.BadRequest, (await PeopleSite.EnterAsync(_site.Visitor(), "zhao", PeopleSite.Password)).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await PeopleSite.EnterAsync(own, "zhao", PeopleSite.Password)).StatusCode);
    }

    [Fact]
    public async Task One_network_waits_after_twenty_misses_whatever_names_it_tried_on_every_node()
    {
        var attempts = Enumerable.Range(0, SignInThrottle.MostOfNetwork).Select(i => SignInTry.Of($"name-{i}", "203.0.113.7", null));
        var (here, there) = (_site.Services.GetRequiredService<SignInThrottle>(), ActivatorUtilities.CreateInstance<SignInThrottle>(_site.Services, _site.Wall));
        foreach (var attempt in attempts)
        {
            Assert.False(await there.WaitsAsync(SignInTry.Of("another", "203.0.113.7", null), Token));
            await here.MissAsync(attempt, Token);
        }

        Assert.True(await there.WaitsAsync(SignInTry.Of("another", "203.0.113.7", null), Token));
        Assert.False(await there.WaitsAsync(SignInTry.Of("another", "203.0.113.8", null), Token));
        _site.Wall.Advance(SignInThrottle.NetworkSpan);
        Assert.False(await there.WaitsAsync(SignInTry.Of("another", "203.0.113.7", null), Token));
    }

    [Fact]
    public async Task A_session_ends_where_its_owner_ends_it_from_another_device()
    {
        var here = await _site.WithPasswordAsync("li");
        var there = _site.Visitor();
        await PeopleSite.EnterAsync(there, "li", PeopleSite.Password);
        var page = await here.ReadAsync("/account");
        Assert.Equal(2, Regex.Count(page, "<th scope=\"row\">"));

        await here.FollowAsync(await here.PostAsync("/account/sessions/end"));

        Assert.Equal(HttpStatusCode.Redirect, (await there.GetAsync("/inbox")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await here.GetAsync("/inbox")).StatusCode);
    }

    [Fact]
    public async Task An_idle_session_is_over_and_so_is_a_long_one_however_busy()
    {
        var idle = await _site.WithPasswordAsync("li");
        _site.Wall.Advance(TimeSpan.FromMinutes(32));
        Assert.Equal(HttpStatusCode.Redirect, (await idle.GetAsync("/inbox")).StatusCode);

        var busy = await _site.WithPasswordAsync("li");
        for (var hour = 0d; hour < 11.7; hour += 0.25)
        {
            _site.Wall.Advance(TimeSpan.FromMinutes(15));
            Assert.Equal(HttpStatusCode.OK, (await busy.GetAsync("/account")).StatusCode);
        }

        _site.Wall.Advance(TimeSpan.FromMinutes(16));
        Assert.Equal(HttpStatusCode.Redirect, (await busy.GetAsync("/account")).StatusCode);
    }

    [Fact]
    public async Task What_matters_much_asks_once_more_and_a_form_sent_too_late_changes_nothing()
    {
        var admin = await _site.WithPasswordAsync("admin");
        await admin.ReadAsync("/users/zhang");
        _site.Wall.Advance(TimeSpan.FromMinutes(6));

        var late = await admin.PostAsync("/users/zhang/roles", ("role", "supervisor"), ("department", "service"));
        Assert.StartsWith("/sign-in/again", late.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, await _site.AskAsync(db => db.Memberships.CountAsync(m => m.UserId == "zhang" && m.Role == "supervisor", Token)));

        await admin.ReadAsync("/sign-in/again");
        Assert.Equal(HttpStatusCode.BadRequest, (await admin.PostAsync("/sign-in/again", ("Password", "wrong"))).StatusCode);
        Assert.Equal("/sign-in/continue", (await admin.PostAsync("/sign-in/again", ("Password", PeopleSite.Password), ("ReturnUrl", "/sign-in/continue"))).Headers.Location!.ToString());
        var kept = await admin.ReadAsync("/sign-in/continue");
        Assert.Contains("action=\"/users/zhang/roles\"", kept, StringComparison.Ordinal);
        Assert.Equal(("supervisor", "service"), (Browser.FieldOf(kept, "role"), Browser.FieldOf(kept, "department")));
        Assert.Equal(HttpStatusCode.Redirect, (await admin.GetAsync("/sign-in/continue")).StatusCode);
        await admin.ReadAsync("/users/zhang");
        Assert.Equal("/users/zhang?said=done", (await admin.PostAsync("/users/zhang/roles", ("role", "supervisor"), ("department", "service"))).Headers.Location!.ToString());
    }

    [Fact]
    public async Task With_an_authenticator_the_password_alone_lets_nobody_in_and_no_code_is_good_twice()
    {
        var li = await _site.WithPasswordAsync("li");
        await li.ReadAsync("/account");
        var key = PeopleSite.Shown(await li.FollowAsync(await li.PostAsync("/account/authenticator/key")), "new-key").Replace(" ", "", StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await li.PostAsync("/account/authenticator", ("code", "000000"))).StatusCode);
        var page = await Browser.TextOf(await li.PostAsync("/account/authenticator", ("code", CodeOf(key))));
        var recovery = Regex.Matches(page, "<code>([^<]+)</code>").Select(m => m.Groups[1].Value).ToList();

        Assert.Equal(SecondFactor.RecoveryCodes, recovery.Count);
        Assert.Equal(HttpStatusCode.BadRequest, (await PeopleSite.EnterAsync(_site.Visitor(), "li", PeopleSite.Password)).StatusCode);
        var code = CodeOf(key);
        Assert.Equal(HttpStatusCode.Redirect, (await PeopleSite.EnterAsync(_site.Visitor(), "li", PeopleSite.Password, code)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await PeopleSite.EnterAsync(_site.Visitor(), "li", PeopleSite.Password, code)).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await PeopleSite.EnterAsync(_site.Visitor(), "li", PeopleSite.Password, recovery[0])).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await PeopleSite.EnterAsync(_site.Visitor(), "li", PeopleSite.Password, recovery[0])).StatusCode);
        Assert.Contains("authenticator.on", await _site.RecordedAsync("access:li"));
    }

    [Fact]
    public async Task Changing_the_password_ends_every_session_and_the_old_one_is_good_no_longer()
    {
        var li = await _site.WithPasswordAsync("li");
        await li.ReadAsync("/account");
        const string Next = "another heron flew by";

        Assert.Equal(HttpStatusCode.BadRequest, (await li.PostAsync("/account/password", ("before", "wrong"), ("password", Next), ("again", Next))).StatusCode);
        await li.PostAsync("/account/password", ("before", PeopleSite.Password), ("password", Next), ("again", Next));

        Assert.Equal(HttpStatusCode.Redirect, (await li.GetAsync("/inbox")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await PeopleSite.EnterAsync(_site.Visitor(), "li", PeopleSite.Password)).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await PeopleSite.EnterAsync(_site.Visitor(), "li", Next)).StatusCode);
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("https://evil.example/")]
    [InlineData("/\\evil.example")]
    public async Task Signing_in_leads_to_no_other_site(string address)
    {
        await _site.SetPasswordAsync("li");
        var browser = _site.Visitor();
        await browser.GetAsync("/sign-in");

        var answer = await browser.PostAsync("/sign-in", ("UserName", "li"), ("Password", PeopleSite.Password), ("ReturnUrl", address));

        Assert.Equal("/", answer.Headers.Location!.ToString());
    }

    // Identity asks the machine's own clock
    private static string CodeOf(string key)
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var bits = string.Concat(key.Select(c => Convert.ToString(Alphabet.IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        var secret = Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2)).ToArray();
        var counter = new byte[8];
#pragma warning disable RS0030 // as above
        BinaryPrimitives.WriteInt64BigEndian(counter, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30);
#pragma warning restore RS0030
#pragma warning disable CA5350 // RFC 6238 as authenticators have it
        var hash = HMACSHA1.HashData(secret, counter);
#pragma warning restore CA5350
        var at = hash[^1] & 0xf;
        return ((BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(at)) & 0x7fffffff) % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }
}
