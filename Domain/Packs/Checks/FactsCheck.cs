using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Forms;
using CaseManagement.Domain.Packs.Reading;

namespace CaseManagement.Domain.Packs.Checks;

/// <summary><c>facts.json</c>, <c>forms.json</c> and <c>categories.json</c>.</summary>
internal static class FactsCheck
{
    public static void Run(PackReferences references)
    {
        for (var index = 0; index < references.Pack.OwnFacts.Count; index++)
        {
            Check(references.Pack.OwnFacts[index], new Place("facts.json", $"$.facts[{index}]"), references);
        }

        foreach (var (form, index) in references.Pack.Forms.Values.Select((form, index) => (form, index)))
        {
            Check(form, new Place("forms.json", $"$.forms[{index}]"), references);
        }

        for (var index = 0; index < references.Pack.Categories.All.Count; index++)
        {
            references.Clauses(references.Pack.Categories.All[index].Clauses, new Place("categories.json", $"$.trees[{index}].clause"));
        }
    }

    private static void Check(FactDefinition fact, Place place, PackReferences references)
    {
        void Report(bool wrong, string code, string member, string zh, string en)
        {
            if (wrong)
            {
                references.Findings.Error(code, place.At(member), $"“{fact.Key}”{zh}", $"'{fact.Key}' {en}");
            }
        }

        Report(fact.IsBuiltIn, FindingCodes.FactRedeclared, ".key", "是内置事实，不能重新定义", "is built in and cannot be declared again");
        Report(
            fact.Type is FactType.Choice or FactType.Choices && (fact.Options?.Count ?? 0) == 0,
            FindingCodes.OptionsMissing, ".options", "没有选项", "has no options");
        Report(
            (fact.By == FactSource.Derived) != (fact.Value is not null),
            FindingCodes.ValueMissing, ".value", "是推算事实才有 value，且必须有", "has a value exactly when it is derived");
        Report(
            (fact.Type == FactType.Rows) != (fact.Columns.Count > 0),
            FindingCodes.ValueMissing, ".columns", "是表格才有列，且必须有", "has columns exactly when it is of type rows");
        Report(fact.Min > fact.Max, FindingCodes.ValueWrong, ".min", "最小值大于最大值", "has a minimum above its maximum");
        if (fact.IsBuiltIn)
        {
            return;
        }

        foreach (var option in fact.Options ?? [])
        {
            references.Condition(option.When, place.At(".options"));
            if (fact.Type == FactType.Role)
            {
                references.Who(option.Key, place.At(".options"));
            }
        }

        if (fact.Value is { } value)
        {
            references.Expression(value, place.At(".value"));
        }
    }

    private static void Check(FormDefinition form, Place place, PackReferences references)
    {
        references.Clauses(form.Clauses, place.At(".clause"));
        for (var index = 0; index < form.Fields.Count; index++)
        {
            Check(form.Fields[index], place.At($".fields[{index}]"), references);
        }

        for (var index = 0; index < form.Signatures.Count; index++)
        {
            var signature = form.Signatures[index];
            var at = place.At($".signatures[{index}]");
            references.Condition(signature.Required, at.At(".required"));
            if (signature.PerRow is { } rows && references.Pack.Facts.Find(rows) is not { Type: FactType.Rows })
            {
                references.Findings.Error(
                    FindingCodes.ValueWrong, at.At(".perRow"), $"“{rows}”不是表格", $"'{rows}' is no fact of type rows");
            }
        }
    }

    private static void Check(FormField field, Place place, PackReferences references)
    {
        references.Fact(field.Fact, place.At(".fact"));
        references.Condition(field.Required, place.At(".required"));
        references.Condition(field.Visible, place.At(".visible"));
        if (field.Alert is { } alert)
        {
            references.Condition(alert.When, place.At(".alert.when"));
        }
        var fact = references.Pack.Facts.Find(field.Fact);
        if (field.Required is not null && (fact is null ? FactNames.TrySplit(field.Fact, out _, out _) : !fact.MayBeWrittenBy(FactOrigin.Form)))
        {
            references.Findings.Error(
                FindingCodes.FactNotWritable, place.At(".required"),
                $"“{field.Fact}”不由人填写，不能设为必填", $"'{field.Fact}' is not filled in by hand, so it cannot be required");
        }

        if (fact is not null && ((field.MinRows is not null && fact.Type != FactType.Rows) || (field.MinCount is not null && !fact.IsList)))
        {
            references.Findings.Error(
                FindingCodes.ValueWrong, place, $"“{field.Fact}”没有可计的行或项", $"'{field.Fact}' has no rows or elements to count");
        }
    }
}
