using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CaseManagement.Tests;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Designer;
using CaseManagement.Web.Infrastructure;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Tests.Api;
using CaseManagement.Web.Tests.Pages;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CaseManagement.Web.Tests.Designer;

public sealed class DesignerTokenTests : IAsyncDisposable
{
    // no such route: who is let in hears 404, who is not hears 401
    private const string Anywhere = "/elsa/api/no-such-thing";

    private readonly ApiHost _host = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task The_token_of_a_process_owner_opens_the_designers_realm_and_ends_with_the_session()
    {
        var owner = await SignInAsync("owner");
        var token = await TokenOf(await owner.PostAsync("/studio/token"));
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync(token)).StatusCode);

        await owner.PostAsync("/sign-out");

        await AssertRefusedAsync(token);
    }

    [Fact]
    public async Task Who_is_disabled_is_out_at_once()
    {
        var token = await TokenOf(await (await SignInAsync("owner")).PostAsync("/studio/token"));

        await _host.Services.GetRequiredService<IConfigurationWriter>().RunWithContextAsync(
            async (db, _) => (await db.Users.FindAsync(["owner"], Cancellation))!.IsActive = false, Cancellation);

        await AssertRefusedAsync(token);
    }

    [Fact]
    public async Task A_token_says_who_with_what_process_open_in_which_language_and_what_they_may_do()
    {
        var owner = await ReadAsync(await TokenOf(await (await SignInAsync("owner", "en")).PostAsync("/studio/token", ("definition", "standard-consultation"))));
        var auditor = await ReadAsync(await TokenOf(await (await SignInAsync("auditor")).PostAsync("/studio/token")));

        Assert.Equal(("owner", "standard-complaint", "en", true), (owner.Person.Id, owner.Process, owner.Language, owner.MayWrite));
        Assert.Equal(("auditor", null, "zh-CN", false), (auditor.Person.Id, auditor.Process, auditor.Language, auditor.MayWrite));
    }

    [Fact]
    public async Task Who_has_lost_the_role_may_no_longer_write_with_an_earlier_token()
    {
        var token = await TokenOf(await (await SignInAsync("owner")).PostAsync("/studio/token"));

        await _host.Services.GetRequiredService<IConfigurationWriter>().RunWithContextAsync(
            (db, _) =>
            {
                db.Memberships.RemoveRange(db.Memberships.Where(m => m.UserId == "owner"));
                db.Memberships.Add(new() { UserId = "owner", Role = SystemRoles.Auditor, Department = "" });
                return ValueTask.FromResult(true);
            },
            Cancellation);

        Assert.False((await ReadAsync(token)).MayWrite);
    }

    [Fact]
    public async Task Somebody_who_only_handles_cases_gets_no_token() =>
        Assert.Equal(HttpStatusCode.NotFound, (await (await SignInAsync("li")).PostAsync("/studio/token")).StatusCode);

    [Fact]
    public async Task A_token_is_made_only_for_a_signed_in_person_with_the_antiforgery_token()
    {
        using var client = Client();

        Assert.Equal(HttpStatusCode.Unauthorized, (await client.PostAsync("/studio/token", null, Cancellation)).StatusCode);
        client.DefaultRequestHeaders.Add("Cookie", Cookie("owner", TimeSpan.Zero));
        Assert.Equal(HttpStatusCode.BadRequest, (await client.PostAsync("/studio/token", null, Cancellation)).StatusCode);
    }

    [Fact]
    public async Task The_cookie_opens_nothing_in_the_designers_realm()
    {
        using var client = Client();
        client.DefaultRequestHeaders.Add("Cookie", Cookie("owner", TimeSpan.Zero));

        await AssertRefusedAsync(await client.GetAsync(Anywhere, Cancellation));
    }

    [Fact]
    public async Task The_designers_token_opens_nothing_of_the_api_not_even_beside_the_cookie()
    {
        using var client = Client();
        client.DefaultRequestHeaders.Authorization = new("Bearer", Create(clock: null));
        Assert.Equal("bearer-refused", (await client.AskAsync("/api/v1/complaints", 401)).Code());

        client.DefaultRequestHeaders.Add("Cookie", Cookie("li", TimeSpan.Zero));
        Assert.Equal("bearer-refused", (await client.AskAsync("/api/v1/complaints", 401)).Code());
    }

    [Fact]
    public async Task An_expired_token_is_refused()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync(Create(Before(DesignerTokens.Lifetime - TimeSpan.FromMinutes(1))))).StatusCode);
        await AssertRefusedAsync(Create(Before(DesignerTokens.Lifetime)));
    }

    [Fact]
    public async Task A_token_ends_no_later_than_its_session()
    {
        var now = Wall.GetUtcNow();
        var token = Service<DesignerTokens>().Create(await OwnerAsync(), "s", now.AddMinutes(2), null, "en");

        Assert.Equal(now.AddMinutes(2), token.ExpiresAt);
    }

    [Theory]
    [InlineData("elsa", "case-management", HttpStatusCode.NotFound)]
    [InlineData("api", "case-management", HttpStatusCode.Unauthorized)]
    [InlineData("elsa", "somebody-else", HttpStatusCode.Unauthorized)]
    public async Task A_token_for_another_audience_or_of_another_issuer_is_refused(string audience, string issuer, HttpStatusCode status) =>
        Assert.Equal(status, (await AskAsync(Signed(SealedKey(Service<IDataProtectionProvider>()), audience, issuer))).StatusCode);

    [Fact]
    public async Task A_token_signed_with_a_key_of_somebody_else_is_refused() =>
        await AssertRefusedAsync(Signed(SealedKey(new EphemeralDataProtectionProvider())));

    [Fact]
    public async Task An_unsigned_token_is_refused()
    {
        var parts = Create(clock: null).Split('.');
        var header = JsonNode.Parse(WebEncoders.Base64UrlDecode(parts[0]))!;
        header["alg"] = "none";

        await AssertRefusedAsync($"{Encode(header)}.{parts[1]}.");
        await AssertRefusedAsync($"{Encode(header)}.{parts[1]}.{parts[2]}");
    }

    [Theory]
    [InlineData("perm", "write")]
    [InlineData("sub", "owner")]
    [InlineData("exp", 4102444800)]
    public async Task A_token_that_was_changed_is_refused(string claim, object value)
    {
        var parts = Create(clock: null, "auditor").Split('.');
        var claims = JsonNode.Parse(WebEncoders.Base64UrlDecode(parts[1]))!;
        claims[claim] = value is string text ? JsonValue.Create(text) : JsonValue.Create(Convert.ToInt64(value, CultureInfo.InvariantCulture));

        await AssertRefusedAsync($"{parts[0]}.{Encode(claims)}.{parts[2]}");
    }

    [Fact]
    public async Task Rubbish_and_giants_are_refused()
    {
        await AssertRefusedAsync("rubbish");
        await AssertRefusedAsync("a.b.c");
        await AssertRefusedAsync(new string('a', 5_000));
    }

    [Fact]
    public async Task A_token_in_the_address_counts_for_nothing()
    {
        using var client = Client();

        await AssertRefusedAsync(await client.GetAsync($"{Anywhere}?access_token={Create(clock: null)}", Cancellation));
    }

    [Fact]
    public async Task A_page_that_renews_by_itself_does_not_keep_the_session_alive()
    {
        using var client = Client();
        client.DefaultRequestHeaders.Add("Cookie", $"{Cookie("owner", TimeSpan.FromMinutes(20))}; {Antiforgery("owner", out var header)}");
        client.DefaultRequestHeaders.Add("RequestVerificationToken", header);

        var idle = await client.PostAsync("/studio/token?idle=true", null, Cancellation);
        var busy = await client.PostAsync("/studio/token", null, Cancellation);

        Assert.Equal((HttpStatusCode.OK, false), (idle.StatusCode, idle.Headers.Contains("Set-Cookie")));
        Assert.Equal((HttpStatusCode.OK, true), (busy.StatusCode, busy.Headers.Contains("Set-Cookie")));
    }

    private TimeProvider Wall => _host.Services.GetRequiredKeyedService<TimeProvider>(Clocks.Wall);

    private T Service<T>() where T : notnull => _host.Services.GetRequiredService<T>();

    private HttpClient Client() => _host.CreateClient(new() { AllowAutoRedirect = false, HandleCookies = false });

    private async Task<Browser> SignInAsync(string person, string language = "zh-CN")
    {
        var browser = new Browser(_host.CreateClient(new() { AllowAutoRedirect = false }));
        await browser.GetAsync($"/sign-in?lang={language}");
        await browser.PostAsync("/sign-in/demo", ("userName", person));
        await browser.GetAsync("/processes");
        return browser;
    }

    private static async Task<string> TokenOf(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancellation))!["token"]!.GetValue<string>();
    }

    private async Task<DesignerCaller> ReadAsync(string token) => (await Service<DesignerTokens>().ReadAsync(token, Cancellation))!;

    private async Task<Person> OwnerAsync() => (await Service<People>().FindAsync("owner", Cancellation))!;

    private ManualClock Before(TimeSpan ago) => new(Wall.GetUtcNow() - ago);

    private string Create(TimeProvider? clock, string person = "owner")
    {
        var people = Service<People>();
        var tokens = new DesignerTokens(Service<IDataProtectionProvider>(), Service<StaffSessions>(), people, clock ?? Wall);
        var who = people.FindAsync(person, Cancellation).AsTask().GetAwaiter().GetResult()!;
        return tokens.Create(who, "session", Wall.GetUtcNow().AddHours(1), null, "en").Text;
    }

    private SymmetricSecurityKey SealedKey(IDataProtectionProvider protection)
    {
        var secret = RandomNumberGenerator.GetBytes(32);
        var time = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(time, Wall.GetUtcNow().ToUnixTimeSeconds());
        return new SymmetricSecurityKey(secret)
        {
            KeyId = WebEncoders.Base64UrlEncode(protection.CreateProtector("designer-token-key").Protect([.. time, .. secret])),
        };
    }

    private string Signed(SymmetricSecurityKey key, string audience = "elsa", string issuer = "case-management") => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = issuer,
        Audience = audience,
        IssuedAt = Wall.GetUtcNow().UtcDateTime,
        NotBefore = Wall.GetUtcNow().UtcDateTime,
        Expires = Wall.GetUtcNow().AddMinutes(5).UtcDateTime,
        Claims = new Dictionary<string, object> { ["sub"] = "owner", ["sid"] = "session", ["lang"] = "en", ["perm"] = "write" },
        SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.HmacSha256),
    });

    private static string Encode(JsonNode json) => WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(json.ToJsonString()));

    private async Task<HttpResponseMessage> AskAsync(string token)
    {
        using var client = Client();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await client.GetAsync(Anywhere, Cancellation);
    }

    private async Task AssertRefusedAsync(string token) => await AssertRefusedAsync(await AskAsync(token));

    private static async Task AssertRefusedAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync(Cancellation));
    }

    private string Cookie(string person, TimeSpan age)
    {
        KeepSession(person, Wall.GetUtcNow() - age);
        var options = Service<IOptionsMonitor<CookieAuthenticationOptions>>().Get(CookieAuthenticationDefaults.AuthenticationScheme);
        var since = Wall.GetUtcNow() - age;
        var properties = new AuthenticationProperties { IssuedUtc = since, ExpiresUtc = since + Sessions.Idle };
        properties.Items["since"] = since.ToString("O", CultureInfo.InvariantCulture);
        properties.Items["sid"] = "session";
        return $"{options.Cookie.Name}={options.TicketDataFormat.Protect(new AuthenticationTicket(PrincipalOf(person), properties, CookieAuthenticationDefaults.AuthenticationScheme))}";
    }

    private void KeepSession(string person, DateTimeOffset since) => Service<IConfigurationWriter>().RunWithContextAsync(
        (db, _) =>
        {
            db.StaffSessions.RemoveRange(db.StaffSessions.Where(s => s.Id == "session"));
            db.SaveChanges();
            db.StaffSessions.Add(new() { Id = "session", UserId = person, StartedAt = since, SeenAt = since, EndsAt = since + Sessions.Longest, IdleMinutes = 30, ProvedAt = since, Method = SignInMethods.Demo });
            return ValueTask.FromResult(true);
        },
        Cancellation).AsTask().GetAwaiter().GetResult();

    private string Antiforgery(string person, out string header)
    {
        using var scope = _host.Services.CreateScope();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider, User = PrincipalOf(person) };
        var tokens = scope.ServiceProvider.GetRequiredService<IAntiforgery>().GetTokens(context);
        header = tokens.RequestToken!;
        return $"{Service<IOptions<AntiforgeryOptions>>().Value.Cookie.Name}={tokens.CookieToken}";
    }

    private static ClaimsPrincipal PrincipalOf(string person) =>
        new(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, person)], CookieAuthenticationDefaults.AuthenticationScheme));
}
