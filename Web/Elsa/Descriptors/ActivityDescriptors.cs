using System.Text.Json.Nodes;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs;
using CaseManagement.Workflows.Runtime;
using PackOrganisation = CaseManagement.Domain.Packs.Organisation;

namespace CaseManagement.Web.Elsa.Descriptors;

/// <summary>Whom descriptors are for.</summary>
/// <param name="Language">Language of every text.</param>
/// <param name="Organisation">Roles and departments to choose from.</param>
/// <param name="Pack">The process under edit; null where none is named.</param>
public sealed record DescriptorReader(string Language, PackOrganisation Organisation, ProcessPack? Pack);

/// <summary>Describes activity types as Studio reads them, in the reader's language and with the choices of the process under edit.</summary>
public sealed class ActivityDescriptors(ActivityRegistry registry, ActivityTexts texts)
{
    private static readonly BilingualText CannotRun = new(
        "本产品没有这个活动；原样保留，不能运行。", "This product has no such activity; it is kept as it is and cannot run.");

    private static readonly string[] Methods = ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"];
    private static readonly string[] ContentTypes = ["application/json", "text/plain", "application/x-www-form-urlencoded", "application/xml"];

    private static readonly Dictionary<(string Type, string Input), string[]> FixedLists = new()
    {
        [("Elsa.FlowJoin", "Mode")] = ["WaitAll", "WaitAllActive", "WaitAny"],
        [("Elsa.Fork", "JoinMode")] = ["WaitAll", "WaitAny"],
        [("Elsa.Switch", "Mode")] = ["MatchFirst", "MatchAny"],
        [("Elsa.FlowSwitch", "Mode")] = ["MatchFirst", "MatchAny"],
        [("Elsa.SendHttpRequest", "Method")] = Methods,
        [("Elsa.FlowSendHttpRequest", "Method")] = Methods,
        [("Elsa.SendHttpRequest", "ContentType")] = ContentTypes,
        [("Elsa.FlowSendHttpRequest", "ContentType")] = ContentTypes,
    };

    /// <summary>Every type the product ships.</summary>
    public IEnumerable<JsonObject> All(DescriptorReader reader) =>
        registry.Activities.Select(a => a.Descriptor).OrderBy(d => d.TypeName, StringComparer.Ordinal).Select(d => Describe(d, reader));

    /// <summary>One type; null for one the product does not have.</summary>
    public JsonObject? Find(string typeName, DescriptorReader reader) =>
        registry.Find(typeName) is { } activity ? Describe(activity.Descriptor, reader) : null;

    /// <summary>The product ships it.</summary>
    public bool IsKnown(string typeName) => registry.Find(typeName) is not null;

    /// <summary>A type that a stored definition uses and nothing here can run: Studio must know it to draw the rest.</summary>
    public JsonObject Unknown(string typeName, string language)
    {
        var name = typeName[(typeName.LastIndexOf('.') + 1)..];
        return Envelope(typeName, name, 1, texts.Category("Unknown")!.In(language), name, CannotRun.In(language), ActivityKind.Action, isBrowsable: false);
    }

    private JsonObject Describe(ActivityDescriptor descriptor, DescriptorReader reader)
    {
        var (type, language, text) = (descriptor.TypeName, reader.Language, texts.Find(descriptor.TypeName));
        var json = Envelope(
            type, descriptor.Name, descriptor.Version,
            (text is null ? null : texts.Category(text.Category))?.In(language) ?? descriptor.Category,
            text?.Name.In(language) ?? descriptor.DisplayName ?? descriptor.Name,
            text?.Description.In(language) ?? descriptor.Description ?? "",
            descriptor.Kind, descriptor.IsBrowsable);
        json["inputs"] = new JsonArray([.. descriptor.Inputs.Select((input, order) => Input(type, input, order, text?.Inputs.GetValueOrDefault(input.Name), reader))]);
        json["outputs"] = new JsonArray([.. descriptor.Outputs.Select((output, order) => Output(output, order, text?.Outputs.GetValueOrDefault(output.Name), language))]);
        json["ports"] = new JsonArray([.. Ports(descriptor).Select(p => Port(p, reader))]);
        json["isContainer"] = descriptor.IsContainer;
        json["isStart"] = descriptor.IsStart;
        json["isTerminal"] = descriptor.IsTerminal;
        return json;
    }

