using System.Net;
using System.Text;
using CaseManagement.Web.Infrastructure;
using CaseManagement.Web.Oidc;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence.Organisation;
using CaseManagement.Web.Tests.Pages.Staff;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.Tokens;

namespace CaseManagement.Web.Tests.Pages.SignIn;

/// <summary>The product beside a provider it knows.</summary>
public sealed class OidcSite : IAsyncLifetime
{
    private string _secretFile = "";

    public PeopleSite Site { get; } = new();

    public MockProvider Provider { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Provider = await MockProvider.StartAsync(Site.Wall);
        _secretFile = Path.GetTempFileName();
        await File.WriteAllTextAsync(_secretFile, MockProvider.Secret + "\n");
        foreach (var (name, value) in new[]
        {
            ("Authority", Provider.Authority), ("ClientId", MockProvider.Client), ("ClientSecretFile", _secretFile), ("Name", "单位账号"), ("NameEn", "Company account"),
        })
        {
            Site.Settings[$"Oidc:corp:{name}"] = value;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Site.DisposeAsync();
        await Provider.DisposeAsync();
        File.Delete(_secretFile);
    }
}

/// <summary>Signing in at an identity provider, and everything that is refused.</summary>
public sealed class OidcTests : IClassFixture<OidcSite>
{
    private readonly PeopleSite _site;
    private readonly MockProvider _provider;

    // each test has accounts of its own there
    private readonly string _account = Guid.NewGuid().ToString();

