using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Figures;

namespace CaseManagement.Domain.Packs.Coverage;

/// <summary>Something a process may need of the product, and how to see in its pack that it uses it.</summary>
/// <param name="Key">Stable.</param>
/// <param name="Name">What people read.</param>
/// <param name="IsUsedBy">Whether a pack uses it; asked with the types of the steps its workflows draw, and with the inputs these are given.</param>
public sealed record Capability(string Key, BilingualText Name, Func<ProcessPack, IReadOnlySet<string>, bool> IsUsedBy)
{
    /// <summary>All there are, in the order of a case's way.</summary>
    public static IReadOnlyList<Capability> All { get; } =
    [
        Of("channels", "多渠道受理", "Several channels", pack => pack.Identity.Channels.Count > 1),
        Of("kinds", "咨询或建议另有流程", "Consultations or suggestions beside complaints", pack => pack.Identity.Kinds.Count > 1),
        Of("forms", "自定义登记表", "Forms of its own", pack => pack.Forms.Count > 0),
        Of("conditional-fields", "有条件的字段", "Fields under conditions", pack => pack.Forms.Values.Any(form => form.Fields.Any(field => field.MinRows is not null || field.MinCount is not null || field.Visible.Reads.Count > 0 || field.Required?.Reads.Count > 0))),
        Of("tables-in-forms", "表格式明细", "Small tables within a form", pack => pack.OwnFacts.Any(fact => fact.Type == FactType.Rows)),
        Of("signatures", "签字、盖章或复述确认", "Signatures, seals, reading back", pack => pack.Forms.Values.Any(form => form.Signatures.Count > 0 || form.ReadBack) || pack.Templates.Values.Any(template => template.Signatures.Count > 0)),
        Of("options", "选项随情况不同", "Options that depend on the case", pack => pack.OwnFacts.Any(fact => fact.Options?.Any(option => option.When is not null) == true)),
        Of("derived", "推算的值", "Values worked out", pack => pack.OwnFacts.Any(fact => fact.Value is not null)),
        Of("undetermined", "可暂记“未确认”的值", "Values that may stay undetermined", pack => pack.OwnFacts.Any(fact => fact.Undetermined is not null)),
        Drawn("acceptance", "受理审查", "Acceptance examined", "CaseManagement.AcceptanceDecision"),
        Drawn("information", "请投诉人补充材料", "Information asked of the complainant", "CaseManagement.RequestInformation"),
        Of("categories", "分类树", "Category trees", pack => pack.Categories.All.Count > 0),
        Of("routing", "按规则派给部门", "Routing by rules", pack => Sets(pack, "lead", "departments")),
        Of("several-departments", "多部门协办", "Several departments at once", pack => Sets(pack, "departments")),
        new("branches", new BilingualText("并行办理", "Branches side by side"), (pack, drawn) => drawn.Contains("Elsa.FlowFork")
            || pack.Tables.Values.Any(table => table.Hit == Classification.HitPolicy.Collect && table.Rows.Any(row => row.Then.Outcomes.Count > 0))),
        Drawn("team", "指定经办人、部门或小组", "Handler, department or team named", "CaseManagement.Assign"),
        Drawn("each", "逐项、逐部门派任务", "A task for each row or department", "forEach"),
        Drawn("several-people", "两人办理或换人办理", "Two people, or somebody else than before", "minPeople", "notBy"),
        Drawn("referral", "移送外部单位", "Referral outside", "CaseManagement.ReferOutside"),
        Of("levels", "等级判定", "Levels by rules", pack => Sets(pack, "level")),
        Of("live-tables", "规则随事实变化重新判定", "Rules worked out again as facts change", pack => pack.LiveTables.Any()),
        Of("counts", "重复投诉合并计数", "Repeats counted together", pack => pack.Counters.Values.Any(counter => counter is { Of: null, Measure: null })),
        Of("item-counts", "奖惩或事件计数", "Awards or events counted", pack => pack.Counters.Values.Any(counter => counter.Of is not null)),
        Of("rates", "比率与连续月数", "Rates, months in a row", pack => pack.Counters.Values.Any(counter => counter.Measure is not null)),
        Of("minutes-hours", "按分钟或小时计的时限", "Limits in minutes or hours", pack => Counts(pack, LimitUnit.Minutes, LimitUnit.Hours)),
        Of("working-hours", "按工作小时计的时限", "Limits in working hours", pack => Counts(pack, LimitUnit.WorkingHours)),
        Of("days", "按自然日计的时限", "Limits in calendar days", pack => Counts(pack, LimitUnit.Days)),
        Of("working-days", "按工作日计的时限", "Limits in working days", pack => Counts(pack, LimitUnit.WorkingDays)),
        Of("weeks-months", "按周、月或年计的时限", "Limits in weeks, months or years", pack => Counts(pack, LimitUnit.Weeks, LimitUnit.Months, LimitUnit.Years)),
        Of("immediate", "立即或当日", "At once or the same day", pack => Counts(pack, LimitUnit.Immediate, LimitUnit.SameDay)),
        Of("promised", "承诺日期", "Promised dates", pack => Counts(pack, LimitUnit.Promised) || pack.Limits.Any(limit => limit.Promised is not null)),
        Of("no-number", "不设数字的时限", "Limits without a number", pack => Counts(pack, LimitUnit.None)),
        Of("conditional-limits", "时限随情况不同", "Limits that depend on the case", pack => pack.Limits.Any(limit => limit.When is not null)),
        Of("pauses", "计时暂停", "Clocks paused for reasons", pack => pack.Limits.Any(limit => limit.PauseReasons.Count > 0)),
        Of("extensions", "经批准的延期", "Extensions with approval", pack => pack.Limits.Any(limit => limit.Extension is not null)),
        Of("escalation", "逾期升级", "Escalation", pack => pack.Limits.Any(limit => limit.Rungs.Any(rung => rung.Rung.Do.Count > 0))),
        Of("rung-deeds", "逾期时追问、改派、提级、审批或处罚", "What is late is asked about, reassigned, raised, approved or penalised",
            pack => pack.Limits.Any(limit => limit.Rungs.Any(rung => rung.Rung.Do.Any(deed => deed is not Clocks.NotifyAction)))),
        Drawn("escalation-path", "逾期改变流程走向", "Escalation that changes the way of a case", "CaseManagement.AwaitRung"),
        Of("approvals", "逐级审批", "Approval chains", pack => pack.Chains.Count > 0),
        Of("conditional-approvals", "按金额或等级审批", "Approval by amount or level", pack => pack.Chains.Values.Any(chain => chain.Steps.Any(step => step.When is not null))),
        Of("gates", "先后禁止", "What must not happen before what", pack => pack.Gates.Count > 0),
        Of("exclusive", "限定专人办理", "Done by authorised roles alone", pack => pack.Gates.Any(gate => gate.Only.Count > 0)),
        Of("cover", "岗位随时有人", "Roles that somebody always covers", pack => pack.Organisation.Roles.Any(role => role.AlwaysCovered)),
        Of("compensation", "赔偿计算", "Compensation worked out", pack => Pays(pack, CalculatorKind.Compensation)),
        Of("costs", "费用计算", "Costs worked out", pack => Pays(pack, CalculatorKind.Cost)),
        Of("awards", "奖励", "Awards", pack => Pays(pack, CalculatorKind.Award)),
        Of("penalties", "考核与处罚", "Penalties", pack => Pays(pack, CalculatorKind.Penalty)),
        Of("verification", "整改验证", "Measures verified in rounds", pack => pack.Verifications.Count > 0),
        Of("messages", "通知投诉人", "Messages to the complainant", pack => pack.Templates.Values.Any(template => template.To.Contains("complainant"))),
        Drawn("answer", "征求投诉人意见", "The complainant's answer awaited", "CaseManagement.AwaitComplainant"),
        Drawn("follow-up", "回访", "Follow-up", "CaseManagement.FollowUp"),
        Drawn("reopening", "重新办理", "Reopening", "CaseManagement.ComplaintReopened"),
        Of("documents", "文书", "Documents", pack => pack.Templates.Values.Any(template => template.Kind == TemplateKind.Document)),
        Of("copies", "文书抄送", "Copies of documents", pack => pack.Templates.Values.Any(template => template.Copies.Count > 0)),
        Of("notices", "公示", "Notices", pack => pack.Templates.Values.Any(template => template.Kind == TemplateKind.Notice)),
        Of("bodies", "外部单位", "Outside bodies", pack => pack.Organisation.Bodies.Count > 0),
        Of("confidentiality", "保密", "Confidentiality", pack => pack.Records.Confidentiality.Count > 0),
        Of("retention", "保存期限", "Times of keeping", pack => pack.Records.Retention.Count > 0),
        Of("book", "登记簿", "A register", pack => pack.Records.Book is not null),
        Of("reports", "定期报表", "Periodic reports", pack => pack.Reports.Count > 0),
        Of("report-duties", "报表任务", "Reports as duties", pack => pack.Reports.Values.Any(report => report.Task is not null)),
        Of("figures", "参考数与外部数据", "Figures kept or brought in", pack => FigureNames.Of(pack).Count > 0),
        Of("readings", "可选的制度解释", "Readings to choose", pack => pack.Identity.Settings.Count > 0),
        Of("change-approval", "流程修改须审批", "Changes of the process approved", pack => pack.Identity.ChangeApproval is not null),
        Of("scenarios", "自带场景测试", "Scenarios of its own", pack => pack.Scenarios.Count > 0),
    ];

