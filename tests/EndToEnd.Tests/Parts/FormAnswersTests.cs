using CaseManagement.Web.Features.Shared;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace CaseManagement.EndToEnd.Tests.Parts;

public sealed class FormAnswersTests
{
    private static readonly Dictionary<string, string> NoErrors = [];

    [Fact]
    public void Fields_are_read_by_key_and_other_names_are_left()
    {
        var answers = Read(("f.subject", " lift noise "), ("version", "7"));

        Assert.Equal(["lift noise"], answers.Values["subject"]);
        Assert.DoesNotContain("version", answers.Values.Keys);
    }

    [Fact]
    public void A_choice_left_empty_is_present_without_a_value()
    {
        var answers = Read(("f.injuries", ""));

        Assert.Empty(answers.Values["injuries"]);
    }

    [Fact]
    public void Rows_come_in_order_and_empty_ones_are_left_out()
    {
        var answers = Read(("f.costs[2].item", "shoes"), ("f.costs[0].item", "check-up"), ("f.costs[0].amount", "386"), ("f.costs[1].item", ""));

        Assert.Equal(["check-up", "shoes"], answers.Rows("costs").Select(row => row["item"]));
    }

    [Fact]
    public void What_was_typed_is_shown_again_with_what_is_wrong()
    {
        IReadOnlyList<FormField> fields =
        [
            new() { Key = "amount", Label = "Amount", Type = FieldType.Money },
            new() { Key = "count", Label = "Count", Type = FieldType.Number, ReadOnly = true, Values = ["4"] },
        ];

        var filled = Read(("f.amount", "ten"), ("f.count", "9")).Fill(fields, new Dictionary<string, string> { ["amount"] = "not a number" });

        Assert.Equal("ten", filled[0].Value);
        Assert.Equal("not a number", filled[0].Error);
        Assert.Equal("4", filled[1].Value);
    }

    [Fact]
    public void A_text_longer_than_any_form_takes_is_refused() =>
        Assert.Throws<BadHttpRequestException>(() => Read(("f.subject", new string('x', FormAnswers.MaxLength + 1))));

    [Fact]
    public void More_rows_than_any_form_takes_are_refused() =>
        Assert.Throws<BadHttpRequestException>(() => Read(($"f.costs[{FormAnswers.MaxRows}].item", "x")));

    [Fact]
    public void More_fields_than_any_form_has_are_refused() =>
        Assert.Throws<BadHttpRequestException>(() => Read([.. Enumerable.Range(0, FormAnswers.MaxFields + 1).Select(number => ($"f.a{number}", "x"))]));

    [Fact]
    public void A_form_that_was_not_sent_clears_its_fields() =>
        Assert.Equal("", Read().Fill([new() { Key = "a", Label = "A", Type = FieldType.Text, Values = ["old"] }], NoErrors)[0].Value);

    private static FormAnswers Read(params (string Name, string Value)[] fields) =>
        FormAnswers.Read(new FormCollection(fields.ToDictionary(field => field.Name, field => new StringValues(field.Value))));
}
