using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Infrastructure;

namespace CaseManagement.Web.Features.Inbox;

/// <summary>What the list shows and in which order; all of it stands in the address.</summary>
public sealed record InboxFilter
{
    public const string DueFirst = "due";
    public const string GravestFirst = "level";
    public const string NewestFirst = "newest";
    public const string OldestFirst = "oldest";

    /// <summary>By the name of the department that leads, within it by what is due.</summary>
    public const string ByDepartment = "department";

    /// <summary>By the name of who handles.</summary>
    public const string ByHandler = "handler";

    /// <summary>The order of closed cases, which is not chosen.</summary>
    public const string LastClosedFirst = "closed";

    /// <summary>The view's key; the query falls back to the first one.</summary>
    public string? View { get; init; }
    public string? Process { get; init; }
    public string? Level { get; init; }
    public string? Channel { get; init; }
    public string? Status { get; init; }

    /// <summary>The leading department's key, or <see cref="InboxConditions.None"/>.</summary>
    public string? Department { get; init; }

    /// <summary>A person's id, or <see cref="InboxConditions.None"/>.</summary>
    public string? Handler { get; init; }

    /// <summary>A category with all below it, or <see cref="InboxConditions.None"/>.</summary>
    public string? Category { get; init; }

    /// <summary>One of <see cref="InboxConditions.Periods"/>.</summary>
    public string? Due { get; init; }

    /// <summary>In the view of what is done for others: the id of the one person it is done for.</summary>
    public string? For { get; init; }

    /// <summary>One of <see cref="InboxConditions.Marks"/>.</summary>
    public string? Mark { get; init; }

    /// <summary>The columns, parted by commas; absent: those the person keeps.</summary>
    public string? Columns { get; init; }

    /// <summary>The chosen category and those below it; <see cref="InboxConditions.WithBelow"/> works them out.</summary>
    internal IReadOnlyList<string>? Below { get; init; }

    /// <summary>A part of a list that is sorted by places.</summary>
    internal InboxPlaceRange? Places { get; init; }

    /// <summary>Something is chosen or typed.</summary>
    internal bool IsNarrowed => Places is not null || this is not
    {
        Q: null or "", Process: null or "", Level: null or "", Channel: null or "", Status: null or "", Department: null or "", Handler: null or "", Category: null or "", Due: null or "", For: null or "", Mark: null or "",
    };

    /// <summary>Number, name, phone or text.</summary>
    public string? Q { get; init; }
    public string? Sort { get; init; }

    /// <summary>From 1.</summary>
    public int Page { get; init; } = 1;
}

/// <summary>The inbox of one person.</summary>
public sealed record InboxPage
{
    public required InboxFilter Filter { get; init; }
    public required IReadOnlyList<InboxViewGroup> Views { get; init; }

    /// <summary>Filters under a name, the reader's own and those shared with their departments.</summary>
    public IReadOnlyList<SavedFilterLink> Saved { get; init; } = [];

    /// <summary>Departments the reader may share a filter with.</summary>
    public IReadOnlyList<Choice> SharesWith { get; init; } = [];

    /// <summary>The reader may take the list out as a file.</summary>
    public bool MayExport { get; init; }

    /// <summary>Name of the view that is shown.</summary>
    public required string Title { get; init; }

    /// <summary>As far as the list was read, a thousand at most; with <see cref="HasMore"/> there may be more.</summary>
    public required int Total { get; init; }

    /// <summary>There is another page.</summary>
    public bool HasMore { get; init; }
    public required IReadOnlyList<InboxGroup> Groups { get; init; }
    public required IReadOnlyList<FilterChoice> Filters { get; init; }

    /// <summary>Filters with many options, in one form.</summary>
    public IReadOnlyList<FilterChoice> MoreFilters { get; init; } = [];

    /// <summary>The columns in their order; none: rows beside a preview.</summary>
    public IReadOnlyList<Choice> Columns { get; init; } = [];

    /// <summary>The columns there are to choose from.</summary>
    public IReadOnlyList<Choice> AllColumns { get; init; } = [];

    /// <summary>What keeps this list with these columns, in an address.</summary>
    public string Query => SavedFilters.QueryOf(Filter with { Columns = Columns.Count == 0 ? null : InboxColumns.Write(Columns.Select(c => c.Value)) });

    /// <summary>Where the page asks how the cases it shows stand now.</summary>
    public string LiveHref => $"/live/cases?{SavedFilters.QueryOf(Filter)}&page={Filter.Page}&{Sessions.IdleMark}=true";

    /// <summary>The zone times are told in.</summary>
    public string Zone { get; init; } = "UTC";
    public required int PageSize { get; init; }

    /// <summary>The orders this view may be in.</summary>
    public required IReadOnlyList<string> Sorts { get; init; }

    /// <summary>The case whose preview is open.</summary>
    public CasePreview? Preview { get; init; }

    /// <summary>What may be done to several at once; empty when nothing.</summary>
    public IReadOnlyList<Choice> BulkActions { get; init; } = [];

