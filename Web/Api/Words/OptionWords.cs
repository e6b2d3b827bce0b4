using CaseManagement.Domain.Facts;

namespace CaseManagement.Web.Features.Shared;

/// <summary>What the kinds of cases are called.</summary>
public static class KindWords
{
    public static BilingualText Of(string? kind) => kind switch
    {
        "consultation" => new("咨询", "Consultation"),
        "suggestion" => new("建议", "Suggestion"),
        _ => new("投诉", "Complaint"),
    };
}

/// <summary>What the options of built-in facts are called; a process has its own words for its own facts.</summary>
public static class OptionWords
{
    private static readonly Dictionary<(string Fact, string Option), BilingualText> Known = new()
    {
        [("urgency", "urgent")] = new("紧急", "urgent"),
        [("urgency", "fairlyUrgent")] = new("较急", "fairly urgent"),
        [("urgency", "general")] = new("一般", "general"),
        [("replyForm", "oral")] = new("口头", "oral"),
        [("replyForm", "written")] = new("书面", "written"),
        [("validity", "valid")] = new("有效", "valid"),
        [("validity", "invalid")] = new("无效", "invalid"),
        [("validity", "partly")] = new("部分有效", "partly valid"),
        [("liability", "ours")] = new("我方责任", "ours"),
        [("liability", "customer")] = new("客户责任", "the customer's"),
        [("liability", "supplier")] = new("供应商责任", "the supplier's"),
        [("liability", "staff")] = new("员工责任", "a staff member's"),
        [("liability", "none")] = new("无责任", "nobody's"),
        [("satisfaction", "satisfied")] = new("满意", "satisfied"),
        [("satisfaction", "neutral")] = new("一般", "neutral"),
        [("satisfaction", "dissatisfied")] = new("不满意", "dissatisfied"),
        [("satisfaction", "unreachable")] = new("联系不上", "unreachable"),
    };

    /// <summary>The words; null where the product has none.</summary>
    public static BilingualText? Of(string fact, string option) => Known.GetValueOrDefault((fact, option));
}
