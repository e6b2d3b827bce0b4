using System.Security.Claims;
using CaseManagement.Web.Features.Diagrams;
using CaseManagement.Web.Features.Processes;
using CaseManagement.Web.Features.Shared;

namespace CaseManagement.EndToEnd.Tests.Samples;

/// <summary>The standard process with a draft that has findings.</summary>
internal sealed class SampleProcesses : IProcessPages
{
    public Task<ProcessList> ListAsync(ProcessFilter filter, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        IReadOnlyList<ProcessCard> cards =
        [
            Card("standard-complaint", Say.It("标准投诉处理", "Standard complaint handling"), Say.It("通用 · 24 小时答复，7 天办结", "General · reply in 24 hours, resolved in 7 days"), new(StateShape.Live, Say.It("已发布", "published")), 0, 0),
            Card("property", Say.It("业主投诉", "Owner complaints"), Say.It("物业 · 四级，随时间自动升级", "Property · four levels that rise with time"), new(StateShape.Waiting, Say.It("有草稿", "draft open")), 0, 3),
            Card("dealer", Say.It("经销商投诉", "Dealer complaints"), Say.It("制造 · 4 / 8 / 12 工作时", "Manufacturing · 4 / 8 / 12 working hours"), new(StateShape.Live, Say.It("已发布", "published")), 1, 0),
        ];
        return Task.FromResult(new ProcessList(filter, 42, [new("", Say.It("全部", "All"), 42), new("property", Say.It("物业", "Property"), 7), new("retail", Say.It("零售", "Retail"), 8)], filter.Q == "none" ? [] : cards) { ImportHref = "/gallery#own-title" });
    }

    public Task<ProcessPage?> GetAsync(string key, ProcessView view, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (key != "standard-complaint")
        {
            return Task.FromResult<ProcessPage?>(null);
        }

        var tab = view.Tab ?? ProcessView.CompareTab;
        return Task.FromResult<ProcessPage?>(new ProcessPage
        {
            Key = key,
            Name = Say.It("标准投诉处理", "Standard complaint handling"),
            Remark = Say.It("已发布第 3 版，共 24 件在办。草稿比第 3 版多 2 项、少 1 项、改 3 项。", "v3 is live; 24 open cases in all. Against v3 the draft adds 2, removes 1, changes 3."),
            State = new(StateShape.Waiting, Say.It("草稿", "draft")),
            Version = view.Version ?? 4,
            Zone = Say.Zone,
            Tab = tab,
            Versions =
            [
                new(4, new(StateShape.Waiting, Say.It("草稿", "draft")), Say.It("孟岚", "Meng Lan"), null, Say.At(10, 12, 11, 40), null, 0),
                new(3, new(StateShape.Live, Say.It("已发布", "published")), Say.It("孟岚", "Meng Lan"), Say.It("加督办", "watch added"), Say.At(7, 30, 9), Say.At(8, 1, 0), 23),
                new(2, new(StateShape.Ended, Say.It("已停用", "retired")), Say.It("本产品", "the product"), Say.It("加回访", "follow-up added"), Say.At(3, 1, 0), Say.At(3, 16, 0), 1),
            ],
            MustFix = 1,
            Review = 1,
            ClausesCovered = 2,
            Clauses = 3,
            Compared = (3, 4),
            MayReadHistory = true,
            Comparison = tab == ProcessView.CompareTab ? Comparison() : null,
            Findings = tab == ProcessView.FindingsTab ? Findings() : null,
            Content = tab == ProcessView.ContentTab ? new ContentPart([SampleDiagram.Get(ofCase: false)], Shape(), [Limits()]) : null,
            ClauseLines = tab == ProcessView.ClausesTab
                ? [new("1", Say.It("一日内首次答复", "First reply within a day"), Say.It("首次答复（24 小时）", "First reply (24 hours)")), new("2", Say.It("七日内办结", "Resolved within seven days"), Say.It("办结（7 天）", "Resolution (7 days)")), new("6", Say.It("办结后回访", "Follow-up after resolution"), null)]
                : null,
            History = tab == ProcessView.HistoryTab ? History() : null,
            DesignerHref = "/processes/standard-complaint/designer",
            ExportHref = "/processes/standard-complaint/versions/4/export",
            LimitsHref = "/limits/standard-complaint",
            Publish = Publish(),
        });
    }

