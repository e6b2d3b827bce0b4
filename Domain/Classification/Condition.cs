using System.Text.Json;
using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Classification;

/// <summary>
/// A condition of a process pack: an object "fact → test" of which all must hold, or a list of such objects of which one
/// must hold. The same notation stands in tables, limits, forms, gates, chains and workflow inputs.
/// </summary>
public sealed class Condition
{
    /// <summary>Alternatives in one condition, and facts in one alternative.</summary>
    public const int MaxSize = 200;

    /// <summary>Holds whatever is known.</summary>
    public static readonly Condition Always = new([new Alternative([])], isList: false);

    private readonly bool _isList;

    private Condition(IReadOnlyList<Alternative> alternatives, bool isList)
    {
        Alternatives = alternatives;
        _isList = isList;
        Reads = alternatives.SelectMany(alternative => alternative.Tests)
            .SelectMany(part => part.Test.OperandNames.Prepend(part.Fact))
            .ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>One of these must hold; an empty list never holds.</summary>
    public IReadOnlyList<Alternative> Alternatives { get; }

    /// <summary>Every fact, prefixed name and setting the condition reads, on either side of a test.</summary>
    public IReadOnlySet<string> Reads { get; }

    public bool Holds(IFactReader reader) => Alternatives.Any(alternative => alternative.Holds(reader));

    /// <summary>Reads a condition; <c>true</c> means always.</summary>
    /// <returns>False with every problem found; the condition is then <see cref="Always"/> and must not be used.</returns>
    public static bool TryParse(JsonElement json, out Condition condition, out IReadOnlyList<ConditionProblem> problems)
    {
        var found = new List<ConditionProblem>();
        condition = json.ValueKind switch
        {
            _ when !JsonText.IsWellFormed(json) => Refuse(found, string.Empty),
            JsonValueKind.True => Always,
            JsonValueKind.Object => new Condition([ParseAlternative(json, string.Empty, found)], isList: false),
            JsonValueKind.Array => ParseList(json, found),
            _ => Refuse(found, string.Empty),
        };
        problems = found;
        return found.Count == 0;
    }

    /// <summary>Reads a condition.</summary>
    /// <exception cref="RuleViolationException"><c>condition-invalid</c></exception>
    public static Condition Parse(JsonElement json) => TryParse(json, out var condition, out var problems)
        ? condition
        : throw new RuleViolationException(new Rule("condition-invalid", $"{problems[0].Path}: {problems[0].Message} ({problems[0].Position})"));

    /// <summary>Reads a condition from its JSON text.</summary>
    /// <exception cref="RuleViolationException"><c>condition-invalid</c></exception>
    public static Condition Parse(string json) => JsonText.TryParse(json, out var element, out var why)
        ? Parse(element)
        : throw new RuleViolationException(new Rule("condition-invalid", why.En));

    /// <summary>Writes the condition as it was read.</summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        if (!_isList)
        {
            Alternatives[0].WriteTo(writer);
            return;
        }

        writer.WriteStartArray();
        foreach (var alternative in Alternatives)
        {
            alternative.WriteTo(writer);
        }

        writer.WriteEndArray();
    }

    private static Condition ParseList(JsonElement json, List<ConditionProblem> problems)
    {
        if (json.GetArrayLength() > MaxSize)
        {
            return Refuse(problems, string.Empty);
        }

        var alternatives = new List<Alternative>();
        foreach (var element in json.EnumerateArray())
        {
            var path = $"[{alternatives.Count}]";
            if (element.ValueKind != JsonValueKind.Object)
            {
                return Refuse(problems, path);
            }

            alternatives.Add(ParseAlternative(element, path, problems));
        }

        return new Condition(alternatives, isList: true);
    }

    private static Alternative ParseAlternative(JsonElement json, string path, List<ConditionProblem> problems)
    {
        var tests = new List<FactTest>();
        foreach (var member in json.EnumerateObject().Take(MaxSize))
        {
            if (!UnaryTestParser.TryParse(member.Value, out var test, out var problem))
            {
                problems.Add(problem! with { Path = $"{path}.{member.Name}" });
            }

            tests.Add(new FactTest(member.Name, test, member.Value.GetRawText()));
        }

        if (json.GetPropertyCount() > MaxSize)
        {
            Refuse(problems, path);
        }

        return new Alternative(tests);
    }

    private static Condition Refuse(List<ConditionProblem> problems, string path)
    {
        problems.Add(new ConditionProblem(path, 0, new(
            $"条件应为对象或对象列表，各不超过 {MaxSize} 项", $"A condition is an object or a list of objects, at most {MaxSize} of each")));
        return Always;
    }
}
