using System.Net;
using CaseManagement.EndToEnd.Tests.Browser;
using CaseManagement.EndToEnd.Tests.Samples;
using CaseManagement.Web.Infrastructure;

namespace CaseManagement.EndToEnd.Tests;

/// <summary>What the answers carry and refuse, asked without a browser.</summary>
[Collection(BrowserTests.Name)]
public sealed class HeaderTests(BrowserHost browser)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, InlineData("/sign-in"), InlineData("/vendor/htmx/htmx.min.js"), InlineData("/nowhere"), InlineData("/errors/403")]
    public async Task Every_answer_carries_the_content_policy(string path)
    {
        using var client = Client();

        var answer = await client.GetAsync(new Uri(path, UriKind.Relative), Stop);

        Assert.Equal(SecurityHeaders.ContentSecurityPolicy, Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Fact]
    public async Task Pages_are_not_stored()
    {
        using var client = Client();

        var answer = await client.GetAsync(new Uri("/sign-in", UriKind.Relative), Stop);

        Assert.True(answer.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task Chinese_goes_out_as_written()
    {
        using var client = Client();

        var page = await client.GetStringAsync(new Uri("/sign-in", UriKind.Relative), Stop);

        Assert.Contains("投诉案件管理", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stranger_is_sent_to_sign_in_and_comes_back_where_they_wanted()
    {
        using var client = Client();

        var answer = await client.GetAsync(new Uri($"/cases/{SampleCases.Id}", UriKind.Relative), Stop);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.EndsWith($"/sign-in?returnUrl=%2Fcases%2F{SampleCases.Id}", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_without_the_antiforgery_token_is_refused()
    {
        using var client = Client();
        using var form = new FormUrlEncodedContent([new("userName", "lin")]);

        var answer = await client.PostAsync(new Uri("/sign-in/demo", UriKind.Relative), form, Stop);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_program_gets_problem_details_and_no_sign_in_page()
    {
        using var client = Client();

        var answer = await client.GetAsync(new Uri("/api/v1/nothing", UriKind.Relative), Stop);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_part_asked_for_by_script_never_becomes_the_sign_in_page()
    {
        using var client = Client();
        client.DefaultRequestHeaders.Add("HX-Request", "true");

        var answer = await client.GetAsync(new Uri($"/inbox/preview/{SampleCases.Id}", UriKind.Relative), Stop);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task An_address_outside_is_never_returned_to()
    {
        using var client = Client();

        var page = await client.GetStringAsync(new Uri("/sign-in?returnUrl=https%3A%2F%2Felsewhere.example", UriKind.Relative), Stop);
        var token = System.Text.RegularExpressions.Regex.Match(page, "__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"").Groups[1].Value;
        using var form = new FormUrlEncodedContent([new("userName", "lin"), new("returnUrl", "https://elsewhere.example"), new("__RequestVerificationToken", token)]);
        var answer = await client.PostAsync(new Uri("/sign-in/demo", UriKind.Relative), form, Stop);

        Assert.Equal("/", answer.Headers.Location!.ToString());
    }

    private HttpClient Client() => new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = browser.Address };
}
