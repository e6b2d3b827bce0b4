using System.Net;
using System.Text;
using CaseManagement.Web.Api.Access;
using CaseManagement.Web.Configuration.Checks;
using CaseManagement.Web.Features.SignIn;
using CaseManagement.Web.Persistence.Organisation;
using CaseManagement.Web.Tests.Api;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.Web.Tests.Pages.Staff;

/// <summary>What lies sealed, what comes from elsewhere, what two agree on, what a strict profile asks for.</summary>
public sealed class AccessRuleTests : IAsyncDisposable
{
    private readonly PeopleSite _site = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task Keys_of_authenticators_and_recovery_codes_lie_unreadable_and_those_of_before_are_sealed_when_used()
    {
        await _site.SetPasswordAsync("li");
        await _site.WriteAsync(db =>
        {
            db.UserTokens.Add(new IdentityUserToken<string> { UserId = "li", LoginProvider = "[AspNetUserStore]", Name = "AuthenticatorKey", Value = "OLDKEYOLDKEYOLDKEYOLDKEYOLDKEYOL" });
            db.UserTokens.Add(new IdentityUserToken<string> { UserId = "li", LoginProvider = "[AspNetUserStore]", Name = "RecoveryCodes", Value = "AAAAA-BBBBB;CCCCC-DDDDD" });
        });
        await using var scope = _site.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        var li = (await users.FindByIdAsync("li"))!;

        Assert.Equal("OLDKEYOLDKEYOLDKEYOLDKEYOLDKEYOL", await users.GetAuthenticatorKeyAsync(li));
        Assert.True((await users.RedeemTwoFactorRecoveryCodeAsync(li, "AAAAA-BBBBB")).Succeeded);
        Assert.False((await users.RedeemTwoFactorRecoveryCodeAsync(li, "AAAAA-BBBBB")).Succeeded);
        Assert.Equal(1, await users.CountRecoveryCodesAsync(li));

        var made = (await users.GenerateNewTwoFactorRecoveryCodesAsync(li, 10))!.ToList();
        var kept = await _site.AskAsync(db => db.UserTokens.AsNoTracking().Where(t => t.UserId == "li").Select(t => t.Value!).ToListAsync(Token));
        Assert.Equal(2, kept.Count);
        Assert.All(kept, value => Assert.StartsWith("sealed:", value, StringComparison.Ordinal));
        Assert.All(made.Append("OLDKEY"), secret => Assert.DoesNotContain(secret, string.Concat(kept), StringComparison.Ordinal));
        Assert.True((await users.RedeemTwoFactorRecoveryCodeAsync(li, made[3])).Succeeded);
    }

    [Fact]
    public async Task Whoever_is_typed_in_one_password_is_hashed_with_as_many_rounds()
    {
        await _site.SetPasswordAsync("zhao");
        await _site.SetPasswordAsync("sun");
        await _site.WriteAsync(db => db.Users.Single(u => u.Id == "sun").IsActive = false);
        await using var scope = _site.Services.CreateAsyncScope();
        var counting = new CountingHasher(scope.ServiceProvider.GetRequiredService<IPasswordHasher<AppUser>>());
        var signIn = ActivatorUtilities.CreateInstance<IdentitySignIn>(scope.ServiceProvider, counting);

        foreach (var name in new[] { "zhao", "sun", "wang", "nobody-of-this-name", "" })
        {
            Assert.Null(await signIn.CheckAsync(new Credentials(name, "not it"), SignInTry.Of(name, name, null), Token));
        }

        Assert.Equal(Enumerable.Repeat(210_000u, 5), counting.Rounds);
    }

