using System.Text.Json.Nodes;
using CaseManagement.Tests;

namespace CaseManagement.Web.Tests.Api;

/// <summary>Packs of the reference material imported into the product, on a real database.</summary>
public abstract class ExamplePackTests(ApiHost host) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Three_owners_within_a_month_raise_the_level_of_all_three_cases_and_link_them()
    {
        using var owner = host.Client("owner");
        using var program = host.Client();
        await InstallAsync(owner, "property-owner-complaints");

        var first = await NoiseAsync(program, "A");
        await program.TellAsync("/api/v1/clock/advance", new { to = "2026-09-15T11:00:00+08:00" });
        var second = await NoiseAsync(program, "B");
        Assert.Equal("general", second["level"].Text());
        await program.TellAsync("/api/v1/clock/advance", new { to = "2026-09-28T16:00:00+08:00" });
        var third = await NoiseAsync(program, "C");
        Assert.Equal("hot", third["level"].Text());
        await program.TellAsync("/api/v1/clock/advance", new { by = "PT1M" });

        Assert.Equal("hot", (await program.AskAsync($"/api/v1/complaints/{first["id"]}"))["level"].Text());
        Assert.Equal("hot", (await program.AskAsync($"/api/v1/complaints/{second["id"]}"))["level"].Text());
        var told = await program.AskAsync($"/api/v1/complaints/{first["id"]}/timeline");
        Assert.Contains(told.AsArray(), e => e!["type"].Text() == "counted" && e["text"].Text().Contains('3', StringComparison.Ordinal));
        Assert.Equal(2, (await program.AskAsync($"/api/v1/complaints/{third["id"]}/timeline")).AsArray().Count(e => e!["type"].Text() == "linked"));
    }

    [Fact]
    public async Task Owners_who_complain_at_the_same_moment_are_all_counted()
    {
        using var owner = host.Client("owner");
        using var program = host.Client();
        await InstallAsync(owner, "property-owner-complaints");

        var registered = await Task.WhenAll("ABC".Select(name => NoiseAsync(program, name.ToString())));
        await program.TellAsync("/api/v1/clock/advance", new { by = "PT1M" });

        foreach (var one in registered)
        {
            Assert.Equal("hot", (await program.AskAsync($"/api/v1/complaints/{one["id"]}"))["level"].Text());
        }
    }

    private static Task<JsonNode> NoiseAsync(HttpClient program, string name) => program.TellAsync(
        "/api/v1/complaints",
        new
        {
            process = "property-owner-complaints",
            channel = "phone",
            subject = "电梯噪声",
            description = "夜间电梯噪声",
            category = "lifts",
            complainant = new { name },
            facts = new { issue = "lift-noise" },
        },
        201);

    private static async Task InstallAsync(HttpClient owner, string pack)
    {
        var folder = SharedMaterial.Path("packs", "examples", pack);
        var files = Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetRelativePath(folder, file).Replace('\\', '/'), File.ReadAllText, StringComparer.Ordinal);
        var imported = await owner.TellAsync("/api/v1/processes/import", new { files }, 201);
        Assert.Empty(imported["findings"]!.AsArray());
        await owner.TellAsync($"/api/v1/processes/{pack}/publish", new { version = imported["version"]!.GetValue<int>() });
    }
}

public sealed class SqliteExamplePackTests() : ExamplePackTests(new ApiHost());

public sealed class PostgreSqlExamplePackTests() : ExamplePackTests(new ApiHost(onPostgreSql: true));
