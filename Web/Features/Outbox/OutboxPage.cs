namespace CaseManagement.Web.Features.Outbox;

/// <summary>Messages that were given up, and how many wait: structure and numbers, no content and no full address.</summary>
public sealed record OutboxPage
{
    public required IReadOnlyList<ParkedMessage> Parked { get; init; }

    /// <summary>All of them, those shown and those not.</summary>
    public required int Total { get; init; }

    /// <summary>Messages waiting to go out, with those to be tried again.</summary>
    public required int Waiting { get; init; }

    /// <summary>The reader may have them sent again.</summary>
    public bool MayRetry { get; init; }

    /// <summary>Zone the times are told in.</summary>
    public required string Zone { get; init; }
    public string? Error { get; init; }
}

/// <summary>A message nobody could deliver.</summary>
public sealed record ParkedMessage
{
    public required Guid Id { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The channel in words.</summary>
    public required string Channel { get; init; }

    /// <summary>Complainant, staff or a step of a process, in words, with the masked address.</summary>
    public required string Recipient { get; init; }
    public required string Template { get; init; }

    /// <summary>The case's number; null for a message of none.</summary>
    public string? Number { get; init; }
    public required int Attempts { get; init; }
    public required string Reason { get; init; }

    /// <summary>Sending again makes sense: no step of a process has gone on without it.</summary>
    public bool MayRetry { get; init; }
}
