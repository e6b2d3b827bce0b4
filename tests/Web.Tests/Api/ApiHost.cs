using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using CaseManagement.Web.Api.Access;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Persistence;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.Web.Tests.Api;

/// <summary>The product on a database of its own, with a simulated clock and the demo people; the database is gone at the end.</summary>
public sealed class ApiHost : WebApplicationFactory<Program>
{
    public const string Key = "test-bootstrap-key";

    private readonly ProductDatabase _database;

    public ApiHost()
        : this(onPostgreSql: false)
    {
    }

    // a class fixture has one public constructor
    internal ApiHost(bool onPostgreSql) => _database = ProductDatabase.Create(onPostgreSql);

    /// <summary>Where its data are; a test may put something there before the first client.</summary>
    internal ProductDatabase Database => _database;

    /// <summary>Settings of this host alone, to be set before the first client.</summary>
    internal Dictionary<string, string> Settings { get; } = [];

    public static DateTimeOffset Start { get; } = new(2026, 9, 2, 2, 0, 0, TimeSpan.Zero);

    /// <summary>A program with the configuration's key, or somebody it acts as.</summary>
    public HttpClient Client(string? actAs = null, string language = "en")
    {
        var client = CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        client.DefaultRequestHeaders.Add("X-Api-Key", Key);
        client.DefaultRequestHeaders.Add("Accept-Language", language);
        if (actAs is not null)
        {
            client.DefaultRequestHeaders.Add("X-Act-As", actAs);
        }

        return client;
    }

    /// <summary>A program with a key of these scopes.</summary>
    public Task<HttpClient> WithKeyAsync(params string[] scopes) => KeyedClients.MakeAsync(this, null, scopes);

    /// <summary>Somebody's own program, with a key of these scopes.</summary>
    public Task<HttpClient> WithKeyOfAsync(string owner, params string[] scopes) => KeyedClients.MakeAsync(this, owner, scopes);

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Development");
        _database.Use(builder);
        builder.UseSetting("Bootstrap:AdminApiKey", Key);
        builder.UseSetting("Clock:Simulated", "true");
        builder.UseSetting("Clock:StartAt", Start.ToString("O"));
        builder.UseSetting("Demo:Cases", "false");
        foreach (var (name, value) in Settings)
        {
            builder.UseSetting(name, value);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _database.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}

/// <summary>Programs with keys of their own.</summary>
public static class KeyedClients
{
    /// <summary>Stores a key of these scopes and gives its program.</summary>
    public static async Task<HttpClient> MakeAsync(WebApplicationFactory<Program> host, string? owner, params string[] scopes)
    {
        var made = ApiKeys.Create(new KeyOrder("key", scopes) { OwnerId = owner }, host.Services.GetRequiredKeyedService<TimeProvider>(Clocks.Wall).GetUtcNow(), expiresAt: null);
        await using var db = await host.Services.GetRequiredService<IDbContextFactory<CaseManagementDbContext>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        db.ApiKeys.Add(made.Row);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        var client = host.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        client.DefaultRequestHeaders.Add("X-Api-Key", made.Text);
        client.DefaultRequestHeaders.Add("Accept-Language", "en");
        return client;
    }
}

/// <summary>Short ways to ask and to look at answers.</summary>
public static class Asking
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<JsonNode> AskAsync(this HttpClient client, string path, int status = 200) =>
        await ReadAsync(await client.GetAsync(new Uri(path, UriKind.Relative), Token), status);

    public static async Task<JsonNode> TellAsync(this HttpClient client, string path, object? body, int status = 200, string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Content = body is null ? null : JsonContent.Create(body);
        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        return await ReadAsync(await client.SendAsync(request, Token), status);
    }

    public static string Code(this JsonNode problem) => problem["code"]!.GetValue<string>();

    public static string Text(this JsonNode? node) => node!.GetValue<string>();

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage response, int status)
    {
        var text = await response.Content.ReadAsStringAsync(Token);
        Assert.True((int)response.StatusCode == status, $"{(int)response.StatusCode} where {status} was expected: {text}");
        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text) ?? throw new JsonException(text);
    }
}
