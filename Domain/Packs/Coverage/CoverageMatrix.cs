using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Packs.Coverage;

/// <summary>A step of a workflow as the matrix looks at it.</summary>
/// <param name="Name">What people read.</param>
/// <param name="Clauses">Clauses it implements.</param>
public sealed record CoveredStep(BilingualText Name, IReadOnlyList<string> Clauses);

/// <summary>What one process uses and leaves open.</summary>
/// <param name="Pack">The process.</param>
/// <param name="Uses">The capabilities it uses.</param>
/// <param name="WithoutStep">Clauses of the policy that nothing cites.</param>
/// <param name="WithoutClause">Steps that name no clause.</param>
public sealed record ProcessCoverage(ProcessPack Pack, IReadOnlySet<string> Uses, IReadOnlyList<PolicyClause> WithoutStep, IReadOnlyList<BilingualText> WithoutClause)
{
    /// <param name="pack">The process.</param>
    /// <param name="steps">The steps of its workflows, those that only start or end left out.</param>
    public static ProcessCoverage Of(ProcessPack pack, IEnumerable<CoveredStep> steps)
    {
        var all = steps.ToList();
        var cited = CitedBy(pack).Concat(all.SelectMany(step => step.Clauses)).ToHashSet(StringComparer.Ordinal);
        return new ProcessCoverage(
            pack, Capability.All.Where(capability => capability.IsUsedBy(pack)).Select(capability => capability.Key).ToHashSet(StringComparer.Ordinal),
            [.. pack.Identity.Clauses.Where(clause => !cited.Contains(clause.Id))],
            [.. all.Where(step => step.Clauses.Count == 0).Select(step => step.Name)]);
    }

    private static IEnumerable<string> CitedBy(ProcessPack pack) => pack.Limits.SelectMany(limit => limit.Clauses)
        .Concat(pack.Tables.Values.SelectMany(table => table.Clauses.Concat(table.Rows.SelectMany(row => row.Clauses))))
        .Concat(pack.Chains.Values.SelectMany(chain => chain.Clauses))
        .Concat(pack.Gates.SelectMany(gate => gate.Clauses))
        .Concat(pack.Forms.Values.SelectMany(form => form.Clauses))
        .Concat(pack.Counters.Values.SelectMany(counter => counter.Clauses))
        .Concat(pack.Calculators.Values.SelectMany(calculator => calculator.Clauses))
        .Concat(pack.Verifications.Values.SelectMany(plan => plan.Clauses))
        .Concat(pack.Templates.Values.SelectMany(template => template.Clauses))
        .Concat(pack.Reports.Values.SelectMany(report => report.Clauses))
        .Concat(pack.Categories.All.SelectMany(tree => tree.Clauses))
        .Concat(pack.Records.Confidentiality.SelectMany(rule => rule.Clauses));
}
