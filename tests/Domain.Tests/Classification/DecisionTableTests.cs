using CaseManagement.Domain.Classification;
using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Tests.Classification;

public sealed class DecisionTableTests
{
    private static readonly LevelScale Levels = new(
        [.. new[] { "major", "hot", "general" }.Select(key => new Level(key, new BilingualText(key, key)))]);

    private readonly Complaint _complaint = new Complaint().With("people", FactValue.Of(12)).With("media", FactValue.Of(true));

    private static TableRow Row(string condition, string? level = null, string? outcome = null, string[]? departments = null, string clause = "3.1")
    {
        var facts = new Dictionary<string, FactValue>();
        if (level is not null)
        {
            facts["level"] = FactValue.Of(level);
        }

        if (departments is not null)
        {
            facts["departments"] = FactValue.OfList(departments);
        }

        return new TableRow(
            Condition.Parse(condition),
            new TableOutput(facts, outcome is null ? [] : [outcome]),
            new BilingualText("{{people}} 人，媒体：{{media}}，{{count.same}} 次", "{{people}} people, media: {{ media }}, {{count.same}} times"),
            [clause]);
    }

    private static DecisionTable Table(HitPolicy hit, params TableRow[] rows) => new("level", new BilingualText("定级", "Level"), hit, rows)
    {
        Otherwise = Row("{}", "general").Then,
        Clauses = ["3"],
    };

    [Fact]
    public void The_first_row_that_matches_decides()
    {
        var decision = Table(HitPolicy.First, Row("""{"people": ">= 20"}""", "major"), Row("""{"media": true}""", "hot"), Row("{}", "major"))
            .Evaluate(_complaint, Levels);

        Assert.Equal("hot", decision.Output.Facts["level"].Text);
        Assert.Equal([1], decision.Rows.Select(row => row.Index));
    }

    [Fact]
    public void The_gravest_level_decides_where_priority_is_not_listed()
    {
        var decision = Table(HitPolicy.Priority, Row("{}", "hot"), Row("{}", "major"), Row("{}", "major")).Evaluate(_complaint, Levels);

        Assert.Equal("major", decision.Output.Facts["level"].Text);
        Assert.Equal([1], decision.Rows.Select(row => row.Index));
    }

    [Fact]
    public void The_listed_priority_decides_where_there_is_one()
    {
        var table = Table(HitPolicy.Priority, Row("{}", "major"), Row("{}", "hot")) with { Priority = ["hot", "major"] };

        Assert.Equal("hot", table.Evaluate(_complaint, Levels).Output.Facts["level"].Text);
    }

    [Fact]
    public void All_rows_that_match_are_collected()
    {
        var decision = Table(
                HitPolicy.Collect,
                Row("{}", "hot", "Injury", ["medical"]),
                Row("""{"people": 1}""", "major", "Fake", ["fraud"]),
                Row("{}", "major", "Media", ["press", "medical"]),
                Row("{}", null, "Injury"))
            .Evaluate(_complaint, Levels);

        Assert.Equal(["Injury", "Media"], decision.Output.Outcomes);
        Assert.Equal(["medical", "press"], decision.Output.Facts["departments"].List!);
        Assert.Equal("hot", decision.Output.Facts["level"].Text);
        Assert.Equal([0, 2, 3], decision.Rows.Select(row => row.Index));
    }

    [Fact]
    public void Two_rows_of_a_unique_table_must_not_match()
    {
        var table = Table(HitPolicy.Unique, Row("""{"people": ">= 10"}""", "major"), Row("""{"media": true}""", "hot"));

        var violation = Assert.Throws<RuleViolationException>(() => table.Evaluate(_complaint, Levels));

        Assert.Equal("table-not-unique", violation.Rule.Code);
        Assert.Equal("major", table.Evaluate(new Complaint().With("people", FactValue.Of(10)), Levels).Output.Facts["level"].Text);
    }

    [Fact]
    public void Without_a_match_the_table_falls_through()
    {
        var decision = Table(HitPolicy.First, Row("""{"people": 1}""", "major")).Evaluate(_complaint, Levels);

        Assert.True(decision.IsOtherwise);
        Assert.Null(decision.Why);
        Assert.Equal("general", decision.Output.Facts["level"].Text);
    }

    [Fact]
    public void Without_an_otherwise_row_nothing_is_written()
    {
        var table = Table(HitPolicy.First, Row("""{"people": 1}""", "major")) with { Otherwise = null };

        Assert.Empty(table.Evaluate(_complaint, Levels).Output.Facts);
    }

    [Fact]
    public void The_explanation_says_the_values_in_both_languages_and_cites_the_row_or_the_table()
    {
        var decision = Table(HitPolicy.Collect, Row("{}", "hot"), Row("{}", "hot") with { Clauses = [] }).Evaluate(_complaint, Levels);

        Assert.Equal("12 人，媒体：是， 次", decision.Why!.Zh);
        Assert.Equal("12 people, media: yes,  times", decision.Why.En);
        Assert.Equal(["3.1"], decision.Rows[0].Clauses);
        Assert.Equal(["3"], decision.Rows[1].Clauses);
    }

    [Fact]
    public void A_count_is_named_with_a_full_stop_in_explanations()
    {
        var row = Table(HitPolicy.First, Row("{}", "hot")).Evaluate(_complaint.With("count:same", FactValue.Of(3)), Levels).Rows[0];

        Assert.EndsWith("3 times", row.Why.En, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_names_everything_it_reads_and_every_port_it_may_take()
    {
        var table = Table(HitPolicy.First, Row("""{"people": "> settings.many"}""", "hot", "Fast"), Row("""{"clock:reply": "breached"}""", "hot"));

        Assert.Equal(["clock:reply", "people", "settings.many"], table.Reads.Order(StringComparer.Ordinal));
        Assert.Equal(["Fast", "Done"], table.PossibleOutcomes);
    }

    [Theory]
    [InlineData("major", "general", null, true, false, "major")]
    [InlineData("general", "hot", null, true, false, "general")]
    [InlineData("general", "hot", null, false, false, "hot")]
    [InlineData("major", "general", "general", true, true, "hot")]
    [InlineData("major", "hot", "general", true, true, "hot")]
    [InlineData("major", "hot", "hot", true, true, "major")]
    [InlineData("general", "major", "major", true, true, "hot")]
    [InlineData("hot", null, null, false, true, "hot")]
    public void The_level_moves_as_the_table_allows(
        string proposed, string? current, string? atStimulus, bool mayLower, bool oneStep, string expected) =>
        Assert.Equal(expected, Levels.Take(proposed, current, atStimulus, mayLower, oneStep));

    [Fact]
    public void Levels_know_only_their_order()
    {
        Assert.True(Levels.IsGraver("major", "hot"));
        Assert.Equal("major", Levels.OneStepUp("hot"));
        Assert.Equal("major", Levels.OneStepUp("major"));
        Assert.Equal("level-unknown", Assert.Throws<RuleViolationException>(() => Levels.OneStepUp("A")).Rule.Code);
    }
}
