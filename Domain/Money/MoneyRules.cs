using CaseManagement.Domain.Packs;

namespace CaseManagement.Domain.Money;

/// <summary>The rules about sums of money and points. Outside programs rely on the codes.</summary>
public static class MoneyRules
{
    public static readonly Rule Unknown = new("calculation-unknown", "The case has no such calculation.");
    public static readonly Rule LedgerFull = new("ledger-full", "The case has as many calculations as it may have.");
    public static readonly Rule NotSubmittable = new("calculation-not-submittable", "The sum waits for nobody's agreement, or has been put to them.");
    public static readonly Rule NotApproved = new("calculation-not-approved", "The sum has not been agreed to.");
    public static readonly Rule Outdated = new("calculation-outdated", "What the sum was worked out from has changed; work it out again.");
    public static readonly Rule AlreadySettled = new("calculation-settled", "The sum has been paid or booked; it is paid once.");
    public static readonly Rule CalculatorUnknown = new("calculator-unknown", "The process has no such calculator.");

    /// <summary>A row cannot be worked out from what is known.</summary>
    public static Rule NotWorkedOut(Calculator calculator, CalculatorRow row) =>
        new("calculation-incomplete", $"“{row.Name.En}” of {calculator.Name.En} cannot be worked out: something it needs is not known.");
}