    /// <summary>Said when nothing matches: what is true and what is next.</summary>
    public Empty? Nothing { get; init; }
    public string? NextTaskHref { get; init; }
}

/// <summary>A saved filter.</summary>
/// <param name="Department">Name of the department it is shared with.</param>
/// <param name="IsOwn">The reader may delete it.</param>
public sealed record SavedFilterLink(Guid Id, string Name, string Href, string? Department, bool IsOwn);

/// <summary>What a filter is saved as.</summary>
public sealed record SaveFilterForm
{
    /// <summary>1 to 60 characters.</summary>
    public string? Name { get; init; }

    /// <summary>The department whose people see it too.</summary>
    public string? Department { get; init; }
}

/// <summary>Views under one heading.</summary>
public sealed record InboxViewGroup(string Name, IReadOnlyList<InboxView> Views);

/// <summary>A view and how many it holds, a hundred at most; null: not counted yet. <paramref name="Late"/> marks the view of what is late.</summary>
public sealed record InboxView(string Key, string Name, int? Count, bool Late = false, string? Icon = null)
{
    public bool IsChosen { get; init; }
}

/// <summary>Rows are grouped by when they are due.</summary>
public enum InboxGroupKind
{
    Late,
    Today,
    Later,
    PausedOrNoLimit,

    /// <summary>Rows that are not grouped, because they come by when they were registered.</summary>
    AsSorted,
}

/// <summary>A group and its rows, due first.</summary>
public sealed record InboxGroup(InboxGroupKind Kind, int Count, IReadOnlyList<InboxRow> Rows)
{
    /// <summary>The department or handler, where the list is sorted by those; it may have more cases on other pages.</summary>
    public string? Name { get; init; }
}

/// <summary>One case or task of the list, with its two most urgent clocks.</summary>
public sealed record InboxRow
{
    public required Guid CaseId { get; init; }
    public required string Number { get; init; }
    public required string Subject { get; init; }
    public LevelChip? Level { get; init; }
    public string? Task { get; init; }
    public string? Complainant { get; init; }
    public required string Process { get; init; }

    /// <summary>The latest thing the handler has not seen, with its icon.</summary>
    public string? News { get; init; }
    public string NewsIcon { get; init; } = "message";
    public required IReadOnlyList<ClockBadge> Clocks { get; init; }
    public DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Raised with every change of the case.</summary>
    public long Version { get; init; }

    /// <summary>What stands in the chosen columns, in their order.</summary>
    public IReadOnlyList<InboxCell> Cells { get; init; } = [];
}

/// <summary>A cell of a row.</summary>
/// <param name="Column">The column's key.</param>
/// <param name="Label">Its name.</param>
/// <param name="Text">What stands in it; null where nothing does, or the view has more to say than text.</param>
public sealed record InboxCell(string Column, string Label, string? Text);

/// <summary>The pane beside the list.</summary>
public sealed record CasePreview
{
    public required Guid CaseId { get; init; }
    public required string Number { get; init; }
    public required string Subject { get; init; }
    public required StateMark State { get; init; }
    public LevelChip? Level { get; init; }
    public required string Channel { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    public required string Zone { get; init; }
    public required IReadOnlyList<ClockBadge> Clocks { get; init; }
    public string? Task { get; init; }
    public string? TaskRemark { get; init; }

    /// <summary>This reader may complete the task.</summary>
    public bool MayWork { get; init; }
    public bool MayReply { get; init; }
    public IReadOnlyList<TimelineEntry> Latest { get; init; } = [];
    public IReadOnlyList<FactLink> LookAlikes { get; init; } = [];
}

/// <summary>An action on several cases.</summary>
public sealed record BulkForm
{
    /// <summary>One of the page's bulk actions.</summary>
    public string Action { get; init; } = "";

    /// <summary>At most 500. A list that can grow: the binder fills it.</summary>
    public IList<Guid> Ids { get; init; } = [];
    public string? To { get; init; }
    public string? Reason { get; init; }
    public bool Confirmed { get; init; }

    /// <summary>All cases of the list, not the chosen ones alone.</summary>
    public bool All { get; init; }
}

/// <summary>What a bulk action would do, shown before it does it.</summary>
public sealed record BulkPreview(BulkForm Form, string ActionText, IReadOnlyList<BulkLine> Lines, IReadOnlyList<Choice> People)
{
    /// <summary>The action takes words for whoever gets the tasks.</summary>
    public bool AsksReason { get; init; }

    /// <summary>And is not done without them.</summary>
    public bool NeedsReason { get; init; }

    /// <summary>It was done: the lines say what came of each.</summary>
    public bool IsResult { get; init; }
    public string? Error { get; init; }
    public int Count => Lines.Count(line => line.Refused is null);
}

/// <summary>One case of a bulk action, or why it is left out.</summary>
public sealed record BulkLine(Guid CaseId, string Number, string Subject, string? Refused)
{
    /// <summary>Title of the task it is about.</summary>
    public string? Task { get; init; }
}
