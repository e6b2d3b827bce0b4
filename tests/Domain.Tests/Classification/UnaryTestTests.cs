using System.Text.Json;
using CaseManagement.Domain.Classification;
using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Tests.Classification;

public sealed class UnaryTestTests
{
    [Theory]
    [InlineData("-", "12", true)]
    [InlineData("12", "12", true)]
    [InlineData("12", "12.0", true)]
    [InlineData("12", "13", false)]
    [InlineData("10, 12", "12", true)]
    [InlineData("10, 11", "12", false)]
    [InlineData(">= 10", "10", true)]
    [InlineData(">= 10", "9.99", false)]
    [InlineData("<= 10", "10", true)]
    [InlineData("> 10", "10", false)]
    [InlineData(">10", "10.01", true)]
    [InlineData("< 3", "2", true)]
    [InlineData("< 3", "3", false)]
    [InlineData("= 3", "3", true)]
    [InlineData("[3..9]", "3", true)]
    [InlineData("[3..9]", "9", true)]
    [InlineData("[3..9]", "9.5", false)]
    [InlineData("(0..1]", "0", false)]
    [InlineData("(0..1]", "1", true)]
    [InlineData("[0..1)", "1", false)]
    [InlineData("[ -2.5 .. 2.5 ]", "-2.5", true)]
    [InlineData("not(12)", "12", false)]
    [InlineData("not(12)", "13", true)]
    [InlineData("not(>= 10)", "9", true)]
    [InlineData("not(>= 10)", "10", false)]
    [InlineData("not([3..9])", "2", true)]
    [InlineData("not(1, 2)", "2", false)]
    [InlineData("not(1, 2)", "3", true)]
    [InlineData("not(not(3))", "3", true)]
    [InlineData("< 3, > 9", "10", true)]
    [InlineData("< 3, > 9", "5", false)]
    [InlineData("null", "12", false)]
    [InlineData("not(null)", "12", true)]
    [InlineData(">= settings.several", "3", true)]
    [InlineData(">= settings.several", "2", false)]
    [InlineData("> limit", "6", true)]
    [InlineData("[settings.several..limit]", "4", true)]
    [InlineData("[settings.several..limit]", "6", false)]
    public void A_number_is_tested(string test, string value, bool expected)
    {
        var complaint = new Complaint()
            .With("people", FactValue.Of(decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture)))
            .With("settings.several", FactValue.Of(3))
            .With("limit", FactValue.Of(5));

