using System.Security.Claims;
using CaseManagement.Web.Features.Cases;
using CaseManagement.Web.Features.Shared;

namespace CaseManagement.EndToEnd.Tests.Samples;

/// <summary>One case in the middle of its process.</summary>
internal sealed class SampleCases : ICasePageQuery, ICaseActions, ICaseWatches
{
    public static readonly Guid Id = new("0199d0a0-0000-7000-8000-000000000001");
    public static readonly Guid TaskId = new("0199d0a0-0000-7000-8000-0000000000aa");

    /// <summary>What was asked of the product, in order.</summary>
    public List<string> Calls { get; } = [];

    public static LevelChip Level(bool serious) => new(
        serious ? Say.It("严重", "Serious") : Say.It("一般", "General"), serious ? 1 : 2, 2, Say.It("严重、一般", "Serious, General"));

    public static IReadOnlyList<TimelineEntry> Entries() =>
    [
        Entry("9", TimelineKind.Clock, "alert-triangle", Say.It("预警", "Warning"), Say.It("首次答复剩 4 小时，已提醒客服部", "4 hours left for the first reply, customer service told"), Say.At(10, 12, 14)),
        Entry("8", TimelineKind.Message, "phone", Say.It("陈秀兰来电", "Call from Chen Xiulan"), Say.It("4 分 12 秒", "4 min 12 s"), Say.At(10, 12, 10, 12), "孩子的鞋和检查费加起来一千块，发票都交了，什么时候给个准话？"),
        Entry("7", TimelineKind.Decision, "gavel", Say.It("等级 一般 → 严重", "Level General → Serious"), Say.It("决策表“定级”第 1 行：有人受伤", "table “Level”, row 1: someone was hurt"), Say.At(10, 10, 14, 2)),
        Entry("6", TimelineKind.Note, "lock", Say.It("王磊 内部备注", "Wang Lei, internal note"), "", Say.At(10, 10, 11, 30), "监控确认梳齿板缺 2 齿，维保单位承认漏检。"),
        Entry("5", TimelineKind.Escalation, "arrow-bar-up", Say.It("升级第 1 级", "Escalation, step 1"), Say.It("首次答复超时，已通知主管孙浩", "first reply late, supervisor Sun Hao told"), Say.At(10, 10, 10)),
        Entry("4", TimelineKind.Message, "send", Say.It("受理告知", "Acknowledgement"), Say.It("短信已送达", "SMS delivered"), Say.At(10, 9, 10, 5)),
        Entry("3", TimelineKind.Task, "check", Say.It("登记核对", "Check the registration"), Say.It("林晓 完成", "done by Lin Xiao"), Say.At(10, 9, 10, 1)),
    ];

