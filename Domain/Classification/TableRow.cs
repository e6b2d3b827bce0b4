using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Classification;

/// <summary>What a row gives: facts to write and ports by which the flow goes on.</summary>
/// <param name="Facts">Outputs by fact, typed as the fact asks.</param>
/// <param name="Outcomes">Ports; empty where the table names none.</param>
public sealed record TableOutput(IReadOnlyDictionary<string, FactValue> Facts, IReadOnlyList<string> Outcomes)
{
    /// <summary>Writes nothing and names no port.</summary>
    public static readonly TableOutput None = new(new Dictionary<string, FactValue>(), []);
}

/// <summary>One row: if … then … because ….</summary>
/// <param name="If">When the row matches.</param>
/// <param name="Then">What it gives.</param>
/// <param name="Why">What the handler reads; <c>{{fact}}</c> stands for the fact's value.</param>
/// <param name="Clauses">Clauses of the policy the row implements.</param>
public sealed record TableRow(Condition If, TableOutput Then, BilingualText Why, IReadOnlyList<string> Clauses);
