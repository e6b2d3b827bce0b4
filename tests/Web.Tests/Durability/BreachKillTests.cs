using System.Globalization;
using System.Net.Http.Json;
using CaseManagement.Tests;
using Microsoft.Data.Sqlite;
using MimeKit;

namespace CaseManagement.Web.Tests.Durability;

/// <summary>
/// A thousand first replies end in the same moment while the product is killed: in the middle of the breaches, of working out whom they reach, and
/// of writing the mails. Afterwards every notice is there once, and each supervisor has one mail that lists them all.
/// </summary>
public sealed class BreachKillTests : IAsyncLifetime
{
    private const int Cases = 1000;
    private static readonly DateTimeOffset Start = new(2026, 9, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("casemanagement-breach-");
    private readonly SmtpSink _sink = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _sink.DisposeAsync();
        _data.Delete(recursive: true);
    }

    [Fact]
    public async Task A_thousand_breaches_in_one_moment_are_one_mail_to_each_and_no_kill_loses_a_notice()
    {
        using (var product = await StartAsync())
        {
            await Parallel.ForEachAsync(Enumerable.Range(0, Cases), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Token }, async (_, token) => await RegisterAsync(product, token));
            await AdvanceAsync(product, Start.AddHours(23));
        }

        var due = Start.AddHours(24);
        var cut = 0;
        foreach (var wait in (int[])[300, 700, 1500])
        {
            cut += await KillWhileAsync(wait, product => AdvanceAsync(product, due)) ? 1 : 0;
        }

        Assert.True(cut > 0, "No kill came while limits were breached: the test proves nothing on a machine this fast; let it kill sooner.");

        using (var product = await StartAsync())
        {
            await AdvanceAsync(product, due);
        }

        Assert.Equal(Cases, Count("SELECT COUNT(DISTINCT ComplaintId) FROM Messages WHERE Escalation AND Recipient = 'supervisor'"));
        Assert.Equal(Cases, Count("SELECT COUNT(*) FROM Messages WHERE Escalation AND Recipient = 'supervisor'"));
        foreach (var wait in (int[])[200, 1200])
        {
            await KillWhileAsync(wait, product => AdvanceAsync(product, due.AddMinutes(10)));
        }

        using (var product = await StartAsync())
        {
            await AdvanceAsync(product, due.AddMinutes(20));
            await UntilQuietAsync();
        }

        using var stored = new StoredCases(_data);
        stored.AssertConsistent();
        Assert.Equal(0, Count("SELECT COUNT(*) FROM Messages WHERE State = 'Noticed'"));

        // one that was sent and not yet noted when the product died comes again, and is the same mail by its id
        var mails = _sink.Mails.Where(m => m.To == "zhou@example.com").DistinctBy(m => m.Header("Message-Id")).ToList();
        var mail = MimeMessage.Load(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(Assert.Single(mails).Raw)), Token);
        Assert.All(Numbers(), number => Assert.Contains(number, mail.TextBody, StringComparison.Ordinal));
    }

    private Task<ProductProcess> StartAsync() => ProductProcess.StartAsync(
        _data.FullName, Token, "--Clock:Simulated=true", $"--Clock:StartAt={Start:O}", "--Notifications:EverySeconds=1", "--Mail:Enabled=true", "--Mail:Host=127.0.0.1",
        $"--Mail:Port={_sink.Port.ToString(CultureInfo.InvariantCulture)}", "--Mail:Security=None", "--Mail:From=complaints@example.org");

    /// <summary>Lets it begin, and kills it after so many milliseconds.</summary>
    /// <returns>Whether the kill came before the end.</returns>
    private async Task<bool> KillWhileAsync(int milliseconds, Func<ProductProcess, Task> work)
    {
        using var product = await StartAsync();
        var working = work(product);
        await Task.WhenAny(working, Task.Delay(milliseconds, Token));
        product.Kill();
        try
        {
            await working;
            return false;
        }
        catch (Exception killed) when (killed is HttpRequestException or IOException or OperationCanceledException)
        {
            return true;
        }
    }

    private static async Task RegisterAsync(ProductProcess product, CancellationToken token)
    {
        using var answer = await product.Client.PostAsJsonAsync(
            "/api/v1/complaints",
            new { channel = "phone", subject = "空调维修拖延", description = "约定上门三次未到", category = "speed", complainant = new { name = "王女士", phone = "13800000000" } },
            token);
        answer.EnsureSuccessStatusCode();
    }

    private static async Task AdvanceAsync(ProductProcess product, DateTimeOffset to)
    {
        using var answer = await product.Client.PostAsJsonAsync("/api/v1/clock/advance", new { to }, Token);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Waits until nothing is left to be told by mail.</summary>
    private async Task UntilQuietAsync()
    {
        for (var attempt = 0; attempt < 240; attempt++)
        {
            if (Count("SELECT (SELECT COUNT(*) FROM Messages WHERE State = 'Noticed' OR (State = 'Pending' AND Template = 'notices')) + (SELECT COUNT(*) FROM NoticeMails)") == 0
                && _sink.Mails.Any(m => m.To == "zhou@example.com"))
            {
                return;
            }

            await Task.Delay(500, Token);
        }

        Assert.Fail("Two minutes after the last breach there are still notices that wait for their mail.");
    }

    private long Count(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_data.FullName, "cases.db")};Pooling=false;Mode=ReadOnly");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    private List<string> Numbers()
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_data.FullName, "cases.db")};Pooling=false;Mode=ReadOnly");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT Number FROM Cases";
        using var reader = command.ExecuteReader();
        var numbers = new List<string>();
        while (reader.Read())
        {
            numbers.Add(reader.GetString(0));
        }

        return numbers;
    }
}
