using System.Net;
using CaseManagement.Web.Features.SignIn;
using CaseManagement.Web.Persistence.Organisation;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.Web.Tests.Pages.SignIn;

public sealed class SignInTests(Site site) : IClassFixture<Site>
{
    private const string Password = "a password worth guessing";

    [Fact]
    public async Task Nobody_reads_a_page_without_signing_in()
    {
        var answer = await site.Visitor().GetAsync("/inbox");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Contains("/sign-in", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_demo_person_enters_and_is_named_with_department_and_role()
    {
        var page = await (await site.AsAsync("li")).ReadAsync("/inbox");

        Assert.Contains("李敏", page, StringComparison.Ordinal);
        Assert.Contains("客服部 · 经办人", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_right_password_lets_in_the_wrong_one_does_not()
    {
        await SetPasswordAsync("zhang");

        Assert.Null(await CheckAsync("zhang", "not it"));
        Assert.Equal("张强", await CheckAsync("zhang", Password));
    }

    [Fact]
    public async Task After_five_misses_the_right_password_fails_alike()
    {
        await SetPasswordAsync("zhao");
        for (var miss = 0; miss < SignInThrottle.MostMisses; miss++)
        {
            Assert.Null(await CheckAsync("zhao", "not it"));
        }

        Assert.Null(await CheckAsync("zhao", Password));
    }

    [Theory]
    [InlineData("nobody-of-this-name")]
    [InlineData("sun")]
    public async Task The_answer_does_not_tell_who_works_here(string name)
    {
        var browser = site.Visitor();
        await browser.GetAsync("/sign-in");

        var answer = await browser.PostAsync("/sign-in", ("UserName", name), ("Password", "not it"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("用户名或密码不对", await Browser.TextOf(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Single_keys_stay_off_once_switched_off()
    {
        var browser = await site.AsAsync("wang");
        Assert.Contains("data-keys=\"on\"", await browser.ReadAsync("/inbox"), StringComparison.Ordinal);

        await browser.PostAsync("/account/keys", ("on", "false"), ("returnUrl", "/inbox"));

        Assert.Contains("data-keys=\"off\"", await browser.ReadAsync("/inbox"), StringComparison.Ordinal);
    }

    private async Task SetPasswordAsync(string id)
    {
        await using var scope = site.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        var user = await users.Users.SingleAsync(u => u.Id == id, TestContext.Current.CancellationToken);
        user.PasswordHash = users.PasswordHasher.HashPassword(user, Password);
        Assert.True((await users.UpdateAsync(user)).Succeeded);
    }

    private async Task<string?> CheckAsync(string name, string password)
    {
        await using var scope = site.Services.CreateAsyncScope();
        var came = await scope.ServiceProvider.GetRequiredService<ISignIn>().CheckAsync(
            new Credentials(name, password), SignInTry.Of(name, "-", null), TestContext.Current.CancellationToken);
        return came?.Identity?.Name;
    }
}
