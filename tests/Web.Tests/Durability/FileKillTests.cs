using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace CaseManagement.Web.Tests.Durability;

/// <summary>The product is killed while files come in: whatever was answered is there, and no case has a file whose bytes are not.</summary>
public sealed class FileKillTests : IDisposable
{
    private const int Kills = 8;

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("casemanagement-files-");
    private readonly ConcurrentDictionary<string, string> _answered = new(StringComparer.Ordinal);

    [Fact]
    public async Task Killing_the_product_while_files_come_in_leaves_none_dangling_and_loses_none()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var (random, complaint) = (new Random(20261128), "");
        for (var kill = 0; kill < Kills; kill++)
        {
            using var product = await ProductProcess.StartAsync(_data.FullName, cancellationToken);
            complaint = complaint.Length > 0 ? complaint : await RegisterAsync(product, cancellationToken);
            using var dying = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var work = Enumerable.Range(0, 3).Select(worker => UploadAsync(product, complaint, $"{kill}-{worker}", dying.Token)).ToArray();
            await Task.Delay(random.Next(50, 900), cancellationToken);
            product.Kill();
            await dying.CancelAsync();
            await Task.WhenAll(work);
        }

        using var again = await ProductProcess.StartAsync(_data.FullName, cancellationToken);
        var files = (await again.Client.GetFromJsonAsync<JsonElement>($"/api/v1/complaints/{complaint}/attachments", cancellationToken)).GetProperty("items").EnumerateArray().ToList();
        foreach (var file in files)
        {
            var content = await again.Client.GetByteArrayAsync($"/api/v1/complaints/{complaint}/attachments/{file.GetProperty("id").GetString()}", cancellationToken);
            Assert.Equal(file.GetProperty("sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(content)));
        }

        Assert.NotEmpty(_answered);
        Assert.Empty(_answered.Keys.Except(files.Select(f => f.GetProperty("id").GetString()!)));
    }

    public void Dispose() => _data.Delete(recursive: true);

    private static async Task<string> RegisterAsync(ProductProcess product, CancellationToken cancellationToken)
    {
        using var answer = await product.Client.PostAsJsonAsync(
            "/api/v1/complaints", new { channel = "phone", subject = "空调维修拖延", description = "约定上门三次未到", category = "speed", complainant = new { name = "王女士" } }, cancellationToken);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).GetProperty("id").GetString()!;
    }

    private async Task UploadAsync(ProductProcess product, string complaint, string worker, CancellationToken dying)
    {
        try
        {
            for (var number = 0; !dying.IsCancellationRequested; number++)
            {
                using var form = new MultipartFormDataContent();
                form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes($"{worker}-{number} {new string('x', 300_000)}")), "files", $"{worker}-{number}.txt");
                using var answer = await product.Client.PostAsync($"/api/v1/complaints/{complaint}/attachments", form, dying);
                answer.EnsureSuccessStatusCode();
                var added = await answer.Content.ReadFromJsonAsync<JsonElement>(dying);
                _answered.TryAdd(added.GetProperty("items")[0].GetProperty("id").GetString()!, worker);
            }
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException or IOException or JsonException)
        {
            // the product was killed while it answered
        }
    }
}
