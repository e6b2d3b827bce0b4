using CaseManagement.Web.Features.Shared;

namespace CaseManagement.Web.Features.Editors;

/// <summary>A decision table in its grid, with what is odd about it, a place to try it, and its examples.</summary>
public sealed record TablePage
{
    public required EditorFrame Frame { get; init; }
    public required string Table { get; init; }
    public required string Name { get; init; }

    /// <summary>How rows decide, in words, and what else is said of the table.</summary>
    public required string Policy { get; init; }
    public required TableGrid Grid { get; init; }
    public required string Token { get; init; }

    /// <summary>Clauses a row may cite.</summary>
    public required IReadOnlyList<Choice> Clauses { get; init; }

    /// <summary>Names of the facts of columns and outputs.</summary>
    public required IReadOnlyDictionary<string, string> Names { get; init; }

    /// <summary>Values by name of each fact that has a list of them.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<Choice>> Values { get; init; }

    /// <summary>Outputs that take several values.</summary>
    public required IReadOnlySet<string> Several { get; init; }
    public required IReadOnlyList<Choice> NewColumns { get; init; }
    public required IReadOnlyList<Choice> NewOutputs { get; init; }

    /// <summary>What is wrong, by field: <c>r0.a0.c1</c>, <c>r2.o0</c>, <c>r2.zh</c>; empty for the table as a whole.</summary>
    public IReadOnlyDictionary<string, string> Errors { get; init; } = new Dictionary<string, string>();

    /// <summary>What is odd, by row; -1 for the table as a whole.</summary>
    public ILookup<int, CoverageLine> Coverage { get; init; } = Array.Empty<CoverageLine>().ToLookup(_ => 0);

    /// <summary>What was typed to try the table, by column.</summary>
    public IReadOnlyList<string> Tried { get; init; } = [];

    /// <summary>What the table said of it.</summary>
    public TriedTable? Result { get; init; }
    public IReadOnlyList<ExampleLine> Examples { get; init; } = [];
    public Note? Note { get; init; }

    /// <summary>The row the reader goes on with.</summary>
    public int? Focus { get; init; }

    public string Href => EditorLinks.Table(Frame.Key, Table);
}

/// <summary>Something odd about the rows.</summary>
/// <param name="IsWrong">It must be mended: the flow would stop.</param>
/// <param name="Text">What, with the complaint that shows it.</param>
public sealed record CoverageLine(bool IsWrong, string Text);

/// <summary>What a table says of the facts that were typed.</summary>
/// <param name="Rows">Rows that decided, from 0; none where the fall-through row did.</param>
/// <param name="Matching">All rows that matched.</param>
/// <param name="Said">Which row fired, and what it gives.</param>
/// <param name="Why">The explanation the handler would read.</param>
public sealed record TriedTable(IReadOnlyList<int> Rows, IReadOnlyList<int> Matching, string Said, string? Why);

/// <summary>An example of a table, kept with the pack and run at each change.</summary>
/// <param name="File">The scenario file.</param>
/// <param name="Given">The facts.</param>
/// <param name="Expected">What it shall give.</param>
/// <param name="Got">What it gives now.</param>
/// <param name="IsGood">They are the same.</param>
/// <param name="MayRemove">It is a file of its own.</param>
public sealed record ExampleLine(string File, string Given, string Expected, string Got, bool IsGood, bool MayRemove);

/// <summary>A cell of a result.</summary>
/// <param name="Field">The field's name.</param>
/// <param name="Label">Which row, which fact.</param>
/// <param name="Value">As typed.</param>
/// <param name="Options">What it may be; none where anything may be typed.</param>
/// <param name="Error">What is wrong.</param>
/// <param name="ListId">The list of values by name.</param>
public sealed record ResultCell(string Field, string Label, string Value, IReadOnlyList<Choice> Options, string? Error, string ListId);
