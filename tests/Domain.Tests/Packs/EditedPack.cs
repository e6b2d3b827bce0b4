using System.Text.Json.Nodes;
using CaseManagement.Domain.Packs;

namespace CaseManagement.Domain.Tests.Packs;

/// <summary>An example pack with something changed.</summary>
internal sealed class EditedPack(string name)
{
    private readonly Dictionary<string, string> _files = SharedPacks.Files(name);

    /// <summary>Sets the member or element at a path such as <c>tables[0].rows[1].if</c>; no value takes it out, and
    /// <c>[+]</c> adds to a list.</summary>
    public EditedPack Set(string file, string path, string? json)
    {
        var root = JsonNode.Parse(_files.GetValueOrDefault(file, "{}"))!;
        var steps = path.Replace("[", ".[", StringComparison.Ordinal).Split('.', StringSplitOptions.RemoveEmptyEntries);
        var node = root;
        foreach (var step in steps[..^1])
        {
            node = step[0] == '[' ? node![int.Parse(step[1..^1], System.Globalization.CultureInfo.InvariantCulture)] : node![step];
        }

        var last = steps[^1];
        var value = json is null ? null : JsonNode.Parse(json);
        if (last == "[+]")
        {
            node!.AsArray().Add(value);
        }
        else if (last[0] == '[')
        {
            var index = int.Parse(last[1..^1], System.Globalization.CultureInfo.InvariantCulture);
            if (json is null)
            {
                node!.AsArray().RemoveAt(index);
            }
            else
            {
                node![index] = value;
            }
        }
        else if (json is null)
        {
            node!.AsObject().Remove(last);
        }
        else
        {
            node![last] = value;
        }

        _files[file] = root.ToJsonString();
        return this;
    }

    /// <summary>Puts a file in place of another, or takes it out.</summary>
    public EditedPack File(string file, string? text)
    {
        if (text is null)
        {
            _files.Remove(file);
        }
        else
        {
            _files[file] = text;
        }

        return this;
    }

    /// <summary>The place of a shape in a workflow, as a path of its file.</summary>
    public string Shape(string file, string id)
    {
        var activities = JsonNode.Parse(_files[file])!["root"]!["activities"]!.AsArray();
        return $"root.activities[{activities.IndexOf(activities.First(activity => (string?)activity!["id"] == id))}]";
    }

    /// <summary>Adds a connection between two shapes.</summary>
    public EditedPack Connect(string file, string from, string port, string to) =>
        Set(file, "root.connections[+]", $$$"""{"source": {"activity": "{{{from}}}", "port": "{{{port}}}"}, "target": {"activity": "{{{to}}}", "port": "In"}, "vertices": []}""");

    /// <summary>Takes the connections out that leave a port of a shape.</summary>
    public EditedPack Disconnect(string file, string from, string port)
    {
        var root = JsonNode.Parse(_files[file])!;
        var connections = root["root"]!["connections"]!.AsArray();
        foreach (var connection in connections.Where(connection =>
            (string?)connection!["source"]!["activity"] == from && (string?)connection["source"]!["port"] == port).ToList())
        {
            connections.Remove(connection);
        }

        _files[file] = root.ToJsonString();
        return this;
    }

    public PackReadResult Read() => PackReader.Read(_files);

    /// <summary>Findings of reading, and of checking when the pack could be read.</summary>
    public IReadOnlyList<Finding> Findings()
    {
        var result = Read();
        return result.Pack is { } pack ? [.. result.Findings, .. PackChecker.Check(pack)] : result.Findings;
    }
}
