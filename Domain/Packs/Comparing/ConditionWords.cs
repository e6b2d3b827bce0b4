using CaseManagement.Domain.Classification;
using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Packs.Comparing;

/// <summary>Says a condition in both languages: "拟赔偿金额 > 1000 且 有人受伤：是".</summary>
internal static class ConditionWords
{
    public static BilingualText Of(Condition condition, PackWording wording)
    {
        var alternatives = condition.Alternatives.Select(alternative => Join(alternative.Tests.Select(part => Of(part.Fact, part.Test, wording)), "，且 ", " and ")).ToList();
        return alternatives.Count == 0 ? new("从不", "never")
            : alternatives.Exists(one => one.Zh.Length == 0) ? new("总是", "always")
            : Join(alternatives, "；或 ", "; or ");
    }

    private static BilingualText Of(string fact, UnaryTest test, PackWording wording)
    {
        var (name, says) = (wording.Fact(fact), Of(test, fact, wording));
        return test is UnaryTest.Value or UnaryTest.OneOf or UnaryTest.IsNull or UnaryTest.Any or UnaryTest.Negation
            ? new BilingualText($"{name.Zh}：{says.Zh}", $"{name.En}: {says.En}")
            : new BilingualText($"{name.Zh} {says.Zh}", $"{name.En} {says.En}");
    }

    private static BilingualText Of(UnaryTest test, string fact, PackWording wording) => test switch
    {
        UnaryTest.Any => new("任意", "anything"),
        UnaryTest.IsNull => new("未填", "not given"),
        UnaryTest.Value value when value.Typed.Boolean is { } yes => yes ? new("是", "yes") : new("否", "no"),
        UnaryTest.Value value => State(fact, value.Literal) ?? wording.Option(fact, value.Literal),
        UnaryTest.Compare compare => Compared(compare.Comparison, compare.Operand, wording),
        UnaryTest.CountCompare count => Prefixed("个数 ", "count ", Compared(count.Comparison, count.Operand, wording)),
        UnaryTest.Range range => Ranged(range, wording),
        UnaryTest.OneOf any => Join(any.Tests.Select(one => Of(one, fact, wording)), " 或 ", " or "),
        UnaryTest.Negation { Test: UnaryTest.IsNull } => new("已填", "given"),
        UnaryTest.Negation not => Wrapped("非（", "not (", Of(not.Test, fact, wording)),
        _ => PackWording.Same(test.ToString() ?? ""),
    };

    private static BilingualText Ranged(UnaryTest.Range range, PackWording wording)
    {
        var (from, to) = (Operand(range.From, wording), Operand(range.To, wording));
        var (low, high) = (range.IncludesFrom ? "≥" : ">", range.IncludesTo ? "≤" : "<");
        return new BilingualText($"{low} {from.Zh} 且 {high} {to.Zh}", $"{low} {from.En} and {high} {to.En}");
    }

    private static BilingualText Compared(Comparison comparison, Operand operand, PackWording wording)
    {
        var sign = comparison switch
        {
            Comparison.Less => "<",
            Comparison.AtMost => "≤",
            Comparison.Equal => "=",
            Comparison.AtLeast => "≥",
            Comparison.Greater => ">",
        };
        return Prefixed(sign + " ", sign + " ", Operand(operand, wording));
    }

    private static BilingualText Operand(Operand operand, PackWording wording) =>
        operand.Name is { } name ? wording.Fact(name) : PackWording.Same(FactText.Plain(FactValue.Of(operand.Number ?? 0)));

    // states that conditions compare with: of a clock, an approval, a document
    private static BilingualText? State(string fact, string state) => !FactNames.TrySplit(fact, out _, out _) ? null : state switch
    {
        "running" => new("计时中", "running"),
        "paused" => new("已暂停", "paused"),
        "met" => new("按时", "met"),
        "breached" => new("已超时", "breached"),
        "cancelled" => new("已取消", "cancelled"),
        "none" => new("未提交", "not asked"),
        "pending" => new("审批中", "pending"),
        "approved" => new("已批准", "approved"),
        "returned" => new("已退回", "returned"),
        "refused" => new("未批准", "refused"),
        "missing" => new("未出具", "missing"),
        "unsigned" => new("未签字", "unsigned"),
        "issued" => new("已出具", "issued"),
        "signed" => new("已签字", "signed"),
        _ => OutcomeWords.Of(state),
    };

    private static BilingualText Prefixed(string zh, string en, BilingualText text) => new(zh + text.Zh, en + text.En);

    private static BilingualText Wrapped(string zh, string en, BilingualText text) => new($"{zh}{text.Zh}）", $"{en}{text.En})");

    private static BilingualText Join(IEnumerable<BilingualText> texts, string zh, string en)
    {
        var all = texts.ToList();
        return new BilingualText(string.Join(zh, all.Select(one => one.Zh)), string.Join(en, all.Select(one => one.En)));
    }
}
