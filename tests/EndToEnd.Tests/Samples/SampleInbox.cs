using System.Security.Claims;
using CaseManagement.Web.Features.Inbox;
using CaseManagement.Web.Features.Shared;

namespace CaseManagement.EndToEnd.Tests.Samples;

/// <summary>An inbox with a clock of every look.</summary>
internal sealed class SampleInbox : IInboxQuery, IInboxActions, IFilterKeeping, IInboxExport, IColumnKeeping
{
    public List<BulkForm> Applied { get; } = [];

    public Task<InboxPage> GetAsync(InboxFilter filter, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var empty = filter.View == "approval";
        IReadOnlyList<InboxGroup> groups = empty ? [] :
        [
            new(InboxGroupKind.Late, 1, [Row(1, Say.It("地下车库消防管爆裂，三辆车泡水", "Burst fire pipe in the basement, three cars flooded"), true, [SampleClocks.Breached(), SampleClocks.Resolution()], Say.It("首次答复", "First reply"))]),
            new(InboxGroupKind.Today, 2,
            [
                Row(2, Say.It("顾客在店内聚集，已有人拍摄上传", "Customers gathering in store, video already online"), true, [SampleClocks.NoLimit()]),
                Row(3, Say.It("自动扶梯夹伤儿童脚，索赔 1,000 元", "Child’s foot caught in escalator, claims ¥1,000"), true, [SampleClocks.Warning(), SampleClocks.Working()], news: Say.It("10:12 来电：什么时候给个准话？", "10:12 call: when do I get a firm answer?")),
            ]),
            new(InboxGroupKind.Later, 2,
            [
                Row(4, Say.It("同型号门锁本月第三次误报", "Same lock model, third false alarm this month"), false, [SampleClocks.Met(), SampleClocks.Working()]),
                Row(5, Say.It("外墙渗水，要求整幢检修", "Façade leaks, whole block to be checked"), false, [SampleClocks.Provisional()]),
            ]),
            new(InboxGroupKind.PausedOrNoLimit, 1, [Row(6, Say.It("热水器漏电致手部灼伤", "Water heater leaked current, burned hand"), true, [SampleClocks.Met(), SampleClocks.Paused()])]),
        ];
        return Task.FromResult(new InboxPage
        {
            Filter = filter,
            Views =
            [
                new(Say.It("我的工作", "My work"), [new("mine", Say.It("我的任务", "My tasks"), 6), new("today", Say.It("今日到期", "Due today"), 3), new("late", Say.It("已超时", "Late"), 1, Late: true), new("approval", Say.It("待我审批", "For my approval"), 0)]),
                new(Say.It("本组", "My group"), [new("unclaimed", Say.It("无人认领", "Unclaimed"), 7), new("open", Say.It("全部在办", "All open"), 186)]),
            ],
            Title = empty ? Say.It("待我审批", "For my approval") : Say.It("我的任务", "My tasks"),
            Total = groups.Sum(group => group.Count),
            Groups = groups,
            Filters =
            [
                new("process", Say.It("流程", "Process"), [new("standard-complaint", Say.It("标准投诉处理", "Standard complaint handling"), 6)], filter.Process),
                new("level", Say.It("等级", "Level"), [new("serious", Say.It("严重", "Serious"), 4), new("general", Say.It("一般", "General"), 2)], filter.Level),
                new("status", Say.It("状态", "Status"), [new("open", Say.It("未办结", "Open"))], filter.Status ?? "open"),
            ],
            PageSize = 50,
            Sorts = [InboxFilter.DueFirst, InboxFilter.GravestFirst, InboxFilter.NewestFirst],
            Saved = [new(Guid.Empty, Say.It("水泵噪声", "Pump noise"), "/inbox?view=open&q=noise", Say.It("质量部", "Quality"), IsOwn: true)],
            SharesWith = [new("quality", Say.It("质量部", "Quality"))],
            MayExport = true,
            Preview = empty ? null : Preview(SampleCases.Id),
            BulkActions = [new("claim", Say.It("认领", "Claim")), new("handover", Say.It("转交…", "Hand over…"))],
            NextTaskHref = $"/cases/{SampleCases.Id}",
            Nothing = new Empty("circle-check", Say.It("没有等你审批的案件。", "Nothing waits for your approval."), Say.It("看我的任务", "See my tasks"), "/inbox?view=mine"),
        });
    }

