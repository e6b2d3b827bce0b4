using System.Net;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence.Organisation;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Tests.Pages.Staff;

/// <summary>Administrators keep people, their roles and their way in.</summary>
public sealed class UserPageTests : IAsyncDisposable
{
    private readonly PeopleSite _site = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task Somebody_added_chooses_a_password_by_a_link_that_is_good_once_and_comes_in_with_it()
    {
        var admin = await _site.AsAsync("admin", "en");
        await admin.ReadAsync("/users/new-user");
        var added = await admin.PostAsync("/users/new-user", ("Key", "mei"), ("Name", "Mei Lan"), ("Email", "mei@example.com"), ("Language", "en"), ("Zone", "Asia/Shanghai"), ("Active", "true"));
        await admin.FollowAsync(added);
        var link = new Uri(PeopleSite.Shown(await Browser.TextOf(await admin.PostAsync("/users/mei/link")), "link")).AbsolutePath;
        var mei = _site.Visitor();

        await mei.ReadAsync(link);
        Assert.Contains("at least 15", await Browser.TextOf(await mei.PostAsync(link + "?lang=en", ("password", "too short"), ("again", "too short"))), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await mei.PostAsync(link, ("password", PeopleSite.Password), ("again", PeopleSite.Password))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await mei.GetAsync(link)).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await PeopleSite.EnterAsync(mei, "mei", PeopleSite.Password)).StatusCode);
        Assert.Contains("Mei Lan", await mei.ReadAsync("/processes"), StringComparison.Ordinal);
        Assert.Equal(["user.added", "link.created"], await _site.RecordedAsync("organisation"));
        Assert.DoesNotContain(link[^20..], string.Join(' ', await _site.AskAsync(db => db.ConfigurationEvents.Select(e => e.Data).ToListAsync(Token))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_is_over_after_its_time()
    {
        var admin = await _site.AsAsync("admin", "en");
        await admin.ReadAsync("/users/zhang");
        var invitation = new Uri(PeopleSite.Shown(await Browser.TextOf(await admin.PostAsync("/users/zhang/link")), "link")).AbsolutePath;
        await _site.SetPasswordAsync("wang");
        var reset = new Uri(PeopleSite.Shown(await Browser.TextOf(await admin.PostAsync("/users/wang/link")), "link")).AbsolutePath;

        _site.Wall.Advance(TimeSpan.FromMinutes(29));
        Assert.Equal(HttpStatusCode.OK, (await _site.Visitor().GetAsync(reset)).StatusCode);
        _site.Wall.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.NotFound, (await _site.Visitor().GetAsync(reset)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await _site.Visitor().GetAsync(invitation)).StatusCode);
        _site.Wall.Advance(TimeSpan.FromHours(72));
        Assert.Equal(HttpStatusCode.NotFound, (await _site.Visitor().GetAsync(invitation)).StatusCode);
    }

    [Fact]
    public async Task A_role_given_or_taken_counts_at_once_ends_the_sessions_and_is_recorded()
    {
        var admin = await _site.AsAsync("admin", "en");
        var zhang = await _site.AsAsync("zhang", "en");
        await admin.ReadAsync("/users/zhang");

        await admin.FollowAsync(await admin.PostAsync("/users/zhang/roles", ("role", SystemRoles.Supervisor), ("department", "service")));
        Assert.Equal(HttpStatusCode.Redirect, (await zhang.GetAsync("/inbox")).StatusCode);
        zhang = await _site.AsAsync("zhang", "en");
        Assert.Equal(HttpStatusCode.OK, (await zhang.GetAsync("/board")).StatusCode);

        await admin.FollowAsync(await admin.PostAsync("/users/zhang/roles/remove", ("role", SystemRoles.Supervisor), ("department", "service")));
        Assert.Equal(HttpStatusCode.Redirect, (await zhang.GetAsync("/board")).StatusCode);
        Assert.Equal(["role.granted", "role.revoked"], await _site.RecordedAsync("organisation"));
    }

    [Theory]
    [InlineData("/users/admin/roles", "Nobody changes their own roles")]
    [InlineData("/users/admin/link", "Nobody changes their own roles")]
    public async Task Nobody_changes_their_own_access(string address, string said)
    {
        var admin = await _site.AsAsync("admin", "en");
        await admin.ReadAsync("/users/admin");

        var answer = await admin.PostAsync(address, ("role", "staff"), ("department", "service"));

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains(said, await Browser.TextOf(answer), StringComparison.Ordinal);
        Assert.Equal(1, await _site.AskAsync(db => db.Memberships.CountAsync(m => m.UserId == "admin", Token)));
    }

    [Theory]
    [InlineData("auditor", SystemRoles.Administrator, "An auditor is neither")]
    [InlineData("owner", SystemRoles.Auditor, "An auditor is neither")]
    [InlineData("li", "staff", "holds this role")]
    public async Task Roles_that_do_not_go_together_are_refused(string person, string role, string said)
    {
        var admin = await _site.AsAsync("admin", "en");
        await admin.ReadAsync($"/users/{person}");

        var answer = await admin.PostAsync($"/users/{person}/roles", ("role", role), ("department", role == "staff" ? "service" : ""));

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains(said, await Browser.TextOf(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_that_was_asked_for_is_granted_by_another_administrator_than_the_one_who_asked()
    {
        var asked = Guid.CreateVersion7();
        await _site.WriteAsync(db =>
        {
            db.Memberships.Add(new Membership { UserId = "owner", Role = SystemRoles.Administrator, Department = "" });
            db.AskedRoles.Add(new AskedRole { Id = asked, UserId = "zhang", Role = "manager", Department = "", AskedBy = "admin", AskedAt = _site.Wall.GetUtcNow() });
        });
        var (first, second) = (await _site.AsAsync("admin", "en"), await _site.AsAsync("owner", "en"));
        Assert.Contains("Another administrator decides", await first.ReadAsync("/users"), StringComparison.Ordinal);
        await second.ReadAsync("/users");

        var own = await first.PostAsync($"/users/asked/{asked}", ("grants", "true"));
        var other = await second.PostAsync($"/users/asked/{asked}", ("grants", "true"));

        Assert.Equal(HttpStatusCode.Conflict, own.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, other.StatusCode);
        Assert.True(await _site.AskAsync(db => db.Memberships.AnyAsync(m => m.UserId == "zhang" && m.Role == "manager", Token)));
        Assert.Contains("\"askedBy\":\"admin\"", await _site.AskAsync(db => db.ConfigurationEvents.Where(e => e.Type == "role.granted").Select(e => e.Data).SingleAsync(Token)), StringComparison.Ordinal);
    }

    /// <summary>SQLite puts no more than 500 lists together in a query, PostgreSQL not without end.</summary>
    [Fact]
    public async Task Who_has_very_many_roles_opens_every_page()
    {
        await _site.WriteAsync(db => db.Memberships.AddRange(Enumerable.Range(1, 620).Select(number => new Membership { UserId = "li", Role = $"expert-{number}", Department = "service" })));
        var li = await _site.AsAsync("li", "en");

        foreach (var address in new[] { "/inbox", "/inbox?view=open", "/inbox/views", "/notifications" })
        {
            Assert.True((await li.GetAsync(address)).StatusCode == HttpStatusCode.OK, address);
        }
    }

    [Fact]
    public async Task Who_is_disabled_is_out_at_once_and_cannot_come_back()
    {
        var li = await _site.WithPasswordAsync("li");
        var admin = await _site.AsAsync("admin", "en");
        var page = await admin.ReadAsync("/users/li");

        await admin.FollowAsync(await admin.PostAsync(
            "/users/li", ("Name", "李敏"), ("Language", "zh-CN"), ("Zone", "Asia/Shanghai"), ("Version", Browser.FieldOf(page, "Version"))));

        Assert.Equal(HttpStatusCode.Redirect, (await li.GetAsync("/inbox")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await PeopleSite.EnterAsync(_site.Visitor(), "li", PeopleSite.Password)).StatusCode);
        Assert.Contains("user.disabled", await _site.RecordedAsync("organisation"));
    }

    [Fact]
    public async Task What_somebody_changed_meanwhile_is_not_overwritten()
    {
        var admin = await _site.AsAsync("admin", "en");
        await admin.ReadAsync("/users/li");

        var answer = await admin.PostAsync("/users/li", ("Name", "Other"), ("Language", "en"), ("Zone", "Asia/Shanghai"), ("Active", "true"), ("Version", "an older one"));

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("value=\"Other\"", await Browser.TextOf(answer), StringComparison.Ordinal);
        Assert.Equal("李敏", await _site.AskAsync(db => db.Users.Where(u => u.Id == "li").Select(u => u.DisplayName).SingleAsync(Token)));
    }
}
