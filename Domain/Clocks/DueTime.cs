namespace CaseManagement.Domain.Clocks;

/// <summary>What a limit amounts to for one start: the due instant, and why.</summary>
/// <param name="DueAt">UTC; none when the limit has no number, or a promised date is not yet given.</param>
/// <param name="Provisional">The due time rests on days whose holidays are not yet published.</param>
/// <param name="Explanation">Why it is due then.</param>
public sealed record DueTime(DateTimeOffset? DueAt, bool Provisional, DueExplanation Explanation)
{
    /// <summary>Works out when a limit is due. Nothing is stored.</summary>
    /// <param name="limit">The rule.</param>
    /// <param name="startedAt">The start event.</param>
    /// <param name="calendar">The calendar the rule names; its zone says what a day is.</param>
    /// <param name="promised">The promised date, for <see cref="LimitUnit.Promised"/>.</param>
    /// <param name="suspensions">Pauses. One still open adds nothing yet; time paused twice counts once.</param>
    /// <param name="extensions">Extensions, in the order they were granted.</param>
    /// <exception cref="InvalidTimeRuleException">The limit's amount, or a <c>calendar.out-of-range</c>.</exception>
    public static DueTime Compute(
        TimeLimit limit,
        DateTimeOffset startedAt,
        WorkCalendar calendar,
        DateOnly? promised = null,
        IReadOnlyList<Suspension>? suspensions = null,
        IReadOnlyList<Extension>? extensions = null)
    {
        ArgumentNullException.ThrowIfNull(limit);
        ArgumentNullException.ThrowIfNull(calendar);
        startedAt = startedAt.ToUniversalTime();
        suspensions ??= [];
        extensions ??= [];

        var arithmetic = new DueArithmetic(limit, calendar, startedAt);
        var dueAt = arithmetic.Due(promised, suspensions, extensions);
        var provisional = dueAt is { } due
            && calendar.PublishedThrough is { } through
            && arithmetic.DependsOnCalendar
            && calendar.DateOf(due) > through;
        var explanation = new ExplanationBuilder(limit, calendar, startedAt)
            .Build(dueAt, promised, provisional, arithmetic.RolledFrom, suspensions, extensions);
        return new DueTime(dueAt, provisional, explanation);
    }
}
