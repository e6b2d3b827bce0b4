using System.Security.Claims;
using CaseManagement.Web.Features.Limits;
using CaseManagement.Web.Features.Shared;

namespace CaseManagement.EndToEnd.Tests.Samples;

/// <summary>The standard process's limits, the resolution being edited.</summary>
internal sealed class SampleLimits : ILimitPages
{
    public List<LimitEdit> Applied { get; } = [];

    public Task<LimitsPage?> GetAsync(string? process, int? version, string? limit, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var edit = new LimitEdit { Amount = "7", Unit = "days", Calendar = "office", CountFrom = "instant", EndOf = "endOfDay", IfNonWorking = "keep", Scope = LimitEdit.OpenCases, All = true, From = "receivedAt", To = "repliedAt", Pause = ["material"], Extendable = true, ExtendTimes = "1", ExtendMax = "7", ExtendMaxUnit = "days", ExtendApproval = "extension", ExtendReason = true, ExtendBefore = new StepTimeEdit { Anchor = StepTimeEdit.Due }, When = [new TestEdit { Fact = "level", Test = "major" }], Steps = [new StepEdit { Key = "warn", At = new StepTimeEdit { Anchor = StepTimeEdit.BeforeDue, Amount = "24", Unit = "hours" }, Do = [new ActionEdit { Kind = "notify", Who = "handler", What = "nearly-due" }] }] };
        return Task.FromResult<LimitsPage?>(new LimitsPage
        {
            Processes = [new("standard-complaint", Say.It("标准投诉处理", "Standard complaint handling")), new("property", Say.It("业主投诉", "Owner complaints"))],
            Process = process ?? "standard-complaint",
            ProcessName = Say.It("标准投诉处理", "Standard complaint handling"),
            Zone = Say.Zone,
            Sentences =
            [
                Sentence("reply", Say.It("24 小时", "24 hours"), Say.It("首次答复", "First reply"), "1", 14, limit),
                Sentence("resolution", Say.It("7 天", "7 days"), Say.It("办结", "Resolution"), "2", 23, limit),
                Sentence("objection", Say.It("7 天", "7 days"), Say.It("异议期", "Objection period"), "5", 3, limit),
            ],
            History =
            [
                new(2, Say.At(10, 9, 9, 12), Say.It("办结", "Resolution"), [Say.It("预警 12 → 24 小时", "warning 12 → 24 hours")], Say.It("在办 21 件", "21 open"), Say.It("节后提前提醒", "earlier notice after the holiday"), Say.It("孟岚", "Meng Lan"), true),
                new(1, Say.At(8, 1, 0), Say.It("办结", "Resolution"), [Say.It("时长：15 天 → 7 天", "Length: 15 days → 7 days")], Say.It("仅新案件", "new cases"), Say.It("制度修订", "policy revision"), Say.It("孟岚", "Meng Lan"), false),
            ],
            Editor = limit is null ? null : new LimitEditor
            {
                Key = limit,
                Name = Say.It("办结", "Resolution"),
                Edit = edit,
                Units = [new("days", Say.It("天（节假日照算）", "days (holidays count)")), new("workingDays", Say.It("工作日", "working days")), new("hours", Say.It("小时", "hours")), new("none", Say.It("无数字时限", "no numeric limit"))],
                Calendars = [new("office", Say.It("全国工作日历", "National working calendar"))],
                CountFroms = [new("instant", Say.It("当刻", "the same instant")), new("nextDay", Say.It("次日", "the next day"))],
                EndOfs = [new("endOfDay", Say.It("当日 24:00", "24:00")), new("closeOfBusiness", Say.It("当日下班", "close of business"))],
                IfNonWorkings = [new("keep", Say.It("不变", "keep")), new("forward", Say.It("顺延", "move on")), new("back", Say.It("提前", "move back"))],
                Froms = [new("", Say.It("计时开始时", "the start of the clock")), new("receivedAt", Say.It("收到", "received"))],
                Tos = [new("", Say.It("由流程决定", "as the flow says")), new("repliedAt", Say.It("答复", "replied"))],
                Facts = [new("", "—"), new("level", Say.It("等级", "Level"))],
                FactOptions = [Say.It("等级：重大、一般", "Level: major, general")],
                PauseReasons = [new("material", Say.It("等待材料", "waiting for material"))],
                Chains = [new("", Say.It("无须批准", "nobody need be asked")), new("extension", Say.It("延期审批", "Extension approval"))],
                Notices = [new("", Say.It("不告知", "tell nobody"))],
                Anchors = [new("", "—"), new("due", Say.It("到期时", "when due")), new("before", Say.It("到期前", "before due"))],
                Lengths = [new("hours", Say.It("小时", "hours")), new("days", Say.It("天", "days"))],
                ActionKinds = [new("", "—"), new("notify", Say.It("通知", "tell"))],
                Candidates = [new("handler", Say.It("处理人", "handler"))],
                Things = [(Say.It("模板", "Templates"), [new Choice("nearly-due", Say.It("即将到期", "Nearly due"))])],
                OffersOpenCases = true,
                Preview = Preview(edit),
            },
        });
    }

