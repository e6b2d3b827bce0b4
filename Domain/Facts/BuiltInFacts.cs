using static CaseManagement.Domain.Facts.FactSource;
using static CaseManagement.Domain.Facts.FactType;

namespace CaseManagement.Domain.Facts;

/// <summary>The facts and moments every complaint carries (pack-format §2, "Built in"). A pack never redeclares them.</summary>
public static class BuiltInFacts
{
    /// <summary>All of them. The options of channel, category, level and departments come from the pack, see
    /// <see cref="FactCatalogue"/>.</summary>
    public static IReadOnlyList<FactDefinition> All { get; } =
    [
        Fact("kind", "类型", "Kind", Choice, FactSource.Workflow, "complaint", "consultation", "suggestion") with { HasOwnVerb = true },
        Fact("channel", "渠道", "Channel", Choice, Complainant),
        Fact("subject", "标题", "Subject", Text, Complainant),
        Fact("description", "内容", "Description", Text, Complainant),
        Fact("category", "分类", "Category", Category, Complainant),
        Fact("demand", "诉求", "Demand", Text, Complainant),
        Fact("urgency", "紧急程度", "Urgency", Choice, Complainant, "urgent", "fairlyUrgent", "general"),
        Fact("people", "人数", "People", Number, Complainant) with { Min = 1 },
        Fact("complainant", "投诉人", "Complainant", Party, Complainant) with { Sensitive = true },
        Fact("complainantKind", "投诉人类别", "Kind of complainant", Choice, Complainant, "person", "company", "authority", "media", "staff"),
        Fact("anonymous", "匿名", "Anonymous", FactType.Boolean, Complainant),
        Fact("confidential", "保密", "Confidential", FactType.Boolean, Complainant),
        Fact("respondentDepartment", "被投诉部门", "Department complained of", Department, Complainant),
        Fact("respondentPerson", "被投诉人", "Respondent", Person, Complainant) with { Sensitive = true },
        Fact("attachments", "附件", "Attachments", Files, FactSource.Workflow) with { HasOwnVerb = true },
        Fact("status", "状态", "Status", Choice, FactSource.Workflow, "open", "refused", "closed", "withdrawn") with { HasOwnVerb = true },
        Fact("level", "等级", "Level", Level, Table) with { HasOwnVerb = true },
        Fact("lead", "牵头部门", "Lead department", Department, Table),
        Fact("departments", "承办部门", "Departments", Departments, Table),
        Fact("supporting", "协办部门", "Supporting departments", Departments, Derived),
        Fact("handler", "处理人", "Handler", Person, FactSource.Workflow) with { HasOwnVerb = true },
        Fact("team", "小组", "Team", People, FactSource.Workflow) with { HasOwnVerb = true },
        Fact("reopenings", "重新办理次数", "Reopenings", Number, FactSource.Workflow) with { HasOwnVerb = true },
        Fact("outOfHours", "非工作时间", "Out of hours", FactType.Boolean, FactSource.Workflow) with { HasOwnVerb = true },
        Fact("replyForm", "答复方式", "Form of reply", Choice, Handler, "oral", "written"),
        Fact("outcome", "处理结果", "Outcome", Choice, Handler),
        Fact("validity", "有效性", "Validity", Choice, Handler, "valid", "invalid", "partly"),
        Fact("liability", "责任认定", "Liability", Choice, Handler, "ours", "customer", "supplier", "staff", "none"),
        Fact("satisfaction", "满意度", "Satisfaction", Choice, Complainant, "satisfied", "neutral", "dissatisfied", "unreachable"),
        Fact(FactNames.TaskOutcome, "任务结果", "Outcome being chosen", Choice, FactSource.Workflow) with { HasOwnVerb = true },
        Moment("receivedAt", "收到时间", "Received at") with { HasOwnVerb = true },
        Moment("registeredAt", "登记时间", "Registered at"),
        Moment("acknowledgedAt", "告知时间", "Acknowledged at"),
        Moment("acceptedAt", "受理时间", "Accepted at"),
        Moment("refusedAt", "不予受理时间", "Refused at"),
        Moment("firstRepliedAt", "首次答复时间", "First replied at") with { KeepsFirst = true },
        Moment("repliedAt", "答复时间", "Replied at"),
        Moment("requestedAt", "要求补充材料时间", "Material requested at"),
        Moment("agreedAt", "同意时间", "Agreed at"),
        Moment("rejectedAt", "不同意时间", "Rejected at"),
        Moment("verifiedAt", "验证时间", "Verified at"),
        Moment("followedUpAt", "回访时间", "Followed up at"),
        Moment("levelChangedAt", "等级变更时间", "Level changed at") with { HasOwnVerb = true },
        Moment("closedAt", "办结时间", "Closed at") with { HasOwnVerb = true },
        Moment("reopenedAt", "重新办理时间", "Reopened at") with { HasOwnVerb = true },
    ];

    private static FactDefinition Fact(string key, string zh, string en, FactType type, FactSource by, params string[] options) =>
        new(key, new BilingualText(zh, en), type, by)
        {
            IsBuiltIn = true,
            Options = options.Length == 0 ? null : [.. options.Select(option => new FactOption(option, null))],
        };

    private static FactDefinition Moment(string key, string zh, string en) => Fact(key, zh, en, Instant, FactSource.Workflow);
}
