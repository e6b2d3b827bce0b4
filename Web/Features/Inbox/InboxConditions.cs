using CaseManagement.Domain.Classification;
using CaseManagement.Web.Persistence;
using CaseManagement.Workflows.Cases;
using CaseManagement.Workflows.Cases.Store;

namespace CaseManagement.Web.Features.Inbox;

/// <summary>What narrows a list beside words: each chosen filter is a condition more.</summary>
internal static class InboxConditions
{
    /// <summary>Stands for cases without a handler, a department or a category.</summary>
    public const string None = "-";

    public const string DueLate = "late";
    public const string DueToday = "today";
    public const string DueTomorrow = "tomorrow";
    public const string DueWeek = "week";
    public const string DueLater = "later";
    public const string DueNever = "never";

    /// <summary>The periods a due time may lie in, in their order; a week is the seven days after today.</summary>
    public static readonly IReadOnlyList<string> Periods = [DueLate, DueToday, DueTomorrow, DueWeek, DueLater, DueNever];

    /// <summary>What a case may be marked with: under a legal hold, its data restricted, to be erased.</summary>
    public static readonly IReadOnlyList<string> Marks = [PartyKinds.Held, PartyKinds.Restricted, PartyKinds.ToErase];

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan Week = TimeSpan.FromDays(8);

    /// <summary>The filter with the categories that lie below the chosen one, in every version of a process that cases may be on.</summary>
    public static InboxFilter WithBelow(InboxFilter filter, CaseConfiguration configuration) => filter.Category is not { Length: > 0 } category ? filter : filter with
    {
        Below = [.. configuration.Published.Values.SelectMany(p => p.Pack.Categories.NodesFor("category")).SelectMany(WithChildren)
            .Where(pair => pair.Above.Contains(category)).Select(pair => pair.Key).Append(category).Distinct(StringComparer.Ordinal)],
    };

    /// <summary>The cases that every chosen filter but the due period lets through.</summary>
    public static IQueryable<CaseRow> Narrow(IQueryable<CaseRow> cases, InboxFilter filter, CaseManagementDbContext db)
    {
        if (filter.Department is { Length: > 0 } department)
        {
            cases = department == None ? cases.Where(c => c.Lead == null) : cases.Where(c => c.Lead == department);
        }

        if (filter.Handler is { Length: > 0 } handler)
        {
            cases = handler == None ? cases.Where(c => c.Handler == null) : cases.Where(c => c.Handler == handler);
        }

        if (filter.Category is { Length: > 0 } category)
        {
            var below = filter.Below ?? [category];
            cases = category == None ? cases.Where(c => c.Category == null)
                : below.Count == 1 ? cases.Where(c => c.Category == category)
                : cases.Where(c => c.Category != null && below.Contains(c.Category));
        }

        if (filter.Mark is { Length: > 0 } mark && Marks.Contains(mark))
        {
            cases = cases.Where(c => db.CaseParties.Any(p => p.ComplaintId == c.Id && p.Kind == mark));
        }

        return (filter.Places, filter.Places?.Keys) switch
        {
            (null, _) => cases,
            ({ Sort: InboxFilter.ByHandler }, null) => cases.Where(c => c.Handler == null),
            ({ Sort: InboxFilter.ByHandler, Others: false }, { } keys) => cases.Where(c => c.Handler != null && keys.Contains(c.Handler)),
            ({ Sort: InboxFilter.ByHandler }, { } keys) => cases.Where(c => c.Handler != null && !keys.Contains(c.Handler)),
            (_, null) => cases.Where(c => c.Lead == null),
            ({ Others: false }, { } keys) => cases.Where(c => c.Lead != null && keys.Contains(c.Lead)),
            (_, { } keys) => cases.Where(c => c.Lead != null && !keys.Contains(c.Lead)),
        };
    }

    /// <summary>Those of a list that are due in the chosen period; the reader's own task counts in lists of tasks. A period there is none of narrows nothing.</summary>
    /// <param name="keys">The list.</param>
    /// <param name="period">One of <see cref="Periods"/>.</param>
    /// <param name="now">The product's own time.</param>
    /// <param name="tomorrow">When the organisation's day ends.</param>
    public static IQueryable<InboxKey> Due(IQueryable<InboxKey> keys, string? period, DateTimeOffset now, DateTimeOffset tomorrow)
    {
        var (overmorrow, after) = (tomorrow + Day, tomorrow + Week - Day);
        return period switch
        {
            DueLate => keys.Where(k => k.DueAt < now),
            DueToday => keys.Where(k => k.DueAt >= now && k.DueAt < tomorrow),
            DueTomorrow => keys.Where(k => k.DueAt >= tomorrow && k.DueAt < overmorrow),
            DueWeek => keys.Where(k => k.DueAt >= tomorrow && k.DueAt < after),
            DueLater => keys.Where(k => k.DueAt >= after),
            DueNever => keys.Where(k => k.DueAt == null),
            _ => keys,
        };
    }

    private static IEnumerable<(string Key, HashSet<string> Above)> WithChildren(CategoryNode node) =>
        node.Children.SelectMany(WithChildren).Select(child => (child.Key, child.Above.Append(node.Key).ToHashSet(StringComparer.Ordinal))).Prepend((node.Key, []));
}
