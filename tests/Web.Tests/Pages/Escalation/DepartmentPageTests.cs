using System.Net;
using CaseManagement.Web.Tests.Notifications;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Tests.Pages.Escalation;

/// <summary>The administrator keeps the organisation chart.</summary>
public sealed class DepartmentPageTests : IAsyncDisposable
{
    private readonly MailHost _host = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_head_a_substitute_and_the_department_above_are_kept_and_recorded()
    {
        var admin = await _host.AsAsync("admin");
        var page = await admin.ReadAsync("/departments/quality");

        var answer = await admin.PostAsync("/departments/quality", Edit(page, ("Parent", "service"), ("Head", "wang"), ("Substitute", "zhao")));

        Assert.Contains("王芳", await admin.FollowAsync(answer), StringComparison.Ordinal);
        var quality = await _host.AskAsync(db => db.Departments.SingleAsync(d => d.Key == "quality", Token));
        Assert.Equal(("service", "wang", "zhao", 1L), (quality.Parent, quality.Head, quality.Substitute, quality.Version));
        var logged = await _host.AskAsync(db => db.ConfigurationEvents.SingleAsync(e => e.Stream == "organisation" && e.Type == "department.changed", Token));
        Assert.Equal("admin", logged.ActorId);
        Assert.Contains("\"substitute\":\"zhao\"", logged.Data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_department_is_added_under_a_key_that_stays()
    {
        var admin = await _host.AsAsync("admin");
        await admin.ReadAsync("/departments/new-department");

        var wrong = await admin.PostAsync("/departments/new-department", ("Key", "East Wing"), ("NameZh", "东区"), ("NameEn", "East wing"), ("Version", "0"));
        var right = await admin.PostAsync("/departments/new-department", ("Key", "east-wing"), ("NameZh", "东区"), ("NameEn", "East wing"), ("Parent", "service"), ("Version", "0"));

        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Contains("East wing", await admin.FollowAsync(right), StringComparison.Ordinal);
        Assert.Equal(1, await _host.AskAsync(db => db.ConfigurationEvents.CountAsync(e => e.Type == "department.added", Token)));
    }

    [Theory]
    [InlineData("Head", "admin", "cannot appoint yourself")]
    [InlineData("Head", "nobody", "no such person")]
    [InlineData("Parent", "quality", "cannot be this one or lie below it")]
    [InlineData("Parent", "nowhere", "no such department")]
    [InlineData("NameEn", "", "Give a name")]
    public async Task What_cannot_be_is_said_beside_the_field_and_changes_nothing(string field, string value, string said)
    {
        var admin = await _host.AsAsync("admin");
        var page = await admin.ReadAsync("/departments/quality");

        var answer = await admin.PostAsync("/departments/quality", Edit(page, (field, value)));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(said, await Browser.TextOf(answer), StringComparison.Ordinal);
        Assert.Equal(0, await _host.AskAsync(db => db.ConfigurationEvents.CountAsync(e => e.Stream == "organisation", Token)));
    }

    [Fact]
    public async Task A_change_somebody_else_made_meanwhile_is_not_overwritten()
    {
        var (admin, other) = (await _host.AsAsync("admin"), await _host.AsAsync("admin"));
        var seen = await admin.ReadAsync("/departments/quality");
        var also = await other.ReadAsync("/departments/quality");
        await other.PostAsync("/departments/quality", Edit(also, ("Head", "wang")));

        var answer = await admin.PostAsync("/departments/quality", Edit(seen, ("Head", "zhao")));

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal("wang", await _host.AskAsync(db => db.Departments.Where(d => d.Key == "quality").Select(d => d.Head).SingleAsync(Token)));
    }

    [Theory]
    [InlineData("li", HttpStatusCode.NotFound, HttpStatusCode.NotFound)]
    [InlineData("owner", HttpStatusCode.NotFound, HttpStatusCode.NotFound)]
    [InlineData("auditor", HttpStatusCode.OK, HttpStatusCode.NotFound)]
    public async Task Only_administrators_change_departments(string person, HttpStatusCode list, HttpStatusCode editor)
    {
        var browser = await _host.AsAsync(person);

        Assert.Equal(list, (await browser.GetAsync("/departments")).StatusCode);
        Assert.Equal(editor, (await browser.GetAsync("/departments/quality")).StatusCode);
        await browser.GetAsync("/processes");
        Assert.Equal(HttpStatusCode.NotFound, (await browser.PostAsync("/departments/quality", ("NameZh", "质量部"), ("NameEn", "Quality"), ("Version", "0"))).StatusCode);
    }

    [Fact]
    public async Task Rules_of_mails_and_own_choices_are_kept_checked_and_recorded()
    {
        var (admin, li) = (await _host.AsAsync("admin"), await _host.AsAsync("li"));
        await admin.ReadAsync("/notifications/rules");
        await li.ReadAsync("/notifications/settings");

        var wrong = await admin.PostAsync("/notifications/rules", ("BundleMinutes", "0"), ("Quiet", "Span"), ("QuietFrom", "20:00"), ("QuietTo", "20:00"), ("Zone", "Asia/Shanghai"), ("LoudLevels", "1"), ("FallbackRole", "gm"), ("Version", "0"));
        var right = await admin.PostAsync("/notifications/rules", ("BundleMinutes", "10"), ("Quiet", "Span"), ("QuietFrom", "20:00"), ("QuietTo", "07:30"), ("Zone", "Asia/Shanghai"), ("LoudLevels", "1"), ("FallbackRole", "gm"), ("Version", "0"));
        var own = await li.PostAsync("/notifications/settings", ("Mail", "Daily"), ("DailyAt", "09:15"), ("QuietFrom", "12:00"), ("QuietTo", "13:00"), ("Version", "0"));
        var stale = await li.PostAsync("/notifications/settings", ("Mail", "None"), ("Version", "0"));

        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Contains("1 to 240", await Browser.TextOf(wrong), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, right.StatusCode);
        Assert.Contains("No mails from 20:00 to 07:30", await li.FollowAsync(own), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, stale.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await li.GetAsync("/notifications/rules")).StatusCode);
        Assert.Equal(
            ["notification-preference.changed", "notification-rules.changed"],
            await _host.AskAsync(db => db.ConfigurationEvents.Where(e => e.Stream == "notifications").Select(e => e.Type).OrderBy(t => t).ToListAsync(Token)));
    }

    // what the page holds, with one or more fields typed anew
    private static (string Name, string Value)[] Edit(string page, params (string Name, string Value)[] typed)
    {
        var fields = new Dictionary<string, string> { ["Version"] = Browser.FieldOf(page, "Version"), ["NameZh"] = "质量部", ["NameEn"] = "Quality", ["Parent"] = "", ["Head"] = "", ["Substitute"] = "" };
        foreach (var (name, value) in typed)
        {
            fields[name] = value;
        }

        return [.. fields.Select(f => (f.Key, f.Value))];
    }
}
