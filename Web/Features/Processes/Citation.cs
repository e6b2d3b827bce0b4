using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs;
using CaseManagement.Web.Features.Diagrams;

namespace CaseManagement.Web.Features.Processes;

/// <summary>Something of a process that names the clause of the policy it implements.</summary>
/// <param name="Clause">The clause's id.</param>
/// <param name="Name">What the limit, step, table, approval chain or gate is called.</param>
public sealed record Citation(string Clause, BilingualText Name)
{
    /// <summary>Limits first, then steps, tables, chains and gates, each in the pack's order; the same is told once.</summary>
    public static IEnumerable<Citation> In(ProcessPack pack) => pack.Limits.SelectMany(limit => Of(limit.Clauses, limit.Name))
        .Concat(pack.Workflows.Values.SelectMany(workflow => WorkflowOutline.Read(workflow).Steps).SelectMany(step => Of(step.Clauses, step.Name)))
        .Concat(pack.Tables.Values.SelectMany(table => Of(table.Clauses, table.Name)))
        .Concat(pack.Chains.Values.SelectMany(chain => Of(chain.Clauses, chain.Name)))
        .Concat(pack.Gates.SelectMany(gate => Of(gate.Clauses, gate.Message)))
        .Distinct();

    private static IEnumerable<Citation> Of(IEnumerable<string> clauses, BilingualText name) => clauses.Select(clause => new Citation(clause, name));
}
