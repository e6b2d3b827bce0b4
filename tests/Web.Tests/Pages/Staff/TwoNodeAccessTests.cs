using System.Net;
using CaseManagement.Tests;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Organisation;
using CaseManagement.Web.Tests.Persistence;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.Web.Tests.Pages.Staff;

/// <summary>Two nodes on one database: what one is told, the other keeps to.</summary>
public sealed class TwoNodeAccessTests : IAsyncLifetime
{
    private const string Password = "seventeen quiet herons";

    private readonly ManualClock _wall = new(new DateTimeOffset(2026, 11, 24, 2, 0, 0, TimeSpan.Zero));
    private ProductDatabase _database = null!;
    private Node _here = null!;
    private Node _there = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await PostgreSqlServer.GetAsync();
        _database = ProductDatabase.Create(onPostgreSql: true);
        (_here, _there) = (new Node(_database, _wall), new Node(_database, _wall));
        await SetPasswordAsync("li");
        await SetPasswordAsync("admin");
    }

    public async ValueTask DisposeAsync()
    {
        await (_here?.DisposeAsync() ?? default);
        await (_there?.DisposeAsync() ?? default);
        await (_database?.DisposeAsync() ?? default);
    }

    [Fact]
    public async Task Wrong_tries_on_two_nodes_in_turn_count_together()
    {
        for (var time = 0; time < 5; time++)
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await EnterAsync(time % 2 == 0 ? _here : _there, "li", "wrong")).Status);
        }

        Assert.Equal(HttpStatusCode.BadRequest, (await EnterAsync(_there, "li", Password)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await EnterAsync(_here, "li", Password)).Status);
        _wall.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.Redirect, (await EnterAsync(_here, "li", Password)).Status);
    }

    [Theory]
    [InlineData("sign-out")]
    [InlineData("role")]
    [InlineData("disable")]
    public async Task A_session_that_ends_on_one_node_ends_on_the_other_within_a_minute(string by)
    {
        var (_, cookie) = await EnterAsync(_here, "li", Password);
        Assert.Equal(HttpStatusCode.OK, await OpenAsync(_there, cookie));

        var (_, admin) = await EnterAsync(_here, "admin", Password);
        await (by switch
        {
            "role" => PostAsync(_here, admin, "/users/li", "/users/li/roles", ("role", "reader"), ("department", "finance")),
            "disable" => DisableAsync(admin),
            _ => PostAsync(_here, cookie, "/sign-out", "/sign-out"),
        });
        _wall.Advance(TimeSpan.FromSeconds(59));

        Assert.Equal(HttpStatusCode.Redirect, await OpenAsync(_there, cookie));
        Assert.Equal(HttpStatusCode.Redirect, await OpenAsync(_here, cookie));
    }

    private async Task DisableAsync(string admin)
    {
        var page = await PageAsync(_here, admin, "/users/li");
        await PostAsync(_here, admin, "/users/li", "/users/li", ("Version", Browser.FieldOf(page, "Version")), ("Name", "李敏"), ("Language", "zh-CN"), ("Zone", "Asia/Shanghai"));
        await using var db = await _here.Services.GetRequiredService<IDbContextFactory<CaseManagementDbContext>>().CreateDbContextAsync(Token);
        Assert.False((await db.Users.SingleAsync(u => u.Id == "li", Token)).IsActive);
    }

    private static async Task<HttpStatusCode> OpenAsync(Node node, string cookie) => (await SendAsync(node, HttpMethod.Get, "/account", cookie)).StatusCode;

    private static async Task<string> PageAsync(Node node, string cookie, string path) =>
        WebUtility.HtmlDecode(await (await SendAsync(node, HttpMethod.Get, path, cookie)).Content.ReadAsStringAsync(Token));

    private static async Task<(HttpStatusCode Status, string Cookie)> EnterAsync(Node node, string person, string password)
    {
        var answer = await SubmitAsync(node, "", "/sign-in", "/sign-in", ("UserName", person), ("Password", password));
        return (answer.StatusCode, string.Join("; ", CookiesOf(answer)));
    }

    private static async Task PostAsync(Node node, string cookie, string page, string path, params (string Name, string Value)[] fields) =>
        Assert.Equal(HttpStatusCode.Redirect, (await SubmitAsync(node, cookie, page, path, fields)).StatusCode);

    private static async Task<HttpResponseMessage> SubmitAsync(Node node, string cookie, string page, string path, params (string Name, string Value)[] fields)
    {
        var form = await SendAsync(node, HttpMethod.Get, page, cookie);
        var token = Browser.FieldOf(await form.Content.ReadAsStringAsync(Token), "__RequestVerificationToken");
        return await SendAsync(
            node, HttpMethod.Post, path, string.Join("; ", CookiesOf(form).Append(cookie).Where(c => c.Length > 0)), [.. fields, ("__RequestVerificationToken", token)]);
    }

    private static IEnumerable<string> CookiesOf(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("Set-Cookie", out var set) ? set.Select(one => one.Split(';')[0]) : [];

    private static async Task<HttpResponseMessage> SendAsync(Node node, HttpMethod method, string path, string cookie, (string Name, string Value)[]? fields = null)
    {
        using var client = node.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = false });
        using var request = new HttpRequestMessage(method, path);
        if (cookie.Length > 0)
        {
            request.Headers.Add("Cookie", cookie);
        }

        request.Content = fields is null ? null : new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        return await client.SendAsync(request, Token);
    }

    private async Task SetPasswordAsync(string id)
    {
        await using var scope = _here.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        var user = await users.Users.SingleAsync(u => u.Id == id, Token);
        user.PasswordHash = users.PasswordHasher.HashPassword(user, Password);
        Assert.True((await users.UpdateAsync(user)).Succeeded);
    }

    private sealed class Node(ProductDatabase database, ManualClock wall) : WebApplicationFactory<Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment("Development").UseSetting("Demo:Cases", "false");
            database.Use(builder);
            builder.ConfigureTestServices(services =>
            {
                services.AddKeyedSingleton<TimeProvider>(Clocks.Wall, wall);
                services.PostConfigure<CookieAuthenticationOptions>(CookieAuthenticationDefaults.AuthenticationScheme, options => options.TimeProvider = wall);
            });
        }
    }
}
