using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Packs.Comparing;

/// <summary>How a part differs between two versions.</summary>
public enum ChangeSign
{
    Added,
    Removed,
    Changed,
}

/// <summary>One thing said about a part of a process: "amount: 24 hours".</summary>
public sealed record PartMember(BilingualText Name, BilingualText Value);

/// <summary>One thing that differs within a part.</summary>
/// <param name="Name">What it is, with the way to it where it lies deeper.</param>
/// <param name="Before">In words; null where the earlier version has none.</param>
/// <param name="After">In words; null where the later version has none.</param>
public sealed record MemberChange(BilingualText Name, BilingualText? Before, BilingualText? After);

/// <summary>Where a part of a process stands: a limit, a table, a form, a shape, a connection.</summary>
/// <param name="File">Path in the pack, such as <c>limits.json</c>.</param>
/// <param name="List">The list of the file it belongs to; empty for what a file says once.</param>
/// <param name="Key">Its key within the list; of a connection source, port and target.</param>
public sealed record PartPlace(string File, string List, string Key)
{
    /// <summary>The part is a shape of a workflow.</summary>
    public bool IsShape => List == WorkflowParts.Shapes;

    /// <summary>The part is a connection of a workflow.</summary>
    public bool IsConnection => List == WorkflowParts.Connections;

    /// <summary>The workflow the part belongs to; null for other files.</summary>
    public string? Workflow => WorkflowOf(File);

    /// <summary>The file of a pack that holds a workflow.</summary>
    public static string FileOf(string workflow) => $"{WorkflowParts.Folder}{workflow}.json";

    /// <summary>A shape of a workflow.</summary>
    public static PartPlace Shape(string workflow, string shape) => new(FileOf(workflow), WorkflowParts.Shapes, shape);

    /// <summary>The id of the workflow a file of a pack holds; null for other files.</summary>
    public static string? WorkflowOf(string file) =>
        file.StartsWith(WorkflowParts.Folder, StringComparison.Ordinal) ? file[WorkflowParts.Folder.Length..^".json".Length] : null;
}

/// <summary>A part of a process in words, for reading and for findings to point at.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Path">Its place in the file, such as <c>$.limits[0]</c>.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Members">What is said about it, without its name.</param>
public sealed record PackPart(PartPlace Place, string Path, BilingualText Name, IReadOnlyList<PartMember> Members);

/// <summary>A part of a process that differs between two versions.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Sign">How it differs.</param>
/// <param name="Name">What people call it: in the later version, or in the earlier one when it was removed.</param>
/// <param name="Members">What differs; of an added or removed part everything it says.</param>
public sealed record PackChange(PartPlace Place, ChangeSign Sign, BilingualText Name, IReadOnlyList<MemberChange> Members);
