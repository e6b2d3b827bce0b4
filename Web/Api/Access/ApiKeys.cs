using System.Security.Cryptography;
using System.Text;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Organisation;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Api.Access;

/// <summary>A key just made; the text is told once.</summary>
public sealed record NewApiKey(ApiKey Row, string Text);

/// <summary>Makes and recognises keys of the form <c>cck_id_secret</c>, and the one from the configuration.</summary>
public sealed class ApiKeys(
    IDbContextFactory<CaseManagementDbContext> contexts, IConfigurationWriter writer, IConfiguration configuration, IHostEnvironment environment,
    [FromKeyedServices(Clocks.Wall)] TimeProvider wallClock)
{
    /// <summary>The setting with the first administrator's key: 16 characters or more, 32 in Production.</summary>
    public const string BootstrapSetting = "Bootstrap:AdminApiKey";

    public const string BootstrapId = "bootstrap";

    private const string Prefix = "cck_";
    private const int LongestKey = 300;
    private static readonly TimeSpan BetweenNotes = TimeSpan.FromHours(1);

    /// <summary>Makes a key; the caller stores the row.</summary>
    /// <param name="name">Who uses it.</param>
    /// <param name="scopes">Of <see cref="ApiScopes"/>.</param>
    /// <param name="now">By the wall clock.</param>
    /// <param name="expiresAt">From then on it is refused; null never.</param>
    public static NewApiKey Create(string name, IEnumerable<string> scopes, DateTimeOffset now, DateTimeOffset? expiresAt)
    {
        var id = RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", 12);
        var secret = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        var row = new ApiKey
        {
            Id = id,
            Name = name,
            SecretHash = HashOf(secret),
            Scopes = string.Join(' ', scopes),
            CreatedAt = now,
            ExpiresAt = expiresAt,
        };
        return new NewApiKey(row, $"{Prefix}{id}_{secret}");
    }

    /// <summary>The caller a key stands for; null when there is no such key, or no longer.</summary>
    public async Task<ApiCaller?> FindAsync(string key, CancellationToken cancellationToken)
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
        if (row is null || !CryptographicOperations.FixedTimeEquals(row.SecretHash, HashOf(secret)) || row.RevokedAt is not null || row.ExpiresAt <= now)
        {
            return null;
        }

        if (row.LastUsedAt is not { } last || now - last >= BetweenNotes)
        {
            await NoteUseAsync(id, now, cancellationToken);
        }

        return ApiCaller.OfKey(id, row.Name, row.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal));
    }

    private bool IsBootstrap(string key)
    {
        var shortest = environment.IsProduction() ? 32 : 16;
        return configuration[BootstrapSetting] is { } bootstrap && bootstrap.Length >= shortest
            && CryptographicOperations.FixedTimeEquals(HashOf(bootstrap), HashOf(key));
    }

    private async Task NoteUseAsync(string id, DateTimeOffset now, CancellationToken cancellationToken) =>
        await writer.RunWithContextAsync(
            async (db, _) => await db.ApiKeys.Where(k => k.Id == id).ExecuteUpdateAsync(k => k.SetProperty(row => row.LastUsedAt, now), cancellationToken),
            cancellationToken);

    private static byte[] HashOf(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
