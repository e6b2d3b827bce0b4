using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Packs.Coverage;

/// <summary>A step of a workflow as the matrix looks at it.</summary>
/// <param name="Name">What people read.</param>
/// <param name="Type">Its type, such as <c>CaseManagement.Task</c>.</param>
/// <param name="Inputs">The inputs it is given, such as <c>notBy</c>.</param>
/// <param name="LacksClause">It should name a clause of the policy and does not.</param>
public sealed record CoveredStep(BilingualText Name, string Type, IReadOnlyList<string> Inputs, bool LacksClause);

/// <summary>What one process uses and leaves open.</summary>
/// <param name="Pack">The process.</param>
/// <param name="Uses">The capabilities it uses.</param>
/// <param name="WithoutStep">Clauses of the policy that nothing cites.</param>
/// <param name="WithoutClause">Steps that name no clause and should.</param>
public sealed record ProcessCoverage(ProcessPack Pack, IReadOnlySet<string> Uses, IReadOnlyList<PolicyClause> WithoutStep, IReadOnlyList<BilingualText> WithoutClause)
{
    /// <param name="pack">The process.</param>
    /// <param name="cited">The clauses that anything of the process cites.</param>
    /// <param name="steps">The steps of its workflows.</param>
    public static ProcessCoverage Of(ProcessPack pack, IEnumerable<string> cited, IEnumerable<CoveredStep> steps)
    {
        var (all, known) = (steps.ToList(), cited.ToHashSet(StringComparer.Ordinal));
        var drawn = all.SelectMany(step => step.Inputs.Prepend(step.Type)).ToHashSet(StringComparer.Ordinal);
        return new ProcessCoverage(
            pack, Capability.All.Where(capability => capability.IsUsedBy(pack, drawn)).Select(capability => capability.Key).ToHashSet(StringComparer.Ordinal),
            [.. pack.Identity.Clauses.Where(clause => !known.Contains(clause.Id))],
            [.. all.Where(step => step.LacksClause).Select(step => step.Name)]);
    }
}
