using System.Text.Json;
using CaseManagement.Domain.Classification;
using CaseManagement.Domain.Forms;

namespace CaseManagement.Domain.Packs.Reading;

/// <summary>Reads <c>forms.json</c>.</summary>
internal static class FormsReader
{
    public static IReadOnlyList<FormDefinition> Read(PackObject json) => json.Keyed("forms", Form, form => form.Key, required: true);

    private static FormDefinition Form(PackObject json) =>
        new(json.Key(), json.Names("name"), json.Keyed("fields", Field, field => field.Fact, required: true))
        {
            Number = json.TextOrNull("number"),
            Signatures = json.Keyed("signatures", Signature, signature => signature.Key),
            ReadBack = json.Flag("readBack"),
            Clauses = json.Clauses(),
        };

    private static FormField Field(PackObject json) => new(json.Text("fact"))
    {
        Required = When(json, "required"),
        Visible = json.Has("visible") ? When(json, "visible") ?? NeverVisible(json) : Condition.Always,
        MinRows = json.Whole("minRows"),
        MinCount = json.Whole("minCount"),
        Help = json.NamesOrNull("help"),
        Alert = Alert(json),
    };

    private static FieldAlert? Alert(PackObject json)
    {
        if (json.Object("alert") is not { } alert)
        {
            return null;
        }

        var read = new FieldAlert(alert.Condition("when") ?? Condition.Always, alert.Names("say"));
        alert.Finish();
        return read;
    }

    private static FormSignature Signature(PackObject json) => new(json.Key(), json.Names("name"))
    {
        By = json.TextOrNull("by"),
        Kind = json.TextOrNull("kind"),
        Required = When(json, "required"),
        PerRow = json.TextOrNull("perRow"),
    };

    private static Condition? When(PackObject json, string name) =>
        json.Member(name) is { ValueKind: JsonValueKind.False } ? null : json.Condition(name);

    private static Condition NeverVisible(PackObject json)
    {
        if (json.Member("visible") is { ValueKind: JsonValueKind.False })
        {
            json.Error(FindingCodes.MemberWrong, "visible", "从不显示的字段应删去", "A field that is never shown should be left out");
        }

        return Condition.Always;
    }
}
