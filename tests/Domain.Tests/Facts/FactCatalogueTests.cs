using System.Text.Json;
using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Tests.Facts;

public sealed class FactCatalogueTests
{
    private static readonly FactCatalogue Facts = new(
    [
        Fact("text", FactType.Text),
        Fact("times", FactType.Number) with { Min = 10, Max = 20 },
        Fact("money", FactType.Money),
        Fact("yes", FactType.Boolean),
        Fact("choice", FactType.Choice) with { Options = Options("a", "b") },
        Fact("choices", FactType.Choices) with { Options = Options("a", "b") },
        Fact("day", FactType.Date),
        Fact("moment", FactType.Instant),
        Fact("loss", FactType.Money) with { Undetermined = new BilingualText("未确认", "not confirmed") },
        Fact("investigators", FactType.People),
        Fact("photos", FactType.File),
        Fact("rows", FactType.Rows) with { Columns = [Fact("age", FactType.Number) with { Max = 150 }, Fact("on", FactType.Date)] },
        Fact("byComplainant", FactType.Text) with { By = FactSource.Complainant },
        Fact("rolesByComplainant", FactType.Role) with { By = FactSource.Complainant },
        Fact("byTable", FactType.Text) with { By = FactSource.Table },
        Fact("byWorkflow", FactType.Instant) with { By = FactSource.Workflow },
        Fact("derived", FactType.Number) with { By = FactSource.Derived, Value = "1" },
        Fact("reference", FactType.Money) with { By = FactSource.Reference },
        Fact("external", FactType.Number) with { By = FactSource.External },
        Fact("subject", FactType.Number),
    ]);

    private static FactDefinition Fact(string key, FactType type) => new(key, new BilingualText(key, key), type, FactSource.Handler);

    private static FactOption[] Options(params string[] keys) => [.. keys.Select(key => new FactOption(key, null))];

    private static FactResult Accept(string key, string json, FactOrigin origin = FactOrigin.Handler, string? zone = null) =>
        Facts.Accept(key, JsonDocument.Parse(json).RootElement, origin, zone);

    [Theory]
    [InlineData("text", "\"x\"", FactValueKind.Text)]
    [InlineData("text", "null", FactValueKind.Unknown)]
    [InlineData("times", "10", FactValueKind.Number)]
    [InlineData("times", "20", FactValueKind.Number)]
    [InlineData("money", "1234.56", FactValueKind.Number)]
    [InlineData("yes", "false", FactValueKind.Boolean)]
    [InlineData("choice", "\"a\"", FactValueKind.Text)]
    [InlineData("choices", "[\"a\",\"b\"]", FactValueKind.List)]
    [InlineData("choices", "[]", FactValueKind.List)]
    [InlineData("photos", "[\"p1\",\"p2\"]", FactValueKind.List)]
    [InlineData("photos", "\"p1\"", FactValueKind.List)]
    [InlineData("day", "\"2026-02-28\"", FactValueKind.Date)]
    [InlineData("moment", "\"2026-09-02T10:00:00+08:00\"", FactValueKind.Instant)]
    [InlineData("moment", "\"2026-09-02T10:00+08:00\"", FactValueKind.Instant)]
    [InlineData("moment", "\"2026-09-02T02:00:00.123Z\"", FactValueKind.Instant)]
    [InlineData("loss", "\"未确认\"", FactValueKind.Text)]
    [InlineData("loss", "12", FactValueKind.Number)]
    [InlineData("rows", "[{\"age\": 10, \"on\": \"2026-01-01\"}, {}]", FactValueKind.Rows)]
    public void A_value_of_the_declared_type_is_taken(string key, string json, FactValueKind kind)
    {
        var result = Accept(key, json);

        Assert.Null(result.Refusal);
        Assert.Equal(kind, result.Value.Kind);
    }

    [Theory]
    [InlineData("text", "3", FactRefusals.TypeWrong)]
    [InlineData("text", "\"\\uD800\"", FactRefusals.TypeWrong)]
    [InlineData("rows", "[{\"\\uD800\": 1}]", FactRefusals.TypeWrong)]
    [InlineData("times", "9", FactRefusals.OutOfRange)]
    [InlineData("times", "20.01", FactRefusals.OutOfRange)]
    [InlineData("times", "\"12\"", FactRefusals.TypeWrong)]
    [InlineData("money", "1e300", FactRefusals.OutOfRange)]
    [InlineData("money", "1e16", FactRefusals.OutOfRange)]
    [InlineData("yes", "\"true\"", FactRefusals.TypeWrong)]
    [InlineData("yes", "1", FactRefusals.TypeWrong)]
    [InlineData("choice", "\"c\"", FactRefusals.OptionUnknown)]
    [InlineData("choice", "[\"a\"]", FactRefusals.TypeWrong)]
    [InlineData("choices", "[\"a\",\"c\"]", FactRefusals.OptionUnknown)]
    [InlineData("choices", "\"a\"", FactRefusals.TypeWrong)]
    [InlineData("choices", "[1]", FactRefusals.TypeWrong)]
    [InlineData("day", "\"2026-02-30\"", FactRefusals.TypeWrong)]
    [InlineData("day", "\"2026-02-28T00:00:00Z\"", FactRefusals.TypeWrong)]
    [InlineData("day", "\"0026-02-28\"", FactRefusals.OutOfRange)]
    [InlineData("moment", "\"2026-09-02\"", FactRefusals.TypeWrong)]
    [InlineData("moment", "\"2026-09-02T10:00\"", FactRefusals.TypeWrong)]
    [InlineData("moment", "\"-0026-09-02T10:00:00Z\"", FactRefusals.OutOfRange)]
    [InlineData("moment", "1767225600", FactRefusals.TypeWrong)]
    [InlineData("loss", "\"perhaps\"", FactRefusals.TypeWrong)]
    [InlineData("rows", "[{\"age\": 151}]", FactRefusals.OutOfRange)]
    [InlineData("rows", "[{\"height\": 1}]", FactRefusals.FactUnknown)]
    [InlineData("rows", "[[]]", FactRefusals.TypeWrong)]
    [InlineData("rows", "{}", FactRefusals.TypeWrong)]
    [InlineData("unheard", "1", FactRefusals.FactUnknown)]
    [InlineData("clock:reply", "\"met\"", FactRefusals.FactNotWritable)]
    [InlineData("settings.x", "1", FactRefusals.FactNotWritable)]
    [InlineData("__proto__", "{}", FactRefusals.FactUnknown)]
    public void Anything_else_is_refused_with_its_code(string key, string json, string refusal) =>
        Assert.Equal(refusal, Accept(key, json).Refusal);

