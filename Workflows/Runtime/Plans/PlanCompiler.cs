using System.Text.Json.Nodes;
using CaseManagement.Workflows.Activities;
using CaseManagement.Workflows.Definitions;
using CaseManagement.Workflows.Expressions;

namespace CaseManagement.Workflows.Runtime.Plans;

/// <summary>Walks a definition once and prepares every activity in it.</summary>
internal sealed class PlanCompiler(
    WorkflowDefinition definition, ActivityRegistry registry, IScriptEngine scripts, Func<string, WorkflowDefinition?> reusable)
{
    private const int MaxNesting = 32;
    private const int MaxNodes = 5000;

    private static readonly Workflow WorkflowActivity = new();

    private readonly List<PlanNode> _nodes = [];
    private readonly List<PlanFinding> _findings = [];
    private readonly List<string> _reusing = [];

    public bool KeepsActivityOutputs { get; set; }

    public IScriptEngine Scripts { get; } = scripts;

    public WorkflowPlan Compile()
    {
        AddWorkflow(definition, null);
        return new WorkflowPlan(definition, _nodes, _findings, KeepsActivityOutputs);
    }

    public void Report(PlanNode? node, string code, bool isError, PlanText text) =>
        _findings.Add(new PlanFinding(code, isError, node?.Id, node?.NodeId, text));

    /// <summary>Adds a child node and everything inside it.</summary>
    public PlanNode Add(PlanNode parent, JsonObject json)
    {
        var known = _nodes.Count;
        try
        {
            return AddNode(parent, json);
        }
        catch (DefinitionFormatException exception)
        {
            var node = _nodes.Count > known ? _nodes[known] : new PlanNode(known, "", parent.NodeId + ":", json, new UnknownActivity(""), parent);
            if (_nodes.Count == known)
            {
                _nodes.Add(node);
            }

            Report(node, PlanFindings.BadValue, true, PlanTexts.BadFormat(exception));
            return node;
        }
    }

    private PlanNode AddNode(PlanNode parent, JsonObject json)
    {
        var type = Json.Text(json, "type") ?? "";
        var id = Json.Text(json, "id") ?? Json.Text(json, "name") ?? "";
        var activity = registry.Find(type);
        WorkflowDefinition? reused = null;
        if (activity is null && Json.Text(json, "workflowDefinitionVersionId") is { } versionId)
        {
            reused = reusable(versionId);
            activity = reused is null ? null : new WorkflowAsActivity(reused, type);
        }

        var node = new PlanNode(_nodes.Count, id, $"{parent.NodeId}:{id}", json, activity ?? new UnknownActivity(type), parent);
        _nodes.Add(node);
        if (parent.Child(id) is not null)
        {
            Report(node, PlanFindings.DuplicateActivityId, true, PlanTexts.DuplicateId(id));
        }

        parent.Add(node);
        if (activity is null)
        {
            Report(node, PlanFindings.UnknownActivityType, true, PlanTexts.UnknownType(type));
            return node;
        }

        if (_nodes.Count > MaxNodes || Depth(node) > MaxNesting)
        {
            Report(node, _nodes.Count > MaxNodes ? PlanFindings.TooManyActivities : PlanFindings.NestedTooDeep, true,
                PlanTexts.TooLarge);
            return node;
        }

        AddVariables(node, VariableDefinition.ReadAll(json["variables"]));
        var compiler = new NodeCompiler(this, node);
        foreach (var port in activity.Descriptor.Ports)
        {
            if (port.Type == PortType.Embedded && json[port.JsonName] is JsonObject embedded)
            {
                node.Ports.Add((port.Name, Add(node, embedded)));
            }
        }

        if (activity.Descriptor.IsContainer)
        {
            foreach (var child in Json.Objects(json["activities"]))
            {
                Add(node, child);
            }
        }

        if (reused is not null)
        {
            AddReused(node, reused);
        }

        compiler.CompileInputs();
        compiler.CompileOutputs();
        node.Data = activity.Compile(compiler) ?? node.Data;
        return node;
    }

    private void AddReused(PlanNode node, WorkflowDefinition reused)
    {
        if (_reusing.Contains(reused.Id) || reused.Id == definition.Id)
        {
            Report(node, PlanFindings.NestedTooDeep, true, PlanTexts.ContainsItself(reused.Name));
            return;
        }

        _reusing.Add(reused.Id);
        AddWorkflow(reused, node);
        _reusing.RemoveAt(_reusing.Count - 1);
    }

    private void AddWorkflow(WorkflowDefinition workflow, PlanNode? parent)
    {
        var node = new PlanNode(
            _nodes.Count, "Workflow1", parent is null ? "Workflow1" : parent.NodeId + ":Workflow1", [], WorkflowActivity, parent);
        _nodes.Add(node);
        parent?.Add(node);
        node.Data = parent is null ? null : new ReusedWorkflow(workflow);
        AddVariables(node, workflow.Variables);
        if (workflow.Root is { } root)
        {
            Add(node, root);
        }
        else
        {
            Report(node, PlanFindings.MissingRoot, true, PlanTexts.NoRoot);
        }
    }

    private void AddVariables(PlanNode node, IReadOnlyList<VariableDefinition> variables)
    {
        foreach (var variable in variables)
        {
            object? value = null;
            try
            {
                value = ValueConversion.To(variable.TypeName, variable.IsArray, WorkflowValues.FromJson(variable.Value));
            }
            catch (ValueConversionException exception)
            {
                Report(node, PlanFindings.BadLiteral, false, PlanTexts.BadDefault(variable.Name, exception));
            }

            node.VariableList.Add(new PlanVariable(variable.Id, variable.Name, variable.TypeName, variable.IsArray, value));
        }
    }

    private static int Depth(PlanNode node)
    {
        var depth = 0;
        for (var parent = node.Parent; parent is not null; parent = parent.Parent)
        {
            depth++;
        }

        return depth;
    }
}
