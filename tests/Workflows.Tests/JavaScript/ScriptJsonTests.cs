using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CaseManagement.Workflows.Expressions.JavaScript;

namespace CaseManagement.Workflows.Tests.JavaScript;

public class ScriptJsonTests
{
    [Theory]
    [InlineData("({a: 1, b: [true, null, 'x'], 2: {}, d: 0.5})", "{\"2\":{},\"a\":1,\"b\":[true,null,\"x\"],\"d\":0.5}")]
    [InlineData("({a: undefined, b: () => 1, c: [undefined, () => 1, NaN, -0, 1 / 0]})", "{\"c\":[null,null,null,0,null]}")]
    [InlineData("[new Date(0), new Date(NaN), new Error('x')]", "[\"1970-01-01T00:00:00.000Z\",null,{}]")]
    [InlineData("undefined", "null")]
    [InlineData("1e300", "1E+300")]
    public void Values_are_written_as_JSON_stringify_would(string source, string expected) =>
        Assert.Equal(expected, ScriptJson.ToElement(Evaluate(source)).GetRawText());

    [Theory]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("3")]
    [InlineData("-0.25")]
    [InlineData("\"text\"")]
    [InlineData("[1,[],{\"a\":null}]")]
    [InlineData("{\"z\":1,\"a\":{\"b\":[false]}}")]
    public void JSON_comes_back_as_it_went_in(string json)
    {
        var element = JsonSerializer.Deserialize<JsonElement>(json);

        Assert.Equal(json, ScriptJson.ToElement(ScriptJson.FromElement(element)).GetRawText());
        Assert.Equal(json, ScriptJson.ToNode(ScriptJson.FromNode(JsonNode.Parse(json)))?.ToJsonString() ?? "null");
    }

    [Fact]
    public void Whole_numbers_of_a_node_can_be_read_as_such() =>
        Assert.Equal(42, ScriptJson.ToNode(Evaluate("({n: 42})"))!["n"]!.GetValue<int>());

    [Fact]
    public void The_last_of_repeated_members_counts()
    {
        var element = JsonSerializer.Deserialize<JsonElement>("{\"a\":1,\"a\":2}");

        Assert.Equal(2d, ((ScriptObject)ScriptJson.FromElement(element)!)["a"]);
    }

    [Theory]
    [InlineData("(() => { const o = {}; o.o = o; return o })()")]
    [InlineData("(() => { let a = 1; for (let i = 0; i < 40; i++) a = [a, a]; return a })()")]
    [InlineData("(() => { let a = 1; for (let i = 0; i < 70; i++) a = [a]; return a })()")]
    public void What_is_endless_or_huge_on_paper_is_not_written(string source)
    {
        var value = Evaluate(source);

        Assert.Equal(ScriptErrorKind.RangeError, Assert.Throws<ScriptException>(() => ScriptJson.ToElement(value)).Kind);
    }

    [Fact]
    public void A_writer_gets_the_value_in_place()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartArray();
            ScriptJson.Write(writer, Evaluate("({a: '投'})"));
            writer.WriteEndArray();
        }

        Assert.Equal("[{\"a\":\"\\u6295\"}]", Encoding.UTF8.GetString(stream.ToArray()));
    }

    private static object? Evaluate(string source) =>
        Script.Compile(source, ScriptKind.Expression).Evaluate(new Names(), ScriptBudget.Default);
}
