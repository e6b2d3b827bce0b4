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
            Connections = [.. outline.Ways.Select(way => Way(pack, words, way, DiagramMark.None, language))],
        };
    }

    /// <summary>The flowchart of a definition that belongs to no process, or whose process cannot be read: its ways have no other names.</summary>
    public static Diagram Of(string definition, string title, string language)
    {
        var outline = WorkflowOutline.Read(definition);
        return new Diagram
        {
            Title = title,
            Nodes = [.. outline.Steps.Select(step => new DiagramNode(step.Id, step.Name.In(language), step.X, step.Y) { Terminal = step.Terminal })],
            Connections = [.. outline.Ways.Select(way => new DiagramConnection(way.From, way.To, way.Port is "" or UsualPort ? null : way.Port))],
        };
    }

    /// <summary>Two versions of a workflow as one drawing: what one of them has not is drawn where the other has it, and marked.</summary>
    /// <param name="before">The earlier version of the process.</param>
    /// <param name="after">The later version.</param>
    /// <param name="workflow">The definition's id.</param>
    /// <param name="marks">How shapes, by id, and connections, by their ends and port, differ.</param>
    /// <param name="title">What stands above it.</param>
    /// <param name="language">Language of the reader.</param>
    public static Diagram Compared(
        ProcessPack before, ProcessPack after, string workflow, IReadOnlyDictionary<string, DiagramMark> marks, string title, string language)
    {
        var (old, now) = (WorkflowOutline.Read(before.Workflows.GetValueOrDefault(workflow) ?? ""), WorkflowOutline.Read(after.Workflows.GetValueOrDefault(workflow) ?? ""));
        var (was, becomes) = (new FactWords(before, (_, _) => ""), new FactWords(after, (_, _) => ""));
        return new Diagram
        {
            Title = title,
            Nodes = [.. now.Steps.Concat(old.Steps).DistinctBy(step => step.Id, StringComparer.Ordinal)
                .Select(step => new DiagramNode(step.Id, step.Name.In(language), step.X, step.Y) { Terminal = step.Terminal, Mark = marks.GetValueOrDefault(step.Id) })],
            Connections =
            [
                .. now.Ways.Select(way => Way(after, becomes, way, marks.GetValueOrDefault(KeyOf(way)), language)),
                .. old.Ways.ExceptBy(now.Ways.Select(KeyOf), KeyOf, StringComparer.Ordinal).Select(way => Way(before, was, way, DiagramMark.Removed, language)),
            ],
        };
    }

    /// <summary>What a way out of a step is called: the outcome, or when the rung acts that is waited for.</summary>
    public static string PortName(ProcessPack pack, string port, string language) => NameOf(pack, new FactWords(pack, (_, _) => ""), port, language);

    private static string KeyOf(WorkflowWay way) => $"{way.From}|{(way.Port.Length == 0 ? UsualPort : way.Port)}|{way.To}";

    private static DiagramConnection Way(ProcessPack pack, FactWords words, WorkflowWay way, DiagramMark mark, string language) =>
        new(way.From, way.To, way.Port is "" or UsualPort ? null : NameOf(pack, words, way.Port, language), mark);

    // a port is an outcome, or a rung that is waited for: a rung without a label is told by its time where that is the same everywhere
    private static string NameOf(ProcessPack pack, FactWords words, string port, string language)
    {
        var named = words.OutcomeName(port).In(language);
        var times = named != port ? [] : pack.Limits.SelectMany(limit => limit.Rungs).Where(rung => rung.Rung.Key == port)
            .Select(rung => rung.Rung.At.ToText(language)).Distinct(StringComparer.Ordinal).Take(2).ToList();
        return times.Count == 1 ? times[0] : named;
    }
}
