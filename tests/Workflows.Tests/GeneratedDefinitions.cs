using System.Globalization;
using System.Text.Json.Nodes;
using CaseManagement.Workflows.Activities;
using CaseManagement.Workflows.Definitions;
using CaseManagement.Workflows.Expressions;
using CaseManagement.Workflows.Runtime;
using CaseManagement.Workflows.Runtime.Plans;

namespace CaseManagement.Workflows.Tests;

/// <summary>Definitions made up at random, with fields and types nobody knows at every level.</summary>
public class GeneratedDefinitions
{
    [Fact]
    public void What_nobody_knows_survives_reading_and_writing_at_every_level()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var written = new DefinitionGenerator(seed).Definition().ToJsonString();

            var read = WorkflowDefinition.Parse(written);
            var again = WorkflowDefinition.Parse(WorkflowDefinition.Parse(read.ToUtf8()).With(version: read.Version).ToUtf8());

            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(written), JsonNode.Parse(again.ToUtf8())), $"seed {seed}: {written}");
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(written), again.ToJson()), $"seed {seed}: {written}");
        }
    }

    [Fact]
    public void Another_identity_changes_nothing_else()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var json = new DefinitionGenerator(seed).Definition();

            var changed = WorkflowDefinition.From(json).With("v2", "other", 7, isLatest: true, isPublished: false, name: "名").ToJson();

            foreach (var (field, value) in (IEnumerable<(string, JsonNode)>)[("id", "v2"), ("definitionId", "other"), ("version", 7), ("isLatest", true), ("isPublished", false), ("name", "名")])
            {
                json[field] = value;
            }

            Assert.True(JsonNode.DeepEquals(json, changed), $"seed {seed}");
        }
    }

    [Fact]
    public void Every_unknown_type_is_an_error_that_names_it_and_compiling_never_throws()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var generator = new DefinitionGenerator(seed);
            var definition = WorkflowDefinition.From(generator.Definition());

            var plan = WorkflowPlan.Compile(definition, new ActivityRegistry(BuiltInActivities.All), new JavaScriptEngine());

            var named = plan.Findings.Where(f => f.Code == PlanFindings.UnknownActivityType).ToList();
            Assert.All(generator.UnknownTypes, type => Assert.Contains(
                named, f => f.IsError && f.Text.En.Contains(type, StringComparison.Ordinal) && f.Text.Zh.Contains(type, StringComparison.Ordinal)));
            Assert.Equal(generator.UnknownTypes.Count > 0, named.Count > 0);
        }
    }

    private sealed class DefinitionGenerator(int seed)
    {
        private static readonly string[] Known = ["Elsa.WriteLine", "Elsa.If", "Elsa.Flowchart", "Elsa.Sequence", "Elsa.ForEach", "Elsa.FlowDecision", "Elsa.Event", "Elsa.Parallel"];

        private readonly Random _random = new(seed);
        private int _count;

        public HashSet<string> UnknownTypes { get; } = new(StringComparer.Ordinal);

        public JsonObject Definition() => WithUnknown(new JsonObject
        {
            ["id"] = "v1",
            ["definitionId"] = "d",
            ["version"] = _random.Next(1, 9),
            ["name"] = Text(),
            ["isLatest"] = true,
            ["isPublished"] = Flag(),
            ["variables"] = Several(() => WithUnknown(new JsonObject
            {
                ["id"] = Text(),
                ["name"] = Text(),
                ["typeName"] = Flag() ? "String" : Text(),
                ["isArray"] = Flag(),
                ["value"] = Flag() ? null : Text(),
                ["storageDriverTypeName"] = Flag() ? null : Text(),
            })),
            ["inputs"] = Several(() => WithUnknown(new JsonObject { ["name"] = Text(), ["displayName"] = Text(), ["type"] = Text(), ["isArray"] = Flag() })),
            ["outputs"] = Several(() => WithUnknown(new JsonObject { ["name"] = Text(), ["type"] = Text() })),
            ["outcomes"] = Several(() => JsonValue.Create(Text())),
            ["customProperties"] = Unknown(2),
            ["options"] = WithUnknown(new JsonObject { ["usableAsActivity"] = Flag(), ["activationStrategyType"] = Text() }),
            ["root"] = Activity(0),
        });

        private JsonObject Activity(int depth)
        {
            var isKnown = depth > 2 || _random.Next(4) > 0;
            var type = isKnown ? Known[_random.Next(depth > 2 ? 1 : Known.Length)] : $"Acme.Odd{_random.Next(9)}";
            if (!isKnown)
            {
                UnknownTypes.Add(type);
            }

            var activity = new JsonObject
            {
                ["id"] = "a" + (++_count).ToString(CultureInfo.InvariantCulture),
                ["type"] = type,
                ["version"] = 1,
                ["text"] = Flag() ? null : WithUnknown(new JsonObject
                {
                    ["typeName"] = "String",
                    ["expression"] = WithUnknown(new JsonObject { ["type"] = Flag() ? "Literal" : "Klingon", ["value"] = Text() }),
                }),
                ["customProperties"] = Unknown(2),
                ["metadata"] = Unknown(3),
            };
            if (isKnown && type is "Elsa.Flowchart" or "Elsa.Sequence" or "Elsa.Parallel")
            {
                activity["activities"] = Several(() => Activity(depth + 1));
                activity["connections"] = Several(() => WithUnknown(new JsonObject
                {
                    ["source"] = WithUnknown(new JsonObject { ["activity"] = $"a{_random.Next(20)}", ["port"] = Flag() ? "Done" : Text() }),
                    ["target"] = WithUnknown(new JsonObject { ["activity"] = $"a{_random.Next(20)}", ["port"] = "In" }),
                }));
            }
            else if (isKnown && type == "Elsa.If")
            {
                activity["then"] = Activity(depth + 1);
            }
            else if (isKnown && type == "Elsa.ForEach")
            {
                activity["body"] = Activity(depth + 1);
            }

            return WithUnknown(activity);
        }

        private JsonArray Several(Func<JsonNode?> make) => new([.. Enumerable.Range(0, _random.Next(4)).Select(_ => make())]);

        private JsonObject WithUnknown(JsonObject json)
        {
            for (var i = _random.Next(3); i > 0; i--)
            {
                json[$"x-{Text()}{i}"] = Unknown(2);
            }

            return json;
        }

        private JsonNode? Unknown(int depth) => _random.Next(depth > 0 ? 8 : 6) switch
        {
            0 => null,
            1 => Flag(),
            2 => JsonNode.Parse("1.50"),
            3 => JsonNode.Parse("123456789012345678901234567890.123e-7"),
            4 => Text(),
            5 => _random.Next(),
            6 => new JsonArray([.. Enumerable.Range(0, _random.Next(3)).Select(_ => Unknown(depth - 1))]),
            _ => new JsonObject(Enumerable.Range(0, _random.Next(3)).Select(i => KeyValuePair.Create($"{Text()}{i}", Unknown(depth - 1)))),
        };

        private bool Flag() => _random.Next(2) == 0;

        private string Text() => ((string[])["", "a", "名称", "with \"quotes\"", "<tag>&amp;", "\u2028", "😀", "line\nbreak", "$x"])[_random.Next(9)];
    }
}
