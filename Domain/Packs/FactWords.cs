using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Parties;

namespace CaseManagement.Domain.Packs;

/// <summary>Writes facts for people in the pack's own words: options, categories, levels and departments by name, moments in the pack's zone.</summary>
public sealed class FactWords(ProcessPack pack, Func<DateTimeOffset, string, string> moment)
{
    /// <summary>The name of a fact; the key itself where the pack does not know it.</summary>
    public BilingualText NameOf(string fact) => pack.Facts.Find(fact)?.Name ?? new BilingualText(fact, fact);

    /// <summary>The value of a fact in words; empty when unknown.</summary>
    public BilingualText Of(string fact, FactValue value)
    {
        if (value.Instant is { } instant)
        {
            return new BilingualText(moment(instant, "zh-CN"), moment(instant, "en"));
        }

        if (value.List is { } list)
        {
            var names = list.Select(v => OptionName(fact, v)).ToList();
            return new BilingualText(string.Join('、', names.Select(n => n.Zh)), string.Join(", ", names.Select(n => n.En)));
        }

        return value.Text is { } text ? OptionName(fact, text) : FactText.Of(value);
    }

    /// <summary>What an option of a fact is called; the key itself where it has no name.</summary>
    public BilingualText OptionName(string fact, string option)
    {
        var definition = pack.Facts.Find(fact);
        var name = definition?.Options?.FirstOrDefault(o => o.Key == option)?.Name
            ?? (pack.Categories.Serve(fact) ? pack.Categories.NodesFor(fact).FirstOrDefault(n => n.Key == option)?.Name : null)
            ?? definition?.Type switch
            {
                FactType.Level => pack.Levels.Levels.FirstOrDefault(l => l.Key == option)?.Name,
                FactType.Department or FactType.Departments => DepartmentName(option),
                FactType.Role => RoleName(option),
                _ => null,
            };
        return name ?? new BilingualText(option, option);
    }

    /// <summary>What an outcome is called on a button and at a port.</summary>
    public BilingualText OutcomeName(string outcome) => pack.Identity.Labels.GetValueOrDefault(outcome) ?? OutcomeWords.Of(outcome);

    /// <summary>A resolved candidate or recipient in words: "supervisor", "staff of Customer service".</summary>
    public BilingualText CandidateName(string candidate)
    {
        if (candidate == Candidates.Up)
        {
            return new("上一级负责人", "the next level up");
        }

        if (candidate.StartsWith(Candidates.UpPrefix, StringComparison.Ordinal))
        {
            var top = candidate[Candidates.UpPrefix.Length..];
            return RoleName(top) is { } last ? new($"上一级负责人（到顶为{last.Zh}）", $"the next level up ({last.En} at the top)") : new("上一级负责人", "the next level up");
        }

        if (candidate.StartsWith(Candidates.HeadPrefix, StringComparison.Ordinal))
        {
            var led = candidate[Candidates.HeadPrefix.Length..];
            var named = led == "lead" ? new("牵头部门", "the lead department") : DepartmentName(led) ?? new(led, led);
            return new($"{named.Zh}负责人", $"the head of {named.En}");
        }

        if (candidate.StartsWith(Candidates.UserPrefix, StringComparison.Ordinal))
        {
            var person = candidate[Candidates.UserPrefix.Length..];
            return new(person, person);
        }

        var at = candidate.IndexOf('@', StringComparison.Ordinal);
        var role = RoleName(at < 0 ? candidate : candidate[..at]) ?? new BilingualText(candidate, candidate);
        return at < 0 || DepartmentName(candidate[(at + 1)..]) is not { } department
            ? role
            : new BilingualText($"{department.Zh}{role.Zh}", $"{role.En}, {department.En}");
    }

    public BilingualText? DepartmentName(string key) => pack.Organisation.Departments.FirstOrDefault(d => d.Key == key)?.Name;

    public BilingualText? RoleName(string key) => pack.Organisation.Roles.FirstOrDefault(r => r.Key == key)?.Name;
}

/// <summary>The words for outcomes that every process shares.</summary>
public static class OutcomeWords
{
    private static readonly Dictionary<string, BilingualText> Known = new(StringComparer.Ordinal)
    {
        ["Done"] = new("完成", "Done"),
        ["Approved"] = new("同意", "Approve"),
        ["Returned"] = new("退回", "Return"),
        ["Refused"] = new("不同意", "Refuse"),
        ["Accepted"] = new("受理", "Accept"),
        ["MaterialMissing"] = new("材料不全", "Material missing"),
        ["Received"] = new("已收到", "Received"),
        ["NotReceived"] = new("未收到", "Not received"),
        ["Agreed"] = new("同意", "Agreed"),
        ["Rejected"] = new("不同意", "Rejected"),
        ["NoAnswer"] = new("未答复", "No answer"),
        ["Satisfied"] = new("满意", "Satisfied"),
        ["Dissatisfied"] = new("不满意", "Dissatisfied"),
        ["Unreachable"] = new("联系不上", "Unreachable"),
        ["NotSampled"] = new("未抽中", "Not sampled"),
        ["Stopped"] = new("已停止", "Stopped"),
        ["Extended"] = new("已延期", "Extended"),
        ["Issued"] = new("已出具", "Issued"),
        ["Next"] = new("下一轮", "Next"),
        ["Complete"] = new("完成", "Complete"),
        ["Failed"] = new("未通过", "Failed"),
        ["True"] = new("是", "Yes"),
        ["False"] = new("否", "No"),
    };

    /// <summary>The words; the outcome itself where it is the process owner's own.</summary>
    public static BilingualText Of(string outcome) => Known.GetValueOrDefault(outcome) ?? new BilingualText(outcome, outcome);
}
