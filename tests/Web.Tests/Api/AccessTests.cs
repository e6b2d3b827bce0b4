using CaseManagement.Web.Api.Access;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Organisation;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.Web.Tests.Api;

public sealed class AccessTests : IAsyncDisposable
{
    private static readonly DateTimeOffset WallTime = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ApiHost _host = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public void Every_route_of_the_API_has_its_authorisation_entry()
    {
        var routes = _host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText is { } path && (path.StartsWith("api/", StringComparison.Ordinal) || path.StartsWith("/openapi", StringComparison.Ordinal))).ToList();

        Assert.True(routes.Count > 30);
        Assert.All(routes, route =>
        {
            Assert.True(route.Metadata.GetOrderedMetadata<ApiAccessAttribute>().Count == 1, route.DisplayName);
            Assert.Empty(route.Metadata.GetOrderedMetadata<IAllowAnonymous>());
        });
        Assert.All(
            routes.Where(r => r.Metadata.GetMetadata<ControllerActionDescriptor>() is not null),
            route => Assert.Contains(route.Metadata.GetMetadata<ApiAccessAttribute>()!.Scope, ApiScopes.All));
    }

    [Fact]
    public async Task Nobody_comes_in_without_a_key_or_a_session()
    {
        using var client = _host.CreateClient(new() { AllowAutoRedirect = false });

        Assert.Equal("sign-in-required", (await client.AskAsync("/api/v1/complaints", 401)).Code());
        client.DefaultRequestHeaders.Add("X-Api-Key", "cck_none_none");
        Assert.Equal("key-refused", (await client.AskAsync("/api/v1/complaints", 401)).Code());
    }

    [Fact]
    public async Task A_key_does_what_its_scopes_allow_until_it_is_revoked()
    {
        var made = ApiKeys.Create("crm", [ApiScopes.CasesRead], WallTime, expiresAt: null);
        await StoreAsync(made.Row);
        using var client = Client(made.Text);

        await client.AskAsync("/api/v1/complaints");
        Assert.Equal("forbidden", (await client.TellAsync("/api/v1/complaints", Sample.Complaint(), 403)).Code());
        await ChangeAsync(db => db.ApiKeys.SingleAsync(k => k.Id == made.Row.Id, Token), key => key.RevokedAt = WallTime);
        Assert.Equal("key-refused", (await client.AskAsync("/api/v1/complaints", 401)).Code());
    }

    [Fact]
    public async Task A_key_that_has_expired_or_whose_secret_is_wrong_is_refused()
    {
        var expired = ApiKeys.Create("old", [ApiScopes.CasesRead], WallTime, expiresAt: WallTime);
        var good = ApiKeys.Create("good", [ApiScopes.CasesRead], WallTime, expiresAt: null);
        await StoreAsync(expired.Row);
        await StoreAsync(good.Row);
        using var late = Client(expired.Text);
        using var guessed = Client(good.Text[..^1] + (good.Text[^1] == 'A' ? 'B' : 'A'));

        await late.AskAsync("/api/v1/complaints", 401);
        await guessed.AskAsync("/api/v1/complaints", 401);
    }

    [Fact]
    public async Task The_use_of_a_key_is_noted_and_its_deeds_bear_its_name()
    {
        var made = ApiKeys.Create("crm", [ApiScopes.CasesCreate, ApiScopes.CasesRead], WallTime, expiresAt: null);
        await StoreAsync(made.Row);
        using var client = Client(made.Text);

        var registered = await client.TellAsync("/api/v1/complaints", Sample.Complaint(), 201);

        var timeline = await client.AskAsync($"/api/v1/complaints/{registered["id"]}/timeline");
        Assert.Equal("crm", timeline[0]!["by"]!["name"].Text());
        await using var db = await _host.Services.GetRequiredService<IDbContextFactory<CaseManagementDbContext>>().CreateDbContextAsync(Token);
        Assert.NotNull((await db.ApiKeys.SingleAsync(k => k.Id == made.Row.Id, Token)).LastUsedAt);
    }

    [Theory]
    [InlineData("li", "POST", "/api/v1/processes/standard-complaint/publish", 403)]
    [InlineData("admin", "POST", "/api/v1/processes/standard-complaint/publish", 403)]
    [InlineData("owner", "POST", "/api/v1/processes/standard-complaint/publish", 200)]
    [InlineData("li", "POST", "/api/v1/processes/standard-complaint/limits/reply/apply", 403)]
    [InlineData("owner", "POST", "/api/v1/processes/standard-complaint/limits/reply/apply", 403)]
    [InlineData("admin", "GET", "/api/v1/complaints", 403)]
    [InlineData("owner", "GET", "/api/v1/tasks", 403)]
    [InlineData("auditor", "GET", "/api/v1/complaints", 200)]
    [InlineData("auditor", "POST", "/api/v1/complaints", 403)]
    [InlineData("li", "POST", "/api/v1/clock/advance", 403)]
    [InlineData("nobody", "GET", "/api/v1/complaints", 401)]
    public async Task Each_role_does_what_is_its_own(string person, string method, string path, int status)
    {
        using var client = _host.Client(person);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        var response = await client.SendAsync(request, Token);

        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task The_respondent_does_not_learn_of_the_case_about_them()
    {
        using var chen = _host.Client("chen");
        using var li = _host.Client("li");
        var about = Sample.Complaint();
        about["respondent"] = new { person = "li" };
        var path = $"/api/v1/complaints/{(await chen.TellAsync("/api/v1/complaints", about, 201))["id"]}";

        await chen.AskAsync(path);
        Assert.Equal("complaint-unknown", (await li.AskAsync(path, 404)).Code());
        Assert.Equal("complaint-unknown", (await li.TellAsync(path + "/notes", new { text = "Not so." }, 404)).Code());
    }

    [Theory]
    [InlineData("li", true)]
    [InlineData("auditor", false)]
    public async Task Facts_marked_sensitive_are_kept_from_the_auditor_wherever_they_stand(string person, bool sees)
    {
        using var program = _host.Client();
        using var reader = _host.Client(person);
        var id = (await program.TellAsync("/api/v1/complaints", Sample.Complaint(), 201))["id"];
        await program.TellAsync($"/api/v1/complaints/{id}/facts", new { respondentPerson = "the-accused" });

        foreach (var path in new[] { $"complaints/{id}", "complaints", $"complaints/{id}/timeline", $"audit?entity=complaint:{id}" })
        {
            var answer = (await reader.AskAsync("/api/v1/" + path)).ToJsonString();
            Assert.Equal(sees, answer.Contains("the-accused", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_route_the_API_does_not_have_is_a_problem_too()
    {
        using var program = _host.Client();

        Assert.Equal("route-unknown", (await program.AskAsync("/api/v1/nothing", 404)).Code());
    }

    private HttpClient Client(string key)
    {
        var client = _host.CreateClient(new() { AllowAutoRedirect = false });
        client.DefaultRequestHeaders.Add("X-Api-Key", key);
        return client;
    }

    private async Task StoreAsync(ApiKey key) => await _host.Services.GetRequiredService<IConfigurationWriter>().RunWithContextAsync(
        (db, _) =>
        {
            db.ApiKeys.Add(key);
            return ValueTask.FromResult(true);
        },
        Token);

    private async Task ChangeAsync<T>(Func<CaseManagementDbContext, Task<T>> find, Action<T> change) =>
        await _host.Services.GetRequiredService<IConfigurationWriter>().RunWithContextAsync(
            async (db, _) =>
            {
                change(await find(db));
                return true;
            },
            Token);
}
