using System.Text.Json;
using CaseManagement.Domain.Classification;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Packs.Comparing;

/// <summary>Says a value of a pack in words: keys by name, conditions as sentences, lists joined; never throws for what is in it.</summary>
internal sealed class ValueWords(PackWording wording)
{
    private const int Longest = 600;
    private const int Deepest = 12;

    private static readonly HashSet<string> Conditions = ["when", "if", "needs", "visible", "required", "failWhen", "condition", "count", "base", "where", "cases"];
    private static readonly HashSet<string> Assignments = ["then", "otherwise", "facts"];

    /// <summary>A value in words.</summary>
    /// <param name="file">The file it stands in.</param>
    /// <param name="member">The member it is the value of.</param>
    /// <param name="json">The value.</param>
    public BilingualText Of(string file, string member, JsonElement json)
    {
        var text = Of(file, member, json, 0);
        return new BilingualText(Cut(text.Zh), Cut(text.En));
    }

    private BilingualText Of(string file, string member, JsonElement json, int depth)
    {
        if (depth > Deepest)
        {
            return Same("…");
        }

        if (Conditions.Contains(member) && json.ValueKind is JsonValueKind.Object or JsonValueKind.Array
            && Condition.TryParse(json, out var condition, out _))
        {
            return ConditionWords.Of(condition, wording);
        }

        return json.ValueKind switch
        {
            JsonValueKind.True => new("是", "yes"),
            JsonValueKind.False => new("否", "no"),
            JsonValueKind.String => Text(file, member, json.GetString()!),
            JsonValueKind.Array => Join(json.EnumerateArray().Select(one => Of(file, member, one, depth + 1)), "、", ", "),
            JsonValueKind.Object => Object(file, member, json, depth),
            JsonValueKind.Number => Same(json.GetRawText()),
            _ => new("无", "none"),
        };
    }

    private BilingualText Object(string file, string member, JsonElement json, int depth)
    {
        if (PackParts.Bilingual(json) is { } text)
        {
            return text;
        }

        if (PackParts.Text(json, "setting") is { } setting)
        {
            return wording.Setting(setting);
        }

        if (json.TryGetProperty("unit", out var unit) && Length(json, unit) is { } length)
        {
            return length;
        }

        if (json.TryGetProperty("if", out var condition) && json.TryGetProperty("then", out var then))
        {
            var (when, gives) = (Of(file, "if", condition, depth + 1), Of(file, "then", then, depth + 1));
            return new BilingualText($"如果 {when.Zh}，则 {gives.Zh}", $"if {when.En}, then {gives.En}");
        }

        return Join(json.EnumerateObject().Where(one => !IsName(one)).Select(one => Said(file, member, one, depth)), "；", "; ") is { Zh.Length: > 0 } said
            ? Named(json, said)
            : PackParts.Identity(json) is { } key ? PackParts.NameOf(json, key, wording) : Same(json.GetRawText());
    }

    // an element of a list is told by its name first
    private BilingualText Named(JsonElement json, BilingualText said)
    {
        if (PackParts.Identity(json) is not { } key)
        {
            return said;
        }

        var name = PackParts.NameOf(json, key, wording);
        return new BilingualText($"{name.Zh}（{said.Zh}）", $"{name.En} ({said.En})");
    }

    private static bool IsName(JsonProperty member) => member.Name is "key" or "id" or "name" or "fact";

    private BilingualText Said(string file, string member, JsonProperty one, int depth)
    {
        var name = Assignments.Contains(member) && one.Name != "outcome" ? wording.Fact(one.Name) : PartWords.Member(one.Name);
        var value = Assignments.Contains(member) && one.Name != "outcome" && one.Value.ValueKind == JsonValueKind.String
            ? wording.Option(one.Name, one.Value.GetString()!)
            : Of(file, one.Name, one.Value, depth + 1);
        return new BilingualText($"{name.Zh}：{value.Zh}", $"{name.En}: {value.En}");
    }

