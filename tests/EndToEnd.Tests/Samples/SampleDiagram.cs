using CaseManagement.Web.Features.Diagrams;

namespace CaseManagement.EndToEnd.Tests.Samples;

/// <summary>The standard complaint process as its pack draws it.</summary>
internal static class SampleDiagram
{
    private static readonly (string Id, string Zh, string En, int X, int Y)[] Nodes =
    [
        ("received", "收到投诉", "Complaint received", 0, 0),
        ("register", "登记核对", "Check the registration", 330, 0),
        ("level", "定级", "Level", 660, 0),
        ("route", "转办", "Route", 990, 0),
        ("clocks", "开始计时：答复24小时·办结7日", "Start clocks: reply, resolution", 1320, 0),
        ("ack", "受理告知", "Acknowledge", 1650, 0),
        ("fork", "办理与督办并行", "Handle and watch", 1980, 0),
        ("first", "首次答复", "First reply", 2310, 0),
        ("handle", "调查并提出方案", "Investigate and propose", 2640, 0),
        ("ask", "补充材料", "Ask for material", 2970, -130),
        ("approve", "按金额审批", "Approval by amount", 2970, 0),
        ("answer", "答复处理结果", "Answer", 3300, 0),
        ("reaction", "等待投诉人意见", "Await the complainant", 3630, 0),
        ("reexamine", "复核", "Re-examine", 3960, 130),
        ("second", "答复复核意见", "Second opinion", 4290, 130),
        ("visit", "回访", "Follow up", 4620, 0),
        ("close", "结案", "Close", 4950, 0),
        ("end", "结束", "End", 5280, 0),
        ("watch", "督办：办结时限", "Watch the resolution clock", 2310, 260),
        ("toSupervisor", "超时：主管督办", "Late: supervisor", 2640, 260),
        ("toManager", "再超24小时：经理督办", "24 hours later: manager", 2640, 390),
        ("reopened", "重新办理", "Reopened", 0, 130),
        ("restart", "重新计时", "Start the resolution clock again", 330, 130),
        ("forkAgain", "再次办理与督办", "Handle and watch again", 660, 130),
    ];

    private static readonly (string From, string To, string Zh, string En)[] Ways =
    [
        ("received", "register", "", ""),
        ("register", "level", "", ""),
        ("level", "route", "", ""),
        ("route", "clocks", "", ""),
        ("clocks", "ack", "", ""),
        ("ack", "fork", "", ""),
        ("fork", "first", "办理", "handle"),
        ("first", "handle", "", ""),
        ("handle", "approve", "", ""),
        ("approve", "answer", "同意", "approved"),
        ("answer", "reaction", "", ""),
        ("reaction", "visit", "同意", "agreed"),
        ("handle", "ask", "需补材料", "material needed"),
        ("ask", "handle", "收到", "received"),
        ("ask", "handle", "未收到", "not received"),
        ("approve", "handle", "退回", "returned"),
        ("approve", "handle", "不同意", "refused"),
        ("reaction", "visit", "未答复", "no answer"),
        ("reaction", "reexamine", "不同意", "rejected"),
        ("reexamine", "second", "维持", "confirmed"),
        ("second", "visit", "", ""),
        ("reexamine", "handle", "改变", "revise"),
        ("visit", "close", "满意", "satisfied"),
        ("close", "end", "", ""),
        ("visit", "close", "不满意", "dissatisfied"),
        ("visit", "close", "联系不上", "unreachable"),
        ("visit", "close", "未抽中", "not sampled"),
        ("fork", "watch", "督办", "watch"),
        ("watch", "toSupervisor", "超时", "overdue"),
        ("toSupervisor", "watch", "", ""),
        ("watch", "toManager", "再超一日", "a day later"),
        ("toManager", "watch", "", ""),
        ("reopened", "restart", "", ""),
        ("restart", "forkAgain", "", ""),
        ("forkAgain", "handle", "办理", "handle"),
        ("forkAgain", "watch", "督办", "watch"),
    ];

    private static readonly HashSet<string> Done = ["received", "register", "level", "route", "clocks", "ack", "fork", "first"];

    private static readonly HashSet<string> Now = ["handle", "watch"];

    public static Diagram Get(bool ofCase) => new()
    {
        Title = Say.It("标准投诉处理", "Standard complaint handling"),
        Nodes = [.. Nodes.Select(node => new DiagramNode(node.Id, Say.It(node.Zh, node.En), node.X, node.Y)
        {
            Terminal = node.Id is "received" or "reopened" or "end",
            Look = !ofCase ? NodeLook.Plain : Done.Contains(node.Id) ? NodeLook.Done : Now.Contains(node.Id) ? NodeLook.Now : node.Id == "approve" ? NodeLook.Next : NodeLook.Plain,
            Remark = ofCase && node.Id == "handle" ? Say.It("林晓", "Lin Xiao") : null,
        })],
        Connections = [.. Ways.Select(way => new DiagramConnection(way.From, way.To, way.Zh.Length == 0 ? null : Say.It(way.Zh, way.En)))],
    };
}
