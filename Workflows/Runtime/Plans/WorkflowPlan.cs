using CaseManagement.Workflows.Definitions;

namespace CaseManagement.Workflows.Runtime.Plans;

/// <summary>
/// A definition version prepared for running: activities by dense index, inputs compiled. Immutable and shared by all instances.
/// </summary>
public sealed class WorkflowPlan
{
    private readonly Dictionary<string, PlanNode> _byNodeId;

    internal WorkflowPlan(
        WorkflowDefinition definition, IReadOnlyList<PlanNode> nodes, IReadOnlyList<PlanFinding> findings, bool keepsActivityOutputs)
    {
        Definition = definition;
        Nodes = nodes;
        Findings = findings;
        KeepsActivityOutputs = keepsActivityOutputs;
        CanRun = !findings.Any(f => f.IsError);
        _byNodeId = new Dictionary<string, PlanNode>(nodes.Count, StringComparer.Ordinal);
        foreach (var node in nodes)
        {
            _byNodeId.TryAdd(node.NodeId, node);
        }
    }

    public WorkflowDefinition Definition { get; }
    public string DefinitionId => Definition.DefinitionId;
    public string VersionId => Definition.Id;
    public int Version => Definition.Version;

    /// <summary>The first is <see cref="Workflow"/>.</summary>
    public IReadOnlyList<PlanNode> Nodes { get; }

    /// <summary>The outermost node, <c>Workflow1</c>.</summary>
    public PlanNode Workflow => Nodes[0];

    public IReadOnlyList<PlanFinding> Findings { get; }

    /// <summary>No finding is an error.</summary>
    public bool CanRun { get; }

    /// <summary>A script reads other activities' outputs, so they must be kept.</summary>
    internal bool KeepsActivityOutputs { get; }

    public PlanNode? FindNode(string nodeId) => _byNodeId.GetValueOrDefault(nodeId);

    /// <summary>Prepares a definition. Never throws for what the definition says; see <see cref="Findings"/>.</summary>
    /// <remarks><c>reusable</c>: Definitions used as activities, by version id; null where there is none.</remarks>
    public static WorkflowPlan Compile(
        WorkflowDefinition definition, ActivityRegistry registry, Expressions.IScriptEngine scripts,
        Func<string, WorkflowDefinition?>? reusable = null) =>
        new PlanCompiler(definition, registry, scripts, reusable ?? (_ => null)).Compile();
}
