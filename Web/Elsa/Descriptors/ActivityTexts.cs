using System.Text.Json;
using CaseManagement.Domain.Facts;

namespace CaseManagement.Web.Elsa.Descriptors;

/// <summary>
/// What activities, their inputs, outputs and ports are called in the designer, in both languages: <c>texts.json</c> beside this file.
/// </summary>
public sealed class ActivityTexts
{
    private const string Resource = "CaseManagement.Web.Elsa.Descriptors.texts.json";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    private readonly TextFile _file;

    public ActivityTexts()
    {
        using var stream = typeof(ActivityTexts).Assembly.GetManifestResourceStream(Resource)!;
        _file = JsonSerializer.Deserialize<TextFile>(stream, Options)!;
    }

    /// <summary>What an activity type is called; null for a type nobody has written about.</summary>
    public ActivityText? Find(string typeName) => _file.Activities.GetValueOrDefault(typeName);

    /// <summary>The group of the picker; null where there is none of that key.</summary>
    public BilingualText? Category(string key) => _file.Categories.GetValueOrDefault(key);

    /// <summary>A port that has a name of its own in the product.</summary>
    public BilingualText? Port(string name) => _file.Ports.GetValueOrDefault(name);

    /// <summary>A value of a fixed list.</summary>
    public BilingualText? Option(string value) => _file.Options.GetValueOrDefault(value);

    private sealed record TextFile(
        Dictionary<string, BilingualText> Categories, Dictionary<string, BilingualText> Ports, Dictionary<string, BilingualText> Options,
        Dictionary<string, ActivityText> Activities);
}

/// <summary>A name and a sentence about it.</summary>
public sealed record NamedText(BilingualText Name, BilingualText Description);

/// <summary>An activity type in words.</summary>
/// <param name="Category">Key of its group.</param>
/// <param name="Name">As the picker and the canvas show it.</param>
/// <param name="Description">What it does, in a sentence.</param>
public sealed record ActivityText(string Category, BilingualText Name, BilingualText Description)
{
    public Dictionary<string, NamedText> Inputs { get; init; } = [];

    public Dictionary<string, NamedText> Outputs { get; init; } = [];
}
