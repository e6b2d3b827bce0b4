using System.Security.Claims;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Features.Simulation;
using Microsoft.AspNetCore.Http;

namespace CaseManagement.EndToEnd.Tests.Samples;

/// <summary>A version tried out while nobody did anything, and a replay against a shorter limit.</summary>
internal sealed class SampleSimulation : ISimulationPages, IReplayPages
{
    private static readonly DateTimeOffset Start = Say.At(10, 12, 9, 0);

    public Task<SimulationPage?> FormAsync(string key, SimulationOrder order, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Task.FromResult<SimulationPage?>(Page);

    public Task<SimulationPage?> EditAsync(string key, SimulationOrder order, FormAnswers answers, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        FormAsync(key, order, user, cancellationToken);

    public Task<SimulationPage?> ScenarioAsync(string key, SimulationOrder order, IFormFile? upload, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        FormAsync(key, order, user, cancellationToken);

    public Task<SimulationPage?> CaseAsync(
        string key, SimulationOrder order, FormAnswers answers, IReadOnlyDictionary<string, string> chosen, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        FormAsync(key, order, user, cancellationToken);

    public Task<string?> FileAsync(string key, SimulationOrder order, ClaimsPrincipal user, CancellationToken cancellationToken) => Task.FromResult<string?>("{}");

    public Task<string?> AsScenarioAsync(string key, SimulationOrder order, FormAnswers answers, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>("{}");

    public Task<ReplayPage?> FormAsync(string key, ReplayForm form, IReadOnlyDictionary<string, string> typed, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Task.FromResult<ReplayPage?>(Replay);

    public async Task<ReplayPage?> RunAsync(
        string key, ReplayForm form, IReadOnlyDictionary<string, string> typed, ClaimsPrincipal user, Func<int, int, ValueTask> progress, CancellationToken cancellationToken)
    {
        await progress(12, 40);
        return Replay with { Result = Replayed };
    }

    private static ProcessTop Top =>
        new("standard-complaint", Say.It("标准投诉处理", "Standard complaint handling"), 7, Say.Zone);

    private static SimulationPage Page => new()
    {
        Top = SampleSimulation.Top,
        Versions = [new("7", Say.It("第 7 版（草稿）", "v7 (draft)")), new("6", Say.It("第 6 版（已发布）", "v6 (published)"))],
        Scenarios = [new("late-twice", Say.It("无人处理，升级两次", "Nobody acts, two escalations"))],
        ScenarioError = Say.It("这个场景读不出来，什么也没有运行。", "The scenario cannot be read; nothing was run."),
        ScenarioProblems = [("steps[2].register.as", Say.It("缺少这一项", "this is missing"))],
        Kinds = [new("complaint", Say.It("投诉", "Complaint")), new("suggestion", Say.It("建议", "Suggestion"))],
        Kind = "complaint",
        Complainant = new FormPage { Id = "who", Fields = [new() { Key = "channel", Label = Say.It("渠道", "Channel"), Type = FieldType.Choice, Required = true, Options = [new("phone", Say.It("电话", "Telephone"))] }] },
        Matter = new FormPage { Id = "matter", Fields = [new() { Key = "subject", Label = Say.It("标题", "Subject"), Type = FieldType.Text, Required = true, Error = Say.It("请填写", "Fill this in") }] },
        People = SimulationOrder.After,
        HoursError = Say.It("请填 0 到 8784 之间的小时数。", "Give hours between 0 and 8784."),
        Choices = [new("handle", Say.It("调查处理", "Investigate and handle"), [new("Done", Say.It("完成", "Done"))], "Done")],
        Result = new TrialView
        {
            Zone = Say.Zone,
            Summary = Say.It("2 个任务、1 条消息、1 次升级", "2 tasks, 1 messages, 1 escalations"),
            Days = 28,
            Notes = [new(NoteKind.Late, Say.It("第 3 步不符合期望。", "Step 3 does not hold."))],
            Differences = [new("status", "closed", "open")],
            Lines =
            [
                new(Start, null, "", "phone-incoming", Say.It("收到投诉 TS-1", "Complaint TS-1 received"), Say.It("流程", "Process"), null),
                new(Start.AddDays(7), 7, "is-warn", "alert-triangle", Say.It("时限节点“办结”", "Step of a time limit: Resolution"), Say.It("计时", "Clock"), null),
                new(Start.AddDays(8), null, "is-late", "alert-octagon", Say.It("超时“办结”", "Overdue: Resolution"), Say.It("计时", "Clock"), null),
                new(Start.AddDays(20), 12, "is-ok", "flag", Say.It("办结", "Closed"), Say.It("流程", "Process"), null),
            ],
            Cases =
            [
                new TrialCaseView
                {
                    Title = "TS-1",
                    Remark = Say.It("在办 · 一般", "Open · General"),
                    Clocks = [new(Say.It("办结", "Resolution"), Say.It("已超时", "breached"), "t-late", Start.AddDays(8), Start.AddDays(9), Say.It("7 天", "7 days"), [new(Say.It("通知主管", "tells supervisor"), Start.AddDays(8), true), new(Say.It("通知经理", "tells manager"), Start.AddDays(9), false)])],
                    Tasks = [new(Say.It("调查处理", "Investigate and handle"), Say.It("客服部经办人", "Staff, Customer service"), Start, null, Say.It("没有人办", "nobody did it"))],
                    Messages = [new(Start.AddDays(8), Say.It("主管", "Supervisor"), Say.It("站内", "inbox"), true, Say.It("TS-1 已超时", "TS-1 is overdue"), Say.It("请督办。", "Please act."), Say.It("en", "zh-CN"), Say.It("TS-1 is overdue", "TS-1 已超时"), Say.It("Please act.", "请督办。"))],
                },
            ],
        },
    };

    private static ReplayPage Replay => new()
    {
        Top = SampleSimulation.Top,
        Form = new ReplayForm { From = "2026-07-01", To = "2026-09-30" },
        Versions = [new("7", Say.It("第 7 版（草稿）", "v7 (draft)"))],
        Limits = [new("reply", Say.It("首次答复", "First reply"), Say.It("24 小时", "24 hours"), "many", null, Say.It("请填数字，例如 48。", "Give a number, such as 48."))],
        Units = [new("hours", Say.It("小时", "hours"))],
        Result = Replayed,
    };

    private static ReplayView Replayed => new()
    {
        Zone = Say.Zone,
        Cases = 40,
        Replayed = 38,
        Restricted = null,
        Fewest = 5,
        OutOfTime = false,
        Rows = [new(Say.It("首次答复", "First reply"), 4, 38, 9, 38, 5, 0, 0)],
        Differences = [new("TS-1", "/cases/1", Say.It("首次答复", "First reply"), Say.It("按时", "met"), Start, Say.It("超时", "breached"), Start.AddHours(-4))],
        Stopped = [new("TS-2", "/cases/2", Start, Say.It("当时没有打开任务“visit”", "the task visit would not be open then"))],
        NotReplayable = 2,
        MostListed = 1000,
        Truncated = true,
    };
}
