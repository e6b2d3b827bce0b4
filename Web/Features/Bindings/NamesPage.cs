using CaseManagement.Web.Features.Editors;
using CaseManagement.Web.Features.Shared;

namespace CaseManagement.Web.Features.Bindings;

/// <summary>The names of a process and what they are here.</summary>
public sealed record NamesPage
{
    public required EditorFrame Frame { get; init; }

    /// <summary>The process as it was shown.</summary>
    public required string Token { get; init; }
    public required NamesPart Part { get; init; }
    public Note? Note { get; init; }

    public string Href => $"{Processes.ProcessLinks.Page(Frame.Key)}/names";
}

/// <summary>Departments, roles and channels to be bound.</summary>
/// <param name="Groups">By kind.</param>
public sealed record NamesPart(IReadOnlyList<NameGroup> Groups)
{
    /// <summary>The reader may only look.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>How many names are bound to nothing here.</summary>
    public int Unbound => Groups.Sum(group => group.Rows.Count(row => !row.IsBound));
}

/// <summary>Names of one kind.</summary>
/// <param name="Kind">departments, roles or channels.</param>
/// <param name="Title">What they are called.</param>
/// <param name="Rows">The names.</param>
public sealed record NameGroup(string Kind, string Title, IReadOnlyList<NameRow> Rows);

/// <summary>One name.</summary>
/// <param name="Key">Its key in the process.</param>
/// <param name="Name">What the process calls it.</param>
/// <param name="Field">The field that says what it is here.</param>
/// <param name="Options">What it may be.</param>
/// <param name="Chosen">What is chosen.</param>
/// <param name="IsBound">As the process has it now, it is something here.</param>
/// <param name="State">What it is now.</param>
/// <param name="Error">What is wrong with what was chosen.</param>
public sealed record NameRow(string Key, string Name, string Field, IReadOnlyList<Choice> Options, string Chosen, bool IsBound, string State, string? Error);