    public Task<CasePage?> GetAsync(Guid id, TimelinePart part, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Task.FromResult(id == Id ? Page(part) : null);

    public Task<Timeline?> TimelineAsync(Guid id, TimelinePart part, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Task.FromResult<Timeline?>(id == Id ? TimelineOf(part) : null);

    public Task<ActionAnswer> CompleteAsync(
        Guid id, Guid task, string outcome, FormAnswers answers, string version, string? onBehalfOf, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        Calls.Add($"complete {outcome}");
        return Task.FromResult(answers.Values.GetValueOrDefault("proposal", []).Count == 0 && outcome == "Done"
            ? ActionAnswer.Invalid(Say.It("还差：处理方案", "Missing: resolution proposal"), new Dictionary<string, string> { ["proposal"] = Say.It("请写处理方案。", "Write the proposal.") })
            : ActionAnswer.Done);
    }

    public Task<DateTimeOffset?> KeepDraftAsync(Guid id, Guid task, FormAnswers answers, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        Calls.Add($"draft {string.Join(',', answers.Values.GetValueOrDefault("proposal", []))}");
        return Task.FromResult<DateTimeOffset?>(Say.At(10, 12, 14, 21));
    }

    public Task<ActionAnswer> ClaimAsync(Guid id, Guid task, string? onBehalfOf, ClaimsPrincipal user, CancellationToken cancellationToken) => Done("claim");

    public Task<ActionAnswer> ReleaseAsync(Guid id, Guid task, string? onBehalfOf, ClaimsPrincipal user, CancellationToken cancellationToken) => Done("release");

    public Task<ActionAnswer> DelegateAsync(Guid id, Guid task, string? to, string? note, ClaimsPrincipal user, CancellationToken cancellationToken) => Done("delegate");

    public Task<ActionAnswer> AssignAsync(Guid id, Guid task, string to, string? note, ClaimsPrincipal user, CancellationToken cancellationToken) => Task.FromResult(ActionAnswer.Done);

    public Task<bool> SetAsync(Guid id, bool on, ClaimsPrincipal user, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task<CaseKin?> KinAsync(Guid id, ClaimsPrincipal user, CancellationToken cancellationToken) => Task.FromResult<CaseKin?>(id != Id ? null : new()
    {
        History = Say.It("12 个月内另有 1 件，办结 1 件", "1 more in 12 months, 1 closed"),
        SamePerson = [new(TaskId, "TS-20260921-007", Say.It("同一扶梯，未受伤", "same escalator, no injury"), new(StateShape.Done, Say.It("已办结", "closed")), Say.At(9, 21, 10), Say.It("同一电话", "same telephone"), IsLinked: true)],
        Alike = [new(Id, "TS-20260818-002", Say.It("扶梯急停", "escalator stopped hard"), new(StateShape.Done, Say.It("已办结", "closed")), Say.At(8, 18, 10), "61%", IsLinked: false)],
        LinkHref = $"/cases/{Id}/actions/link",
        Zone = Say.Zone,
    });

    public Task<CasePrint?> PrintAsync(Guid id, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Task.FromResult<CasePrint?>(id == Id
            ? new CasePrint { Case = Page(new TimelinePart()), Entries = [.. Entries().Reverse()], LeftOut = 0, PrintedAt = DateTimeOffset.UnixEpoch, PrintedBy = "Lin Xiao" }
            : null);

    public Task<DateTimeOffset?> KeepDraftAsync(Guid id, EntryForm entry, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        KeptAsync($"entry draft {entry.Text}");

    public async Task<(ActionAnswer Answer, Guid? Letter)> WriteAsync(Guid id, EntryForm entry, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        string.IsNullOrWhiteSpace(entry.Text)
            ? (ActionAnswer.Invalid(Say.It("还没有写内容。", "Nothing is written yet.")), null)
            : (await Done($"write {entry.Kind} {entry.Text}, {entry.Files.Count} files"), null);

    public Task<(EntryForm Entry, ReplyPreview? Preview, string? Error)?> PrepareAsync(Guid id, EntryForm entry, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Task.FromResult<(EntryForm Entry, ReplyPreview? Preview, string? Error)?>((entry, new ReplyPreview("", entry.Subject ?? "", entry.Text ?? "", "zh-CN", null), null));

    public Task<ActionAnswer> ActAsync(Guid id, string action, FormAnswers answers, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Task.FromResult(ActionAnswer.Refused(Say.It("王磊 14:19 已经撤诉。你写的理由还在草稿里。", "Wang Lei withdrew it at 14:19. Your reason is kept as a draft.")));

    public Task<Note?> PreviewLevelAsync(Guid id, FormAnswers answers, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Task.FromResult<Note?>(new Note(NoteKind.Info, Say.It("到期时间不变。", "No due time would move.")) { Id = "would-move" });

    public Task<ActionAnswer> ClockAsync(
        Guid id, string clock, string verb, FormAnswers answers, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Done($"{verb} {clock} {string.Join(',', answers.Values.GetValueOrDefault("reason", []))}");

    private Task<DateTimeOffset?> KeptAsync(string call)
    {
        Calls.Add(call);
        return Task.FromResult<DateTimeOffset?>(Say.At(10, 12, 14, 22));
    }

    private Task<ActionAnswer> Done(string call)
    {
        Calls.Add(call);
        return Task.FromResult(ActionAnswer.Done);
    }

    private static TimelineEntry Entry(string id, TimelineKind kind, string icon, string title, string detail, DateTimeOffset at, string? body = null) => new()
    {
        Id = id,
        Kind = kind,
        Icon = icon,
        Title = title,
        Detail = detail,
        At = at,
        Body = body,
        BodyLanguage = body is null ? null : "zh-CN",
    };

    private static Timeline TimelineOf(TimelinePart part) => new()
    {
        Href = $"/cases/{Id}/timeline",
        Zone = Say.Zone,
        Entries = [.. Entries().Where(entry => part.Kind is null || entry.Kind == part.Kind)],
        Counts = Entries().CountBy(entry => entry.Kind).ToDictionary(),
        Filter = part.Kind,
        Older = 13,
        OlderThan = "3",
    };

    private static CasePage Page(TimelinePart part) => new()
    {
        Id = Id,
        Number = "TS-20261012-003",
        Subject = Say.It("自动扶梯夹伤儿童脚，索赔 1,000 元", "Child’s foot caught in escalator, claims ¥1,000"),
        Level = Level(true),
        State = new(StateShape.Working, Say.It("处理中", "In handling")),
        Process = Say.It("标准投诉处理 第 3 版", "Standard complaint handling v3"),
        ProcessHref = "/processes/standard-complaint",
        Owner = Say.It("林晓 主办", "Lin Xiao, owner"),
        OwnerInitials = Say.It("林", "LX"),
        Zone = Say.Zone,
        Clocks = [SampleClocks.Warning(), SampleClocks.Resolution(), SampleClocks.Met(), SampleClocks.Cancelled()],
        Steps =
        [
            new(Say.It("收到投诉", "Received"), StepLook.Done, Say.At(10, 9, 10)),
            new(Say.It("登记核对", "Registration checked"), StepLook.Done, Say.At(10, 9, 10, 1)),
            new(Say.It("受理告知", "Acknowledged"), StepLook.Done, Say.At(10, 9, 10, 5)),
            new(Say.It("调查并提出方案", "Investigate and propose"), StepLook.Now, null, Say.It("林晓 · 督办并行", "Lin Xiao · watched in parallel")),
            new(Say.It("按金额审批", "Approval by amount"), StepLook.Next, null, Say.It("主管", "supervisor")),
            new(Say.It("答复处理结果", "Answer"), StepLook.Next),
            new(Say.It("回访", "Follow-up"), StepLook.Next),
            new(Say.It("结案", "Close"), StepLook.Next),
        ],
        Tasks =
        [
            new TaskPanel
            {
                Title = Say.It("调查并提出方案", "Investigate and propose"),
                Clause = "4",
                Form = SampleForms.Handling(),
                Outcomes = [new("Done", Say.It("提交审批", "Send for approval")) { Usual = true }, new("NeedMaterial", Say.It("需补材料", "Material needed")), new("Close", Say.It("直接结案", "Close at once")) { Drastic = true, Blocked = Say.It("还差：审批", "Missing: approval") }],
                CompleteHref = $"/cases/{Id}/tasks/{TaskId}",
                DraftHref = $"/cases/{Id}/tasks/{TaskId}/draft",
                DraftSavedAt = Say.At(10, 12, 14, 19),
                ReleaseHref = $"/cases/{Id}/tasks/{TaskId}/release",
                Zone = Say.Zone,
                Version = "7",
                Notes = [new(NoteKind.Ok, Say.It("1,000.00 元在主管权限内（≤ 1,000）。", "1,000.00 is within the supervisor’s authority (≤ 1,000)."))],
            },
        ],
        Composer = new Composer
        {
            Kinds =
            [
                new("reply", Say.It("答复投诉人", "Reply"), Say.It("短信 + 查询页 · 138****2046", "SMS + tracking page · 138****2046")),
                new("note", Say.It("内部备注", "Internal note"), Say.It("只有处理人员可见", "seen by staff only")),
                new("call", Say.It("通话", "Call"), Say.It("记入经过", "kept in the timeline")),
            ],
            Href = $"/cases/{Id}/entries",
            MayAttach = true,
            Accept = ".jpg,.txt",
            MaxFiles = 3,
            MaxBytes = 1024 * 1024,
            DraftHref = $"/cases/{Id}/entries/draft",
            Zone = Say.Zone,
        },
        Files = [new(Say.It("现场照片.pdf", "photo of the place.pdf"), Say.It("PDF 文档 · 120 KB · 投诉人", "PDF document · 120 KB · Complainant"), $"/cases/{Id}/files/{TaskId}")],
        Timeline = TimelineOf(part),
        People =
        [
            new(Say.It("投诉人", "Complainant"), Say.It("陈秀兰", "Chen Xiulan"), "138****2046"),
            new(Say.It("牵头", "Lead"), Say.It("客服部", "Customer service")),
            new(Say.It("协办", "Support"), Say.It("质量部", "Quality"), "", new(StateShape.Working, Say.It("办理中", "working"))),
        ],
        Facts = new(Say.Zone,
        [
            new(Say.It("金额（元）", "Money (CNY)"), "coin-yuan", [new(Say.It("索赔", "claimed"), "1,000.00") { Figure = true }, new(Say.It("方案", "proposed"), "1,000.00") { Figure = true }]),
            new(Say.It("重复与相似", "Repeats and look-alikes"), "copy-check", []) { Links = [new($"/cases/{Id}", "TS-20260921-007", Say.It("同一扶梯，未受伤", "same escalator, no injury"), new(StateShape.Done, Say.It("已办结", "closed")))] },
            new(Say.It("事实", "Facts"), "list-details", [new(Say.It("受伤", "Hurt"), Say.It("是", "yes")), new(Say.It("收到", "Received")) { At = Say.At(10, 9, 10) }, new(Say.It("承诺答复日期", "Promised date")) { Day = new DateOnly(2026, 10, 15) }]),
        ]),
        Diagram = SampleDiagram.Get(ofCase: true),
        Actions = [SampleForms.Reason("withdraw", "flag", Say.It("撤诉…", "Withdraw…"), $"/cases/{Id}/actions/withdraw", drastic: true)],
    };
}