    private static JsonObject Envelope(
        string type, string name, int version, string category, string displayName, string description, ActivityKind kind, bool isBrowsable) => new()
        {
            ["typeName"] = type,
            ["namespace"] = type.LastIndexOf('.') is > 0 and var dot ? type[..dot] : "",
            ["name"] = name,
            ["version"] = version,
            ["category"] = category,
            ["displayName"] = displayName,
            ["description"] = description,
            ["inputs"] = new JsonArray(),
            ["outputs"] = new JsonArray(),
            ["kind"] = kind.ToString(),
            ["runAsynchronously"] = false,
            ["ports"] = new JsonArray(),
            ["customProperties"] = new JsonObject(),
            ["constructionProperties"] = new JsonObject(),
            ["isContainer"] = false,
            ["isBrowsable"] = isBrowsable,
            ["isStart"] = false,
            ["isTerminal"] = false,
        };

    private JsonObject Input(string type, InputDescriptor input, int order, NamedText? text, DescriptorReader reader)
    {
        var json = new JsonObject
        {
            ["name"] = input.Name,
            ["typeName"] = input.TypeName,
            ["displayName"] = text?.Name.In(reader.Language) ?? input.DisplayName ?? input.Name,
            ["description"] = text?.Description.In(reader.Language) ?? input.Description ?? "",
            ["order"] = order,
            ["isBrowsable"] = input.IsBrowsable,
            ["isSerializable"] = true,
            ["isSynthetic"] = false,
            ["isWrapped"] = input.IsWrapped,
            ["uiHint"] = input.UIHint,
            ["uiSpecifications"] = Specifications(type, input, reader),
            ["isReadOnly"] = false,
            ["isSensitive"] = false,
            ["autoEvaluate"] = true,
        };
        if (input.DefaultValue is { } value)
        {
            json["defaultValue"] = value.DeepClone();
        }

        if (input.DefaultSyntax is { } syntax)
        {
            json["defaultSyntax"] = syntax;
        }

        return json;
    }

    private JsonObject Specifications(string type, InputDescriptor input, DescriptorReader reader)
    {
        if (input.UIHint == "code-editor")
        {
            return new JsonObject { ["code-editor"] = new JsonObject { ["language"] = "javascript" } };
        }

        var list = input.UIHint switch
        {
            "checklist" => "checkList",
            "dropdown" => "selectList",
            "radiolist" => "radioList",
            _ => null,
        };
        if (list is null)
        {
            return (JsonObject?)input.UISpecifications?.DeepClone() ?? [];
        }

        var items = Choices(type, input.Name, reader).Select(c => new JsonObject { ["text"] = c.Text, ["value"] = c.Value });
        return new JsonObject { [input.UIHint] = new JsonObject { [list] = new JsonObject { ["items"] = new JsonArray([.. items]) } } };
    }

    private IEnumerable<(string Text, string Value)> Choices(string type, string input, DescriptorReader reader)
    {
        if (FixedLists.TryGetValue((type, input), out var values))
        {
            return values.Select(v => (texts.Option(v)?.In(reader.Language) ?? v, v));
        }

        // what has no name of its own in the pack is a word of the product
        return (ShapeOptions.For(type, input, reader.Organisation, reader.Pack) ?? [])
            .Select(n => (n.Name.Zh == n.Key ? texts.Option(n.Key)?.In(reader.Language) ?? n.Key : n.Name.In(reader.Language), n.Key));
    }

    // Studio draws one Done where no exit is named; named here, it has its label
    private static IEnumerable<PortDescriptor> Ports(ActivityDescriptor descriptor) =>
        descriptor.IsTerminal || !descriptor.IsBrowsable || descriptor.Ports.Any(p => p.Type == PortType.Flow)
            || descriptor.Inputs.Any(i => i.UIHint == "dynamic-outcomes")
            ? descriptor.Ports
            : [.. descriptor.Ports, new PortDescriptor("Done")];

    private JsonObject Port(PortDescriptor port, DescriptorReader reader) => new()
    {
        ["name"] = port.Name,
        ["displayName"] = texts.Port(port.Name)?.In(reader.Language) ?? port.DisplayName ?? port.Name,
        ["type"] = port.Type.ToString(),
        ["isBrowsable"] = port.IsBrowsable,
    };

    private static JsonObject Output(OutputDescriptor output, int order, NamedText? text, string language) => new()
    {
        ["name"] = output.Name,
        ["typeName"] = output.TypeName,
        ["displayName"] = text?.Name.In(language) ?? output.DisplayName ?? output.Name,
        ["description"] = text?.Description.In(language) ?? output.Description ?? "",
        ["order"] = order,
        ["isBrowsable"] = true,
        ["isSynthetic"] = false,
    };
}
