using System.Text.Json;
using System.Text.Json.Nodes;

namespace CaseManagement.Web.Configuration;

/// <summary>One change of one element of a pack: added, changed, taken away or moved. It is what the audit keeps, and what undoing turns round.</summary>
/// <param name="File">The file, such as <c>facts.json</c>.</param>
/// <param name="List">The list in it, such as <c>facts</c> or <c>policy.clauses</c>; empty: the file as a whole.</param>
/// <param name="At">The element's place; where it is added, the place it gets.</param>
/// <param name="Before">The element before; null where it is added.</param>
/// <param name="After">The element after; null where it is taken away.</param>
/// <param name="To">The place it is moved to; null where it stays.</param>
public sealed record PackStep(string File, string List, int At, JsonNode? Before, JsonNode? After, int? To = null)
{
    /// <summary>Characters of a change that is kept whole; a larger one is recorded without its content and cannot be undone by itself.</summary>
    public const int MostKept = 100_000;

    /// <summary>The opposite change.</summary>
    public PackStep Inverse => To is { } to ? new PackStep(File, List, to, After, Before, At) : this with { Before = After, After = Before };

    /// <summary>The files with the change in them; null where they do not hold what the change begins from.</summary>
    public Dictionary<string, string>? Apply(IReadOnlyDictionary<string, string> files)
    {
        var text = files.GetValueOrDefault(File);
        var root = text is null ? [] : JsonNode.Parse(text) as JsonObject;
        if (root is null || (List.Length == 0 ? !JsonNode.DeepEquals(text is null ? null : root, Before) : !Change(ListIn(root, List, make: true)!)))
        {
            return null;
        }

        var changed = new Dictionary<string, string>(files, StringComparer.Ordinal);
        if (List.Length == 0 && After is null)
        {
            changed.Remove(File);
        }
        else
        {
            changed[File] = DefinitionMeaning.Write(List.Length == 0 ? (JsonObject)After! : root) + "\n";
        }

        return changed;
    }

    private bool Change(JsonArray list)
    {
        if (Before is null)
        {
            if (At < 0 || At > list.Count || After is null)
            {
                return false;
            }

            list.Insert(At, After.DeepClone());
            return true;
        }

        if (At < 0 || At >= list.Count || !JsonNode.DeepEquals(list[At], Before) || To < 0 || To >= list.Count)
        {
            return false;
        }

        list.RemoveAt(At);
        if (After is not null)
        {
            list.Insert(To ?? At, After.DeepClone());
        }

        return true;
    }

    /// <summary>The list of that path in a file.</summary>
    /// <param name="root">The file.</param>
    /// <param name="path">Members, with full stops between them.</param>
    /// <param name="make">Makes what is not there.</param>
    public static JsonArray? ListIn(JsonObject root, string path, bool make = false)
    {
        var members = path.Split('.');
        var at = root;
        foreach (var member in members[..^1])
        {
            if (at[member] is not JsonObject next)
            {
                if (!make)
                {
                    return null;
                }

                at[member] = next = [];
            }

            at = next;
        }

        if (at[members[^1]] is not JsonArray list)
        {
            if (!make)
            {
                return null;
            }

            at[members[^1]] = list = [];
        }

        return list;
    }

    /// <summary>The change as the audit keeps it.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject { ["file"] = File, ["list"] = List, ["at"] = At, ["part"] = NameOf(After ?? Before) };
        if (To is { } to)
        {
            json["to"] = to;
        }

        if ((Before?.ToJsonString().Length ?? 0) + (After?.ToJsonString().Length ?? 0) <= MostKept)
        {
            (json["before"], json["after"]) = (Before?.DeepClone(), After?.DeepClone());
        }

        return json;
    }

    /// <summary>A change the audit kept; null where it is none, or was too large to be kept.</summary>
    public static PackStep? Read(JsonObject json) => json["file"] is JsonValue file && json["list"] is JsonValue list && json["at"] is JsonValue at
        && (json["before"] is not null || json["after"] is not null)
            ? new PackStep(file.GetValue<string>(), list.GetValue<string>(), at.GetValue<int>(), json["before"], json["after"], json["to"]?.GetValue<int>())
            : null;

    /// <summary>What an element is called in the audit: its key, else nothing.</summary>
    public static string NameOf(JsonNode? element) => element is not JsonObject json ? ""
        : (json["key"] ?? json["fact"] ?? json["kind"] ?? json["id"]) is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : "";
}
