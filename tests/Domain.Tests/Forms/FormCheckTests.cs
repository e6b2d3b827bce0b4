using System.Text.Json;
using CaseManagement.Domain.Classification;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Forms;
using CaseManagement.Domain.Tests.Classification;

namespace CaseManagement.Domain.Tests.Forms;

public sealed class FormCheckTests
{
    private static readonly FactCatalogue Facts = new(
    [
        Fact("cause", FactType.Text),
        Fact("price", FactType.Money) with { Min = 0 },
        Fact("harms", FactType.Choices) with
        {
            Options = [new FactOption("fake", null), new FactOption("refund", null, Condition.Parse("""{"channel": "dealer"}"""))],
        },
        Fact("interviews", FactType.Rows) with { Columns = [Fact("who", FactType.Text)] },
        Fact("investigators", FactType.People),
        Fact("elsewhere", FactType.Text),
        Fact("worked", FactType.Number) with { By = FactSource.Derived, Value = "1" },
    ]);

    private static readonly FormDefinition Form = new("handling", new BilingualText("处理单", "Slip"),
    [
        new FormField("cause") { Required = Condition.Parse("""[{"taskOutcome": "Done"}]""") },
        new FormField("harms") { Required = Condition.Always },
        new FormField("price") { Required = Condition.Parse("""[{"harms": "fake"}]"""), Visible = Condition.Parse("""[{"harms": "fake"}]""") },
        new FormField("interviews") { MinRows = 2 },
        new FormField("investigators") { Required = Condition.Parse("""{"channel": "visit"}"""), MinCount = 2 },
        new FormField("worked"),
    ])
    {
        Signatures =
        [
            new FormSignature("complainant", new BilingualText("投诉人", "Complainant")) { Required = Condition.Parse("""{"channel": "visit"}""") },
            new FormSignature("interviewee", new BilingualText("被调查人", "Interviewee")) { Required = Condition.Always, PerRow = "interviews" },
            new FormSignature("witness", new BilingualText("见证人", "Witness")),
        ],
    };

    private readonly Complaint _complaint = new Complaint().With("taskOutcome", FactValue.Of("Done")).With("channel", FactValue.Of("phone"));

    private static FactDefinition Fact(string key, FactType type) => new(key, new BilingualText(key, key), type, FactSource.Handler);

    private FormResult Submit(string json, params string[] signatures) =>
        FormCheck.Validate(
            Form, JsonDocument.Parse(json).RootElement.EnumerateObject().ToDictionary(member => member.Name, member => member.Value), _complaint, Facts, signatures);

    private static string CodeOf(Action act) => Assert.Throws<RuleViolationException>(act).Rule.Code;

    [Fact]
    public void A_complete_form_gives_its_typed_values()
    {
        var result = Submit("""{"cause": "x", "harms": ["fake"], "price": 12.5}""");

        Assert.True(result.IsGood);
        Assert.Equal(FactValue.Of(12.5m), result.Values["price"]);
        result.ThrowIfIncomplete();
        result.ThrowIfUnfinished();
    }

    [Fact]
    public void What_is_missing_is_named_in_the_order_of_the_form()
    {
        var result = Submit("""{"harms": []}""");

        Assert.Equal(["cause", "harms"], result.Missing);
        Assert.Equal("form-incomplete:cause,harms", CodeOf(result.ThrowIfIncomplete));
    }

    [Fact]
    public void A_field_may_be_required_for_one_outcome_only()
    {
        _complaint["taskOutcome"] = FactValue.Of("NeedMaterial");

        Assert.Empty(Submit("""{"harms": ["fake"], "price": 1}""").Missing);
    }

    [Fact]
    public void What_the_complaint_already_knows_need_not_be_typed_again()
    {
        _complaint.With("cause", FactValue.Of("known")).With("harms", FactValue.OfList(["fake"])).With("price", FactValue.Of(3));

        Assert.True(Submit("{}").IsGood);
        Assert.Equal(["cause"], Submit("""{"cause": "  "}""").Missing);
    }

    [Fact]
    public void A_field_depends_on_another_of_the_same_form()
    {
        _complaint["harms"] = FactValue.OfList(["refund"]);

        Assert.Equal(["cause", "price"], Submit("""{"harms": ["fake"]}""").Missing);
    }