    public Task<LimitPreview?> PreviewAsync(string process, string limit, LimitEdit edit, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Task.FromResult<LimitPreview?>(Preview(edit));

    public Task<LimitMoves?> MovesAsync(string process, string limit, LimitEdit edit, int page, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Task.FromResult<LimitMoves?>(new LimitMoves(Say.It("修改：办结", "Edit: Resolution"), Say.It("标准投诉处理", "Standard complaint handling"), Preview(edit) with { Page = page, Pages = 3 }, []));

    public Task<LimitsPage?> GetAddingAsync(string process, LimitEdit edit, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        GetAsync(process, null, "resolution", user, cancellationToken);

    public Task<LimitMoves?> AddMovesAsync(string process, LimitEdit edit, int? page, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        MovesAsync(process, "resolution", edit, page ?? 1, user, cancellationToken);

    public Task<ActionAnswer> AddAsync(string process, LimitEdit edit, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        ApplyAsync(process, "resolution", edit, user, cancellationToken);

    public Task<LimitMoves?> RowMovesAsync(string process, string limit, RowEdit edit, int page, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        MovesAsync(process, limit, new LimitEdit { Amount = "15" }, page, user, cancellationToken);

    public Task<ActionAnswer> ApplyRowAsync(string process, string limit, RowEdit edit, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Task.FromResult(ActionAnswer.Done);

    public Task<LimitMoves?> UndoMovesAsync(string process, long change, int page, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        MovesAsync(process, "resolution", new LimitEdit { Amount = "15" }, page, user, cancellationToken);

    public Task<ActionAnswer> ApplyAsync(string process, string limit, LimitEdit edit, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(edit.Reason))
        {
            return Task.FromResult(ActionAnswer.Invalid(null, new Dictionary<string, string> { ["Reason"] = Say.It("还差：理由", "Missing: reason") }));
        }

        Applied.Add(edit);
        return Task.FromResult(ActionAnswer.Done);
    }

    public Task<ActionAnswer> UndoAsync(string process, long change, string? reason, ClaimsPrincipal user, CancellationToken cancellationToken) => Task.FromResult(ActionAnswer.Done);

    public static LimitPreview Preview(LimitEdit edit) => int.TryParse(edit.Amount, out _)
        ? new()
        {
            Version = $"preview-{edit.Amount}",
            At = Say.At(10, 12, 14, 21),
            Zone = Say.Zone,
            ReadsAs = [new(Say.It("读作：", "Reads: ")), new(Say.It($"{edit.Amount} 天", $"{edit.Amount} days"), true), new(Say.It("。例：9 月 23 日 11:00 收到 → ", ". Example: received 23 Sep 11:00 → ")), new(Say.It("9 月 28 日 23:59", "28 Sep 23:59"), true)],
            Earlier = 21,
            LateAtOnce = 2,
            Paused = 2,
            Total = 23,
            Cases =
            [
                new(SampleCases.Id, "TS-20261009-003", Say.It("陈秀兰", "Chen Xiulan"), Say.At(10, 16, 23, 59), Say.At(10, 14, 23, 59), SampleClocks.Warning()),
                new(SampleCases.Id, "TS-20261005-009", Say.It("许大庆", "Xu Daqing"), Say.At(10, 12, 23, 59), Say.At(10, 10, 23, 59), SampleClocks.Breached()),
                new(SampleCases.Id, "TS-20261009-002", Say.It("曹阳", "Cao Yang"), null, null, SampleClocks.Paused()) { OldText = Say.It("恢复后 6 天", "6 d after resuming"), NewText = Say.It("恢复后 4 天", "4 d after resuming") },
            ],
        }
        : new() { Version = "", At = Say.At(10, 12, 14, 21), Zone = Say.Zone, ReadsAs = [], Error = Say.It("数量要写成整数。", "The amount must be a whole number.") };

    private static LimitSentence Sentence(string key, string amount, string name, string clause, int open, string? edited) => new()
    {
        Key = key,
        Parts = [new(Say.It("自", "From ")), new(Say.It("收到", "receipt"), true), new(Say.It("起 ", " within ")), new(amount, true), new(Say.It("内", ": ")), new(name, true), new(Say.It("；超时通知主管。", "; when late the supervisor is told."))],
        Clause = clause,
        Terms = [Say.It("可延期 1 次，每次最多 7 天，由“延期审批”批准。", "May be extended 1 times, each by 7 days at most, approved by “Extension approval”.")],
        Why = [Say.It("10 月 9 日 10:00 收到", "received Fri 9 Oct 10:00"), Say.It("7 天", "7 days")],
        Example = [new(Say.It("例：10 月 9 日（周五）10:00 收到 → ", "Example: received Fri 9 Oct 10:00 → ")), new(Say.It("10 月 16 日（周五）23:59", "Fri 16 Oct 23:59"), true), new(Say.It(" 到期", " due"))],
        Open = open,
        EditHref = $"/limits/standard-complaint?limit={key}",
        Editing = key == edited,
    };
}
