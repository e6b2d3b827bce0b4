using System.Text.Json;

namespace CaseManagement.Web.Features.Shared;

/// <summary>One field as drawn: element ids, width, and the conditions as script reads them.</summary>
public sealed record FieldView(string Prefix, FormField Field)
{
    /// <summary>With so many options or fewer they lie open; more go into a list.</summary>
    private const int FewOptions = 4;

    public string Name => $"f.{Field.Key}";
    public string Id => $"{Prefix}-{Field.Key}";
    public string HelpId => $"{Id}-help";
    public string ErrorId => $"{Id}-error";
    public string? DescribedBy => (Field.Help, Field.Error) switch
    {
        (null, null) => null,
        (_, null) => HelpId,
        (null, _) => ErrorId,
        _ => $"{ErrorId} {HelpId}",
    };

    /// <summary>Several controls under one legend instead of one under a label.</summary>
    public bool IsGroup => !Field.ReadOnly && Field.Type is FieldType.Boolean or FieldType.Choices or FieldType.Rows or FieldType.Files || (IsRadios && !Field.ReadOnly);
    public bool IsRadios => Field.Type == FieldType.Choice && Field.Options.Count <= FewOptions;
    public bool Invalid => Field.Error is not null;

    public string Width => Field.Wide || Field.Type is FieldType.Multiline or FieldType.Rows or FieldType.Files ? "f6"
        : Field.Type is FieldType.Text or FieldType.Choices || (Field.Type == FieldType.Choice && IsRadios) ? "f3"
        : "f2";

    /// <summary>Type and keyboard of a single-line input.</summary>
    public (string Type, string? Keyboard) Input => Field.Type switch
    {
        FieldType.Date => ("date", null),
        FieldType.Instant => ("datetime-local", null),
        FieldType.Number or FieldType.Money => ("text", "decimal"),
        _ => ("text", null),
    };

    /// <summary>For script: <c>[{"f":"f.injury","op":"OneOf","v":["true"]}]</c>; null when always visible.</summary>
    public string? When => Written(Field.VisibleWhen);

    /// <summary>The same for what is to be done at once.</summary>
    public string? AlertWhen => Written(Field.AlertWhen);

    /// <summary>The same for an option; null when it may always be chosen.</summary>
    public static string? WhenOf(Choice option) => Written(option.When);

    public string? RequiredFor => Field.RequiredFor.Count == 0 ? null : string.Join(' ', Field.RequiredFor);

    private static string? Written(IReadOnlyList<Condition> conditions) => conditions.Count == 0
        ? null
        : JsonSerializer.Serialize(conditions.Select(one => new { f = $"f.{one.Field}", op = one.Comparison.ToString(), v = one.Values }));

    /// <summary>A column of a row, drawn as a field of its own name.</summary>
    public static string CellName(string field, int row, string column) => $"f.{field}[{row}].{column}";
}
