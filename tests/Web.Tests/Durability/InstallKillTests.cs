using System.Net.Http.Json;
using System.Text.Json;
using CaseManagement.Tests.Stores;
using Microsoft.Data.Sqlite;

namespace CaseManagement.Web.Tests.Durability;

/// <summary>The product is killed while packs are installed: a version is there with its pack, its workflows and its entry in the audit, or not at all.</summary>
public sealed class InstallKillTests : IDisposable
{
    private const int Kills = 4;
    private const string Process = "property-service-guideline";

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("casemanagement-install-");
    private readonly List<long> _answered = [];

    [Fact]
    public async Task Killing_the_product_while_packs_are_installed_leaves_none_half_installed()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var random = new Random(20261129);
        for (var kill = 0; kill < Kills; kill++)
        {
            using var product = await ProductProcess.StartAsync(_data.FullName, cancellationToken);
            using var dying = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var work = InstallAsync(product, dying.Token);
            await Task.Delay(random.Next(1_000, 3_000), cancellationToken);
            product.Kill();
            await dying.CancelAsync();
            await work;
        }

        using var again = await ProductProcess.StartAsync(_data.FullName, cancellationToken);
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_data.FullName, "cases.db")};Pooling=false");
        connection.Open();
        var versions = Read(connection, "SELECT Version, State FROM ProcessVersions WHERE ProcessKey = $key");
        var workflows = Read(connection, "SELECT ProcessVersion, COUNT(*) FROM WorkflowDefinitions WHERE ProcessKey = $key GROUP BY ProcessVersion");
        var imported = Read(connection, "SELECT COUNT(*), '' FROM ConfigurationEvents WHERE Stream = 'process:' || $key AND Type = 'process.imported'");
        var count = ShippedPacks.Files(Process).Keys.Count(file => file.StartsWith("workflows/", StringComparison.Ordinal));

        Assert.NotEmpty(_answered);
        Assert.Empty(_answered.Except(versions.Select(one => one.Number)));
        Assert.Single(versions, one => one.Text == "Draft");
        Assert.Equal(versions.Select(one => one.Number).Order(), workflows.Select(one => one.Number).Order());
        Assert.All(workflows, one => Assert.Equal($"{count}", one.Text));
        Assert.Equal(versions.Count, imported[0].Number);
    }

    public void Dispose() => _data.Delete(recursive: true);

    private async Task InstallAsync(ProductProcess product, CancellationToken dying)
    {
        var files = ShippedPacks.Files(Process);
        try
        {
            while (!dying.IsCancellationRequested)
            {
                using var answer = await product.Client.PostAsJsonAsync("/api/v1/processes/import", new { files }, dying);
                answer.EnsureSuccessStatusCode();
                _answered.Add((await answer.Content.ReadFromJsonAsync<JsonElement>(dying)).GetProperty("version").GetInt64());
            }
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException or IOException or JsonException)
        {
            // the product was killed while it answered
        }
    }

    private static List<(long Number, string Text)> Read(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$key", Process);
        using var reader = command.ExecuteReader();
        var rows = new List<(long, string)>();
        while (reader.Read())
        {
            rows.Add((reader.GetInt64(0), reader.GetValue(1).ToString()!));
        }

        return rows;
    }
}