    public OidcTests(OidcSite shared)
    {
        (_site, _provider) = (shared.Site, shared.Provider);
        (_provider.Changes, _provider.Says, _provider.DescribesItselfAs) = (_ => { }, token => token, null);

        // refusals of before count no longer
        _site.Wall.Advance(TimeSpan.FromMinutes(11));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Somebody_whose_account_is_linked_comes_in_and_goes_on_where_they_wanted()
    {
        await LinkAsync("li", _account);
        var browser = _site.Visitor();
        Assert.Contains("Company account", await browser.ReadAsync("/sign-in?lang=en"), StringComparison.Ordinal);

        var answer = await ComeBackAsync(browser, _provider.Approve(await GoAsync(browser, "?returnUrl=/inbox%3Fview%3Dmine"), _account));

        Assert.Equal("/inbox?view=mine", answer.Headers.Location!.ToString());
        Assert.Contains("李敏", await browser.ReadAsync("/inbox"), StringComparison.Ordinal);
        Assert.Equal("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"complaints:{Uri.EscapeDataString(MockProvider.Secret)}")), _provider.LastAuthorization);
        var session = await _site.AskAsync(db => db.StaffSessions.OrderByDescending(s => s.StartedAt).FirstAsync(s => s.UserId == "li" && s.EndedAt == null, Token));
        Assert.Equal((SignInMethods.Oidc, TimeSpan.FromHours(8)), (session.Method, session.EndsAt - session.StartedAt));
        var left = await browser.PostAfterAsync("/sign-out", "/sign-out");
        Assert.Contains("/sign-in/oidc/corp/leave", await browser.FollowAsync(left), StringComparison.Ordinal);
        Assert.StartsWith($"{_provider.Authority}/leave?", (await browser.GetAsync("/sign-in/oidc/corp/leave")).Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_comes_in_by_an_address_or_a_name_that_somebody_has_here()
    {
        var browser = _site.Visitor();

        var answer = await ComeBackAsync(browser, _provider.Approve(
            await GoAsync(browser), "stranger", ("email", "li@example.com"), ("email_verified", true), ("preferred_username", "li"), ("name", "李敏")));

        await RefusedAsync(answer, browser, OidcRefusals.NotLinked);
    }

    [Theory]
    [InlineData(OidcRefusals.Nonce)]
    [InlineData(OidcRefusals.Issuer)]
    [InlineData(OidcRefusals.Audience)]
    [InlineData(OidcRefusals.AuthorizedParty)]
    [InlineData(OidcRefusals.Expired)]
    [InlineData(OidcRefusals.Algorithm)]
    [InlineData(OidcRefusals.Signature)]
    [InlineData(OidcRefusals.Token)]
    public async Task A_token_that_is_not_as_it_must_be_lets_nobody_in(string reason)
    {
        await LinkAsync("li", _account);
        using var stranger = System.Security.Cryptography.RSA.Create(2048);
        _provider.Changes = reason switch
        {
            OidcRefusals.Nonce => token => token.Claims["nonce"] = "another",
            OidcRefusals.Issuer => token => token.Issuer = "https://another.example",
            OidcRefusals.Audience => token => token.Audience = "another-program",
            OidcRefusals.AuthorizedParty => token => token.Claims["azp"] = "another-program",
            OidcRefusals.Expired => token => (token.NotBefore, token.IssuedAt, token.Expires) = (token.NotBefore!.Value.AddHours(-1), token.IssuedAt!.Value.AddHours(-1), token.Expires!.Value.AddHours(-1)),
            OidcRefusals.Signature => token => token.SigningCredentials = new SigningCredentials(new RsaSecurityKey(stranger) { KeyId = "first" }, SecurityAlgorithms.RsaSha256),
            _ => _ => { }
            ,
        };
        _provider.Says = reason switch
        {
            OidcRefusals.Algorithm => token => $"{WebEncoders.Base64UrlEncode("""{"alg":"none","typ":"JWT"}"""u8.ToArray())}.{token.Split('.')[1]}.",
            OidcRefusals.Token => _ => "not a token",
            _ => token => token,
        };
        var browser = _site.Visitor();

        await RefusedAsync(await ComeBackAsync(browser, _provider.Approve(await GoAsync(browser), _account)), browser, reason);
    }

    [Theory]
    [InlineData("a.b.c")]
    [InlineData("eyJhbGciOiJSUzI1NiJ9.not-json.x")]
    [InlineData("..")]
    [InlineData("")]
    public async Task What_is_no_token_is_refused_and_breaks_nothing(string said)
    {
        _provider.Says = _ => said;
        var browser = _site.Visitor();

        await RefusedAsync(await ComeBackAsync(browser, _provider.Approve(await GoAsync(browser), _account)), browser, OidcRefusals.Token);
    }

    [Fact]
    public async Task A_shared_secret_signs_nothing_here()
    {
        await LinkAsync("li", _account);
        _provider.Changes = token => token.SigningCredentials = new SigningCredentials(new SymmetricSecurityKey(Encoding.UTF8.GetBytes(new string('k', 64))), SecurityAlgorithms.HmacSha256);
        var browser = _site.Visitor();

        await RefusedAsync(await ComeBackAsync(browser, _provider.Approve(await GoAsync(browser), _account)), browser, OidcRefusals.Algorithm);
    }

    [Fact]
    public async Task A_code_is_good_once_and_so_is_an_answer()
    {
        await LinkAsync("li", _account);
        var browser = _site.Visitor();
        var back = _provider.Approve(await GoAsync(browser), _account);
        await ComeBackAsync(browser, back);
        await RefusedAsync(await ComeBackAsync(browser, back), null, OidcRefusals.State);

        var other = _site.Visitor();
        var fresh = _provider.Approve(await GoAsync(other), _account);
        var code = QueryHelpers.ParseQuery(new Uri(new Uri("http://localhost"), back).Query)["code"].ToString();
        var old = QueryHelpers.ParseQuery(new Uri(new Uri("http://localhost"), fresh).Query)["code"].ToString();
        await RefusedAsync(await ComeBackAsync(other, fresh.Replace(old, code, StringComparison.Ordinal)), other, OidcRefusals.Code);
    }

    [Fact]
    public async Task An_answer_to_a_sign_in_that_another_browser_began_or_that_began_long_ago_is_refused()
    {
        await LinkAsync("li", _account);
        var (mine, theirs) = (_site.Visitor(), _site.Visitor());
        await RefusedAsync(await ComeBackAsync(theirs, _provider.Approve(await GoAsync(mine), _account)), theirs, OidcRefusals.State);

        var back = _provider.Approve(await GoAsync(mine), _account);
        _site.Wall.Advance(TimeSpan.FromMinutes(11));
        await RefusedAsync(await ComeBackAsync(mine, back), mine, OidcRefusals.State);
    }

    [Fact]
    public async Task An_answer_in_another_providers_name_is_refused_and_so_is_one_without_a_name()
    {
        await LinkAsync("li", _account);
        var browser = _site.Visitor();
        var back = _provider.Approve(await GoAsync(browser), _account);
        await RefusedAsync(await ComeBackAsync(browser, back[..back.IndexOf("&iss=", StringComparison.Ordinal)] + "&iss=https%3A%2F%2Fanother.example"), browser, OidcRefusals.Issuer);

        back = _provider.Approve(await GoAsync(browser), _account);
        await RefusedAsync(await ComeBackAsync(browser, back[..back.IndexOf("&iss=", StringComparison.Ordinal)]), browser, OidcRefusals.Issuer);
    }

    [Theory]
    [InlineData("//x")]
    [InlineData("https://evil.example/")]
    [InlineData("/\\evil.example")]
    public async Task It_leads_to_no_other_site(string address)
    {
        var browser = _site.Visitor();

        await RefusedAsync(await browser.GetAsync("/sign-in/oidc/corp?returnUrl=" + Uri.EscapeDataString(address)), browser, OidcRefusals.ReturnUrl);
    }

    [Fact]
    public async Task A_provider_that_says_no_and_one_that_calls_itself_otherwise_let_nobody_in()
    {
        var browser = _site.Visitor();
        var way = await GoAsync(browser);
        await RefusedAsync(
            await browser.GetAsync($"/sign-in/oidc/corp/callback?error=access_denied&state={QueryHelpers.ParseQuery(way.Query)["state"]}"), browser, OidcRefusals.Provider);

        await using var other = Another();
        _provider.DescribesItselfAs = "https://another.example";
        Assert.Equal(HttpStatusCode.BadRequest, (await other.Visitor().GetAsync("/sign-in/oidc/corp")).StatusCode);
        Assert.Equal([$"oidc.refused.{OidcRefusals.Issuer}"], await other.RecordedAsync("oidc:corp"));
    }

    [Fact]
    public async Task Who_is_signed_in_links_an_account_and_takes_it_away_and_it_is_nobody_elses()
    {
        var zhao = await _site.WithPasswordAsync("zhao");
        Assert.Equal("/account?said=done", (await ComeBackAsync(zhao, _provider.Approve(await GoAsync(zhao, "?purpose=Link"), _account))).Headers.Location!.ToString());
        var wang = await _site.WithPasswordAsync("wang");
        var taken = await ComeBackAsync(wang, _provider.Approve(await GoAsync(wang, "?purpose=Link"), _account));
        await RefusedAsync(taken, null, OidcRefusals.LinkedElsewhere);

        var page = await zhao.ReadAsync("/account");
        var key = await _site.AskAsync(db => db.UserLogins.Where(l => l.UserId == "zhao").Select(l => l.ProviderKey).SingleAsync(Token));
        Assert.Contains($"/account/linked/{key}/remove", page, StringComparison.Ordinal);
        await zhao.FollowAsync(await zhao.PostAsync($"/account/linked/{key}/remove"));

        var browser = _site.Visitor();
        await RefusedAsync(await ComeBackAsync(browser, _provider.Approve(await GoAsync(browser), _account)), browser, OidcRefusals.NotLinked);
        Assert.Equal(["signed-in", "account.linked", "account.unlinked"], await _site.RecordedAsync("access:zhao"));
    }

    [Fact]
    public async Task What_matters_much_asks_the_provider_again_and_an_old_proof_will_not_do()
    {
        await LinkAsync("admin", _account);
        var admin = _site.Visitor();
        await ComeBackAsync(admin, _provider.Approve(await GoAsync(admin), _account));
        await admin.ReadAsync("/users/zhang");
        var late = await admin.PostAsync("/users/zhang/roles", ("role", "supervisor"), ("department", "service"));
        Assert.StartsWith("/sign-in/again", late.Headers.Location!.ToString(), StringComparison.Ordinal);

        _provider.Changes = token => token.Claims["auth_time"] = _site.Wall.GetUtcNow().AddHours(-1).ToUnixTimeSeconds();
        await RefusedAsync(await ComeBackAsync(admin, _provider.Approve(await GoAsync(admin, "?purpose=Again"), _account)), null, OidcRefusals.AuthTime);
        _provider.Changes = _ => { };
        await RefusedAsync(await ComeBackAsync(admin, _provider.Approve(await GoAsync(admin, "?purpose=Again"), "somebody-else")), null, OidcRefusals.OtherPerson);
        await ComeBackAsync(admin, _provider.Approve(await GoAsync(admin, "?purpose=Again&returnUrl=/users"), _account));

        await admin.ReadAsync("/users/zhang");
        Assert.Equal("/users/zhang?said=done", (await admin.PostAsync("/users/zhang/roles", ("role", "supervisor"), ("department", "service"))).Headers.Location!.ToString());
    }

    [Fact]
    public async Task Groups_give_roles_and_take_them_away_but_no_power_unless_it_is_configured()
    {
        await LinkAsync("li", _account);
        await GiveAsync("readers", SystemRoles.Reader, "finance", by: "admin");
        await GiveAsync("chiefs", SystemRoles.Administrator, "", by: "admin", agreedBy: "another");
        await GiveAsync("own", SystemRoles.Supervisor, "finance", by: "li");

        await EnterAsync(_account, "readers", "chiefs", "own");
        Assert.Equal([("reader", "finance")], await ByGroupsAsync("li"));
        var before = await _site.AskAsync(db => db.Memberships.CountAsync(m => m.UserId == "li" && m.Source == null, Token));

        await EnterAsync(_account, "somewhere else");
        Assert.Empty(await ByGroupsAsync("li"));
        Assert.Equal(before, await _site.AskAsync(db => db.Memberships.CountAsync(m => m.UserId == "li" && m.Source == null, Token)));
    }

    [Fact]
    public async Task An_administrator_keeps_the_table_and_what_gives_power_is_refused_there()
    {
        var admin = await _site.AsAsync("admin", "en");
        await admin.ReadAsync("/groups");

        await admin.FollowAsync(await admin.PostAsync("/groups", ("Provider", "corp"), ("Group", "the desk"), ("Role", "reader"), ("Department", "finance")));
        var refused = await admin.PostAsync("/groups", ("Provider", "corp"), ("Group", "chiefs"), ("Role", "administrator"), ("Department", ""));

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("Oidc:corp:GroupsGivePower", await Browser.TextOf(refused), StringComparison.Ordinal);
        Assert.Equal("the desk", await _site.AskAsync(db => db.GroupRoles.Where(r => r.CreatedBy == "admin" && !r.NeedsSecond && r.Group != "readers").Select(r => r.Group).SingleAsync(Token)));
        Assert.Equal(0, await _site.AskAsync(db => db.GroupRoles.CountAsync(r => r.Role == "administrator" && r.AgreedBy == null, Token)));
    }

    [Fact]
    public async Task Whoever_the_provider_knows_becomes_a_person_where_that_is_configured_and_takes_nobodys_name()
    {
        await using var site = Another();
        site.Settings["Oidc:corp:CreatesPeople"] = "true";
        var browser = site.Visitor();

        await ComeBackAsync(browser, _provider.Approve(await GoAsync(browser), "new-one", ("preferred_username", "li"), ("name", "李新"), ("email", "li@example.com"), ("email_verified", false)));

        var made = await site.AskAsync(db => db.Users.SingleAsync(u => u.DisplayName == "李新", Token));
        Assert.Equal(("li-2", null), (made.Id, made.Email));
        Assert.Equal(0, await site.AskAsync(db => db.Memberships.CountAsync(m => m.UserId == made.Id, Token)));
    }

    [Fact]
    public async Task Who_works_here_no_longer_does_not_come_in()
    {
        await LinkAsync("zhang", _account);
        await _site.WriteAsync(db => db.Users.Single(u => u.Id == "zhang").IsActive = false);
        var browser = _site.Visitor();

        await RefusedAsync(await ComeBackAsync(browser, _provider.Approve(await GoAsync(browser), _account)), browser, OidcRefusals.Disabled);
    }

    private PeopleSite Another()
    {
        var other = new PeopleSite();
        other.Wall.Advance(_site.Wall.GetUtcNow() - other.Wall.GetUtcNow());
        foreach (var (name, value) in _site.Settings)
        {
            other.Settings[name] = value;
        }

        return other;
    }

    private async Task EnterAsync(string subject, params string[] groups)
    {
        var browser = _site.Visitor();
        var answer = await ComeBackAsync(browser, _provider.Approve(await GoAsync(browser), subject, ("groups", groups)));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    private Task<List<(string, string)>> ByGroupsAsync(string person) => _site.AskAsync(async db =>
        (await db.Memberships.Where(m => m.UserId == person && m.Source == "corp").ToListAsync(Token)).ConvertAll(m => (m.Role, m.Department)));

    private Task GiveAsync(string group, string role, string department, string by, string? agreedBy = null) => _site.WriteAsync(db => db.GroupRoles.Add(new GroupRole
    {
        Id = Guid.NewGuid(),
        Provider = "corp",
        Group = group,
        Role = role,
        Department = department,
        CreatedBy = by,
        CreatedAt = _site.Wall.GetUtcNow(),
        NeedsSecond = agreedBy is not null,
        AgreedBy = agreedBy,
    }));

    private async Task LinkAsync(string person, string subject)
    {
        var browser = await _site.AsAsync(person);
        await ComeBackAsync(browser, _provider.Approve(await GoAsync(browser, "?purpose=Link"), subject));
        await browser.PostAfterAsync("/sign-out", "/sign-out");
    }

    private static async Task<Uri> GoAsync(Browser browser, string query = "")
    {
        var answer = await browser.GetAsync("/sign-in/oidc/corp" + query);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return answer.Headers.Location!;
    }

    private static Task<HttpResponseMessage> ComeBackAsync(Browser browser, string address) => browser.GetAsync(address);

    private async Task RefusedAsync(HttpResponseMessage answer, Browser? stranger, string reason)
    {
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal($"oidc.refused.{reason}", (await _site.RecordedAsync("oidc:corp"))[^1]);
        if (stranger is not null)
        {
            Assert.Equal(HttpStatusCode.Redirect, (await stranger.GetAsync("/inbox")).StatusCode);
        }
    }
}
