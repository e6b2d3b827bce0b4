using System.Text.Json.Nodes;
using CaseManagement.Workflows.Expressions;

namespace CaseManagement.Workflows.Runtime.Plans;

/// <summary>One activity of a plan.</summary>
public sealed class PlanNode
{
    private readonly List<PlanNode> _children = [];
    private Dictionary<string, PlanNode>? _byId;

    internal PlanNode(int index, string id, string nodeId, JsonObject json, Activity activity, PlanNode? parent)
    {
        Index = index;
        Id = id;
        NodeId = nodeId;
        Json = json;
        Activity = activity;
        Parent = parent;
        Position = parent?._children.Count ?? 0;
        var custom = json["customProperties"] as JsonObject;
        CanStartWorkflow = IsSet(custom, "canStartWorkflow");
        RunsAsynchronously = IsSet(custom, "runAsynchronously");
    }

    public int Index { get; }

    /// <summary>Which child of its parent it is, from 0.</summary>
    public int Position { get; }

    /// <summary>The local id, unique in its container.</summary>
    public string Id { get; }

    /// <summary>Ids from the workflow down, joined by colons: <c>Workflow1:Flowchart1:a</c>.</summary>
    public string NodeId { get; }

    public Activity Activity { get; }
    public PlanNode? Parent { get; }
    public string TypeName => Activity.Descriptor.TypeName;
    public bool CanStartWorkflow { get; }

    /// <summary>Runs in a burst of its own, so that what ran before it is kept whatever becomes of it.</summary>
    public bool RunsAsynchronously { get; }

    /// <summary>The activity as the definition has it. Read it at compile time only; never change it.</summary>
    public JsonObject Json { get; }

    /// <summary>What <see cref="Activity.Compile"/> prepared.</summary>
    public object? Data { get; internal set; }

    /// <summary>Activities inside, in the order of the definition.</summary>
    public IReadOnlyList<PlanNode> Children => _children;

    public IReadOnlyList<PlanVariable> Variables => VariableList;

    /// <summary>Compiled inputs in the order of the descriptor's; null where unset.</summary>
    internal CompiledExpression?[] Inputs { get; set; } = [];

    /// <summary>Variables the outputs are bound to, in the order of the descriptor's; null where unbound.</summary>
    internal VariableSlot?[] Outputs { get; set; } = [];

    internal List<PlanVariable> VariableList { get; } = [];
    internal List<(string Port, PlanNode Node)> Ports { get; } = [];

    /// <summary>The activity in an embedded port; null when it is empty.</summary>
    public PlanNode? Port(string name)
    {
        foreach (var (port, node) in Ports)
        {
            if (port == name)
            {
                return node;
            }
        }

        return null;
    }

    /// <summary>The child of that id; where several have it, the first.</summary>
    public PlanNode? Child(string id) => _byId?.GetValueOrDefault(id);

    internal void Add(PlanNode child)
    {
        _children.Add(child);
        (_byId ??= new Dictionary<string, PlanNode>(StringComparer.Ordinal)).TryAdd(child.Id, child);
    }

    /// <summary>The compiled expression of an input; null where it is unset.</summary>
    /// <exception cref="ArgumentException">The activity type has no such input.</exception>
    public CompiledExpression? Input(string name)
    {
        var inputs = Activity.Descriptor.Inputs;
        for (var i = 0; i < inputs.Count; i++)
        {
            if (inputs[i].Name == name)
            {
                return Inputs[i];
            }
        }

        throw new ArgumentException($"{TypeName} has no input {name}.", nameof(name));
    }

    private static bool IsSet(JsonObject? custom, string name) =>
        custom?[name] is JsonValue flag && flag.TryGetValue<bool>(out var isSet) && isSet;

    public override string ToString() => $"{NodeId} ({TypeName})";
}

/// <summary>A variable declared on a workflow or container.</summary>
public sealed record PlanVariable(string Id, string Name, string TypeName, bool IsArray, object? Default)
{
    /// <exception cref="ValueConversionException">The value does not fit the declared type.</exception>
    public object? Convert(object? value) => ValueConversion.To(TypeName, IsArray, value);
}

/// <summary>Where a variable lives: the node that declares it and the position there.</summary>
public sealed record VariableSlot(PlanNode Owner, int Position)
{
    public PlanVariable Variable => Owner.Variables[Position];
}