    [Fact]
    public async Task Passwords_are_hashed_by_PBKDF2_with_SHA512_and_210000_rounds()
    {
        await _site.SetPasswordAsync("li");
        var hash = Convert.FromBase64String(await _site.AskAsync(db => db.Users.Where(u => u.Id == "li").Select(u => u.PasswordHash!).SingleAsync(Token)));

        Assert.Equal((1, 2u, 210_000u), (hash[0], System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(1)), System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(5))));
    }

    [Fact]
    public async Task The_keys_in_the_database_are_sealed_by_the_file_and_cannot_be_read_without_it()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32)), Token);
        _site.Settings[KeyFile.Setting] = file;
        await _site.AsAsync("li");

        var kept = await _site.AskAsync(db => db.DataProtectionKeys.Select(k => k.Xml).ToListAsync(Token));

        Assert.NotEmpty(kept);
        Assert.All(kept, xml => Assert.StartsWith("sealed:", xml, StringComparison.Ordinal));
        await File.WriteAllTextAsync(file, Convert.ToBase64String(new byte[32]), Token);
        var other = new KeyFile(new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create(KeyFile.Setting, (string?)file)]).Build());
        Assert.Throws<InvalidOperationException>(() => other.Open(kept[0]));
        File.Delete(file);
    }

    [Theory]
    [InlineData("cross-site", HttpStatusCode.BadRequest)]
    [InlineData("same-site", HttpStatusCode.BadRequest)]
    [InlineData("same-origin", HttpStatusCode.Redirect)]
    public async Task What_another_site_sends_changes_nothing_even_with_the_right_token(string from, HttpStatusCode status)
    {
        using var client = _site.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        var browser = new Browser(client);
        await browser.GetAsync("/sign-in?lang=en");
        await browser.PostAsync("/sign-in/demo", ("userName", "wang"));
        await browser.GetAsync("/sign-out");
        client.DefaultRequestHeaders.Add("Sec-Fetch-Site", from);

        Assert.Equal(status, (await browser.PostAsync("/sign-out")).StatusCode);

        Assert.Equal(status == HttpStatusCode.BadRequest ? HttpStatusCode.OK : HttpStatusCode.Redirect, (await browser.GetAsync("/account")).StatusCode);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task JSON_that_a_foreign_form_can_send_is_no_JSON(string type)
    {
        using var client = Program("test-bootstrap-key");
        using var body = new StringContent("""{"subject":"x"}""", Encoding.UTF8, type);

        var answer = await client.PostAsync(new Uri("/api/v1/complaints", UriKind.Relative), body, Token);

        Assert.True((int)answer.StatusCode is 400 or 415, $"{answer.StatusCode}");
        Assert.Equal(0, await _site.AskAsync(db => db.Cases.CountAsync(Token)));
    }

    [Fact]
    public async Task A_services_key_waits_for_a_second_administrator_where_that_is_configured()
    {
        _site.Settings["Security:KeysNeedTwo"] = "true";
        await _site.AsAsync("li");
        await _site.WriteAsync(db => db.Memberships.Add(new Membership { UserId = "zhang", Role = "administrator", Department = "" }));
        var admin = await _site.AsAsync("admin", "en");
        var second = await _site.AsAsync("zhang", "en");
        await admin.ReadAsync("/keys");
        var made = PeopleSite.Shown(await Browser.TextOf(await admin.PostAsync("/keys", ("Name", "crm"), ("Days", "90"), ("Service", "true"), ("Scopes", "cases.read"))), "new-key");
        using var client = Program(made);

        Assert.Equal("key-refused", (await client.AskAsync("/api/v1/complaints", 401)).Code());
        Assert.Equal(HttpStatusCode.Conflict, (await admin.PostAsync($"/keys/{made.Split('_')[1]}/agree")).StatusCode);
        Assert.Contains("waits for another administrator", await second.ReadAsync("/keys"), StringComparison.Ordinal);
        await second.FollowAsync(await second.PostAsync($"/keys/{made.Split('_')[1]}/agree"));

        await client.AskAsync("/api/v1/complaints");
        Assert.Equal(["key.created", "key.agreed"], (await _site.RecordedAsync(ApiKeys.StreamOf(made.Split('_')[1]))).Take(2));
    }

    [Theory]
    [InlineData("false", 403)]
    [InlineData(null, 200)]
    public async Task A_key_decides_an_approval_only_where_keys_may(string? may, int status)
    {
        if (may is not null)
        {
            _site.Settings["Security:KeysMayApprove"] = may;
        }

        using var program = Program("test-bootstrap-key");
        var path = $"/api/v1/complaints/{(await program.TellAsync("/api/v1/complaints", Sample.Complaint(), 201))["id"]}";
        await program.TellAsync(path + "/clocks/resolution/extend", new { reason = "Parts", amount = "P3D" });
        var task = (await program.AskAsync(path))["tasks"]!.AsArray().Single(t => t!["key"].Text() == "extend:resolution.supervisor");

        var answer = await program.TellAsync($"/api/v1/tasks/{task!["id"]}/complete", new { outcome = "Approved" }, status);

        Assert.Equal(status == 403 ? "approval-needs-person" : null, answer["code"]?.Text());
    }

    [Fact]
    public async Task An_approval_asks_once_more_who_decides_where_that_is_configured_and_keeps_what_was_typed()
    {
        _site.Settings["Security:ApprovalsNeedProof"] = "true";
        using var program = Program("test-bootstrap-key");
        var id = (await program.TellAsync("/api/v1/complaints", Sample.Complaint(), 201))["id"].Text();
        await program.TellAsync($"/api/v1/complaints/{id}/clocks/resolution/extend", new { reason = "Parts", amount = "P3D" });
        var task = (await program.AskAsync($"/api/v1/complaints/{id}"))["tasks"]!.AsArray().Single(t => t!["key"].Text() == "extend:resolution.supervisor")!["id"].Text();
        var zhou = await _site.WithPasswordAsync("zhou");
        await zhou.ReadAsync($"/cases/{id}");
        _site.Wall.Advance(TimeSpan.FromMinutes(6));

        var asked = await zhou.PostAsync($"/cases/{id}/tasks/{task}", ("outcome", "Rejected"), ("Reason", "no parts are missing"));
        Assert.StartsWith("/sign-in/again", asked.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Contains(
            (await program.AskAsync($"/api/v1/complaints/{id}"))["tasks"]!.AsArray(), t => t!["id"].Text() == task && t["state"].Text() is "open" or "claimed");

        await zhou.ReadAsync("/sign-in/again");
        await zhou.PostAsync("/sign-in/again", ("Password", PeopleSite.Password));
        await zhou.ReadAsync($"/cases/{id}");
        Assert.Equal(HttpStatusCode.Redirect, (await zhou.PostAsync($"/cases/{id}/tasks/{task}", ("outcome", "Approved"))).StatusCode);
        Assert.DoesNotContain((await program.AskAsync($"/api/v1/complaints/{id}"))["tasks"]!.AsArray(), t => t!["id"].Text() == task && t["state"].Text() is "open" or "claimed");
    }

    [Theory]
    [InlineData(5000, false)]
    [InlineData(5001, true)]
    public async Task A_sum_above_the_limit_asks_once_more_who_decides_and_keeps_what_was_typed(int amount, bool asks)
    {
        using var program = Program("test-bootstrap-key");
        var path = $"/api/v1/complaints/{(await program.TellAsync("/api/v1/complaints", Sample.Complaint(), 201))["id"]}";
        async Task<string> OpenAsync(string key) => (await program.AskAsync(path))["tasks"]!.AsArray().Single(t => t!["key"].Text() == key && t["state"].Text() is "open" or "claimed")!["id"].Text();
        await program.TellAsync($"/api/v1/tasks/{await OpenAsync("first")}/complete", new { outcome = "Done", data = new { replyForm = "oral" } });
        await program.TellAsync(
            $"/api/v1/tasks/{await OpenAsync("handle")}/complete",
            new { outcome = "Done", data = new { cause = "x", proposal = "y", validity = "valid", amountProposed = amount } });
        var task = (await program.AskAsync(path))["tasks"]!.AsArray().Single(t => t!["key"].Text().EndsWith(".supervisor", StringComparison.Ordinal))!["id"].Text();
        var page = path["/api/v1/complaints".Length..].Insert(0, "/cases");
        var zhou = await _site.WithPasswordAsync("zhou");
        await zhou.ReadAsync(page);
        _site.Wall.Advance(TimeSpan.FromMinutes(6));

        var answer = await zhou.PostAsync($"{page}/tasks/{task}", ("outcome", "Returned"), ("f._reason", "no parts are missing"));

        Assert.Equal(asks, answer.Headers.Location!.ToString().StartsWith("/sign-in/again", StringComparison.Ordinal));
        if (asks)
        {
            await zhou.ReadAsync("/sign-in/again");
            await zhou.PostAsync("/sign-in/again", ("Password", PeopleSite.Password));
            Assert.Contains(">no parts are missing</textarea>", await zhou.ReadAsync(page), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_nobody_used_for_sixty_days_is_switched_off_for_good_by_the_daily_checks()
    {
        var admin = await _site.AsAsync("admin", "en");
        await admin.ReadAsync("/keys");
        var made = PeopleSite.Shown(await Browser.TextOf(await admin.PostAsync("/keys", ("Name", "crm"), ("Days", "365"), ("Service", "true"), ("Scopes", "cases.read"))), "new-key");
        _site.Wall.Advance(TimeSpan.FromDays(61));

        await ActivatorUtilities.CreateInstance<DailyChecksJob>(_site.Services).Execute(null!, Token);

        Assert.NotNull(await _site.AskAsync(db => db.ApiKeys.Where(k => k.Id == made.Split('_', 3)[1]).Select(k => k.RevokedAt).SingleAsync(Token)));
        Assert.Equal(["key.created", "key.revoked"], await _site.RecordedAsync(ApiKeys.StreamOf(made.Split('_')[1])));
    }

    [Fact]
    public async Task Under_the_strict_profile_an_old_password_and_a_missing_authenticator_come_before_everything_else()
    {
        _site.Settings["Security:Profile"] = "DengBao3";
        var li = await _site.WithPasswordAsync("li");
        Assert.Equal("/account", (await li.GetAsync("/inbox")).Headers.Location!.ToString());
        Assert.Contains("older than 90 days", await li.ReadAsync("/account?lang=en"), StringComparison.Ordinal);

        var uniform = await li.PostAsync("/account/password", ("before", PeopleSite.Password), ("password", "another heron flew by"), ("again", "another heron flew by"));
        Assert.Contains("at least three of", await Browser.TextOf(uniform), StringComparison.Ordinal);
        const string Next = "Another heron flew by 7";
        await li.PostAsync("/account/password", ("before", PeopleSite.Password), ("password", Next), ("again", Next));

        var again = _site.Visitor();
        await PeopleSite.EnterAsync(again, "li", Next);
        Assert.Equal("/account", (await again.GetAsync("/inbox")).Headers.Location!.ToString());
        Assert.Contains("signs in with an authenticator", await again.ReadAsync("/account"), StringComparison.Ordinal);
        await _site.WriteAsync(db => db.Users.Single(u => u.Id == "li").TwoFactorEnabled = true);
        Assert.Equal(HttpStatusCode.OK, (await again.GetAsync("/inbox")).StatusCode);
        _site.Wall.Advance(TimeSpan.FromMinutes(10));
        await _site.WriteAsync(db => db.Users.Single(u => u.Id == "li").PasswordChangedAt = _site.Wall.GetUtcNow().AddDays(-91));
        Assert.Equal("/account", (await again.GetAsync("/inbox")).Headers.Location!.ToString());
    }

    private HttpClient Program(string key)
    {
        var client = _site.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        client.DefaultRequestHeaders.Add("X-Api-Key", key);
        client.DefaultRequestHeaders.Add("Accept-Language", "en");
        return client;
    }

    /// <summary>Hashes as the product does, and remembers with how many rounds it was asked to.</summary>
    private sealed class CountingHasher(IPasswordHasher<AppUser> real) : IPasswordHasher<AppUser>
    {
        public List<uint> Rounds { get; } = [];

        public string HashPassword(AppUser user, string password) => real.HashPassword(user, password);

        public PasswordVerificationResult VerifyHashedPassword(AppUser user, string hashedPassword, string providedPassword)
        {
            Rounds.Add(System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(Convert.FromBase64String(hashedPassword).AsSpan(5)));
            return real.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }
}
