using CaseManagement.Domain.Authority;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs.Reading;

namespace CaseManagement.Domain.Packs.Checks;

/// <summary><c>approvals.json</c>, <c>gates.json</c>, <c>calculators.json</c> and <c>verifications.json</c>.</summary>
internal static class AuthorityCheck
{
    public static void Run(PackReferences references)
    {
        var pack = references.Pack;
        Each(pack.Chains.Values, "approvals.json", "chains", (chain, place) => Check(chain, place, references));
        Each(pack.Gates, "gates.json", "gates", (gate, place) => Check(gate, place, references));
        Each(pack.Calculators.Values, "calculators.json", "calculators", (calculator, place) => Check(calculator, place, references));
        Each(pack.Verifications.Values, "verifications.json", "plans", (plan, place) => Check(plan, place, references));
    }

    /// <summary>Runs a check over the elements of a file's list, with the place of each.</summary>
    public static void Each<T>(IEnumerable<T> items, string file, string list, Action<T, Place> check)
    {
        var index = 0;
        foreach (var item in items)
        {
            check(item, new Place(file, $"$.{list}[{index++}]"));
        }
    }

    private static void Check(ApprovalChain chain, Place place, PackReferences references)
    {
        references.Clauses(chain.Clauses, place.At(".clause"));
        foreach (var fact in chain.Covers)
        {
            references.Fact(fact, place.At(".covers"));
        }

        if (chain.Stamps is { } moment)
        {
            references.Moment(moment, place.At(".stamps"));
        }

        for (var index = 0; index < chain.Steps.Count; index++)
        {
            references.Who(chain.Steps[index].Who, place.At($".steps[{index}].who"));
            references.Condition(chain.Steps[index].When, place.At($".steps[{index}].when"));
        }
    }

    private static void Check(Gate gate, Place place, PackReferences references)
    {
        references.Clauses(gate.Clauses, place.At(".clause"));
        references.Condition(gate.Needs, place.At(".needs"));
        references.Who(gate.Only, place.At(".only"));
        var colon = gate.Action.IndexOf(':', StringComparison.Ordinal);
        var key = colon < 0 ? string.Empty : gate.Action[(colon + 1)..];
        var isKnown = (colon < 0 ? gate.Action : gate.Action[..colon]) switch
        {
            "task" => references.TaskPorts.ContainsKey(key),
            "document" => references.Pack.Templates.ContainsKey(key),
            var action => colon < 0 && GateAction.Plain.Contains(action),
        };
        if (!isKnown)
        {
            references.Findings.Error(
                FindingCodes.ActionUnknown, place.At(".action"), $"没有动作“{gate.Action}”", $"There is no action '{gate.Action}'");
        }
    }

    private static void Check(Calculator calculator, Place place, PackReferences references)
    {
        references.Clauses(calculator.Clauses, place.At(".clause"));
        references.Setting(calculator.Cap?.Setting, place.At(".cap"));
        references.Who(calculator.To, place.At(".to"));
        for (var index = 0; index < calculator.Rows.Count; index++)
        {
            references.Condition(calculator.Rows[index].When, place.At($".rows[{index}].when"));
            references.Expression(calculator.Rows[index].Value, place.At($".rows[{index}].value"));
        }

        if (calculator.Approval is { } chain)
        {
            references.Chain(chain, place.At(".approval"));
        }

        if (calculator.Total is { } total)
        {
            references.Fact(total, place.At(".total"));
            if (references.Pack.Facts.Find(total) is { } fact
                && !(fact.Type is FactType.Money or FactType.Number && fact.MayBeWrittenBy(FactOrigin.Workflow)))
            {
                references.Findings.Error(
                    FindingCodes.FactNotWritable, place.At(".total"), $"“{total}”不能接收合计", $"'{total}' cannot receive the sum");
            }
        }
    }

    private static void Check(VerificationPlan plan, Place place, PackReferences references)
    {
        references.Clauses(plan.Clauses, place.At(".clause"));
        references.Setting(plan.Rounds.Setting, place.At(".rounds"));
        references.Clock(plan.Clock, place.At(".clock"));
        references.Form(plan.Form, place.At(".form"));
        references.Condition(plan.FailWhen, place.At(".failWhen"));
        if (plan.Review is { } review)
        {
            references.Form(review.Form, place.At(".review.form"));
            references.Who(review.Who, place.At(".review.who"));
        }

        if (plan.PlannedFact is { } moment)
        {
            references.Moment(moment, place.At(".plannedFact"));
        }
    }
}
