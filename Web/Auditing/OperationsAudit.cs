using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CaseManagement.Domain.Auditing;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Auditing;

/// <summary>
/// Records that this node started and stopped, and which settings are others than at its last start: their names, never their values. What is compared is a keyed hash
/// under the node's own key.
/// </summary>
public sealed partial class OperationsAudit(
    IDbContextFactory<CaseManagementDbContext> contexts, IConfigurationWriter writer, ConfigurationAudit audit, AnchorKeys keys, IConfiguration configuration,
    IHostEnvironment environment, ILogger<OperationsAudit> log) : IHostedService
{
    public const string Started = "started";
    public const string Stopped = "stopped";
    public const string ConfigChanged = "config.changed";

    // what the product reads; the environment holds much else
    private static readonly string[] Sections =
    [
        "AllowedHosts", "Audit", "Bootstrap", "Clock", "ConnectionStrings", "Demo", "Files", "Mail", "Nodes", "Notifications", "Oidc", "OutgoingHttp", "Portal", "Proxy", "Security",
        "Storage", "Timers", "Urls",
    ];

    private static readonly Actor Node = new(ActorKind.System, Environment.MachineName);

    /// <summary>The stream of this machine.</summary>
    public static string Stream { get; } = $"node:{Environment.MachineName}";

    public Task StartAsync(CancellationToken cancellationToken) => TryAsync(RecordStartAsync, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => TryAsync(
        token => RecordAsync(Stopped, [], token), cancellationToken);

    private async Task RecordStartAsync(CancellationToken cancellationToken)
    {
        var (key, publicKey, _) = keys.Current();
        var secret = SHA256.HashData(key.ExportPkcs8PrivateKey());
        var (keyId, now) = (Anchor.KeyIdOf(publicKey), SettingsNow(secret));
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var before = await db.ConfigurationEvents.AsNoTracking().Where(e => e.Stream == Stream && e.Type == Started).OrderByDescending(e => e.Sequence).Select(e => e.Data).FirstOrDefaultAsync(cancellationToken);
        var settings = new JsonObject(now.Select(s => KeyValuePair.Create(s.Key, (JsonNode?)s.Value)));
        await RecordAsync(Started, new JsonObject { ["environment"] = environment.EnvironmentName, ["keyId"] = keyId, ["settings"] = settings }, cancellationToken);
        if (before is { Length: > 0 } && JsonNode.Parse(before) is JsonObject last && (string?)last["keyId"] == keyId && last["settings"] is JsonObject old)
        {
            var changed = now.Keys.Union(old.Select(o => o.Key), StringComparer.Ordinal)
                .Where(name => now.GetValueOrDefault(name) != (string?)old[name]).Order(StringComparer.Ordinal).ToArray();
            if (changed.Length > 0)
            {
                await RecordAsync(ConfigChanged, new JsonObject { ["names"] = new JsonArray([.. changed.Select(c => (JsonNode?)c)]) }, cancellationToken);
            }
        }
    }

    private SortedDictionary<string, string> SettingsNow(byte[] secret)
    {
        var now = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in configuration.AsEnumerable())
        {
            if (value is not null && Sections.Contains(name.Split(':')[0], StringComparer.OrdinalIgnoreCase))
            {
                now[name] = Convert.ToHexStringLower(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(value)))[..16];
            }
        }

        return now;
    }

    private async Task RecordAsync(string type, JsonObject data, CancellationToken cancellationToken) => await writer.RunWithContextAsync(
        async (db, _) => await audit.RecordAsync(db, Stream, type, Node, data.DeepClone().AsObject(), cancellationToken), cancellationToken);

    private async Task TryAsync(Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work(cancellationToken);
        }
#pragma warning disable CA1031 // a node that cannot say that it starts must start all the same
        catch (Exception failed)
#pragma warning restore CA1031
        {
            Log.NotRecorded(log, failed);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The start or end of this node could not be recorded")]
        public static partial void NotRecorded(ILogger logger, Exception error);
    }
}
