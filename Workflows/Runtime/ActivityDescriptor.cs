using System.Text.Json;
using System.Text.Json.Nodes;

namespace CaseManagement.Workflows.Runtime;

/// <summary>How an activity may be used. Names are Elsa's.</summary>
public enum ActivityKind
{
    Action,

    /// <summary>Can start a workflow.</summary>
    Trigger,

    Job,
    Task,
}

/// <summary>What Studio shows of an activity type and the compiler needs to know of it.</summary>
/// <remarks><c>TypeName</c>: Elsa's name, such as <c>Elsa.WriteLine</c>.</remarks>
public sealed record ActivityDescriptor(string TypeName, string Category)
{
    public int Version { get; init; } = 1;
    public string Name => TypeName[(TypeName.LastIndexOf('.') + 1)..];
    public string? DisplayName { get; init; }
    public string? Description { get; init; }
    public ActivityKind Kind { get; init; }
    public IReadOnlyList<InputDescriptor> Inputs { get; init; } = [];
    public IReadOnlyList<OutputDescriptor> Outputs { get; init; } = [];

    /// <summary>Flow ports are drawn as exits (none: a single <c>Done</c>); embedded ports hold an activity.</summary>
    public IReadOnlyList<PortDescriptor> Ports { get; init; } = [];

    public bool IsContainer { get; init; }
    public bool IsStart { get; init; }

    /// <summary>Completes the container it lies in.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>Whether the picker offers it.</summary>
    public bool IsBrowsable { get; init; } = true;
}

/// <remarks><c>Name</c>: Pascal case; the definition's property is the same in camel case. <c>TypeName</c>: Elsa's alias:
/// String, Boolean, Int32, List&lt;String&gt; …</remarks>
public sealed record InputDescriptor(string Name, string TypeName)
{
    public string JsonName { get; } = JsonNamingPolicy.CamelCase.ConvertName(Name);
    public string? DisplayName { get; init; }
    public string? Description { get; init; }
    public string? Category { get; init; }
    public JsonNode? DefaultValue { get; init; }
    public string UIHint { get; init; } = "singleline";

    /// <summary>Options of the editor, as Studio reads them.</summary>
    public JsonObject? UISpecifications { get; init; }

    /// <summary>False: raw JSON in the definition, no expression.</summary>
    public bool IsWrapped { get; init; } = true;

    /// <summary>Missing it is a finding at compile.</summary>
    public bool IsRequired { get; init; }

    public bool IsBrowsable { get; init; } = true;
    public string? DefaultSyntax { get; init; }
}

public sealed record OutputDescriptor(string Name, string TypeName)
{
    public string JsonName { get; } = JsonNamingPolicy.CamelCase.ConvertName(Name);
    public string? DisplayName { get; init; }
    public string? Description { get; init; }
}

public enum PortType
{
    Flow,
    Embedded,
}

public sealed record PortDescriptor(string Name, PortType Type = PortType.Flow)
{
    public string JsonName { get; } = JsonNamingPolicy.CamelCase.ConvertName(Name);
    public string? DisplayName { get; init; }
    public bool IsBrowsable { get; init; } = true;
}
