using System.Security.Claims;
using CaseManagement.Web.Features.Shared;

namespace CaseManagement.Web.Features.Quarantine;

/// <summary>Messages of which nobody knows yet where they belong. For those who supervise and those who take complaints in.</summary>
public interface IQuarantinePages
{
    /// <summary>Null where the reader may not look.</summary>
    Task<QuarantinePage?> GetAsync(ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>Puts a message on a case the person works on.</summary>
    Task<ActionAnswer> AssignAsync(Guid id, string? number, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>Registers a message as a case.</summary>
    /// <returns>The new case.</returns>
    Task<(ActionAnswer Answer, Guid? Complaint)> RegisterAsync(Guid id, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>Puts a message away; its files are gone.</summary>
    Task<ActionAnswer> DiscardAsync(Guid id, string? reason, ClaimsPrincipal user, CancellationToken cancellationToken);
}

/// <summary>What waits, the oldest first.</summary>
public sealed record QuarantinePage
{
    public required IReadOnlyList<QuarantinedMail> Mails { get; init; }

    /// <summary>All of them, those shown and those not.</summary>
    public required int Total { get; init; }
    public required string Zone { get; init; }

    /// <summary>The mail whose handling was refused.</summary>
    public Guid? Failed { get; init; }
    public string? Error { get; init; }
}

/// <summary>One message.</summary>
/// <param name="Why">Why it lies here, in words.</param>
/// <param name="Checks">What the receiving server found out about the sender; null where it says nothing.</param>
public sealed record QuarantinedMail(
    Guid Id, string From, string? FromName, string Subject, string Text, string? Quoted, string Why, string? Checks, IReadOnlyList<string> Files, DateTimeOffset ReceivedAt)
{
    /// <summary>The way it came, in words.</summary>
    public required string Way { get; init; }
}
