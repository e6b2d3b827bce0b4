using System.Net;
using System.Text.RegularExpressions;
using CaseManagement.Tests;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Organisation;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.Web.Tests.Pages.Staff;

/// <summary>The demo organisation with a wall clock that tests move, and people who have passwords.</summary>
public sealed class PeopleSite : Site
{
    public const string Password = "seventeen quiet herons";

    /// <summary>Settings beside the usual ones; before the first use.</summary>
    public Dictionary<string, string> Settings { get; } = [];

    /// <summary>What sessions, links, keys and waits run on.</summary>
    public ManualClock Wall { get; } = new(new DateTimeOffset(2026, 11, 24, 2, 0, 0, TimeSpan.Zero));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Gives somebody the password.</summary>
    public async Task SetPasswordAsync(string id)
    {
        await using var scope = Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        var user = await users.Users.SingleAsync(u => u.Id == id, Token);
        user.PasswordHash = users.PasswordHasher.HashPassword(user, Password);
        Assert.True((await users.UpdateAsync(user)).Succeeded);
    }

    /// <summary>Somebody's browser, signed in with the password.</summary>
    public async Task<Browser> WithPasswordAsync(string person)
    {
        await SetPasswordAsync(person);
        var browser = Visitor();
        Assert.Equal(HttpStatusCode.Redirect, (await EnterAsync(browser, person, Password)).StatusCode);
        return browser;
    }

    public static async Task<HttpResponseMessage> EnterAsync(Browser browser, string person, string password, string code = "")
    {
        await browser.GetAsync("/sign-in?lang=en");
        return await browser.PostAsync("/sign-in", ("UserName", person), ("Password", password), ("Code", code));
    }

    public async Task WriteAsync(Action<CaseManagementDbContext> change) => await Services.GetRequiredService<IConfigurationWriter>().RunWithContextAsync(
        (db, _) =>
        {
            change(db);
            return ValueTask.FromResult(true);
        },
        Token);

    public Task<List<string>> RecordedAsync(string stream) =>
        AskAsync(db => db.ConfigurationEvents.Where(e => e.Stream == stream).OrderBy(e => e.Sequence).Select(e => e.Type).ToListAsync(Token));

    /// <summary>What a page shows in a field that is only read.</summary>
    public static string Shown(string page, string id) =>
        Regex.Match(page, $"id=\"{id}\" value=\"([^\"]+)\"") is { Success: true } match ? match.Groups[1].Value : throw new InvalidOperationException($"The page shows no {id}.");

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("Demo:Cases", "false");
        builder.UseSetting("Bootstrap:AdminApiKey", "test-bootstrap-key");
        foreach (var (name, value) in Settings)
        {
            builder.UseSetting(name, value);
        }

        builder.ConfigureTestServices(services =>
        {
            services.AddKeyedSingleton<TimeProvider>(Clocks.Wall, Wall);
            services.PostConfigure<CookieAuthenticationOptions>(CookieAuthenticationDefaults.AuthenticationScheme, options => options.TimeProvider = Wall);
        });
    }
}
