using System.Security.Claims;
using CaseManagement.Web.Features.Shared;

namespace CaseManagement.Web.Features.Channels;

/// <summary>Where messages of channels beside e-mail are handed over.</summary>
public interface IChannelPages
{
    /// <summary>Null where the reader may not look.</summary>
    Task<ChannelsPage?> GetAsync(ClaimsPrincipal user, CancellationToken cancellationToken);

    Task<ActionAnswer> SaveAsync(string channel, ChannelEdit edit, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>Makes a new secret; the one before stays valid until it is taken away.</summary>
    /// <returns>The secret, told this once; null with a refusal otherwise.</returns>
    Task<(ActionAnswer Answer, string? Secret)> RotateAsync(string channel, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>Takes the secret before the present one away.</summary>
    Task<ActionAnswer> DropOldAsync(string channel, ClaimsPrincipal user, CancellationToken cancellationToken);
}

/// <summary>The channels, each with its gateway.</summary>
public sealed record ChannelsPage
{
    public required IReadOnlyList<ChannelView> Channels { get; init; }
    public bool MayChange { get; init; }

    /// <summary>The channel whose change was refused.</summary>
    public string? Failed { get; init; }
    public string? Error { get; init; }

    /// <summary>A secret just made, told this once.</summary>
    public string? Secret { get; init; }
}

/// <summary>One channel.</summary>
/// <param name="HasOldSecret">The secret before is still valid.</param>
/// <param name="Exists">Requests go somewhere.</param>
public sealed record ChannelView(string Channel, string Title, ChannelEdit Edit, bool Exists, bool HasOldSecret);

/// <summary>A gateway as typed.</summary>
public sealed record ChannelEdit
{
    public string? Name { get; init; }
    public string? Url { get; init; }
    public bool IsEnabled { get; init; }
    public long Version { get; init; }
}
