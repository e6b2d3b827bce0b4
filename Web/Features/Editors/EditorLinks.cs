using CaseManagement.Domain.Packs.Comparing;
using CaseManagement.Web.Features.Processes;

namespace CaseManagement.Web.Features.Editors;

/// <summary>Where the parts of a process are changed.</summary>
public static class EditorLinks
{
    /// <summary>The overview of a process's editors.</summary>
    public static string Overview(string key) => $"{ProcessLinks.Page(key)}/edit";

    /// <summary>The grid of a decision table.</summary>
    public static string Table(string key, string table) => $"{ProcessLinks.Page(key)}/tables/{Uri.EscapeDataString(table)}";

    /// <summary>The editor of a part; null where none changes it.</summary>
    /// <param name="key">The process.</param>
    /// <param name="place">The part.</param>
    public static string? Of(string key, PartPlace place)
    {
        if (place.Workflow is { } workflow)
        {
            return ProcessLinks.Steps(key, workflow, ProcessLinks.ShapeOf(place));
        }

        if (place is { File: "records.json", List: not "confidentiality" })
        {
            return $"{ProcessLinks.Page(key)}/records";
        }

        return PartKinds.At(place.File, place.List) is not { } kind ? null
            : kind.IsSingle || place.Key.Length == 0 ? $"{Overview(key)}/{kind.Key}"
            : kind.Key == PartKinds.Tables ? Table(key, place.Key)
            : $"{Overview(key)}/{kind.Key}/part?part={Uri.EscapeDataString(place.Key)}";
    }
}
