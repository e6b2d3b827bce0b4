using System.Text.Json;
using CaseManagement.Domain.Facts;

namespace CaseManagement.Web.Features.Diagrams;

/// <summary>A step of a workflow as its definition describes it.</summary>
/// <param name="Id">Unique within the workflow.</param>
/// <param name="Name">Display text in Chinese, description in English; the name the designer gave it, else the id, where it has neither.</param>
/// <param name="Terminal">Starts or ends the flow.</param>
/// <param name="Clauses">Clauses of the policy it implements.</param>
/// <param name="Type">Its type, such as <c>CaseManagement.Task</c>.</param>
public sealed record WorkflowStep(string Id, BilingualText Name, double X, double Y, bool Terminal, IReadOnlyList<string> Clauses, string Type)
{
    /// <summary>The inputs it is given, such as <c>notBy</c>.</summary>
    public IReadOnlyList<string> Inputs { get; init; } = [];

    // ways that part and meet, and the end of a case, carry out no clause
    private static readonly string[] Wiring = ["Elsa.FlowFork", "Elsa.FlowJoin", "Elsa.FlowDecision", "Elsa.FlowSwitch", "CaseManagement.Close"];

    /// <summary>A step of the policy, which some clause of it should ask for.</summary>
    public bool NeedsClause => !Terminal && !Wiring.Contains(Type);
}

/// <summary>A way out of a step by a port.</summary>
public sealed record WorkflowWay(string From, string Port, string To);

/// <summary>The steps and ways of a workflow definition (Elsa 3.8 JSON), as far as people read them; empty when it is no flowchart.</summary>
public sealed record WorkflowOutline(IReadOnlyList<WorkflowStep> Steps, IReadOnlyList<WorkflowWay> Ways)
{
    // more than this keeps a version from being published; a draft may hold anything
    private const int MaxSteps = 300;
    private const int MaxWays = 1_000;
    private const double ColumnWidth = 330;
    private static readonly string[] Ends = ["Elsa.End", "Elsa.Finish"];

    /// <summary>Never throws for what is in the definition.</summary>
    public static WorkflowOutline Read(string definition)
    {
        JsonElement? root;
        try
        {
            root = Member(JsonSerializer.Deserialize<JsonElement>(definition), "root");
        }
        catch (JsonException)
        {
            return new WorkflowOutline([], []);
        }

        var steps = Items(root, "activities").Take(MaxSteps).Select(Step).Where(step => step.Id.Length > 0).DistinctBy(step => step.Id, StringComparer.Ordinal);
        return new WorkflowOutline([.. steps], [.. Items(root, "connections").Take(MaxWays).Select(Way).OfType<WorkflowWay>()]);
    }

    private static WorkflowStep Step(JsonElement activity, int index)
    {
        var id = Text(activity, "id") ?? "";
        var metadata = Member(activity, "metadata");
        var (chinese, english) = (Text(metadata, "displayText"), Text(metadata, "description"));
        var name = Text(activity, "name") is { Length: > 0 } given ? given : id;
        var position = Member(Member(metadata, "designer"), "position");
        var custom = Member(activity, "customProperties");
        return new WorkflowStep(
            id,
            new BilingualText(chinese ?? english ?? name, english ?? chinese ?? name),
            Number(position, "x") ?? index * ColumnWidth,
            Number(position, "y") ?? 0,
            Member(custom, "canStartWorkflow") is { ValueKind: JsonValueKind.True } || Ends.Contains(Text(activity, "type")),
            [.. Items(custom, "policyClauses").Where(clause => clause.ValueKind == JsonValueKind.String).Select(clause => clause.GetString()!)],
            Text(activity, "type") ?? "")
        {
            Inputs = [.. InputsOf(activity)],
        };
    }

    private static IEnumerable<string> InputsOf(JsonElement activity) => activity.ValueKind != JsonValueKind.Object ? [] : activity.EnumerateObject()
        .Where(member => Member(Member(member.Value, "expression"), "value") is { ValueKind: not JsonValueKind.Null } value && value.ToString() is not ("" or "[]")).Select(member => member.Name);

    private static WorkflowWay? Way(JsonElement connection)
    {
        var source = Member(connection, "source");
        return Text(source, "activity") is { } from && Text(Member(connection, "target"), "activity") is { } to
            ? new WorkflowWay(from, Text(source, "port") ?? "", to)
            : null;
    }

    private static JsonElement[] Items(JsonElement? json, string name) =>
        Member(json, name) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray()] : [];

    private static JsonElement? Member(JsonElement? json, string name) =>
        json is { ValueKind: JsonValueKind.Object } element && element.TryGetProperty(name, out var member) ? member : null;

    private static string? Text(JsonElement? json, string name) =>
        Member(json, name) is { ValueKind: JsonValueKind.String } text && !string.IsNullOrWhiteSpace(text.GetString()) ? text.GetString() : null;

    private static double? Number(JsonElement? json, string name) =>
        Member(json, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetDouble(out var value) && double.IsFinite(value) ? value : null;
}
