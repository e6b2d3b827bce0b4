using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Packs.Comparing;
using CaseManagement.Web.Features.Diagrams;

namespace CaseManagement.Web.Features.Processes;

/// <summary>Something of a process that names the clause of the policy it implements.</summary>
/// <param name="Clause">The clause's id.</param>
/// <param name="Name">What the limit, step, table, form, approval chain, gate or other part is called.</param>
public sealed record Citation(string Clause, BilingualText Name)
{
    /// <summary>Limits first, then steps, tables with their rows, chains, gates and what else cites, each in the pack's order; the same is told once.</summary>
    public static IEnumerable<Citation> In(ProcessPack pack) => pack.Limits.SelectMany(limit => Of(limit.Clauses, limit.Name))
        .Concat(pack.Workflows.Values.SelectMany(workflow => WorkflowOutline.Read(workflow).Steps).SelectMany(step => Of(step.Clauses, step.Name)))
        .Concat(pack.Tables.Values.SelectMany(table => Of(table.Clauses.Concat(table.Rows.SelectMany(row => row.Clauses)), table.Name)))
        .Concat(pack.Chains.Values.SelectMany(chain => Of(chain.Clauses, chain.Name)))
        .Concat(pack.Gates.SelectMany(gate => Of(gate.Clauses, gate.Message)))
        .Concat(pack.Forms.Values.SelectMany(form => Of(form.Clauses, form.Name)))
        .Concat(pack.Categories.All.SelectMany(tree => Of(tree.Clauses, tree.Name)))
        .Concat(pack.Counters.Values.SelectMany(counter => Of(counter.Clauses, counter.Name)))
        .Concat(pack.Calculators.Values.SelectMany(calculator => Of(calculator.Clauses, calculator.Name)))
        .Concat(pack.Verifications.Values.SelectMany(plan => Of(plan.Clauses, plan.Name)))
        .Concat(pack.Templates.Values.SelectMany(template => Of(template.Clauses, template.Subject)))
        .Concat(pack.Reports.Values.SelectMany(report => Of(report.Clauses, report.Name)))
        .Concat(pack.Records.Confidentiality.SelectMany(rule => Of(rule.Clauses, PartWords.Member("confidentiality"))))
        .Distinct();

    private static IEnumerable<Citation> Of(IEnumerable<string> clauses, BilingualText name) => clauses.Select(clause => new Citation(clause, name));
}
