using System.Text.Json;
using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Tests.Facts;

public sealed class FactValueTests
{
    private static readonly DateTimeOffset At = new DateTimeOffset(2026, 9, 2, 10, 0, 0, TimeSpan.FromHours(8)).AddTicks(1234567);

    public static TheoryData<FactValue> Values =>
    [
        FactValue.Unknown,
        FactValue.Of(string.Empty),
        FactValue.Of("2026-09-02"),
        FactValue.Of(12.50m),
        FactValue.Of(-0.0000001m),
        FactValue.Of(decimal.MaxValue),
        FactValue.Of(true),
        FactValue.Of(new DateOnly(2026, 9, 2)),
        FactValue.Of(At),
        FactValue.OfList([]),
        FactValue.OfList(["a", "中文"]),
        FactValue.OfRows([]),
        FactValue.OfRows([Row(("age", FactValue.Of(10)), ("on", FactValue.Of(new DateOnly(2026, 1, 1)))), Row(("age", FactValue.Unknown))]),
    ];

    private static Dictionary<string, FactValue> Row(params (string Name, FactValue Value)[] cells) =>
        cells.ToDictionary(cell => cell.Name, cell => cell.Value);

    [Theory]
    [MemberData(nameof(Values))]
    public void A_stored_value_comes_back_as_it_was(FactValue value)
    {
        var json = JsonSerializer.Serialize(value);

        Assert.Equal(value, JsonSerializer.Deserialize<FactValue>(json));
    }

    [Fact]
    public void Different_values_are_told_apart()
    {
        FactValue[] values = [.. Values.Select(row => row.Data)];

        Assert.Equal(values.Length, values.Distinct().Count());
        Assert.NotEqual(FactValue.OfList(["a", "b"]), FactValue.OfList(["b", "a"]));
        Assert.NotEqual(FactValue.OfRows([Row(("a", FactValue.Of(1)))]), FactValue.OfRows([Row(("a", FactValue.Of(2)))]));
        Assert.Equal(FactValue.Of(1.0m), FactValue.Of(1.00m));
    }

    [Fact]
    public void A_moment_is_kept_in_utc()
    {
        Assert.Equal(TimeSpan.Zero, FactValue.Of(At).Instant!.Value.Offset);
        Assert.Equal(FactValue.Of(At), FactValue.Of(At.ToUniversalTime()));
    }

    [Fact]
    public void Outside_programs_read_plain_json()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            FactValueJsonConverter.WritePlain(writer, FactValue.OfRows([Row(("on", FactValue.Of(new DateOnly(2026, 1, 1))), ("at", FactValue.Of(At)))]));
        }

        Assert.Equal("""[{"on":"2026-01-01","at":"2026-09-02T02:00:00.1234567Z"}]""", System.Text.Encoding.UTF8.GetString(stream.ToArray()));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"date": 3}""")]
    [InlineData("""{"date": "yesterday"}""")]
    [InlineData("""{"rows": [1]}""")]
    [InlineData("""{"other": "x"}""")]
    [InlineData("""[1]""")]
    [InlineData("""1e400""")]
    [InlineData("""{"rows":[{"a":{"rows":[{"a":{"rows":[{"a":{"rows":[{"a":{"rows":[{"a":{"rows":[]}}]}}]}}]}}]}}]}""")]
    public void What_was_never_stored_is_refused(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<FactValue>(json));

    [Theory]
    [InlineData("500", "500.00")]
    [InlineData("0.1", "0.10")]
    public void A_number_is_shown_without_trailing_zeros(string expected, string number) =>
        Assert.Equal(expected, FactText.Plain(FactValue.Of(decimal.Parse(number, System.Globalization.CultureInfo.InvariantCulture))));

    [Fact]
    public void Nothing_fills_a_required_field_but_a_value()
    {
        Assert.All(new[] { FactValue.Unknown, FactValue.Of("  "), FactValue.OfList([]), FactValue.OfRows([]) }, value => Assert.True(value.IsBlank));
        Assert.All(new[] { FactValue.Of(0), FactValue.Of(false), FactValue.Of("x"), FactValue.OfList(["a"]) }, value => Assert.False(value.IsBlank));
    }
}