    public Task<ActionAnswer> PublishAsync(string key, int version, FormAnswers answers, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Task.FromResult(ActionAnswer.Refused(Say.It("还有 1 项必须改。", "1 finding must be fixed first.")));

    private static PublishPanel Publish() => new()
    {
        Form = new FormPage { Id = "publish", Fields = [new() { Key = "note", Label = Say.It("发布说明（给处理人看）", "Note to handlers"), Type = FieldType.Multiline, Required = true }] },
        Checks =
        [
            new(CheckState.Good, Say.It("每一步都注明条款", "Every step cites its clause"), null),
            new(CheckState.Blocks, Say.It("还有 1 项必须改", "1 finding must be fixed"), "/processes/standard-complaint?version=4&tab=findings"),
        ],
        Effects = [Say.It("新投诉改按第 4 版办理，第 3 版停用。", "New cases start on v4; v3 is retired."), Say.It("23 件在办留在第 3 版办完。", "23 open cases stay on v3.")],
        Powers =
        [
            new(Say.It("新的收件人", "New recipients"), [new(Say.It("“转告供应商”把“转告”发给 供应商", "“Tell the supplier” sends “Passed on” to Supplier"), "/processes/standard-complaint?version=4&tab=content")]),
            new(Say.It("审批取消或改变", "Approvals removed or changed"), [new(Say.It("“赔偿审批”中 经理 的审批", "The approval of Manager in “Compensation approval”"), null)]),
        ],
        Separation = new Note(NoteKind.Warning, Say.It("你参与编写了这一版。", "You had a hand in this version.")),
        IsBlocked = true,
    };

    private static ComparisonPart Comparison() => new()
    {
        From = 3,
        To = 4,
        FromText = Say.It("第 3 版（已发布）", "v3 (published)"),
        ToText = Say.It("第 4 版（草稿）", "v4 (draft)"),
        Added = 2,
        Changed = 3,
        Removed = 1,
        Diagrams = [Marked()],
        Groups =
        [
            new(Say.It("投诉流程", "Complaints: workflow"),
            [
                new(DiagramMark.Changed, Say.It("调查并提出方案", "Investigate and propose"), "/processes/standard-complaint?version=4&tab=content", [new(Say.It("由谁办理", "Who"), Say.It("牵头部门经办人", "Staff of the lead department"), Say.It("主管", "Supervisor"))]),
                new(DiagramMark.Added, Say.It("回访", "Follow up"), null, [new(Say.It("由谁办理", "Who"), null, Say.It("回访员", "Follow-up officer")), new(Say.It("表单", "Form"), null, Say.It("回访单", "Follow-up form"))]),
                new(DiagramMark.Removed, Say.It("再超24小时：经理督办", "24 hours later: manager"), null, [new(Say.It("由谁办理", "Who"), Say.It("经理", "Manager"), null)]),
            ]),
            new(Say.It("时限", "Time limits"), [new(DiagramMark.Changed, Say.It("首次答复", "First reply"), null, [new(Say.It("时长", "Length"), Say.It("24 小时", "24 hours"), Say.It("12 小时", "12 hours"))])]),
        ],
    };

    private static Diagram Marked()
    {
        var diagram = SampleDiagram.Get(ofCase: false);
        return diagram with
        {
            Nodes = [.. diagram.Nodes.Select(node => node with
            {
                Mark = node.Id switch { "handle" => DiagramMark.Changed, "visit" => DiagramMark.Added, "toManager" => DiagramMark.Removed, _ => DiagramMark.None },
            })],
            Connections = [.. diagram.Connections.Select(way => way.To == "toManager" || way.From == "toManager" ? way with { Mark = DiagramMark.Removed } : way.To == "visit" ? way with { Mark = DiagramMark.Added } : way)],
        };
    }

    private static FindingsPart Findings()
    {
        var diagram = SampleDiagram.Get(ofCase: false);
        return new FindingsPart(
            [
                new(FindingWeight.MustFix, Say.It("没有角色“公关”", "There is no role 'press'"), Say.It("投诉流程：复核", "Complaints: workflow: Re-examine"))
                {
                    Mend = Say.It("先在部门与角色里加上这个角色，或改选已有的角色。", "Add the role to departments and roles, or choose one there is."),
                    Href = "/processes/standard-complaint?tab=findings&shape=standard-complaint/reexamine#diagram",
                    HrefText = Say.It("定位", "Go to step"),
                    DesignerHref = "/processes/standard-complaint/designer?workflow=standard-complaint&shape=reexamine",
                },
                new(FindingWeight.Review, Say.It("“异议期”没有预警", "“Objection period” has no warning"), Say.It("时限：异议期", "Time limits: Objection period")) { Href = "/processes/standard-complaint?tab=content#p", HrefText = Say.It("去看", "Go there") },
                new(FindingWeight.Info, Say.It("条款“6”还没有对应的步骤", "The clause '6' has no step yet"), Say.It("流程总则", "The process as a whole")),
            ],
            [diagram with { Nodes = [.. diagram.Nodes.Select(node => node.Id == "reexamine" ? node with { Mark = DiagramMark.MustFix, Here = true } : node)] }],
            Shape());
    }

    private static PartLine Shape() => new("p", Say.It("复核", "Re-examine"), [new(Say.It("由谁办理", "Who"), null, Say.It("公关", "press"))]) { EditHref = "/processes/standard-complaint/designer", EditText = Say.It("在设计器里改", "Open in designer") };

    private static PartGroup Limits() => new("p-limits", Say.It("时限", "Time limits"), [new("p-limits-reply", Say.It("首次答复", "First reply"), [new(Say.It("时长", "Length"), null, Say.It("24 小时", "24 hours"))]) { EditHref = "/limits/standard-complaint?limit=reply", EditText = Say.It("调整时限", "Change the limit") }]);

    private static HistoryPart History() => new(
        [
            new("pencil", Say.It("在设计器里修改第 4 版", "Changed v4 in the designer"), Say.It("孟岚", "Meng Lan"), Say.At(10, 12, 11, 40), null) { Href = "/processes/standard-complaint?version=4", HrefText = Say.It("第 4 版", "v4") },
            new("hourglass", Say.It("调整时限“首次答复”", "Changed the limit “First reply”"), Say.It("管理员", "Administrator"), Say.At(9, 2, 8, 0), Say.It("36 小时 → 24 小时。原因：总部要求", "36 hours → 24 hours. Reason: head office asks")) { Lines = [Say.It("在办件一并调整", "Open cases were moved too")] },
            new("circle-check", Say.It("发布第 3 版", "Published v3"), Say.It("孟岚", "Meng Lan"), Say.At(8, 1, 0), Say.It("加督办", "watch added")),
        ],
        "/processes/standard-complaint?tab=history&before=3");

    private static ProcessCard Card(string key, string name, string remark, StateMark state, int mustFix, int review) => new()
    {
        Key = key,
        Name = name,
        Remark = remark,
        State = state,
        Version = 3,
        Open = 23,
        MustFix = mustFix,
        Review = review,
        Clauses = 8,
        ClausesCovered = 7,
    };
}
