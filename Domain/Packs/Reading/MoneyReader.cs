namespace CaseManagement.Domain.Packs.Reading;

/// <summary>Reads <c>calculators.json</c> and <c>verifications.json</c>.</summary>
internal static class MoneyReader
{
    public static IReadOnlyList<Calculator> Calculators(PackObject json) =>
        json.Keyed("calculators", Calculator, calculator => calculator.Key, required: true);

    public static IReadOnlyList<VerificationPlan> Plans(PackObject json) => json.Keyed("plans", Plan, plan => plan.Key, required: true);

    private static Calculator Calculator(PackObject json)
    {
        var calculator = new Calculator(
            json.Key(), json.Names("name"), json.Word<CalculatorKind>("kind"), json.Text("to"), json.Text("unit"),
            json.Keyed("rows", Row, row => row.Key, required: true))
        {
            Round = json.Number("round"),
            Cap = json.Reading("cap"),
            Payments = json.TextOrNull("payments"),
            Total = json.TextOrNull("total"),
            Approval = json.TextOrNull("approval"),
            Clauses = json.Clauses(),
        };
        if (calculator.Round is <= 0)
        {
            json.Wrong("round", "正数", "a number above zero");
        }

        return calculator;
    }

    private static CalculatorRow Row(PackObject json) =>
        new(json.Key(), json.Names("name"), json.Text("value"), json.Condition("when"));

    private static VerificationPlan Plan(PackObject json)
    {
        var review = json.Object("review");
        if (!json.Has("rounds"))
        {
            json.Missing("rounds");
        }

        var plan = new VerificationPlan(
            json.Key(), json.Names("name"), json.Reading("rounds") ?? PolicyReading.Of(1), json.Text("clock"), json.Text("form"),
            json.RequiredCondition("failWhen"))
        {
            Review = review is null ? null : new VerificationReview(review.Text("form"), review.Texts("who", required: true)),
            PlannedFact = json.TextOrNull("plannedFact"),
            Clauses = json.Clauses(),
        };
        review?.Finish();
        return plan;
    }
}
