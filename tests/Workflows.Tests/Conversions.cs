using CaseManagement.Workflows.Expressions;

namespace CaseManagement.Workflows.Tests;

public class Conversions
{
    [Theory]
    [InlineData("Int32", "41", 41.0)]
    [InlineData("Boolean", "true", true)]
    [InlineData("Double", "0.25", 0.25)]
    [InlineData("String", 42.0, "42")]
    [InlineData("String", 0.1, "0.1")]
    [InlineData("String", true, "true")]
    [InlineData("Int32", "", null)]
    [InlineData("TimeSpan", "24:00:00", "24.00:00:00")]
    [InlineData("DateTimeOffset", "2026-05-01T08:00:00+08:00", "2026-05-01T00:00:00.0000000+00:00")]
    [InlineData("Acme.Unknown", "as it is", "as it is")]
    public void A_value_takes_its_declared_type(string type, object? value, object? expected) =>
        Assert.Equal(expected, ValueConversion.To(type, isArray: false, value));

    [Theory]
    [InlineData("Int32", "abc")]
    [InlineData("Int32", "4000000000")]
    [InlineData("Boolean", "perhaps")]
    [InlineData("Decimal", "1,5")]
    [InlineData("TimeSpan", "soon")]
    [InlineData("DateTimeOffset", "yesterday")]
    [InlineData("ObjectDictionary", "[1]")]
    public void A_value_that_does_not_fit_is_an_error_and_not_zero(string type, string value) =>
        Assert.Throws<ValueConversionException>(() => ValueConversion.To(type, isArray: false, value));

    [Fact]
    public void Money_keeps_its_places() =>
        Assert.Equal(12345678901234567.89m, ValueConversion.To("Decimal", isArray: false, "12345678901234567.89"));

    [Fact]
    public void Lists_are_read_from_text_and_single_values()
    {
        Assert.Equal(["a", "b"], ValueConversion.ToTexts("[\"a\",\"b\"]"));
        Assert.Equal(["a"], ValueConversion.ToTexts("a"));
        Assert.Empty(ValueConversion.ToTexts(null));
    }

    [Fact]
    public void A_value_may_not_contain_itself()
    {
        var list = new List<object?>();
        list.Add(list);

        Assert.Throws<ValueConversionException>(() => WorkflowValues.From(list));
    }
}
