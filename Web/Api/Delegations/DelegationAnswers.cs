namespace CaseManagement.Web.Api.Delegations;

/// <summary>Somebody shall act for a person from a day to a day.</summary>
public sealed record DelegationRequest
{
    /// <summary>For whom, by id; absent: the caller.</summary>
    public string? From { get; init; }

    /// <summary>Who acts, by id.</summary>
    public string? To { get; init; }

    /// <summary>The first day, today or later, in the zone of the first published process.</summary>
    public DateOnly? First { get; init; }

    /// <summary>The last day, which is part of it.</summary>
    public DateOnly? Last { get; init; }

    /// <summary>The person is away: it is for all their tasks, and shown wherever people are picked.</summary>
    public bool Cover { get; init; }

    /// <summary>Keys of the processes whose tasks it is for; absent: of all.</summary>
    public IReadOnlyList<string>? Processes { get; init; }

    /// <summary><c>work</c>, <c>approval</c>, <c>question</c>; absent: all.</summary>
    public IReadOnlyList<string>? Kinds { get; init; }

    /// <summary>Why, in 1 to 500 characters.</summary>
    public string? Reason { get; init; }
}

/// <summary>Who acts for whom.</summary>
public sealed record DelegationAnswer
{
    public required Guid Id { get; init; }

    /// <summary>For whom, by id.</summary>
    public required string From { get; init; }

    public string? FromName { get; init; }

    /// <summary>Who acts, by id.</summary>
    public required string To { get; init; }

    public string? ToName { get; init; }
    public required DateOnly First { get; init; }

    /// <summary>The last day, which is part of it.</summary>
    public required DateOnly Last { get; init; }

    /// <summary>The IANA zone in which the days are counted.</summary>
    public required string Zone { get; init; }

    public required DateTimeOffset StartsAt { get; init; }

    /// <summary>Not part of it.</summary>
    public required DateTimeOffset EndsAt { get; init; }

    /// <inheritdoc cref="DelegationRequest.Cover"/>
    public required bool Cover { get; init; }

    /// <summary>Keys of processes; empty: all.</summary>
    public required IReadOnlyList<string> Processes { get; init; }

    /// <summary><c>work</c>, <c>approval</c>, <c>question</c>; empty: all.</summary>
    public required IReadOnlyList<string> Kinds { get; init; }

    public required string Reason { get; init; }

    /// <summary><c>ahead</c>, <c>inForce</c> or <c>over</c>.</summary>
    public required string State { get; init; }

    /// <summary>Who set it, by id.</summary>
    public required string SetBy { get; init; }

    public required DateTimeOffset SetAt { get; init; }

    /// <summary>When it was ended early, or was over.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Who ended it early, by id.</summary>
    public string? EndedBy { get; init; }

    /// <summary>The caller may end it.</summary>
    public required bool MayEnd { get; init; }
}