    [Fact]
    public void A_hidden_field_is_neither_required_nor_accepted()
    {
        _complaint["channel"] = FactValue.Of("dealer");
        var result = Submit("""{"cause": "x", "harms": ["refund"], "price": 5}""");

        Assert.Empty(result.Missing);
        Assert.Equal([("price", "fact-hidden")], result.Invalid.Select(invalid => (invalid.Fact, invalid.Refusal!)));
        Assert.False(result.Values.ContainsKey("price"));
        Assert.True(Submit("""{"cause": "x", "harms": ["refund"], "price": null}""").IsGood);
    }

    [Theory]
    [InlineData("""{"cause": 3}""", "cause", "type-wrong")]
    [InlineData("""{"price": -1, "harms": ["fake"]}""", "price", "out-of-range")]
    [InlineData("""{"harms": ["other"]}""", "harms", "option-unknown")]
    [InlineData("""{"harms": ["refund"]}""", "harms", "option-unknown")]
    [InlineData("""{"elsewhere": "x"}""", "elsewhere", "fact-not-on-form")]
    [InlineData("""{"worked": 3}""", "worked", "fact-not-writable")]
    [InlineData("""{"status": "closed"}""", "status", "fact-not-on-form")]
    [InlineData("""{"constructor": {}}""", "constructor", "fact-not-on-form")]
    public void A_value_that_cannot_be_taken_is_refused_before_anything_is_missing(string json, string fact, string code)
    {
        var result = Submit(json);

        Assert.Contains((fact, code), result.Invalid.Select(invalid => (invalid.Fact, invalid.Refusal!)));
        Assert.False(result.Values.ContainsKey(fact));
        Assert.Equal(code, CodeOf(result.ThrowIfIncomplete));
    }

    [Fact]
    public void An_option_opens_under_its_own_condition()
    {
        _complaint["channel"] = FactValue.Of("dealer");

        Assert.Empty(Submit("""{"cause": "x", "harms": ["refund"]}""").Invalid);
    }

    [Fact]
    public void Too_few_rows_or_people_are_said_after_the_gates()
    {
        _complaint["channel"] = FactValue.Of("visit");
        var result = Submit("""{"cause": "x", "harms": ["fake"], "price": 1, "interviews": [{"who": "a"}], "investigators": ["u1"]}""", "complainant");

        result.ThrowIfIncomplete();
        Assert.Equal("form-incomplete:interviews,investigators", CodeOf(result.ThrowIfUnfinished));
    }

    [Fact]
    public void A_table_nobody_has_begun_is_not_too_short()
    {
        Assert.Empty(Submit("""{"cause": "x", "harms": ["fake"], "price": 1}""").TooShort);
        Assert.Empty(Submit("""{"cause": "x", "harms": ["fake"], "price": 1, "interviews": []}""").TooShort);
    }

    [Fact]
    public void A_required_signature_is_given_now_or_was_given_before()
    {
        _complaint.With("channel", FactValue.Of("visit")).With("investigators", FactValue.OfList(["u1", "u2"]));
        const string complete = """{"cause": "x", "harms": ["fake"], "price": 1}""";

        Assert.Equal("signature-missing", CodeOf(Submit(complete).ThrowIfUnfinished));
        Assert.True(Submit(complete, "complainant").IsGood);
        _complaint["signed:handling.complainant"] = FactValue.Of(true);
        Assert.True(Submit(complete).IsGood);
    }

    [Fact]
    public void A_task_without_a_form_takes_any_fact_its_origin_may_write()
    {
        var data = new Dictionary<string, JsonElement>
        {
            ["replyForm"] = JsonSerializer.SerializeToElement("oral"),
            ["status"] = JsonSerializer.SerializeToElement("closed"),
        };

        var result = FormCheck.Validate(null, data, _complaint, Facts);

        Assert.Equal(FactValue.Of("oral"), result.Values["replyForm"]);
        Assert.Equal(["status"], result.Invalid.Select(invalid => invalid.Fact));
    }

    [Fact]
    public void An_endless_submission_is_refused()
    {
        var data = Enumerable.Range(0, FormCheck.MaxFacts + 1).ToDictionary(index => $"f{index}", _ => JsonSerializer.SerializeToElement(1));

        Assert.Contains(FormCheck.Validate(null, data, _complaint, Facts).Invalid, invalid => invalid.Refusal == "too-large");
    }
}
