using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CaseManagement.Tests;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Tests.Api;

namespace CaseManagement.Web.Tests.CommandLine;

/// <summary>The JSON schema of scenario files says what scenario files are: those that run pass it, what cannot be read does not.</summary>
public sealed class ScenarioSchemaTests(ApiHost host) : IClassFixture<ApiHost>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_scenario_file_that_runs_is_one_by_the_schema()
    {
        var schema = await SchemaAsync();
        var files = Directory.EnumerateFiles(FirstRun.ShippedFolder, "*.json", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(SharedMaterial.Path("packs"), "*.json", SearchOption.AllDirectories))
            .Where(file => Path.GetFileName(Path.GetDirectoryName(file)) == "scenarios").ToList();

        Assert.True(files.Count > 40, $"{files.Count} files");
        Assert.All(files, file => Assert.Equal($"{Path.GetFileName(file)}: ", $"{Path.GetFileName(file)}: {string.Join(' ', schema.Check(JsonNode.Parse(File.ReadAllText(file))))}"));
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"steps": [{"at": "tomorrow"}]}""")]
    [InlineData("""{"steps": [{"register": {"channel": "phone"}}]}""")]
    [InlineData("""{"steps": [{"register": {"as": 1, "channel": "phone"}}]}""")]
    [InlineData("""{"steps": [{"dance": {"complaint": "c"}}]}""")]
    [InlineData("""{"steps": [{"close": {"complaint": "c"}, "note": {"complaint": "c", "text": "x"}}]}""")]
    [InlineData("""{"steps": [{"complete": {"complaint": "c", "task": "t"}}]}""")]
    [InlineData("""{"steps": [{"refused": 7}]}""")]
    [InlineData("""{"steps": [{"expect": []}]}""")]
    public async Task What_no_scenario_can_be_is_not_one_by_the_schema_either(string json)
    {
        var schema = await SchemaAsync();
        using var owner = host.Client("owner");

        Assert.NotEmpty(schema.Check(JsonNode.Parse(json)));
        Assert.Equal(400, (int)(await owner.PostAsync("/api/v1/processes/standard-complaint/simulate", JsonContentOf(json), Token)).StatusCode);
    }

    private static StringContent JsonContentOf(string scenario) => new($$"""{"scenario": {{scenario}}}""", System.Text.Encoding.UTF8, "application/json");

    private async Task<Schema> SchemaAsync()
    {
        using var client = host.CreateClient();
        return new Schema(JsonNode.Parse(await client.GetStringAsync(new Uri("/schemas/scenario.schema.json", UriKind.Relative), Token))!.AsObject());
    }

    /// <summary>As much of JSON Schema 2020-12 as the schema uses; a keyword beyond that is an error of the test.</summary>
    private sealed class Schema(JsonObject root)
    {
        private static readonly HashSet<string> Said = ["$schema", "title", "description", "$defs"];

        public List<string> Check(JsonNode? value)
        {
            var wrong = new List<string>();
            Check(root, value, "$", wrong);
            return wrong;
        }

        private bool Holds(JsonNode? schema, JsonNode? value)
        {
            var wrong = new List<string>();
            Check(schema!.AsObject(), value, "", wrong);
            return wrong.Count == 0;
        }

        private void Check(JsonObject schema, JsonNode? value, string at, List<string> wrong)
        {
            foreach (var (keyword, rule) in schema.Where(member => !Said.Contains(member.Key)))
            {
                if (!Keyword(schema, keyword, rule!, value, at, wrong))
                {
                    wrong.Add($"{at}: {keyword}");
                }
            }
        }

        private bool Keyword(JsonObject schema, string keyword, JsonNode rule, JsonNode? value, string at, List<string> wrong)
        {
            var (json, list) = (value as JsonObject, value as JsonArray);
            switch (keyword)
            {
                case "$ref":
                    Check(root["$defs"]![((string)rule!)["#/$defs/".Length..]]!.AsObject(), value, at, wrong);
                    return true;
                case "type":
                    return rule is JsonArray several ? several.Any(one => IsA((string)one!, value)) : IsA((string)rule!, value);
                case "required":
                    return json is null || rule.AsArray().All(name => json.ContainsKey((string)name!));
                case "properties":
                    foreach (var (name, inner) in rule.AsObject().Where(member => json?.ContainsKey(member.Key) == true))
                    {
                        Check(inner!.AsObject(), json![name], $"{at}.{name}", wrong);
                    }

                    return true;
                case "additionalProperties":
                    var others = json?.Where(member => (schema["properties"] as JsonObject)?.ContainsKey(member.Key) != true).ToList() ?? [];
                    return rule is JsonObject of ? others.TrueForAll(member => Holds(of, member.Value)) : rule.GetValue<bool>() || others.Count == 0;
                case "items":
                    for (var i = 0; i < (list?.Count ?? 0); i++)
                    {
                        Check(rule.AsObject(), list![i], $"{at}[{i}]", wrong);
                    }

                    return true;
                case "anyOf":
                    return rule.AsArray().Any(one => Holds(one, value));
                case "oneOf":
                    return rule.AsArray().Count(one => Holds(one, value)) == 1;
                case "not":
                    return !Holds(rule, value);
                case "enum":
                    return rule.AsArray().Any(one => JsonNode.DeepEquals(one, value));
                case "pattern":
                    return value is not JsonValue text || !text.TryGetValue<string>(out var said) || Regex.IsMatch(said, (string)rule!);
                case "minItems":
                    return list is null || list.Count >= rule.GetValue<int>();
                case "maxItems":
                    return list is null || list.Count <= rule.GetValue<int>();
                case "minimum":
                    return value is not JsonValue number || number.GetValueKind() != JsonValueKind.Number || number.GetValue<decimal>() >= rule.GetValue<decimal>();
                default:
                    throw new NotSupportedException(keyword);
            }
        }

        private static bool IsA(string type, JsonNode? value) => (type, value?.GetValueKind() ?? JsonValueKind.Null) switch
        {
            ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) or ("string", JsonValueKind.String) or ("null", JsonValueKind.Null) => true,
            ("boolean", JsonValueKind.True or JsonValueKind.False) or ("number", JsonValueKind.Number) => true,
            ("integer", JsonValueKind.Number) => value!.AsValue().TryGetValue<long>(out _),
            _ => false,
        };
    }
}
