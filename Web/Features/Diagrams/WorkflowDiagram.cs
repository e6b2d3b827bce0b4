using CaseManagement.Domain.Packs;

namespace CaseManagement.Web.Features.Diagrams;

/// <summary>A workflow of a process as a diagram to read.</summary>
public static class WorkflowDiagram
{
    private const string UsualPort = "Done";

    /// <summary>The flowchart of a workflow; without steps when the pack has no such workflow or it is no flowchart.</summary>
    /// <param name="pack">The process, whose labels name the ways.</param>
    /// <param name="workflow">The definition's id.</param>
    /// <param name="title">What stands above it.</param>
    /// <param name="language">Language of the reader.</param>
    public static Diagram Of(ProcessPack pack, string workflow, string title, string language)
    {
        ArgumentNullException.ThrowIfNull(pack);
        var outline = WorkflowOutline.Read(pack.Workflows.GetValueOrDefault(workflow) ?? "");
        var words = new FactWords(pack, (_, _) => "");
        return new Diagram
        {
            Title = title,
            Nodes = [.. outline.Steps.Select(step => new DiagramNode(step.Id, step.Name.In(language), step.X, step.Y) { Terminal = step.Terminal })],
            Connections = [.. outline.Ways.Select(way => new DiagramConnection(
                way.From, way.To, way.Port is "" or UsualPort ? null : words.OutcomeName(way.Port).In(language)))],
        };
    }
}
