namespace CaseManagement.Web.Features.Inbox;

/// <summary>The orders of lists, as databases sort them: for putting together what was read in several pieces.</summary>
internal static class InboxOrder
{
    private static readonly Comparer<InboxKey> Newest = Comparer<InboxKey>.Create((a, b) => b.Id.CompareTo(a.Id));

    private static readonly Comparer<InboxKey> Oldest = Comparer<InboxKey>.Create((a, b) => a.Id.CompareTo(b.Id));

    private static readonly Comparer<InboxKey> LastClosed = Comparer<InboxKey>.Create((a, b) =>
        Nullable.Compare(b.DueAt, a.DueAt) is not 0 and var byTime ? byTime : b.Id.CompareTo(a.Id));

    private static readonly Comparer<InboxKey> Due = Comparer<InboxKey>.Create((a, b) =>
        LastWhereNone(a.DueAt, b.DueAt) is not 0 and var byDue ? byDue : a.ReceivedAt.CompareTo(b.ReceivedAt) is not 0 and var byArrival ? byArrival : a.Id.CompareTo(b.Id));

    private static readonly Comparer<InboxKey> Gravest = Comparer<InboxKey>.Create((a, b) =>
        LastWhereNone(a.LevelRank, b.LevelRank) is not 0 and var byLevel ? byLevel : Due!.Compare(a, b));

    /// <summary>The order by the name it has in <see cref="InboxFilter"/>; what is due first comes first where it has none.</summary>
    public static IComparer<InboxKey> Of(string? sort) => sort switch
    {
        InboxFilter.NewestFirst => Newest,
        InboxFilter.OldestFirst => Oldest,
        InboxFilter.LastClosedFirst => LastClosed,
        InboxFilter.GravestFirst => Gravest,
        _ => Due,
    };

    private static int LastWhereNone<T>(T? left, T? right)
        where T : struct, IComparable<T> =>
        (left, right) switch
        {
            (null, null) => 0,
            (null, _) => 1,
            (_, null) => -1,
            ({ } a, { } b) => a.CompareTo(b),
        };
}
