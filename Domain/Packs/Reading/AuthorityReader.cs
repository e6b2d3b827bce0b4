using CaseManagement.Domain.Authority;

namespace CaseManagement.Domain.Packs.Reading;

/// <summary>Reads <c>approvals.json</c> and <c>gates.json</c>.</summary>
internal static class AuthorityReader
{
    public static IReadOnlyList<ApprovalChain> Chains(PackObject json) => json.Keyed("chains", Chain, chain => chain.Key, required: true);

    public static IReadOnlyList<Gate> Gates(PackObject json) => json.Keyed("gates", Gate, gate => gate.Key, required: true);

    private static ApprovalChain Chain(PackObject json)
    {
        var chain = new ApprovalChain(json.Key(), json.Names("name"), json.Keyed("steps", Step, step => step.Key, required: true))
        {
            Covers = json.Texts("covers"),
            Stamps = json.TextOrNull("stamps"),
            Clauses = json.Clauses(),
        };
        for (var index = 0; index < chain.Steps.Count; index++)
        {
            if (chain.Steps[index].With is { } with && !chain.Steps.Take(index).Any(step => step.Key == with && step.With is null))
            {
                json.Error(
                    FindingCodes.MemberWrong, $"steps[{index}].with", $"“{with}”不是前面独立的一步",
                    $"'{with}' is not an earlier step of its own turn");
            }
        }

        return chain;
    }

    private static ApprovalStep Step(PackObject json) =>
        new(json.Key(), json.Text("who"), json.Condition("when"), json.TextOrNull("with"));

    private static Gate Gate(PackObject json) =>
        new(json.Key(), json.Text("action"), json.RequiredCondition("needs"), json.Names("message"))
        {
            Only = json.Texts("only"),
            Clauses = json.Clauses(),
        };
}
