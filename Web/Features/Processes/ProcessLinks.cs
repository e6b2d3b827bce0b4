using CaseManagement.Domain.Packs.Comparing;
using CaseManagement.Web.Designer;

namespace CaseManagement.Web.Features.Processes;

/// <summary>Addresses around a process.</summary>
public static class ProcessLinks
{
    public static string Page(string key) => $"/processes/{Uri.EscapeDataString(key)}";

    /// <summary>A verb on a version: export, publish, retract, draft.</summary>
    public static string Verb(string key, int version, string verb) => $"{Page(key)}/versions/{version}/{verb}";

    /// <summary>Where a version is confirmed and published.</summary>
    public static string Publish(string key, int version) => $"{Page(key)}?version={version}#publish";

    /// <summary>Tries a version on a virtual clock.</summary>
    public static string Simulation(string key, int version) => $"{Page(key)}/simulation?version={version}";

    /// <summary>The designer, at a workflow and a shape where they are named.</summary>
    public static string Designer(string key, string? workflow = null, string? shape = null) =>
        workflow is null
            ? $"{StudioFiles.Base}/processes/{Uri.EscapeDataString(key)}"
            : $"{StudioFiles.Base}/definitions/{Uri.EscapeDataString(workflow)}{(shape is null ? "" : $"#step-{Uri.EscapeDataString(shape)}")}";

    /// <summary>The steps of a workflow as a list to change, at one of them where it is named.</summary>
    public static string Steps(string key, string workflow, string? step = null) =>
        $"{Page(key)}/workflows/{Uri.EscapeDataString(workflow)}/steps{(step is null ? "" : $"/{Uri.EscapeDataString(step)}")}";

    /// <summary>Binds its departments, roles and channels.</summary>
    public static string Names(string key) => $"{Page(key)}/names";

    /// <summary>Replays closed cases on a version.</summary>
    public static string Replay(string key, int version) => $"{Page(key)}/replay?version={version}";

    /// <summary>Takes running cases to another version.</summary>
    public static string Migrate(string key) => $"{Page(key)}/migrate";

    /// <summary>A part of a version: a shape or a connection on the diagram, anything else in the list of what the version holds.</summary>
    public static string Part(string key, int version, PartPlace place, string tab)
    {
        var start = $"{Page(key)}?version={version}";
        return ShapeOf(place) is { } shape
            ? $"{start}&tab={tab}&shape={Uri.EscapeDataString($"{place.Workflow}/{shape}")}#diagram"
            : $"{start}&tab={ProcessView.ContentTab}#{Anchor(place)}";
    }

    /// <summary>The shape a place is on: itself, or where a connection starts.</summary>
    public static string? ShapeOf(PartPlace place) => place.IsShape ? place.Key : place.IsConnection ? place.Key[..place.Key.IndexOf('|', StringComparison.Ordinal)] : null;

    /// <summary>The id of a part on the page.</summary>
    public static string Anchor(PartPlace place) => string.Concat($"p-{place.File}-{place.List}-{place.Key}".Select(sign => char.IsLetterOrDigit(sign) ? sign : '-'));
}
