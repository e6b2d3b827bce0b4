using System.Security.Claims;
using CaseManagement.Web.Features.Jobs;
using CaseManagement.Web.Features.Shared;

namespace CaseManagement.EndToEnd.Tests.Samples;

/// <summary>A morning on which a timer was given up, one fails, some are late, and one of three nodes is gone.</summary>
internal sealed class SampleJobs : IJobPages
{
    public Task<JobsPage?> GetAsync(ClaimsPrincipal user, CancellationToken cancellationToken) => Task.FromResult<JobsPage?>(new JobsPage
    {
        Zone = Say.Zone,
        MayAct = true,
        Figures =
        [
            new(Say.It("待触发", "Due now"), "1,204", Say.It("已到期、尚未触发", "due and not fired yet"), false),
            new(Say.It("最久逾期", "Longest overdue"), Say.It("42 秒", "42 s"), Say.It("最早到期者已等待", "the oldest of them waits"), true),
            new(Say.It("正在重试", "Being retried"), "1", Say.It("触发失败，会自动再试", "failed, tried again by itself"), true),
            new(Say.It("等您处理", "Waiting for you"), "1", Say.It("多次失败，已停止重试", "failed too often, not tried any more"), true),
            new(Say.It("已触发", "Fired"), "18,233", Say.It("当前各节点启动以来", "by the nodes that run, since they started"), false),
        ],
        Timers =
        [
            new("parked", Say.It("需要处理的定时器", "Timers that wait for you"), Say.It("排除原因后重试，或者放弃。", "Retry them once the cause is gone, or skip them."),
                [Line(1, "TS-2026-0412", 10, null, "22P05: unsupported Unicode escape sequence")], 3),
            new("failing", Say.It("正在重试的定时器", "Timers being retried"), Say.It("间隔逐次加长。", "Tried again after ever longer pauses."),
                [Line(2, "TS-2026-0413", 3, Say.At(10, 12, 14, 21), "The operation has timed out.")], 0),
            new("late", Say.It("迟到的定时器", "Late timers"), Say.It("到期超过 5 秒。", "Due for more than 5 seconds."), [], 0),
        ],
        Recurring =
        [
            new("maintenance", Say.It("日常清理", "Housekeeping"), Say.It("清除过期的应答", "Forgets what has expired"), Say.At(10, 12, 15, 17), Guid.Parse("018f0000-0000-7000-8000-000000000a01"), false,
                [
                    new(new(StateShape.Done, Say.It("完成", "Done")), Say.At(10, 12, 14, 17), Say.It("38 毫秒", "38 ms"), "app-1-4711", Say.It("按计划", "Schedule"), null),
                    new(new(StateShape.Problem, Say.It("失败", "Failed")), Say.At(10, 12, 13, 17), Say.It("2.1 秒", "2.1 s"), "app-2-982", Say.It("孟岚", "Meng Lan"), "Connection refused"),
                ]),
            new("safety-sweep", Say.It("安全扫描", "Safety sweep"), Say.It("触发任何被遗漏的到期定时器", "Fires any due timer that was overlooked"), null, Guid.Parse("018f0000-0000-7000-8000-000000000a02"), true, []),
        ],
        Nodes =
        [
            new("app-1-4711", "app-1", "1.0.0", new(StateShape.Live, Say.It("运行中（本节点）", "Running (this one)")), Say.At(10, 12, 9), Say.It("2 秒前", "2 s ago"), 9120, 4, Say.It("38 毫秒", "38 ms")),
            new("app-2-982", "app-2", "1.0.0", new(StateShape.Waiting, Say.It("正在停止", "Stopping")), Say.At(10, 12, 9), Say.It("4 秒前", "4 s ago"), 9113, 0, Say.It("41 毫秒", "41 ms")),
            new("app-3-77", "app-3", "1.0.0", new(StateShape.Problem, Say.It("失联", "Not heard of")), Say.At(10, 12, 9), Say.It("48 秒前", "48 s ago"), 0, 0, Say.It("0 毫秒", "0 ms")),
        ],
    });

    public Task<ActionAnswer> RetryAsync(Guid timer, int attempts, ClaimsPrincipal user, CancellationToken cancellationToken) => Task.FromResult(ActionAnswer.Done);

    public Task<ActionAnswer> SkipAsync(Guid timer, int attempts, string? reason, ClaimsPrincipal user, CancellationToken cancellationToken) => Task.FromResult(ActionAnswer.Done);

    public Task<ActionAnswer> RunAsync(string job, Guid run, ClaimsPrincipal user, CancellationToken cancellationToken) => Task.FromResult(ActionAnswer.Done);

    private static TimerLine Line(int id, string number, int attempts, DateTimeOffset? next, string error) => new()
    {
        Id = new Guid(id, 0, 0, new byte[8]),
        What = Say.It("案件的时限", "A time limit of the case"),
        Case = number,
        CaseHref = id == 1 ? $"/cases/{SampleCases.Id}" : null,
        DueAt = Say.At(10, 12, 14, 2),
        Attempts = attempts,
        NextAt = next,
        Error = error,
        MayRetry = true,
        MaySkip = true,
    };
}
