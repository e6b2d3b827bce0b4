using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CaseManagement.Web.Auditing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.Web.Tests.Access;

/// <summary>Every page and every answer to GET, asked for by an administrator and by a supervisor: nothing is changed by it, and its headers are those of the product.</summary>
public sealed class GetChangesNothingTests : IAsyncLifetime
{
    // what is written because somebody asked, whatever they asked for: when a session and a key were last used, heartbeats, runs of recurring jobs, rows that reports are worked out from
    private static readonly string[] NotesOfUse = ["CaseReads", "StaffSessions", "ApiKeys", "Nodes", "JobRuns", "sqlite_sequence", "ReportedCases", "ReportProgress", "RateCounters", "AddressKeys"];

    private static readonly string[] Required = ["Referrer-Policy", "Permissions-Policy"];

    private readonly AccessOrganisation _organisation = new();

    public ValueTask InitializeAsync() => _organisation.InitializeAsync();

    public ValueTask DisposeAsync() => _organisation.DisposeAsync();

    [Theory]
    [InlineData("admin")]
    [InlineData("leads-here")]
    public async Task Nothing_is_changed_by_looking(string person)
    {
        var browser = await _organisation.AsAsync(person, "en");
        using var program = _organisation.ActingAs(person);

        // what was done so far is anchored now and not while somebody looks
        await _organisation.Services.GetRequiredService<Anchoring>().RunAsync(TestContext.Current.CancellationToken);
        var before = await TablesAsync();
        var wrong = new List<string>();
        foreach (var entry in AccessTable.All.Where(e => e.Method == "GET" && e.Realm != Realm.Designer))
        {
            var address = "/" + _organisation.Fill(entry.Path) + (entry.Query.Length == 0 ? "" : _organisation.Fill(entry.Query));
            using var answer = entry.Realm == Realm.Api ? await program.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken) : await browser.GetAsync(address);
            wrong.AddRange(WrongHeaders(answer).Select(header => $"{entry.Route}: {header}"));
            var after = await TablesAsync();
            wrong.AddRange(after.Where(table => before[table.Key] != table.Value).Select(table => $"{entry.Route} changed {table.Key}"));
            before = after;
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static IEnumerable<string> WrongHeaders(HttpResponseMessage answer)
    {
        foreach (var (name, value) in new[]
        {
            ("X-Content-Type-Options", "nosniff"), ("X-Frame-Options", "DENY"), ("Cross-Origin-Opener-Policy", "same-origin"), ("Cross-Origin-Resource-Policy", "same-origin"),
        })
        {
            if (!answer.Headers.TryGetValues(name, out var sent) || sent.Single() != value)
            {
                yield return name;
            }
        }

        var policy = answer.Headers.TryGetValues("Content-Security-Policy", out var policies) ? policies.Single() : "";
        if (!policy.Contains("default-src 'none'", StringComparison.Ordinal) || !policy.Contains("frame-ancestors 'none'", StringComparison.Ordinal) || policy.Contains("'unsafe-eval'", StringComparison.Ordinal))
        {
            if (!policy.Contains("wasm-unsafe-eval", StringComparison.Ordinal)) // Studio has a policy of its own, which its tests hold it to
            {
                yield return "Content-Security-Policy";
            }
        }

        foreach (var required in Required.Where(name => !answer.Headers.Contains(name)))
        {
            yield return required;
        }

        if (answer.Headers.Contains("Server") || answer.Headers.CacheControl is not ({ NoStore: true } or { NoCache: true } or { Private: true }))
        {
            yield return answer.Headers.Contains("Server") ? "Server" : $"Cache-Control {answer.Headers.CacheControl}";
        }
    }

    /// <summary>Of each table what is in it, as one hash.</summary>
    private Task<Dictionary<string, string>> TablesAsync() => _organisation.AskAsync(async db =>
    {
        Assert.SkipUnless(db.Database.IsSqlite(), "Looks into the file of SQLite.");
        var connection = db.Database.GetDbConnection();
        await db.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var tables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in await NamesAsync(connection))
        {
            tables[name] = await HashAsync(connection, name);
        }

        return tables;
    });

    private static async Task<List<string>> NamesAsync(DbConnection connection)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%\\_fts%' ESCAPE '\\' AND name NOT LIKE 'CaseSearch%'";
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var names = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            names.Add(reader.GetString(0));
        }

        return [.. names.Except(NotesOfUse)];
    }

    private static async Task<string> HashAsync(DbConnection connection, string table)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // names of our own tables
        command.CommandText = table switch
        {
            // messages are delivered meanwhile: how far that has come is nobody's doing who looks
            "Messages" => "SELECT Id, Recipient, Channel, BodyZh FROM Messages",

            // that somebody looked, or was not let in, is recorded
            "ConfigurationEvents" => "SELECT * FROM ConfigurationEvents WHERE Stream NOT LIKE 'reads:%' AND Type <> 'denied'",
            _ => $"SELECT * FROM \"{table}\"",
        };
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            for (var column = 0; column < reader.FieldCount; column++)
            {
                var value = reader.GetValue(column);
                hash.AppendData(value as byte[] ?? Encoding.UTF8.GetBytes(Convert.ToString(value, CultureInfo.InvariantCulture) + "|"));
            }
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
