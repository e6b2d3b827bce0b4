using System.Globalization;
using System.Security.Claims;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Infrastructure;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CaseManagement.Web.Tests.Api;

public sealed class SessionTests : IAsyncDisposable
{
    private const string Complaints = "/api/v1/complaints";

    private readonly ApiHost _host = new();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_signed_in_person_reads_without_and_writes_with_the_antiforgery_token()
    {
        using var client = await SignedInAsync("li");
        var (cookie, header) = Antiforgery("li");

        await client.AskAsync(Complaints);
        Assert.Equal("antiforgery-required", (await client.TellAsync(Complaints, Sample.Complaint(), 400)).Code());
        client.DefaultRequestHeaders.Add("Cookie", cookie);
        client.DefaultRequestHeaders.Add("RequestVerificationToken", header);
        var registered = await client.TellAsync(Complaints, Sample.Complaint(), 201);

        Assert.Equal("李敏", (await client.AskAsync($"{Complaints}/{registered["id"]}/timeline"))[0]!["by"]!["name"].Text());
    }

    [Fact]
    public async Task Another_site_cannot_write_in_a_persons_name()
    {
        using var client = await SignedInAsync("li");
        var (cookie, header) = Antiforgery("li");
        client.DefaultRequestHeaders.Add("Cookie", cookie);
        client.DefaultRequestHeaders.Add("RequestVerificationToken", header);
        client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-site");

        Assert.Equal("antiforgery-required", (await client.TellAsync(Complaints, Sample.Complaint(), 400)).Code());
        Assert.Equal(0, (await client.AskAsync(Complaints))["total"]!.GetValue<int>());
    }

    [Fact]
    public async Task Where_there_is_a_key_the_session_counts_for_nothing()
    {
        using var client = await SignedInAsync("li");
        client.DefaultRequestHeaders.Add("X-Api-Key", "cck_none_none");

        Assert.Equal("key-refused", (await client.AskAsync(Complaints, 401)).Code());
    }

    private async Task<HttpClient> SignedInAsync(string person)
    {
        var options = _host.Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(CookieAuthenticationDefaults.AuthenticationScheme);
        var now = _host.Services.GetRequiredKeyedService<TimeProvider>(Clocks.Wall).GetUtcNow();
        var properties = new AuthenticationProperties { IssuedUtc = now, ExpiresUtc = now.AddMinutes(20) };
        properties.Items["since"] = now.ToString("O", CultureInfo.InvariantCulture);
        properties.Items["sid"] = await _host.Services.GetRequiredService<StaffSessions>().BeginAsync(
            person, SignInMethods.Demo, null, null, TestContext.Current.CancellationToken);
        var ticket = new AuthenticationTicket(PrincipalOf(person), properties, CookieAuthenticationDefaults.AuthenticationScheme);
        var client = _host.CreateClient(new() { AllowAutoRedirect = false, HandleCookies = false });
        client.DefaultRequestHeaders.Add("Cookie", $"{options.Cookie.Name}={options.TicketDataFormat.Protect(ticket)}");
        return client;
    }

    private (string Cookie, string Header) Antiforgery(string person)
    {
        using var scope = _host.Services.CreateScope();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider, User = PrincipalOf(person) };
        var tokens = scope.ServiceProvider.GetRequiredService<IAntiforgery>().GetTokens(context);
        var name = scope.ServiceProvider.GetRequiredService<IOptions<AntiforgeryOptions>>().Value.Cookie.Name;
        return ($"{name}={tokens.CookieToken}", tokens.RequestToken!);
    }

    private static ClaimsPrincipal PrincipalOf(string person) =>
        new(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, person)], CookieAuthenticationDefaults.AuthenticationScheme));
}
