using System.Text.Json.Nodes;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs;
using CaseManagement.Workflows.CaseActivities;

namespace CaseManagement.Web.Features.Registers;

/// <summary>The steps of a process that are done on one form.</summary>
/// <param name="Form">The form's key.</param>
/// <param name="Tasks">Keys of their tasks.</param>
/// <param name="Row">Columns of the table each row of which has a task of its own, as that task knows them; none for other forms.</param>
public sealed record FormUse(string Form, IReadOnlyList<string> Tasks, IReadOnlyList<string> Row)
{
    /// <summary>Every form of a process that people do a step on, in the order of the steps.</summary>
    public static IReadOnlyList<FormUse> Of(ProcessPack pack) =>
        [.. pack.Workflows.Values.SelectMany(workflow => Steps(pack, workflow)).GroupBy(step => step.Form, StringComparer.Ordinal).Where(group => pack.Forms.ContainsKey(group.Key))
            .Select(group => new FormUse(group.Key, [.. group.Select(step => step.Task).Distinct(StringComparer.Ordinal)], RowOf(pack, group.Select(step => step.List).FirstOrDefault(list => list is not null))))];

    /// <summary>What a register of the form shows, as conditions name it: the columns of its row, then the fields of the form. Sensitive facts and the case's own words are none of it.</summary>
    public IEnumerable<string> Columns(ProcessPack pack) => Row.Concat(pack.Forms[Form].Fields.Select(field => field.Fact)).Distinct(StringComparer.Ordinal)
        .Where(fact => pack.Facts.Find(fact) is { Sensitive: false } && fact is not ("subject" or "description"));

    private static IEnumerable<(string Form, string Task, string? List)> Steps(ProcessPack pack, string workflow)
    {
        foreach (var shape in (JsonNode.Parse(workflow)?["root"]?["activities"] as JsonArray ?? []).OfType<JsonObject>())
        {
            if ((string?)shape["id"] is not { } id)
            {
                continue;
            }

            if (Input(shape, "form") is { } form)
            {
                yield return (form, id, Input(shape, "forEach"));
            }

            if (Input(shape, "plan") is { } key && pack.Verifications.GetValueOrDefault(key) is { } plan)
            {
                yield return (plan.Form, id, null);
                if (plan.Review is { } review && review.Form != plan.Form)
                {
                    yield return (review.Form, id + VerificationRound.ReviewKey, null);
                }
            }
        }
    }

    private static IReadOnlyList<string> RowOf(ProcessPack pack, string? list) =>
        list is not null && pack.Facts.Find(list) is { Type: FactType.Rows, Sensitive: false } table
            ? [.. table.Columns.Where(column => !column.Sensitive).Select(column => FactNames.EachColumn + column.Key)]
            : [];

    private static string? Input(JsonObject shape, string name) =>
        shape[name]?["expression"]?["value"] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;
}
