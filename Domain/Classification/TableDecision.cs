using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Classification;

/// <summary>A row that decided.</summary>
/// <param name="Index">Place in the table, from 0.</param>
/// <param name="Why">The explanation, with the facts' values filled in.</param>
/// <param name="Clauses">Clauses the row cites, else those the table cites.</param>
public sealed record DecidingRow(int Index, BilingualText Why, IReadOnlyList<string> Clauses);

/// <summary>What a decision table says of a complaint.</summary>
/// <param name="Table">The table's key.</param>
/// <param name="Output">Facts to write and ports to take.</param>
/// <param name="Rows">The rows that decided, the leading one first; empty when the fall-through row did.</param>
public sealed record TableDecision(string Table, TableOutput Output, IReadOnlyList<DecidingRow> Rows)
{
    /// <summary>No row matched; the output is the table's <c>otherwise</c>.</summary>
    public bool IsOtherwise => Rows.Count == 0;

    /// <summary>The explanation of the leading row; null when no row matched.</summary>
    public BilingualText? Why => Rows.Count == 0 ? null : Rows[0].Why;
}
