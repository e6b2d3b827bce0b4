using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Packs.Comparing;

/// <summary>What kinds of steps are called.</summary>
internal static class StepKinds
{
    private static readonly Dictionary<string, BilingualText> Known = new(StringComparer.Ordinal)
    {
        ["CaseManagement.ComplaintReceived"] = new("收到投诉", "complaint received"),
        ["CaseManagement.ComplaintReopened"] = new("重新办理", "complaint reopened"),
        ["CaseManagement.AcceptanceDecision"] = new("受理决定", "acceptance decision"),
        ["CaseManagement.Acknowledge"] = new("受理告知", "acknowledgement"),
        ["CaseManagement.Decide"] = new("套用决策表", "decision by table"),
        ["CaseManagement.Record"] = new("记录事实", "facts recorded"),
        ["CaseManagement.AwaitFact"] = new("等待事实", "wait for a fact"),
        ["CaseManagement.Task"] = new("任务", "task"),
        ["CaseManagement.Approval"] = new("审批", "approval"),
        ["CaseManagement.Assign"] = new("指定承办", "assignment"),
        ["CaseManagement.VerificationRound"] = new("效果验证", "round of verification"),
        ["CaseManagement.StartClock"] = new("开始计时", "clock started"),
        ["CaseManagement.StopClock"] = new("停止计时", "clock stopped"),
        ["CaseManagement.PauseClock"] = new("暂停计时", "clock paused"),
        ["CaseManagement.ResumeClock"] = new("恢复计时", "clock resumed"),
        ["CaseManagement.ExtendClock"] = new("延期", "extension"),
        ["CaseManagement.AwaitRung"] = new("等待计时节点", "wait for an escalation step"),
        ["CaseManagement.Escalate"] = new("升级督办", "escalation"),
        ["CaseManagement.Notify"] = new("通知", "notice"),
        ["CaseManagement.Reply"] = new("答复投诉人", "reply to the complainant"),
        ["CaseManagement.RequestInformation"] = new("补充材料", "request for material"),
        ["CaseManagement.AwaitComplainant"] = new("等待投诉人", "wait for the complainant"),
        ["CaseManagement.Calculate"] = new("计算金额", "calculation"),
        ["CaseManagement.IssueDocument"] = new("出具文书", "document issued"),
        ["CaseManagement.ReferOutside"] = new("对外报送移送", "referral outside"),
        ["CaseManagement.FollowUp"] = new("回访", "follow-up"),
        ["CaseManagement.Close"] = new("结案", "closing"),
        ["Elsa.Start"] = new("开始", "start"),
        ["Elsa.End"] = new("结束", "end"),
        ["Elsa.Finish"] = new("终止", "finish"),
        ["Elsa.Fault"] = new("报错", "fault"),
        ["Elsa.FlowDecision"] = new("判断", "decision"),
        ["Elsa.FlowSwitch"] = new("多路判断", "switch"),
        ["Elsa.FlowFork"] = new("并行分支", "parallel branches"),
        ["Elsa.FlowJoin"] = new("汇合", "join"),
        ["Elsa.Delay"] = new("等待时长", "delay"),
        ["Elsa.Timer"] = new("定时", "timer"),
        ["Elsa.Cron"] = new("定期", "schedule"),
        ["Elsa.StartAt"] = new("到时开始", "start at a time"),
        ["Elsa.SetVariable"] = new("设变量", "variable set"),
        ["Elsa.RunJavaScript"] = new("脚本", "script"),
        ["Elsa.SendHttpRequest"] = new("发送 HTTP 请求", "HTTP request"),
        ["Elsa.FlowSendHttpRequest"] = new("发送 HTTP 请求", "HTTP request"),
        ["Elsa.SendEmail"] = new("发送电子邮件", "e-mail sent"),
        ["Elsa.DispatchWorkflow"] = new("另起流程", "workflow started"),
        ["Elsa.ExecuteWorkflow"] = new("调用流程", "workflow called"),
    };

    /// <summary>The kind of an activity type; the last part of the type where the product has no word for it.</summary>
    public static BilingualText Of(string type) => Known.GetValueOrDefault(type) ?? PackWording.Same(type[(type.LastIndexOf('.') + 1)..]);
}