        Assert.Equal(expected, UnaryTestParser.Parse(test).Matches("people", complaint));
    }

    [Theory]
    [InlineData("-", true)]
    [InlineData("null", true)]
    [InlineData("a", false)]
    [InlineData("not(a)", true)]
    [InlineData("not(true)", true)]
    [InlineData("not(a, b)", true)]
    [InlineData("not(null)", false)]
    [InlineData("not(a, null)", false)]
    [InlineData("a, null", true)]
    [InlineData("< 3", false)]
    [InlineData(">= 3", false)]
    [InlineData("[3..9]", false)]
    [InlineData("not(< 3)", false)]
    [InlineData("not([3..9])", false)]
    [InlineData("not(a, >= 3)", false)]
    [InlineData("count >= 0", false)]
    [InlineData("count < 2", false)]
    [InlineData("true", false)]
    [InlineData("false", false)]
    public void An_unknown_fact_matches_only_anything_null_and_not_a_value(string test, bool expected) =>
        Assert.Equal(expected, UnaryTestParser.Parse(test).Matches("people", new Complaint()));

    [Theory]
    [InlineData("> other", false)]
    [InlineData("not(> other)", false)]
    [InlineData("[0..settings.none]", false)]
    public void Nothing_is_concluded_from_an_unknown_operand(string test, bool expected)
    {
        var complaint = new Complaint().With("people", FactValue.Of(3));

        Assert.Equal(expected, UnaryTestParser.Parse(test).Matches("people", complaint));
    }

    [Theory]
    [InlineData("media", true)]
    [InlineData("lawsuit, media", true)]
    [InlineData("lawsuit", false)]
    [InlineData("not(lawsuit)", true)]
    [InlineData("not(media)", false)]
    [InlineData("count >= 2", true)]
    [InlineData("count > 2", false)]
    [InlineData("count = 2", true)]
    [InlineData("count < settings.many", true)]
    [InlineData(">= 2", false)]
    public void A_list_contains_or_is_counted(string test, bool expected)
    {
        var complaint = new Complaint()
            .With("harms", FactValue.OfList(["injury", "media"]))
            .With("settings.many", FactValue.Of(3));

        Assert.Equal(expected, UnaryTestParser.Parse(test).Matches("harms", complaint));
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    [InlineData("not(true)", false)]
    [InlineData("not(false)", true)]
    public void A_boolean_is_tested(string test, bool expected) => Assert.Equal(
        expected, UnaryTestParser.Parse(test).Matches("injury", new Complaint().With("injury", FactValue.Of(true))));

    [Fact]
    public void A_level_called_by_a_number_is_matched_by_its_key()
    {
        var complaint = new Complaint().With("level", FactValue.Of("1"));

        Assert.True(UnaryTestParser.Parse("1, 2").Matches("level", complaint));
        Assert.False(UnaryTestParser.Parse("2").Matches("level", complaint));
    }

    [Fact]
    public void A_category_matches_itself_and_everything_below_it()
    {
        CategoryNode Node(string key, params CategoryNode[] children) => new(key, new BilingualText(key, key), children);
        var trees = new CategoryTrees(
            [new CategoryTree("content", new BilingualText("a", "a"), [Node("equipment", Node("lifts", Node("doors"))), Node("noise")], [])],
            _ => false);
        var complaint = new Complaint(trees).With("category", FactValue.Of("doors")).With("cause", FactValue.Of("doors"));

        Assert.True(UnaryTestParser.Parse("equipment").Matches("category", complaint));
        Assert.True(UnaryTestParser.Parse("noise, lifts").Matches("category", complaint));
        Assert.False(UnaryTestParser.Parse("not(equipment)").Matches("category", complaint));
        Assert.False(UnaryTestParser.Parse("noise").Matches("category", complaint));
        Assert.False(UnaryTestParser.Parse("equipment").Matches("cause", complaint));
    }

    [Fact]
    public void Days_and_moments_compare_with_facts_of_their_own_kind_only()
    {
        var complaint = new Complaint()
            .With("lossOn", FactValue.Of(new DateOnly(2026, 9, 2)))
            .With("boughtOn", FactValue.Of(new DateOnly(2026, 9, 1)))
            .With("receivedAt", FactValue.Of(new DateTimeOffset(2026, 9, 3, 0, 0, 0, TimeSpan.Zero)));

        Assert.True(UnaryTestParser.Parse("> boughtOn").Matches("lossOn", complaint));
        Assert.False(UnaryTestParser.Parse("< boughtOn").Matches("lossOn", complaint));
        Assert.False(UnaryTestParser.Parse("< receivedAt").Matches("lossOn", complaint));
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("a,", 2)]
    [InlineData("a, , b", 3)]
    [InlineData(">=", 2)]
    [InlineData(">= , 3", 3)]
    [InlineData("3..9", 0)]
    [InlineData("[3, 9]", 2)]
    [InlineData("[3..9", 5)]
    [InlineData("[..9]", 1)]
    [InlineData("not(a", 5)]
    [InlineData("not()", 4)]
    [InlineData("a) b", 1)]
    [InlineData("a > 3", 2)]
    [InlineData(">= 1 2", 3)]
    [InlineData("a = b", 2)]
    public void What_cannot_be_read_is_reported_with_its_position(string test, int position)
    {
        Assert.False(UnaryTestParser.TryParse(test, out _, out var problem));
        Assert.Equal(position, problem!.Position);
        Assert.True(problem.Message.IsComplete);
    }

    [Fact]
    public void A_hostile_test_is_refused_before_it_costs_anything()
    {
        var deep = string.Concat(Enumerable.Repeat("not(", 400)) + "a" + new string(')', 400);

        Assert.False(UnaryTestParser.TryParse(deep, out _, out _));
        Assert.False(UnaryTestParser.TryParse(new string('a', UnaryTestParser.MaxLength + 1), out _, out _));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("1e400")]
    public void A_test_is_a_text_a_number_a_boolean_or_null(string json) =>
        Assert.False(UnaryTestParser.TryParse(JsonDocument.Parse(json).RootElement, out _, out _));
}
