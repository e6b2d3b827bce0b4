using System.Globalization;
using CaseManagement.Workflows.Runtime.Stores;

namespace CaseManagement.Workflows.Cases.Store;

/// <summary>What a process sends by itself lies in the same outbox as a case's messages. It has no language: both columns say the same.</summary>
public static class OutgoingMessages
{
    private const string Prefix = "workflow:";

    /// <summary>The outbox row. It belongs to the case whose id the instance is correlated by, else to none (an empty id).</summary>
    public static MessageRow ToMessage(OutgoingRow outgoing) => new()
    {
        Id = outgoing.Id,
        ComplaintId = Guid.TryParse(outgoing.CorrelationId, CultureInfo.InvariantCulture, out var complaint) ? complaint : Guid.Empty,
        Template = outgoing.ActivityType,
        Recipient = $"{Prefix}{outgoing.InstanceId:N}:{outgoing.BookmarkId:N}",
        Channel = outgoing.Channel,
        Address = outgoing.Address,
        SubjectZh = outgoing.Subject,
        SubjectEn = outgoing.Subject,
        BodyZh = outgoing.Body,
        BodyEn = outgoing.Body,
        State = MessageStates.Pending,
        NextAttemptAt = outgoing.CreatedAt,
        CreatedAt = outgoing.CreatedAt,
    };

    /// <summary>Who waits for the answer to a message; null where nobody does.</summary>
    public static (Guid Instance, Guid Bookmark)? WaitingFor(MessageRow message)
    {
        if (!message.Recipient.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var parts = message.Recipient[Prefix.Length..].Split(':');
        return parts.Length == 2 && Guid.TryParseExact(parts[0], "N", out var instance) && Guid.TryParseExact(parts[1], "N", out var bookmark)
            ? (instance, bookmark)
            : null;
    }
}