    private BilingualText? Length(JsonElement json, JsonElement unit)
    {
        var amount = json.TryGetProperty("amount", out var found) ? found : default;
        if (PackParts.Text(unit, "setting") is { } setting)
        {
            var (number, chosen) = (amount.ValueKind == JsonValueKind.Number ? amount.GetRawText() + " " : "", wording.Setting(setting));
            return new BilingualText($"{number}单位按{chosen.Zh}", $"{number}in the unit of {chosen.En}");
        }

        if (unit.ValueKind != JsonValueKind.String || LimitDefinition.UnitOf(FactValue.Of(unit.GetString()!)) is not { } known)
        {
            return null;
        }

        switch (known)
        {
            case LimitUnit.None:
                return new("无数字时限", "no numeric limit");
            case LimitUnit.Immediate:
                return new("立即", "immediately");
            case LimitUnit.SameDay:
                return new("当日", "the same day");
            case LimitUnit.Promised:
                return new("承诺的日期", "the promised date");
            default:
                return Counted(amount, known);
        }
    }

    private BilingualText? Counted(JsonElement amount, LimitUnit unit)
    {
        try
        {
            if (amount.ValueKind == JsonValueKind.Number && amount.TryGetDecimal(out var number))
            {
                var length = new Duration(number, unit);
                return new BilingualText(length.ToText("zh-CN"), length.ToText("en"));
            }

            if (PackParts.Text(amount, "setting") is { } setting)
            {
                var (one, chosen) = (new Duration(2, unit), wording.Setting(setting));
                return new BilingualText($"{chosen.Zh} {one.ToText("zh-CN")[2..]}", $"{chosen.En}, in {one.ToText("en")[2..]}");
            }
        }
        catch (InvalidTimeRuleException)
        {
            // said as it is written; the finding about it says what is wrong
        }

        return null;
    }

    private BilingualText Text(string file, string member, string text) => (file, member) switch
    {
        ("limits.json", "from" or "to" or "promised") or ("records.json", "from") or (_, "stamps" or "on" or "plannedFact" or "total" or "fact" or "forEach" or "perRow") => wording.Fact(text),
        ("reports.json", "by") or (_, "covers" or "attach" or "columns") => wording.Fact(text),
        ("limits.json", "reason") or (_, "who" or "to" or "notify" or "copies" or "only" or "visibleTo" or "reassign" or "confirmBy" or "handler" or "team") => wording.Candidate(text),
        ("limits.json", "pause") => wording.PauseReason(text),
        ("facts.json", "by" or "type") or (_, "hit" or "countFrom" or "endOf" or "ifNonWorking" or "period" or "cycle" or "whenFull" or "keep" or "via" or "kind" or "kinds"
            or "as" or "mode" or "hide" or "reasons") => ShortWords.Of(member, text),
        (_, "at" or "before") => PackWording.Moment(text) ?? Same(text),
        (_, "template" or "document") => wording.Template(text),
        (_, "form" or "ask") => wording.Form(text),
        (_, "clock" or "clocks" or "pause") => wording.Clock(text),
        (_, "table") => wording.Table(text),
        (_, "chain" or "approval" or "approve" or "changeApproval") => wording.Chain(text),
        (_, "plan") => wording.Plan(text),
        (_, "calculator" or "penalty") => wording.Calculator(text),
        (_, "calendar") => wording.Calendar(text),
        (_, "lead" or "department" or "archive") => wording.Department(text),
        (_, "raise") => wording.Level(text),
        (_, "workflow") => wording.Workflow(text),
        (_, "openReadings") => wording.Setting(text),
        (_, "outcome" or "outcomes" or "port" or "branches" or "rungs") => wording.Outcome(text),
        (_, "type") when PartPlace.WorkflowOf(file) is not null => StepKinds.Of(text),
        _ when PartPlace.WorkflowOf(file) is not null && member == "body" => wording.Body(text),
        _ => Same(text),
    };

    private static string Cut(string text) => text.Length <= Longest ? text : text[..Longest] + "…";

    private static BilingualText Same(string text) => PackWording.Same(text);

    private static BilingualText Join(IEnumerable<BilingualText> texts, string zh, string en)
    {
        var all = texts.ToList();
        return new BilingualText(string.Join(zh, all.Select(one => one.Zh)), string.Join(en, all.Select(one => one.En)));
    }
}
