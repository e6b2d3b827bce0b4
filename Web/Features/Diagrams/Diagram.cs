namespace CaseManagement.Web.Features.Diagrams;

/// <summary>Where a step of a diagram stands on a case, or that it stands nowhere.</summary>
public enum NodeLook
{
    /// <summary>Not reached; the only look on a process's own page.</summary>
    Plain,
    Next,
    Now,
    Done,
    Failed,
}

/// <summary>What is said of a step or a way beside where it stands: how it differs, or what was found about it.</summary>
public enum DiagramMark
{
    None,
    Added,
    Changed,
    Removed,
    MustFix,
    Review,
}

/// <summary>A flowchart to read: steps as the process owner placed them, and the ways between.</summary>
public sealed record Diagram
{
    public required string Title { get; init; }
    public required IReadOnlyList<DiagramNode> Nodes { get; init; }
    public required IReadOnlyList<DiagramConnection> Connections { get; init; }
}

/// <summary>A step, in the order in which it should be read; position as drawn in the designer, only its row and column count.</summary>
public sealed record DiagramNode(string Id, string Title, double X, double Y)
{
    /// <summary>Small line: who has it, or when it was done.</summary>
    public string? Remark { get; init; }
    public NodeLook Look { get; init; }

    /// <summary>Starts or ends the flow; drawn with round ends.</summary>
    public bool Terminal { get; init; }
    public DiagramMark Mark { get; init; }

    /// <summary>The step the reader came for.</summary>
    public bool Here { get; init; }

    /// <summary>Where more about it stands; absent for none.</summary>
    public string? Href { get; init; }
}

/// <summary>A way from a step to another, with the outcome in words where there are several.</summary>
public sealed record DiagramConnection(string From, string To, string? Label = null, DiagramMark Mark = DiagramMark.None);
