using System.Security.Claims;
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
        return Task.FromResult(new ProcessList(filter, 42, [new("", Say.It("全部", "All"), 42), new("property", Say.It("物业", "Property"), 7), new("retail", Say.It("零售", "Retail"), 8)], filter.Q == "none" ? [] : cards) { ImportHref = "/processes/import" });
    }

    public Task<ProcessPage?> GetAsync(string key, int? version, ClaimsPrincipal user, CancellationToken cancellationToken) => Task.FromResult(key != "standard-complaint" ? null : new ProcessPage
    {
        Key = key,
        Name = Say.It("标准投诉处理", "Standard complaint handling"),
        Remark = Say.It("已发布第 3 版，23 件在办。草稿比第 3 版多 1 步。", "Version 3 is live with 23 open cases. The draft has 1 more step."),
        State = new(StateShape.Waiting, Say.It("草稿", "draft")),
        Version = version ?? 4,
        Zone = Say.Zone,
        Versions =
        [
            new(4, new(StateShape.Waiting, Say.It("草稿", "draft")), Say.It("孟岚", "Meng Lan"), Say.At(10, 12, 11, 40), 0),
            new(3, new(StateShape.Live, Say.It("已发布", "published")), Say.It("加督办", "watch added"), Say.At(8, 1, 0), 23),
            new(2, new(StateShape.Ended, Say.It("已停用", "retired")), Say.It("加回访", "follow-up added"), Say.At(3, 16, 0), 1),
        ],
        Diagrams = [SampleDiagram.Get(ofCase: false)],
        Findings =
        [
            new(true, Say.It("“复核”没有候选人", "“Re-examine” has nobody to do it"), Say.It("任务发给角色“经理”，该角色下没有人。", "The task goes to the role manager; nobody has it.")),
            new(false, Say.It("“异议期”没有预警", "“Objection period” has no warning"), Say.It("到期前没有人知道。", "Nobody is told before it is due.")),
        ],
        Clauses = [new("1", Say.It("一日内首次答复", "First reply within a day"), Say.It("首次答复（24 小时）", "First reply (24 hours)")), new("2", Say.It("七日内办结", "Resolved within seven days"), Say.It("办结（7 天）", "Resolution (7 days)")), new("6", Say.It("办结后回访", "Follow-up after resolution"), null)],
        DesignerHref = "/processes/standard-complaint/designer",
        ExportHref = "/processes/standard-complaint/export",
        LimitsHref = "/limits/standard-complaint",
        Publish = new FormPage { Id = "publish", Fields = [new() { Key = "note", Label = Say.It("发布说明（给处理人看）", "Note to handlers"), Type = FieldType.Multiline, Required = true }] },
    });

    public Task<ActionAnswer> PublishAsync(string key, int version, FormAnswers answers, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Task.FromResult(ActionAnswer.Refused(Say.It("还有 1 项必须改。", "1 finding must be fixed first.")));

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
