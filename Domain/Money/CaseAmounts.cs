using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using CaseManagement.Domain.Authority;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs;

namespace CaseManagement.Domain.Money;

/// <summary>The ledger of one case: what was worked out as compensation, cost, award or penalty, who agreed, what was paid. Nothing is ever removed.</summary>
public sealed class CaseAmounts
{
    /// <summary>Calculations kept on one case.</summary>
    public const int Most = 200;

    [JsonInclude, JsonPropertyName("all")]
    internal List<Calculation> Items { get; init; } = [];

    [JsonIgnore]
    public IReadOnlyList<Calculation> All => Items;

    /// <summary>
    /// Works a calculator out and proposes the sum. An earlier sum of the same calculator that nobody has paid is replaced; of one that is paid once, a
    /// paid sum stands in the way.
    /// </summary>
    /// <param name="act">The deed.</param>
    /// <param name="key">The pack's calculator.</param>
    /// <param name="to">Who bears or receives it; null: as the calculator says.</param>
    /// <param name="clock">The clock whose rung proposes it; null where a step of the process does.</param>
    /// <exception cref="RuleViolationException">A code of <see cref="MoneyRules"/>.</exception>
    public Calculation Propose(CaseAct act, string key, string? to = null, string? clock = null)
    {
        var calculator = act.Rules.Pack.Calculators.GetValueOrDefault(key) ?? throw new RuleViolationException(MoneyRules.CalculatorUnknown);
        RuleViolationException.ThrowUnless(
            calculator.Payments != "single" || !Items.Exists(c => c.Calculator == key && c.State == CalculationState.Settled), MoneyRules.AlreadySettled);
        if (clock is null)
        {
            foreach (var earlier in Items.Where(c => c.Calculator == key && c.Clock is null && c.IsOpen))
            {
                earlier.State = CalculationState.Replaced;
            }
        }

        return Make(act, calculator, act.Facts.ResolveWho([to ?? calculator.To]), clock, mayMiss: clock is not null);
    }

    private Calculation Make(CaseAct act, Calculator calculator, IReadOnlyList<string> to, string? clock, bool mayMiss)
    {
        RuleViolationException.ThrowUnless(Items.Count < Most, MoneyRules.LedgerFull);
        var sum = CalculatorUse.WorkOut(calculator, act.Facts, act.Rules.Pack.Facts, act.Rules.Expressions, act.Rules.Settings, act.Rules.Zone, mayMiss);
        var made = new Calculation
        {
            Number = Items.Count + 1,
            Calculator = calculator.Key,
            Kind = calculator.Kind,
            Unit = calculator.Unit,
            To = to,
            Rows = sum.Rows,
            Total = sum.Total,
            At = act.At,
            Clock = clock,
            State = calculator.Approval is null && calculator.Total is null ? CalculationState.Approved : CalculationState.Proposed,
        };
        Items.Add(made);
        act.Record(
            CaseEvents.AmountProposed, ("calculator", calculator.Key), ("number", made.Number), ("kind", made.Kind.ToString()), ("total", made.Total), ("unit", made.Unit),
            ("to", new JsonArray([.. made.To])), ("clock", clock), ("rows", new JsonArray([.. made.Rows.Select(ToJson)])));
        if (calculator.Total is { } total)
        {
            // what several calculators come to together is asked for and paid as one
            var all = Items.Where(c => c.State is not (CalculationState.Replaced or CalculationState.Refused) && act.Rules.Pack.Calculators.GetValueOrDefault(c.Calculator)?.Total == total).Sum(c => c.Total);
            act.Complaint.Facts.Touched(act, act.Complaint.Facts.Apply(new Dictionary<string, FactValue> { [total] = FactValue.Of(all) }));
        }

        act.Log.Signal(CaseSignals.FactsChanged);
        return made;
    }

    /// <summary>
    /// Puts a proposed sum to the chain its calculator names, for those that no step of the process puts to one. One that is incomplete or outdated is worked
    /// out again first.
    /// </summary>
    /// <exception cref="RuleViolationException">A code of <see cref="MoneyRules"/>.</exception>
    public void Submit(CaseAct act, int number)
    {
        var calculation = Items.Find(c => c.Number == number) ?? throw new RuleViolationException(MoneyRules.Unknown);
        var calculator = act.Rules.Pack.Calculators.GetValueOrDefault(calculation.Calculator) ?? throw new RuleViolationException(MoneyRules.CalculatorUnknown);
        RuleViolationException.ThrowUnless(
            calculation.State == CalculationState.Proposed && calculator.Approval is not null && !act.Complaint.Approvals.IsAbout(number), MoneyRules.NotSubmittable);
        if (!Stands(calculation, act))
        {
            calculation.State = CalculationState.Replaced;
            calculation = Make(act, calculator, calculation.To, calculation.Clock, mayMiss: false);
        }

        act.Complaint.Approvals.OpenCalculation(act, calculator.Approval!, calculation, calculator.Name);
    }

    /// <summary>Whether the sum is still what its inputs come to; facts changed since make it outdated.</summary>
    public static bool Stands(Calculation calculation, CaseAct act) =>
        calculation.Rows.All(row => row.Missing.Count == 0 && row.Inputs.All(input => act.Facts.Read(input.Key) == input.Value));

    /// <summary>Notes that a sum was paid, credited or booked: once agreed, still standing, and not behind a gate on paying.</summary>
    /// <exception cref="RuleViolationException">A code of <see cref="MoneyRules"/>, or a gate's.</exception>
    public void Settle(CaseAct act, int number, string? reason)
    {
        var calculation = Items.Find(c => c.Number == number) ?? throw new RuleViolationException(MoneyRules.Unknown);
        RuleViolationException.ThrowUnless(calculation.State != CalculationState.Settled, MoneyRules.AlreadySettled);
        RuleViolationException.ThrowUnless(calculation.State == CalculationState.Approved, MoneyRules.NotApproved);
        RuleViolationException.ThrowUnless(Stands(calculation, act), MoneyRules.Outdated);
        act.Rules.ThrowUnlessAllowed(GateAction.Pay, act);
        calculation.State = CalculationState.Settled;
        calculation.SettledAt = act.At;
        act.Record(CaseEvents.AmountPaid, ("calculator", calculation.Calculator), ("number", number), ("total", calculation.Total), ("unit", calculation.Unit), ("reason", reason));
        act.Log.Signal(CaseSignals.FactsChanged);
    }

    /// <summary>A chain has decided: on the sum it was opened for, or on those whose sum it covers.</summary>
    internal void Decided(CaseAct act, ApprovalChain chain, int? number, bool approved)
    {
        foreach (var calculation in Items.Where(c => c.State == CalculationState.Proposed && (number is { } one ? c.Number == one : Covers(act, chain, c))))
        {
            calculation.State = approved ? CalculationState.Approved : CalculationState.Refused;
            act.Record(approved ? CaseEvents.AmountApproved : CaseEvents.AmountRefused, ("calculator", calculation.Calculator), ("number", calculation.Number), ("total", calculation.Total), ("unit", calculation.Unit));
        }
    }

    private static bool Covers(CaseAct act, ApprovalChain chain, Calculation calculation) =>
        act.Rules.Pack.Calculators.GetValueOrDefault(calculation.Calculator) is { } calculator
        && (calculator.Approval == chain.Key || (calculator.Total is { } total && chain.Covers.Contains(total)));

    private static JsonObject ToJson(CalculatedRow row) => new()
    {
        ["key"] = row.Key,
        ["amount"] = row.Amount,
        ["inputs"] = row.Inputs.Count == 0 ? null : CaseFacts.ToJson(row.Inputs),
    };
}