    [Fact]
    public void Sizes_are_limited()
    {
        var longText = JsonSerializer.Serialize(new string('x', FactLimits.MaxText + 1));
        var longList = JsonSerializer.Serialize(Enumerable.Repeat("a", FactLimits.MaxRows + 1));

        Assert.Equal(FactRefusals.TooLarge, Accept("text", longText).Refusal);
        Assert.Equal(FactRefusals.TooLarge, Accept("choices", longList).Refusal);
        Assert.Equal(FactRefusals.TooLarge, Accept("rows", "[" + string.Join(',', Enumerable.Repeat("{}", FactLimits.MaxRows + 1)) + "]").Refusal);
    }

    [Fact]
    public void A_local_time_is_taken_in_the_zone_that_is_given()
    {
        var result = Accept("moment", "\"2026-09-02T10:00\"", zone: "Asia/Shanghai");

        Assert.Equal(new DateTimeOffset(2026, 9, 2, 2, 0, 0, TimeSpan.Zero), result.Value.Instant);
        Assert.Equal(FactRefusals.TypeWrong, Accept("moment", "\"2026-09-02T10:00\"", zone: "Moon/Crater").Refusal);
    }

    [Theory]
    [InlineData("text", FactOrigin.Handler, true)]
    [InlineData("text", FactOrigin.Complainant, false)]
    [InlineData("byComplainant", FactOrigin.Complainant, true)]
    [InlineData("byComplainant", FactOrigin.Handler, true)]
    [InlineData("rolesByComplainant", FactOrigin.Complainant, false)]
    [InlineData("investigators", FactOrigin.Form, true)]
    [InlineData("byTable", FactOrigin.Handler, false)]
    [InlineData("byTable", FactOrigin.Form, true)]
    [InlineData("byTable", FactOrigin.Table, true)]
    [InlineData("byWorkflow", FactOrigin.Handler, false)]
    [InlineData("byWorkflow", FactOrigin.Table, false)]
    [InlineData("byWorkflow", FactOrigin.Workflow, true)]
    [InlineData("derived", FactOrigin.Handler, false)]
    [InlineData("derived", FactOrigin.Workflow, false)]
    [InlineData("reference", FactOrigin.Handler, false)]
    [InlineData("reference", FactOrigin.Administrator, true)]
    [InlineData("external", FactOrigin.Workflow, false)]
    [InlineData("external", FactOrigin.External, true)]
    [InlineData("status", FactOrigin.Handler, false)]
    [InlineData("status", FactOrigin.Form, false)]
    [InlineData("status", FactOrigin.Table, false)]
    [InlineData("level", FactOrigin.Handler, false)]
    [InlineData("level", FactOrigin.Form, false)]
    [InlineData("level", FactOrigin.Table, true)]
    [InlineData("handler", FactOrigin.Form, false)]
    [InlineData("lead", FactOrigin.Handler, false)]
    [InlineData("lead", FactOrigin.Form, true)]
    [InlineData("supporting", FactOrigin.Workflow, false)]
    [InlineData("closedAt", FactOrigin.Form, false)]
    [InlineData("kind", FactOrigin.Complainant, false)]
    [InlineData("category", FactOrigin.Complainant, true)]
    public void A_fact_is_written_only_by_who_sets_it(string key, FactOrigin origin, bool allowed) =>
        Assert.Equal(allowed, Accept(key, "null", origin).Refusal is null);

    [Fact]
    public void A_pack_cannot_redeclare_a_built_in_fact() => Assert.Equal(FactType.Text, Facts.Find("subject")!.Type);

    [Fact]
    public void A_refused_value_breaks_a_rule_when_it_is_asked_for()
    {
        var violation = Assert.Throws<RuleViolationException>(() => Accept("times", "9").ValueOrThrow());

        Assert.Equal("out-of-range", violation.Rule.Code);
    }
}
