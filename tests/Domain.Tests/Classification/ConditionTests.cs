using System.Text;
using System.Text.Json;
using CaseManagement.Domain.Classification;
using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Tests.Classification;

public sealed class ConditionTests
{
    private readonly Complaint _complaint = new Complaint().With("people", FactValue.Of(4)).With("media", FactValue.Of(true));

    [Theory]
    [InlineData("""{"people": ">= 3", "media": true}""", true)]
    [InlineData("""{"people": ">= 5", "media": true}""", false)]
    [InlineData("""[{"people": ">= 5"}, {"media": true}]""", true)]
    [InlineData("""[{"people": ">= 5"}, {"media": false}]""", false)]
    [InlineData("{}", true)]
    [InlineData("[]", false)]
    [InlineData("true", true)]
    [InlineData("""{"people": 4}""", true)]
    [InlineData("""{"unheard": null}""", true)]
    public void All_of_an_object_and_any_of_a_list_must_hold(string json, bool expected) =>
        Assert.Equal(expected, Condition.Parse(json).Holds(_complaint));

    [Fact]
    public void A_condition_names_everything_it_reads()
    {
        var condition = Condition.Parse("""[{"people": ">= settings.many", "clock:reply": "breached"}, {"loss": "[low..high]"}]""");

        Assert.Equal(["clock:reply", "high", "loss", "low", "people", "settings.many"], condition.Reads.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("""{"people":">= 3","media":true,"x":null,"n":12.50}""")]
    [InlineData("""[{"people":"[3..9]"},{}]""")]
    public void A_condition_is_written_as_it_was_read(string json)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            Condition.Parse(json).WriteTo(writer);
        }

        Assert.Equal(json, Encoding.UTF8.GetString(stream.ToArray()));
    }

    [Fact]
    public void Every_problem_is_reported_with_its_place()
    {
        using var json = JsonDocument.Parse("""[{"a": ">="}, {"b": "x", "c": "[1, 2]"}]""");

        Assert.False(Condition.TryParse(json.RootElement, out _, out var problems));
        Assert.Equal([("[0].a", 2), ("[1].c", 2)], problems.Select(problem => (problem.Path, problem.Position)));
    }

    [Theory]
    [InlineData("3")]
    [InlineData("\"people >= 3\"")]
    [InlineData("[[{}]]")]
    [InlineData("""{"a": 1, "a": 2}""")]
    [InlineData("{")]
    [InlineData("false")]
    [InlineData("""{"a": "\uD800"}""")]
    [InlineData("""{"\uD800": 1}""")]
    public void What_is_no_condition_breaks_a_rule(string json)
    {
        var violation = Assert.Throws<RuleViolationException>(() => Condition.Parse(json));

        Assert.Equal("condition-invalid", violation.Rule.Code);
    }

    [Fact]
    public void An_endless_condition_is_refused()
    {
        var many = "{" + string.Join(',', Enumerable.Range(0, Condition.MaxSize + 1).Select(index => $"\"f{index}\": 1")) + "}";

        Assert.Throws<RuleViolationException>(() => Condition.Parse(many));
    }

    [Fact]
    public void Submitted_values_lie_over_stored_ones()
    {
        var overlay = new FactOverlay(new Dictionary<string, FactValue> { ["people"] = FactValue.Of(9) }, _complaint);

        Assert.True(Condition.Parse("""{"people": 9, "media": true}""").Holds(overlay));
    }
}
