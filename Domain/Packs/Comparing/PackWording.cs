using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Packs.Comparing;

/// <summary>Says what the keys of a pack mean, in both languages; a key the pack does not know stays as it is.</summary>
/// <param name="pack">The pack whose names count.</param>
public sealed class PackWording(ProcessPack pack)
{
    private readonly FactWords _facts = new(pack, (at, _) => at.ToString("u", System.Globalization.CultureInfo.InvariantCulture));

    public ProcessPack Pack => pack;

    /// <summary>A fact, or a name with a prefix such as <c>approval:amount</c> or <c>settings.days</c>.</summary>
    public BilingualText Fact(string name)
    {
        if (FactNames.SettingKey(name) is { } setting)
        {
            return Setting(setting);
        }

        if (!FactNames.TrySplit(name, out var prefix, out var key))
        {
            return name == FactNames.TaskOutcome ? new("任务结果", "task outcome") : _facts.NameOf(name);
        }

        var (zh, en, of) = prefix switch
        {
            "count" => ("计数", "count", Same(key)),
            "clock" => ("计时", "clock", Clock(key)),
            "approval" => ("审批", "approval", Chain(key)),
            "rounds" => ("验证轮次", "rounds of", Plan(key)),
            "document" => ("文书", "document", Template(key)),
            "signed" => ("已签字", "signed", Same(key)),
            _ => ("任务", "task", Same(key)),
        };
        return new BilingualText($"{zh}“{of.Zh}”", $"{en} “{of.En}”");
    }

    /// <summary>An option, category, level, department or role of a fact.</summary>
    public BilingualText Option(string fact, string option) => _facts.OptionName(fact, option);

    public BilingualText Candidate(string candidate) => candidate switch
    {
        "handler" => new("处理人", "handler"),
        "team" => new("小组", "team"),
        "complainant" => new("投诉人", "complainant"),
        _ when candidate.EndsWith("@lead", StringComparison.Ordinal) => Of(candidate[..^5], "牵头部门", "lead department"),
        _ when candidate.EndsWith("@each", StringComparison.Ordinal) => Of(candidate[..^5], "各部门", "each department"),
        _ when _facts.RoleName(candidate) is null && pack.Facts.Find(candidate) is { } fact => fact.Name,
        _ => _facts.CandidateName(candidate),
    };

    public BilingualText Outcome(string outcome) => Rung(outcome) ?? _facts.OutcomeName(outcome);

    public BilingualText Clock(string key) => pack.Limits.FirstOrDefault(limit => limit.Clock == key)?.Name ?? Same(key);

    public BilingualText Template(string key) => pack.Templates.GetValueOrDefault(key)?.Subject ?? Same(key);

    public BilingualText Chain(string key) => pack.Chains.GetValueOrDefault(key)?.Name ?? Same(key);

    public BilingualText Plan(string key) => pack.Verifications.GetValueOrDefault(key)?.Name ?? Same(key);

    public BilingualText Form(string key) => pack.Forms.GetValueOrDefault(key)?.Name ?? Same(key);

    public BilingualText Table(string key) => pack.Tables.GetValueOrDefault(key)?.Name ?? Same(key);

    public BilingualText Calculator(string key) => pack.Calculators.GetValueOrDefault(key)?.Name ?? Same(key);

    public BilingualText Calendar(string key) => pack.Calendars.FirstOrDefault(calendar => calendar.Key == key)?.Name ?? Same(key);

    public BilingualText Department(string key) => _facts.DepartmentName(key) ?? Same(key);

    public BilingualText Body(string key) => pack.Organisation.Bodies.FirstOrDefault(body => body.Key == key)?.Name ?? Same(key);

    public BilingualText Level(string key) => pack.Levels.Levels.FirstOrDefault(level => level.Key == key)?.Name
        ?? (key == "one" ? new("提一级", "one level up") : Same(key));

    public BilingualText PauseReason(string key) => pack.PauseReasons.FirstOrDefault(reason => reason.Key == key)?.Name ?? Same(key);

    public BilingualText Setting(string key) => pack.Identity.Settings.FirstOrDefault(setting => setting.Key == key)?.Question is { } question
        ? new($"设置“{question.Zh}”", $"the setting “{question.En}”")
        : Same(key);

    /// <summary>The name of a workflow as its definition has it.</summary>
    public BilingualText Workflow(string key) => pack.Workflows.TryGetValue(key, out var json) && JsonText.TryParse(json, out var definition, out _)
        ? Same(PackParts.Text(definition, "name") ?? key)
        : Same(key);

    /// <summary>When a rung acts, in words: "4 hours before due"; null when the text is no such time.</summary>
    public static BilingualText? Moment(string at)
    {
        try
        {
            var time = RungTime.Parse(at);
            return new BilingualText(time.ToText("zh-CN"), time.ToText("en"));
        }
        catch (InvalidTimeRuleException)
        {
            return null;
        }
    }

    // a rung's own name is its time, where every limit that has it says the same
    private BilingualText? Rung(string key)
    {
        var times = pack.Identity.Labels.ContainsKey(key) ? [] : pack.Limits.SelectMany(limit => limit.Rungs).Where(rung => rung.Rung.Key == key)
            .Select(rung => rung.Rung.At).Distinct().Take(2).ToList();
        return times.Count == 1 ? new BilingualText(times[0].ToText("zh-CN"), times[0].ToText("en")) : null;
    }

    private BilingualText Of(string role, string zh, string en)
    {
        var name = _facts.RoleName(role) ?? Same(role);
        return new BilingualText($"{zh}{name.Zh}", $"{name.En} of the {en}");
    }

    internal static BilingualText Same(string text) => new(text, text);
}
