using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Infrastructure;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Organisation;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Api.Access;

/// <summary>A key just made; the text is told once.</summary>
public sealed record NewApiKey(ApiKey Row, string Text);

/// <summary>What a new key is for.</summary>
/// <param name="Name">Who uses it.</param>
/// <param name="Scopes">Of <see cref="ApiScopes"/>.</param>
public sealed record KeyOrder(string Name, IEnumerable<string> Scopes)
{
    /// <summary>Whose personal key it is; null for a service.</summary>
    public string? OwnerId { get; init; }

    public IReadOnlyList<string> Processes { get; init; } = [];
    public IReadOnlyList<string> Departments { get; init; } = [];
    public IReadOnlyList<string> Networks { get; init; } = [];
    public string? CreatedBy { get; init; }
    public string? Replaces { get; init; }
}

/// <summary>Makes and recognises keys of the form <c>cck_id_secret</c>, and the one from the configuration.</summary>
public sealed class ApiKeys(
    IDbContextFactory<CaseManagementDbContext> contexts, IConfigurationWriter writer, ConfigurationAudit audit, People people, IConfiguration configuration,
    IHostEnvironment environment, [FromKeyedServices(Clocks.Wall)] TimeProvider wallClock)
{
    /// <summary>The setting with the first administrator's key: 16 characters or more, 32 in Production.</summary>
    public const string BootstrapSetting = "Bootstrap:AdminApiKey";

    public const string BootstrapId = "bootstrap";

    /// <summary>A key that nobody used for so long is refused.</summary>
    public static readonly TimeSpan UnusedHolds = TimeSpan.FromDays(60);

    private const string Prefix = "cck_";
    private const int LongestKey = 300;
    private static readonly TimeSpan BetweenNotes = TimeSpan.FromHours(1);

    /// <summary>Makes a key; the caller stores the row.</summary>
    /// <param name="name">Who uses it.</param>
    /// <param name="scopes">Of <see cref="ApiScopes"/>.</param>
    /// <param name="now">By the wall clock.</param>
    /// <param name="expiresAt">From then on it is refused; null never.</param>
    public static NewApiKey Create(string name, IEnumerable<string> scopes, DateTimeOffset now, DateTimeOffset? expiresAt) =>
        Create(new KeyOrder(name, scopes), now, expiresAt);

    /// <inheritdoc cref="Create(string, IEnumerable{string}, DateTimeOffset, DateTimeOffset?)"/>
    public static NewApiKey Create(KeyOrder order, DateTimeOffset now, DateTimeOffset? expiresAt)
    {
        var id = RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", 12);
        var secret = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        var row = new ApiKey
        {
            Id = id,
            Name = order.Name,
            SecretHash = HashOf(secret),
            Scopes = string.Join(' ', order.Scopes),
            OwnerId = order.OwnerId,
            Processes = string.Join(' ', order.Processes),
            Departments = string.Join(' ', order.Departments),
            Networks = string.Join(' ', order.Networks),
            CreatedBy = order.CreatedBy,
            Replaces = order.Replaces,
            CreatedAt = now,
            ExpiresAt = expiresAt,
        };
        return new NewApiKey(row, $"{Prefix}{id}_{secret}");
    }

    /// <summary>The caller a key stands for; null when there is no such key, or no longer, or not from that address.</summary>
    public async Task<ApiCaller?> FindAsync(string key, IPAddress? address, CancellationToken cancellationToken)
    {
        if (key.Length > LongestKey)
        {
            return null;
        }

        if (IsBootstrap(key))
        {
            return ApiCaller.OfKey(BootstrapId, "Bootstrap", scopes: null);
        }

        var parts = key.StartsWith(Prefix, StringComparison.Ordinal) ? key[Prefix.Length..].Split('_', 2) : [];
        if (parts is not [var id, var secret])
        {
            return null;
        }

        var now = wallClock.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await db.ApiKeys.AsNoTracking().SingleOrDefaultAsync(k => k.Id == id, cancellationToken);
        if (row is null || !CryptographicOperations.FixedTimeEquals(row.SecretHash, HashOf(secret)) || StateOf(row, now) != KeyState.Good || !Networks.Admit(row.Networks, address))
        {
            return null;
        }

        // a personal key does at most what its owner may do now
        var owner = row.OwnerId is { } whose ? await people.FindAsync(whose, cancellationToken) : null;
        if (row.OwnerId is not null && owner is null)
        {
            return null;
        }

        await NoteUseAsync(row, Networks.Of(address), now, cancellationToken);
        var scopes = row.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        var caller = owner is null ? ApiCaller.OfKey(id, row.Name, scopes) : ApiCaller.OfPerson(owner, hasSession: false, scopes) with { Principal = $"key:{id}" };
        return caller with { Bounds = KeyBounds.Of(row.Processes, row.Departments) };
    }

    /// <summary>Whether a key is good at a moment of the wall clock, and why not.</summary>
    public static KeyState StateOf(ApiKey key, DateTimeOffset now) =>
        key.RevokedAt is not null ? KeyState.Revoked
        : key.AwaitsSecond ? KeyState.Waiting
        : key.ExpiresAt <= now ? KeyState.Expired
        : key.ExpiresAt is not null && now - (key.LastUsedAt ?? key.CreatedAt) > UnusedHolds ? KeyState.Unused
        : KeyState.Good;

    /// <summary>Revokes what nobody used for <see cref="UnusedHolds"/>, so that it stays off.</summary>
    /// <returns>The keys' ids.</returns>
    public async Task<IReadOnlyList<string>> SwitchOffUnusedAsync(CancellationToken cancellationToken)
    {
        var now = wallClock.GetUtcNow();
        return await writer.RunWithContextAsync(
            async (db, _) =>
            {
                var unused = (await db.ApiKeys.Where(k => k.RevokedAt == null && k.ExpiresAt != null).ToListAsync(cancellationToken)).Where(k => StateOf(k, now) == KeyState.Unused).ToList();
                foreach (var key in unused)
                {
                    key.RevokedAt = now;
                    await audit.RecordAsync(
                        db, StreamOf(key.Id), "key.revoked", new Actor(ActorKind.System, "daily-checks"), new JsonObject { ["name"] = key.Name, ["reason"] = "unused" }, cancellationToken);
                }

                return unused.Select(k => k.Id).ToList();
            },
            cancellationToken);
    }

    private bool IsBootstrap(string key)
    {
        var shortest = environment.IsProduction() ? 32 : 16;
        return configuration[BootstrapSetting] is { } bootstrap && bootstrap.Length >= shortest
            && CryptographicOperations.FixedTimeEquals(HashOf(bootstrap), HashOf(key));
    }

    private async Task NoteUseAsync(ApiKey row, string network, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var isNew = row.LastUsedFrom != network;
        if (!isNew && row.LastUsedAt is { } last && now - last < BetweenNotes)
        {
            return;
        }

        await writer.RunWithContextAsync(
            async (db, _) =>
            {
                if (isNew)
                {
                    await audit.RecordAsync(
                        db, StreamOf(row.Id), "key.used.new-address", new Actor(ActorKind.ApiKey, row.Id, row.Name), new JsonObject { ["network"] = network }, cancellationToken);
                }

                return await db.ApiKeys.Where(k => k.Id == row.Id)
                    .ExecuteUpdateAsync(k => k.SetProperty(one => one.LastUsedAt, now).SetProperty(one => one.LastUsedFrom, network), cancellationToken);
            },
            cancellationToken);
    }

    /// <summary>The audit stream of a key.</summary>
    public static string StreamOf(string id) => $"key:{id}";

    private static byte[] HashOf(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}

/// <summary>What becomes of a request with a key.</summary>
public enum KeyState
{
    Good,
    Revoked,
    Expired,

    /// <summary>Nobody used it for 60 days.</summary>
    Unused,

    /// <summary>Another administrator has yet to agree.</summary>
    Waiting,
}
