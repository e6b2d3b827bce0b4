using CaseManagement.Domain.Tasks;
using NodaTime;

namespace CaseManagement.Domain.Delegations;

/// <summary>
/// One person has another act for them from a day to a day. It ends by itself, gives the other nothing to pass on, and opens no case: whoever acts needs
/// access to it themselves.
/// </summary>
public sealed record Delegation
{
    public required Guid Id { get; init; }

    /// <summary>For whom, by id.</summary>
    public required string From { get; init; }

    /// <summary>Who acts, by id.</summary>
    public required string To { get; init; }

    /// <summary>Where the first day begins.</summary>
    public required DateTimeOffset Starts { get; init; }

    /// <summary>Where the last day ends; not part of it.</summary>
    public required DateTimeOffset Ends { get; init; }

    /// <summary>The person is away: it is for all of their tasks, and shown wherever people are picked.</summary>
    public bool IsCover { get; init; }

    /// <summary>Keys of the processes whose tasks it is for; empty: of all.</summary>
    public IReadOnlyList<string> Processes { get; init; } = [];

    /// <summary>The kinds of task it is for; empty: all.</summary>
    public IReadOnlyList<TaskKind> Kinds { get; init; } = [];

    /// <summary>When it was ended early, or was over; null while it is neither.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>It counts at this moment.</summary>
    public bool IsInForce(DateTimeOffset at) => EndedAt is null && Starts <= at && at < Ends;

    /// <summary>It is for such a task.</summary>
    /// <param name="process">The key of the case's process.</param>
    /// <param name="kind">The task's kind.</param>
    public bool IsFor(string process, TaskKind kind) => (Processes.Count == 0 || Processes.Contains(process)) && (Kinds.Count == 0 || Kinds.Contains(kind));

    /// <summary>Both are of one person, and there is a moment and a task for which both would count.</summary>
    public bool Overlaps(Delegation other) => From == other.From && EndedAt is null && other.EndedAt is null && MeetsIn(other)
        && Share(Processes, other.Processes) && Share(Kinds, other.Kinds);

    /// <summary>There is a moment at which both would count.</summary>
    public bool MeetsIn(Delegation other) => Starts < other.Ends && other.Starts < Ends;

    /// <summary>The instants between which days of a zone lie.</summary>
    /// <param name="first">The first day.</param>
    /// <param name="last">The last day, which is part of it.</param>
    /// <param name="zone">IANA name.</param>
    public static (DateTimeOffset Starts, DateTimeOffset Ends) Between(DateOnly first, DateOnly last, string zone)
    {
        var tz = DateTimeZoneProviders.Tzdb[zone];
        return (tz.AtStartOfDay(LocalDate.FromDateOnly(first)).ToDateTimeOffset().ToUniversalTime(),
            tz.AtStartOfDay(LocalDate.FromDateOnly(last).PlusDays(1)).ToDateTimeOffset().ToUniversalTime());
    }

    private static bool Share<T>(IReadOnlyList<T> one, IReadOnlyList<T> other) => one.Count == 0 || other.Count == 0 || one.Intersect(other).Any();
}
