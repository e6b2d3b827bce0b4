using System.Text.Json;
using CaseManagement.Domain;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Money;
using CaseManagement.Domain.Packs;
using CaseManagement.Workflows.Cases;

namespace CaseManagement.Workflows.Simulation.Scenarios;

/// <summary>A <c>calculate</c> step: one rule tried alone. Nothing is stored.</summary>
internal static class ScenarioCalculation
{
    /// <exception cref="ScenarioFailedException">The result is not as expected.</exception>
    /// <exception cref="RuleViolationException">The rule refuses, as with used-up numbers.</exception>
    public static void Compare(JsonElement scenario, JsonElement step, JsonElement data, SimulatedInstallation installation, ScenarioTimes times)
    {
        var pack = installation.Pack;

        // what is said nearer counts
        var settings = pack.Settings(scenario.Members("settings").Concat(data.Members("settings")).Concat(step.Members("settings")).GroupBy(s => s.Key, StringComparer.Ordinal).ToDictionary(
            s => s.Key, s => pack.Identity.Settings.First(known => known.Key == s.Key).Accept(s.Last().Value).ValueOrThrow(), StringComparer.Ordinal));
        var facts = data.Members("facts").SelectMany(f => f.Key == "counts"
                ? f.Value.EnumerateObject().Select(c => KeyValuePair.Create($"count:{c.Name}", c.Value))
                : [f])
            .ToDictionary(f => f.Key, f => TableTrial.Value(pack, f.Key, f.Value), StringComparer.Ordinal);
        var reader = new GivenFacts(facts, pack, settings);
        var got = data switch
        {
            _ when data.Text("table") is { } table => Outputs(pack, table, reader),
            _ when data.Text("limit") is { } limit => $"dueAt={times.Write(Due(pack, limit, reader, settings, times.Read(data.RequiredText("from")), installation))}",
            _ when data.Text("calculator") is { } calculator => Sum(pack, calculator, reader, settings),
            _ when data.Text("fact") is { } fact => $"value={TableTrial.Plain(Derived(pack, fact, reader))}",
            _ when data.TryGetProperty("number", out var number) =>
                $"number={pack.Records.Numbering.Format(times.Read(number.RequiredText("at")), number.Required("seq").GetInt32())}",
            _ => throw new ScenarioFailedException("A calculation tries a table, a calculator, a limit, a fact or a number."),
        };

        // of a sum only what is named is compared; of a table all it says
        if (step.TryGetProperty("expect", out var expected) && TableTrial.Flat(expected) is var wanted && got != wanted
            && (data.Text("calculator") is null || wanted.Split("; ").Except(got.Split("; ")).Any()))
        {
            throw new ScenarioFailedException($"calculate gives {got}, expected {wanted}.");
        }
    }

    private static string Outputs(ProcessPack pack, string key, GivenFacts reader)
    {
        var table = pack.Tables.GetValueOrDefault(key) ?? throw new ScenarioFailedException($"The pack has no table '{key}'.");
        return TableTrial.Outputs(table.Evaluate(reader, pack.Levels).Output);
    }

    private static string Sum(ProcessPack pack, string key, GivenFacts reader, PackSettings settings)
    {
        var calculator = pack.Calculators.GetValueOrDefault(key) ?? throw new ScenarioFailedException($"The pack has no calculator '{key}'.");
        var sum = CalculatorUse.WorkOut(calculator, reader, pack.Facts, ValueExpressions.Shared, settings, pack.Identity.Zone);
        var rows = sum.Rows.Select(row => $"rows.{row.Key}={FactText.Plain(FactValue.Of(row.Amount))}").Append($"amount={FactText.Plain(FactValue.Of(sum.Total))}");
        return string.Join("; ", rows.Order(StringComparer.Ordinal));
    }

    private static FactValue Derived(ProcessPack pack, string key, GivenFacts reader) => pack.Facts.Find(key) is { Value: { } expression }
        ? ValueExpressions.Shared.Evaluate(expression, reader, pack.Identity.Zone)
        : throw new ScenarioFailedException($"The pack derives no fact '{key}'.");

    private static DateTimeOffset? Due(ProcessPack pack, string clock, GivenFacts reader, PackSettings settings, DateTimeOffset from, SimulatedInstallation installation)
    {
        var limit = pack.LimitFor(clock, reader) ?? throw new ScenarioFailedException($"No limit of the clock '{clock}' holds.");
        var rule = limit.Rule(settings, pack.Facts);
        return DueTime.Compute(rule, from, installation.Calendar(rule.Calendar ?? pack.Identity.Calendar), rule.Promised is { } fact ? reader.Read(fact).Date : null).DueAt;
    }
}