    private static Capability Of(string key, string zh, string en, Func<ProcessPack, bool> isUsedBy) => new(key, new BilingualText(zh, en), (pack, _) => isUsedBy(pack));

    private static Capability Drawn(string key, string zh, string en, params string[] types) => new(key, new BilingualText(zh, en), (_, drawn) => types.Any(drawn.Contains));

    private static bool Sets(ProcessPack pack, params string[] facts) => pack.Tables.Values.Any(table =>
        table.Rows.Select(row => row.Then).Append(table.Otherwise).OfType<Classification.TableOutput>().Any(output => output.Facts.Keys.Any(facts.Contains)));

    private static bool Counts(ProcessPack pack, params LimitUnit[] units) => pack.Limits.Any(limit => UnitsOf(pack, limit).Any(units.Contains));

    // a limit whose unit is a reading may be counted in each of its options
    private static IEnumerable<LimitUnit> UnitsOf(ProcessPack pack, LimitDefinition limit) => limit.Unit.Setting is not { } setting
        ? Known(limit.Unit.Value)
        : pack.Identity.Settings.Where(one => one.Key == setting).SelectMany(one => one.Options ?? []).SelectMany(option => Known(FactValue.Of(option.Key)));

    private static IEnumerable<LimitUnit> Known(FactValue word) => LimitDefinition.UnitOf(word) is { } unit ? [unit] : [];

    private static bool Pays(ProcessPack pack, CalculatorKind kind) => pack.Calculators.Values.Any(calculator => calculator.Kind == kind);
}