    public async Task<IReadOnlyList<InboxViewGroup>> ViewsAsync(string? view, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        (await GetAsync(new InboxFilter { View = view }, user, cancellationToken)).Views;

    public Task<bool> SaveAsync(SaveFilterForm form, InboxFilter filter, ClaimsPrincipal user, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task<bool> ChangeAsync(ColumnsForm change, ClaimsPrincipal user, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task<bool> DeleteAsync(Guid id, ClaimsPrincipal user, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task<bool> MayAsync(ClaimsPrincipal user, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task WriteAsync(InboxFilter filter, string reason, ClaimsPrincipal user, Stream output, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<IReadOnlyList<Guid>> AllAsync(InboxFilter filter, int most, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Guid>>([SampleCases.Id]);

    public Task<CasePreview?> PreviewAsync(Guid caseId, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Task.FromResult<CasePreview?>(Preview(caseId));

    public Task<BulkPreview?> PreviewAsync(BulkForm form, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Task.FromResult<BulkPreview?>(new BulkPreview(form, Say.It("转交", "Hand over"),
            [.. form.Ids.Select((id, index) => new BulkLine(id, $"TS-20261012-{index:000}", Say.It("案件", "Case"), index == 1 ? Say.It("你是被投诉人，须回避", "you are the respondent") : null))],
            [new("wang", Say.It("王磊", "Wang Lei"))])
        { AsksReason = true });

    public Task<BulkPreview> ApplyAsync(BulkPreview preview, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(preview.Form.To))
        {
            return Task.FromResult(preview with { Error = Say.It("还差：给谁", "Missing: to whom") });
        }

        Applied.Add(preview.Form);
        return Task.FromResult(preview with { IsResult = true });
    }

    private static InboxRow Row(int number, string subject, bool serious, IReadOnlyList<ClockBadge> clocks, string? task = null, string? news = null) => new()
    {
        CaseId = number == 3 ? SampleCases.Id : new Guid(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]),
        Number = $"TS-20261012-{number:000}",
        Subject = subject,
        Level = SampleCases.Level(serious),
        Task = task ?? Say.It("调查并提出方案", "Investigate and propose"),
        Complainant = Say.It("陈秀兰", "Chen Xiulan"),
        Process = Say.It("标准投诉处理", "Standard complaint handling"),
        News = news,
        NewsIcon = "phone",
        Clocks = clocks,
    };

    private static CasePreview Preview(Guid id) => new()
    {
        CaseId = id,
        Number = "TS-20261012-003",
        Subject = Say.It("自动扶梯夹伤儿童脚，索赔 1,000 元", "Child’s foot caught in escalator, claims ¥1,000"),
        State = new(StateShape.Working, Say.It("处理中", "In handling")),
        Level = SampleCases.Level(true),
        Channel = Say.It("电话", "Telephone"),
        ReceivedAt = Say.At(10, 9, 10),
        Zone = Say.Zone,
        Clocks = [SampleClocks.Warning(), SampleClocks.Resolution(), SampleClocks.Met()],
        Task = Say.It("调查并提出方案", "Investigate and propose"),
        TaskRemark = Say.It("索赔 1,000 元，主管可批。", "The claim of 1,000 is within the supervisor’s authority."),
        MayWork = true,
        MayReply = true,
        Latest = SampleCases.Entries().Take(2).ToList(),
        LookAlikes = [new($"/cases/{id}", "TS-20260921-007", Say.It("同一扶梯，未受伤 · 相似 87%", "same escalator, no injury · 87% alike"))],
    };
}
