using System.Net;
using CaseManagement.Web.Api.Access;
using CaseManagement.Web.Tests.Api;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Tests.Pages.Staff;

/// <summary>Keys are made, shown once, held to their bounds, replaced and revoked.</summary>
public sealed class KeyPageTests : IAsyncDisposable
{
    private readonly PeopleSite _site = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_key_is_shown_once_and_nothing_of_its_secret_is_stored()
    {
        var admin = await _site.AsAsync("admin", "en");
        var key = await MakeAsync(admin, ("Service", "true"), ("Scopes", "cases.read"));

        Assert.DoesNotContain(key, await admin.ReadAsync("/keys"), StringComparison.Ordinal);
        using var client = Client(key);
        await client.AskAsync("/api/v1/complaints");
        Assert.Contains("cases.read", await admin.ReadAsync("/keys"), StringComparison.Ordinal);
        var recorded = await _site.AskAsync(db => db.ConfigurationEvents.Where(e => e.Type == "key.created").Select(e => e.Data).SingleAsync(Token));
        Assert.DoesNotContain(key.Split('_')[2], recorded, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_bound_to_a_department_sees_creates_and_changes_nothing_of_others()
    {
        var admin = await _site.AsAsync("admin", "en");
        using var all = Client("test-bootstrap-key");
        var ours = (await all.TellAsync("/api/v1/complaints", Sample.Complaint(), 201))["id"];
        using var service = Client(await MakeAsync(admin, ("Service", "true"), ("Scopes", "cases.read"), ("Scopes", "cases.write"), ("Departments", "service")));
        using var finance = Client(await MakeAsync(admin, ("Service", "true"), ("Scopes", "cases.read"), ("Scopes", "cases.write"), ("Departments", "finance")));

        Assert.Equal(1, (await service.AskAsync("/api/v1/complaints"))["total"]!.GetValue<int>());
        Assert.Equal(0, (await finance.AskAsync("/api/v1/complaints"))["total"]!.GetValue<int>());
        await service.TellAsync($"/api/v1/complaints/{ours}/notes", new { text = "ours" });
        Assert.Equal("complaint-unknown", (await finance.AskAsync($"/api/v1/complaints/{ours}", 404)).Code());
        Assert.Equal("complaint-unknown", (await finance.TellAsync($"/api/v1/complaints/{ours}/notes", new { text = "not ours" }, 404)).Code());
    }

    [Fact]
    public async Task A_service_that_opens_closely_kept_cases_needs_two_whatever_is_set()
    {
        var admin = await _site.AsAsync("admin", "en");
        var id = (await MakeAsync(admin, ("Service", "true"), ("Scopes", "cases.read"), ("Scopes", "cases.restricted"))).Split('_')[1];

        Assert.True(await _site.AskAsync(db => db.ApiKeys.Where(k => k.Id == id).Select(k => k.AwaitsSecond).SingleAsync(Token)));
        await admin.PostAsync($"/keys/{id}/agree");
        Assert.True(await _site.AskAsync(db => db.ApiKeys.Where(k => k.Id == id).Select(k => k.AwaitsSecond).SingleAsync(Token)));
    }

    [Fact]
    public async Task A_key_bound_to_networks_is_refused_from_elsewhere()
    {
        var admin = await _site.AsAsync("admin", "en");
        using var client = Client(await MakeAsync(admin, ("Service", "true"), ("Scopes", "cases.read"), ("Networks", "10.1.0.0/16")));

        Assert.Equal("key-refused", (await client.AskAsync("/api/v1/complaints", 401)).Code());
    }

    [Fact]
    public async Task A_personal_key_does_at_most_what_its_owner_may_do_now()
    {
        using var all = Client("test-bootstrap-key");
        await all.TellAsync("/api/v1/complaints", Sample.Complaint(), 201);
        using var key = Client(await MakeAsync(await _site.AsAsync("zhao", "en"), ("Scopes", "cases.read"), ("Scopes", "limits.write")));

        Assert.Equal(0, (await key.AskAsync("/api/v1/complaints"))["total"]!.GetValue<int>());
        await key.TellAsync("/api/v1/processes/standard-complaint/limits/reply/apply", new { amount = 1, reason = "x" }, 403);
        await _site.WriteAsync(db => db.Users.Single(u => u.Id == "zhao").IsActive = false);
        Assert.Equal("key-refused", (await key.AskAsync("/api/v1/complaints", 401)).Code());
    }

    [Fact]
    public async Task Only_administrators_make_keys_of_services_and_only_owners_and_administrators_end_them()
    {
        var li = await _site.AsAsync("li", "en");
        await li.ReadAsync("/keys");
        Assert.Equal(HttpStatusCode.NotFound, (await li.PostAsync("/keys", ("Name", "x"), ("Service", "true"), ("Scopes", "cases.read"))).StatusCode);
        var key = await MakeAsync(li, ("Scopes", "cases.read"));
        var id = key.Split('_')[1];
        var other = await _site.AsAsync("zhang", "en");
        Assert.DoesNotContain(id, await other.ReadAsync("/keys"), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.NotFound, (await other.PostAsync($"/keys/{id}/revoke")).StatusCode);
        await li.FollowAsync(await li.PostAsync($"/keys/{id}/revoke"));

        using var client = Client(key);
        await client.AskAsync("/api/v1/complaints", 401);
        Assert.Equal(["key.created", "key.revoked"], await _site.RecordedAsync(ApiKeys.StreamOf(id)));
    }

    [Fact]
    public async Task A_key_in_place_of_another_is_like_it_and_both_are_good_meanwhile()
    {
        var admin = await _site.AsAsync("admin", "en");
        var old = await MakeAsync(admin, ("Service", "true"), ("Scopes", "cases.read"), ("Departments", "finance"));

        var made = PeopleSite.Shown(await Browser.TextOf(await admin.PostAsync($"/keys/{old.Split('_')[1]}/rotate")), "new-key");

        using var before = Client(old);
        using var after = Client(made);
        await before.AskAsync("/api/v1/complaints");
        await after.AskAsync("/api/v1/complaints");
        await after.AskAsync("/api/v1/tasks", 403);
        Assert.Equal("finance", await _site.AskAsync(db => db.ApiKeys.Where(k => k.Id == made.Split('_', 3)[1]).Select(k => k.Departments).SingleAsync(Token)));
        Assert.Equal(HttpStatusCode.Conflict, (await admin.PostAsync($"/keys/{old.Split('_')[1]}/rotate")).StatusCode);
    }

    [Theory]
    [InlineData(59, true)]
    [InlineData(61, false)]
    public async Task A_key_that_nobody_used_for_sixty_days_is_refused(int days, bool isGood)
    {
        using var client = Client(await MakeAsync(await _site.AsAsync("admin", "en"), ("Service", "true"), ("Scopes", "cases.read")));

        _site.Wall.Advance(TimeSpan.FromDays(days));

        await client.AskAsync("/api/v1/complaints", isGood ? 200 : 401);
    }

    [Theory]
    [InlineData("Days", "366", "1 to 365 days")]
    [InlineData("Networks", "10.1.0.0/99", "no address or network")]
    [InlineData("Scopes", "everything", "at least one")]
    [InlineData("Departments", "nowhere", "no such process or department")]
    public async Task What_cannot_be_is_said_and_makes_no_key(string field, string value, string said)
    {
        var admin = await _site.AsAsync("admin", "en");
        await admin.ReadAsync("/keys");

        var answer = await admin.PostAsync("/keys", ("Name", "crm"), ("Service", "true"), ("Scopes", "cases.read"), (field, value));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(said, await Browser.TextOf(answer), StringComparison.Ordinal);
        Assert.Equal(0, await _site.AskAsync(db => db.ApiKeys.CountAsync(Token)));
    }

    private static async Task<string> MakeAsync(Browser browser, params (string Name, string Value)[] fields)
    {
        await browser.ReadAsync("/keys");
        return PeopleSite.Shown(await Browser.TextOf(await browser.PostAsync("/keys", [("Name", "crm"), ("Days", "90"), .. fields])), "new-key");
    }

    private HttpClient Client(string key)
    {
        var client = _site.CreateClient(new() { AllowAutoRedirect = false });
        client.DefaultRequestHeaders.Add("X-Api-Key", key);
        return client;
    }
}
