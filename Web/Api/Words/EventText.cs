using System.Globalization;
using System.Text.Json;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Parties;

namespace CaseManagement.Web.Features.Shared;

/// <summary>Says in one sentence, in both languages, what an event of a case was; keys are said in the process's own words.</summary>
/// <param name="pack">The process the case runs on.</param>
/// <param name="moment">Says a moment in a language.</param>
/// <param name="number">The case's number, which subjects of messages name.</param>
/// <param name="person">The name of a person by id; null where unknown.</param>
/// <param name="clock">What a clock of the case, by its key, is called under a limit, where one is named, else now; null where the process itself knows.</param>
/// <param name="file">The name of a file of the case by id; null where unknown.</param>
public sealed class EventText(ProcessPack pack, Func<DateTimeOffset, string, string> moment, string number, Func<string, string?>? person = null, Func<string, string?, BilingualText?>? clock = null, Func<string, string?>? file = null)
{
    private readonly FactWords _words = new(pack, moment);

    /// <summary>Who did it: the name, or what the kind of actor is called.</summary>
    public static BilingualText ActorName(Actor actor) => actor switch
    {
        { OnBehalfOf: { } other } => new(
            $"{actor.Name ?? actor.Id}（代{actor.OnBehalfOfName ?? other}）", $"{actor.Name ?? actor.Id} for {actor.OnBehalfOfName ?? other}"),
        { Kind: ActorKind.Person or ActorKind.ApiKey, Name: { Length: > 0 } name } => Same(name),
        { Kind: ActorKind.Person, Id: { } id } => Same(id),
        { Kind: ActorKind.Complainant, Id: "@portal" } => new("投诉人（网上）", "Complainant, on the portal"),
        { Kind: ActorKind.Complainant } => new("投诉人", "Complainant"),
        { Kind: ActorKind.Timer } => new("计时", "Clock"),
        { Kind: ActorKind.Workflow } => new("流程", "Process"),
        { Kind: ActorKind.Import } => new("导入", "Import"),
        { Kind: ActorKind.ApiKey } => new("外部程序", "Outside program"),
        _ => new("系统", "System"),
    };

    /// <summary>What may be asked about personal data, by <see cref="DataRequestKinds"/>.</summary>
    public static BilingualText RightName(string kind) => kind switch
    {
        DataRequestKinds.Access => new("查阅", "access"),
        DataRequestKinds.Copy => new("复制", "a copy"),
        DataRequestKinds.Correct => new("更正", "correction"),
        DataRequestKinds.Delete => new("删除", "deletion"),
        DataRequestKinds.Restrict => new("限制使用", "restriction"),
        DataRequestKinds.Objection => new("拒绝使用", "objection"),
        DataRequestKinds.Move => new("转移", "moving it elsewhere"),
        DataRequestKinds.Explain => new("说明自动定级", "explanation of an automatic level"),
        _ => Same(kind),
    };

    /// <summary>The sentence for one event.</summary>
    /// <param name="type">One of <see cref="CaseEvents"/>.</param>
    /// <param name="json">The event's data.</param>
    public BilingualText Of(string type, JsonElement json)
    {
        var data = new Data(json);
        return type switch
        {
            CaseEvents.Received => Received(data),
            CaseEvents.Erased => new("按规定删除了记录中的个人信息", "Personal data in the record was erased as required"),
            CaseEvents.Acknowledged => new("已向投诉人告知受理", "The receipt was acknowledged to the complainant"),
            CaseEvents.FactsChanged => Facts(data),
            CaseEvents.LevelChanged or CaseEvents.LevelOverridden => Level(type, data),
            CaseEvents.Routed => Join(new($"转由{Department(data["to"]).Zh}牵头", $"Routed to {Department(data["to"]).En}"), Why(data)),
            CaseEvents.Assigned => Assigned(data),
            CaseEvents.TaskCreated => Join(Task("待办任务", "Task opened: ", data), Candidates(data)),
            CaseEvents.TaskClaimed => Task("领取任务", "Task claimed: ", data),
            CaseEvents.TaskReleased => Task("退回任务", "Task released: ", data),
            CaseEvents.TaskCancelled => Task("任务取消", "Task cancelled: ", data),
            CaseEvents.TaskAssigned => Join(Task("指派任务", "Task assigned: ", data), Named("给", "to ", data["toName"] ?? data["to"])),
            CaseEvents.TaskDelegated => Join(
                Task("委托代办", "Task delegated: ", data), data["to"] is null ? new BilingualText("收回", "to nobody any more") : Named("由", "to ", data["toName"] ?? data["to"]), Text(data["note"])),
            CaseEvents.TaskReassigned => Join(Task("改派任务", "Task given to others: ", data), Candidates(data), data["clock"] is null ? null : Because(data)),
            CaseEvents.TaskCompleted => Completed(data),
            CaseEvents.ApprovalOpened => new($"提交审批“{Chain(data).Zh}”", $"Approval asked for: {Chain(data).En}"),
            CaseEvents.ApprovalDecided => Join(Quote("审批", "Approval ", Chain(data)), _words.OutcomeName(data["state"] ?? "")),
            CaseEvents.ClockStarted => Join(Clock("开始计时", "Clock started: ", data), Due(data)),
            CaseEvents.ClockPaused => Join(Clock("暂停计时", "Clock paused: ", data), PauseReason(data)),
            CaseEvents.ClockResumed => Join(Clock("恢复计时", "Clock resumed: ", data), Due(data)),
            CaseEvents.ClockExtended => Join(Clock("延期", "Clock extended: ", data), Due(data), Reason(data), Named("批准人 ", "approved by ", data["approvedBy"])),
            CaseEvents.ClockRecomputed => Join(Clock("重新计算时限", "Clock counted again: ", data), Due(data)),
            CaseEvents.ClockReset => Join(Clock("从头计时", "Clock started afresh: ", data), Due(data)),
            CaseEvents.ExtensionAsked => Join(Clock("申请延期", "More time asked for: ", data), At("至 ", "until ", data.Instant("wished")), Reason(data)),
            CaseEvents.ExtensionRefused => Join(Clock("未准延期", "More time not granted: ", data), Due(data), Reason(data)),
            CaseEvents.Promised => Join(Clock("承诺日期", "Date promised: ", data), Text(data["until"]), Reason(data)),
            CaseEvents.ClockMet => Join(Clock("时限已达成", "Clock met: ", data), data.Is("late") ? new BilingualText("已超时", "late") : null),
            CaseEvents.ClockBreached => Join(Clock("超时", "Overdue: ", data), Due(data)),
            CaseEvents.ClockCancelled => Clock("停止计时", "Clock cancelled: ", data),
            CaseEvents.RungActed => Join(Clock("时限节点", "Step of a time limit: ", data), Rung(data)),
            CaseEvents.PenaltyProposed => Join(Clock("建议处罚", "Penalty proposed: ", data), Named("对象 ", "for ", Candidate(data["to"]))),
            CaseEvents.AmountProposed => Join(Sum("测算", "Worked out: ", data), null),
            CaseEvents.AmountApproved => Sum("同意金额", "Sum agreed: ", data),
            CaseEvents.AmountRefused => Sum("不同意金额", "Sum refused: ", data),
            CaseEvents.AmountPaid => Join(Sum("已支付或入账", "Paid or booked: ", data), Reason(data)),
            CaseEvents.DocumentDrawnUp => Join(Quote("出具文书", "Document drawn up: ", Both(data, "title") ?? Same("")), Named("编号 ", "number ", data["number"])),
            CaseEvents.DocumentSigned => Join(Quote("文书已签署", "Document signed: ", Both(data, "title") ?? Same("")), Named("编号 ", "number ", data["number"])),
            CaseEvents.Referred => Quote("移送或报送", "Referred to ", pack.Organisation.Bodies.FirstOrDefault(b => b.Key == data["body"])?.Name ?? Same(data["body"] ?? "")),
            CaseEvents.Verified => Join(
                Quote("效果验证", "Verification: ", pack.Verifications.GetValueOrDefault(data["plan"] ?? "")?.Name ?? Same(data["plan"] ?? "")),
                data.Is("failed") ? new BilingualText("无效，重新计数", "not effective, the count starts again") : new("有效", "effective")),
            CaseEvents.Counted => Quote($"合并计数为 {data.Number("to")}", $"Counted together, {data.Number("to")}: ", pack.Counters.GetValueOrDefault(data["counter"] ?? "")?.Name ?? Same(data["counter"] ?? "")),
            CaseEvents.Escalated => Join(Named("督办，报", "Escalated to ", Candidate(data["to"])), Found(data), data["clock"] is null ? Both(data, "title") : Because(data)),
            CaseEvents.Replied => Join(Reply(data), Text(data["text"])),
            CaseEvents.Noted => Text(data["text"]) ?? new("备注", "Note"),
            CaseEvents.MaterialRequested => Join(new("请投诉人补充材料", "Material was asked for from the complainant"), Text(data["text"])),
            CaseEvents.Asked => Join(new("向投诉人提问", "Question to the complainant"), Text(data["text"])),
            CaseEvents.QuestionReplied => Join(new("投诉人答复提问", "The complainant answered a question"), Text(data["text"])),
            CaseEvents.ComplainantWrote => Join(new("投诉人补充说明", "The complainant added something"), Text(data["text"])),
            CaseEvents.Rated => Join(new("投诉人评价", "The complainant rated the handling"), Values(data)),
            CaseEvents.NoticeAccepted => new($"已阅读隐私告知 {data["version"]}", $"Privacy notice {data["version"]} shown"),
            CaseEvents.CodeReissued => new("补发查询码", "A new tracking code was issued"),
            CaseEvents.Answered => Join(Named("投诉人答复：", "The complainant answered: ", _words.OutcomeName(data["outcome"] ?? "")), Reason(data), Values(data)),
            CaseEvents.FollowedUp => data["outcome"] is { } said ? Quote("回访：", "Follow-up: ", _words.OutcomeName(said)) : new("已回访", "Followed up"),
            CaseEvents.MessageQueued => Join(Named("通知", "Message to ", Candidate(data["to"])), Subject(data), Way(data)),
            CaseEvents.MessageReceived => Join(Named("投诉人来信：", "The complainant wrote: ", data["subject"]), Text(data["text"])),
            CaseEvents.CallLogged => Join(Named("通话：", "Call with ", data["with"]), Text(data["text"])),
            CaseEvents.VisitLogged => Join(Named("走访：", "Visit: ", data["with"]), Text(data["text"])),
            CaseEvents.LetterIssued => Join(new($"发函 {data["number"]}", $"Letter {data["number"]}"), Text(data["subject"])),
            CaseEvents.AttachmentAdded => new($"添加附件“{data["name"]}”", $"Attachment added: {data["name"]}"),
            CaseEvents.AttachmentScanned => new($"查毒“{data["name"]}”：{(data["state"] == "Clean" ? "未发现问题" : "未通过")}", $"Scanned: {data["name"]}; {(data["state"] == "Clean" ? "nothing found" : "refused")}"),
            CaseEvents.AttachmentRevealed => Join(new($"查看原始文件“{data["name"]}”", $"Original given out: {data["name"]}"), Reason(data)),
            CaseEvents.Linked => new($"关联投诉 {data["to"]}", $"Linked to {data["to"]}"),
            CaseEvents.Withdrawn => Join(new("投诉撤回", "Withdrawn"), Reason(data)),
            CaseEvents.Closed => Join(new("办结", "Closed"), data["outcome"] is { } outcome ? _words.OptionName("outcome", outcome) : null),
            CaseEvents.Reopened => Join(new("重新办理", "Reopened"), Reason(data)),
            CaseEvents.IncidentRetried => new("重试出错的步骤", "Failed steps were run again"),
            CaseEvents.Incident => new($"流程在“{data["shape"]}”处出错", $"The process failed at {data["shape"]}"),
            CaseEvents.Migrated => Join(new($"流程由第 {data.Number("from")} 版转到第 {data.Number("to")} 版", $"Moved from version {data.Number("from")} of the process to version {data.Number("to")}"), Reason(data)),
            CaseEvents.ConfidentialityRaised => Join(Kept("保密级别提高", "Kept more closely", data), Reason(data)),
            CaseEvents.ConfidentialityAsked => Join(Kept("申请调整保密", "Asked to keep it so", data), Reason(data)),
            CaseEvents.ConfidentialityRefused => Kept("未同意调整保密", "Not agreed", data),
            CaseEvents.ConfidentialityLowered => Join(Kept("保密级别降低", "Kept less closely", data), Reason(data), Named("申请人 ", "asked by ", data["askedByName"])),
            CaseEvents.ConfidentialityListChanged => Join(new("更改了指定人员", "Others may see the sealed case"), Reason(data), Named("申请人 ", "asked by ", data["askedByName"])),
            CaseEvents.HoldSet => Join(Numbered("设置法律保全", "Legal hold set", data), Reason(data)),
            CaseEvents.HoldReleaseAsked => Join(Numbered("申请解除法律保全", "Release of a legal hold asked for", data), Reason(data)),
            CaseEvents.HoldReleaseRefused => Join(Numbered("未同意解除法律保全", "Release of a legal hold refused", data), Named("申请人 ", "asked by ", data["askedByName"])),
            CaseEvents.HoldReleased => Join(Numbered("解除法律保全", "Legal hold released", data), Reason(data), Named("申请人 ", "asked by ", data["askedByName"])),
            CaseEvents.RequestReceived => Join(Right("收到个人信息权利请求", "Request about personal data", data), Same(data["request"] ?? "")),
            CaseEvents.RequestDecided => Join(Right("个人信息权利请求已有决定", "Request about personal data decided", data), Outcome(data), Reason(data)),
            CaseEvents.Corrected => Join(new("投诉人更正了信息，原内容保留", "The complainant corrected something; what was said stays"), Same(data["request"] ?? "")),
            CaseEvents.Restricted => Join(new("个人信息限制使用，只存储和保护", "The personal data are only stored and protected"), Same(data["request"] ?? "")),
            CaseEvents.RestrictionLifted => Join(new("解除个人信息限制使用", "The restriction of the personal data ended"), Reason(data)),
            CaseEvents.ErasureNoted => Join(new("已同意删除，保存期届满后执行", "To be erased once nothing stronger keeps it"), Same(data["request"] ?? "")),
            CaseEvents.ExportCreated => Join(new("个人信息文件可供下载", "A file with personal data may be fetched"), Same(data["request"] ?? "")),
            CaseEvents.ExportDownloaded => Join(new("投诉人下载了个人信息文件", "The complainant fetched the file with personal data"), Same(data["request"] ?? "")),
            CaseEvents.Revealed => Join(new("查看了被遮盖的信息", "Covered data were shown"), Reason(data), Named("申请人 ", "asked by ", data["askedByName"])),
            CaseEvents.RevealAsked => Join(new("申请查看被遮盖的信息", "Asked to be shown covered data"), Reason(data)),
            CaseEvents.RevealRefused => Join(new("未同意查看被遮盖的信息", "Covered data were not shown"), Named("申请人 ", "asked by ", data["askedByName"])),
            CaseEvents.RespondentBound => data["binding"] == "Staff" ? new("认定被投诉人为本单位员工", "The one complained of works here") : new("认定被投诉人不是本单位员工", "The one complained of does not work here"),
            CaseEvents.RespondentNamed => new("填写被投诉人", "Said whom it is about"),
            CaseEvents.InterestDeclared => Join(new("声明利害关系并放弃此案", "Declared an interest and gave the case up"), Reason(data)),
            CaseEvents.ExclusionApplied => new("有人员回避，任务已重新安排", "Somebody is recused; tasks were arranged anew"),
            _ => Same(type),
        };
    }

    private BilingualText Sum(string zh, string en, Data data)
    {
        var name = pack.Calculators.GetValueOrDefault(data["calculator"] ?? "")?.Name ?? Same(data["calculator"] ?? "");
        return new($"{zh}“{name.Zh}”：{data.Number("total")} {data["unit"]}", $"{en}{name.En}, {data.Number("total")} {data["unit"]}");
    }

    private static BilingualText Kept(string zh, string en, Data data)
    {
        var (from, to) = (LevelOf(data["from"]), LevelOf(data["to"]));
        return from is null ? new($"{zh}：{to?.Zh}", $"{en}: {to?.En}") : new($"{zh}：{from.Zh} → {to?.Zh}", $"{en}: {from.En} → {to?.En}");

        static BilingualText? LevelOf(string? level) => level switch
        {
            nameof(ConfidentialityLevel.Ordinary) => new("普通", "ordinary"),
            nameof(ConfidentialityLevel.Identity) => new("身份保密", "identity covered"),
            nameof(ConfidentialityLevel.Restricted) => new("限制知悉", "restricted"),
            nameof(ConfidentialityLevel.Sealed) => new("密封", "sealed"),
            _ => null,
        };
    }

    private BilingualText Received(Data data)
    {
        var kind = KindWords.Of(data["kind"]);
        var channel = data["channel"] is { } key
            ? pack.Identity.Channels.FirstOrDefault(c => c.Key == key)?.Name ?? Same(key)
            : null;
        return Join(new($"收到{kind.Zh} {data["number"]}", $"{kind.En} {data["number"]} received"), channel is null ? null : new BilingualText($"渠道：{channel.Zh}", $"by {channel.En}"));
    }

    private BilingualText Facts(Data data)
    {
        var table = data["table"] is { } key ? pack.Tables.GetValueOrDefault(key)?.Name : null;
        var head = table is null ? new BilingualText("信息变更", "Changed") : new BilingualText($"按“{table.Zh}”", $"By {table.En}");
        return Join(head, Values(data), Why(data), Reason(data));
    }

    private BilingualText? Values(Data data)
    {
        var said = data.Facts().Select(f => (Name: _words.NameOf(f.Name), Value: ValueOf(f.Name, f.Value))).ToList();
        return said.Count == 0
            ? null
            : new BilingualText(
                string.Join('，', said.Select(s => $"{s.Name.Zh}：{Filled(s.Value.Zh)}")), string.Join(", ", said.Select(s => $"{s.Name.En}: {Filled(s.Value.En)}")));
    }

    private BilingualText ValueOf(string fact, FactValue value)
    {
        var type = pack.Facts.Find(fact)?.Type;
        return type == FactType.Person && value.Text is { } id && person?.Invoke(id) is { } name ? Same(name)
            : type == FactType.File && value.List is { } files ? new(string.Join('、', files.Select(f => file?.Invoke(f) ?? f)), string.Join(", ", files.Select(f => file?.Invoke(f) ?? f)))
            : value.Text is { } option && OptionWords.Of(fact, option) is { } words ? words
            : _words.Of(fact, value);
    }

    private BilingualText Level(string type, Data data)
    {
        var to = _words.OptionName("level", data["to"] ?? "");
        var head = data["from"] is { } from
            ? new BilingualText($"等级由{_words.OptionName("level", from).Zh}改为{to.Zh}", $"Level changed from {_words.OptionName("level", from).En} to {to.En}")
            : new BilingualText($"等级定为{to.Zh}", $"Level set to {to.En}");
        var how = type == CaseEvents.LevelOverridden ? new BilingualText("人工调整", "by a person") : null;
        return Join(head, how, Why(data), Reason(data));
    }

    private BilingualText Assigned(Data data)
    {
        var lead = data["lead"] is { } department ? Department(department) : null;
        var handler = data["handlerName"] ?? (data["handler"] is { } id ? person?.Invoke(id) ?? id : null);
        var team = data.Texts("team").Select(p => person?.Invoke(p) ?? p).ToList();
        return Join(
            new("分派", "Assigned"),
            lead is null ? null : new BilingualText($"牵头部门：{lead.Zh}", $"lead department: {lead.En}"),
            Named("处理人：", "handler: ", handler),
            team.Count == 0 ? null : new BilingualText($"小组：{string.Join('、', team)}", $"team: {string.Join(", ", team)}"));
    }

    private BilingualText Completed(Data data) => Join(
        Task("完成任务", "Task completed: ", data), _words.OutcomeName(data["outcome"] ?? ""), Reason(data), Values(data));

    private static BilingualText Task(string zh, string en, Data data) =>
        new($"{zh}“{data["titleZh"] ?? data["task"]}”", en + (data["titleEn"] ?? data["task"]));

    private BilingualText? Candidates(Data data)
    {
        var who = data.Texts("candidates").Select(CandidateOf).ToList();
        return who.Count == 0 ? null : new BilingualText(string.Join("、", who.Select(w => w.Zh)), string.Join("; ", who.Select(w => w.En)));
    }

    private BilingualText? Candidate(string? candidate) => candidate is null ? null : CandidateOf(candidate);

    private BilingualText CandidateOf(string candidate)
    {
        if (candidate.StartsWith(Domain.Parties.Candidates.UserPrefix, StringComparison.Ordinal))
        {
            var id = candidate[Domain.Parties.Candidates.UserPrefix.Length..];
            return Same(person?.Invoke(id) ?? id);
        }

        return candidate == Domain.Parties.Candidates.Complainant ? new("投诉人", "the complainant") : _words.CandidateName(candidate);
    }

    private BilingualText Clock(string zh, string en, Data data) => Quote(zh, en, ClockName(data));

    private BilingualText ClockName(Data data)
    {
        var key = data["clock"] ?? "";
        return (data["limit"] is { } limit ? pack.Limit(limit) : null)?.Name ?? clock?.Invoke(key, data["limit"])
            ?? pack.Limits.FirstOrDefault(l => l.Clock == Domain.Clocks.Clock.NameOf(key))?.Name ?? Same(key);
    }

    private BilingualText Rung(Data data)
    {
        var (clock, key) = (data["clock"], data["rung"] ?? "");
        var rung = pack.Limits.Where(l => l.Clock == Domain.Clocks.Clock.NameOf(clock ?? "")).SelectMany(l => l.Rungs).FirstOrDefault(r => r.Rung.Key == key)?.Rung;
        return rung is null ? Same(key) : new(rung.At.ToText("zh-CN"), rung.At.ToText("en"));
    }

    private BilingualText Because(Data data)
    {
        var (clock, rung) = (ClockName(data), Rung(data));
        return new($"{clock.Zh}：{rung.Zh}", $"{clock.En}: {rung.En}");
    }

    // how somebody above was found: the post, and which posts were passed over on the way
    private static BilingualText? Found(Data data) => data.Object("found") is { } found ? EscalationText.Of(found) : null;

    private BilingualText? Due(Data data) => data.Instant("dueAt") is { } due
        ? data.Instant("oldDueAt") is { } old && old != due
            ? new($"到期由 {moment(old, "zh-CN")} 改为 {moment(due, "zh-CN")}", $"due moved from {moment(old, "en")} to {moment(due, "en")}")
            : new($"{moment(due, "zh-CN")} 到期", $"due {moment(due, "en")}")
        : null;

    private BilingualText? At(string zh, string en, DateTimeOffset? at) => at is { } known ? new(zh + moment(known, "zh-CN"), en + moment(known, "en")) : null;

    private BilingualText? PauseReason(Data data) =>
        data["reason"] is { } key ? pack.PauseReasons.FirstOrDefault(r => r.Key == key)?.Name ?? Same(key) : null;

    private BilingualText Chain(Data data) =>
        data["chain"] is { } key ? pack.Chains.GetValueOrDefault(key)?.Name ?? Same(key) : new("审批", "approval");

    private BilingualText Department(string? key) => key is null ? new("", "") : _words.DepartmentName(key) ?? Same(key);

    private BilingualText? Subject(Data data) =>
        data["template"] is { } key && pack.Templates.GetValueOrDefault(key) is { } template ? new(Plain(template.Subject.Zh, key), Plain(template.Subject.En, key)) : null;

    private static BilingualText? Way(Data data) => data["channel"] switch
    {
        "inbox" => new("站内", "in the inbox"),
        "email" => new("电子邮件", "by e-mail"),
        "sms" => new("短信", "by text message"),
        "letter" => new("信函", "by letter"),
        "phone" => new("电话", "by telephone"),
        "fax" => new("传真", "by fax"),
        "http" => new("HTTP 请求", "by HTTP request"),
        { } other => Same(other),
        null => null,
    };

    private static BilingualText Reply(Data data) => data["kind"] switch
    {
        "first" => new("首次答复投诉人", "First reply to the complainant"),
        "answer" => new("答复处理结果", "Answer to the complainant"),
        "final" => new("最终答复", "Final answer to the complainant"),
        "refusal" => new("不予受理告知", "Refusal told to the complainant"),
        _ => new("进展告知", "Progress told to the complainant"),
    };

    private static BilingualText? Why(Data data) => Both(data, "why");

    private static BilingualText? Both(Data data, string name) =>
        data[name + "Zh"] is { Length: > 0 } zh ? new(zh, data[name + "En"] is { Length: > 0 } en ? en : zh) : null;

    private static BilingualText? Reason(Data data) => Named("原因：", "reason: ", data["reason"]);

    private static BilingualText? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : Same(text);

    private static BilingualText? Named(string zh, string en, string? name) => string.IsNullOrWhiteSpace(name) ? null : new(zh + name, en + name);

    private static BilingualText? Named(string zh, string en, BilingualText? name) => name is null ? null : new(zh + name.Zh, en + name.En);

    private static BilingualText Quote(string zh, string en, BilingualText name) => new($"{zh}“{name.Zh}”", en + name.En);

    private static BilingualText Numbered(string zh, string en, Data data) => new($"{zh} {data.Number("hold")}", $"{en} {data.Number("hold")}");

    private static BilingualText Right(string zh, string en, Data data) => RightName(data["kind"] ?? "") is var right ? new($"{zh}：{right.Zh}", $"{en}: {right.En}") : new(zh, en);

    private static BilingualText Outcome(Data data) => data["outcome"] switch
    {
        DataRequestOutcomes.Granted => new("同意", "granted"),
        DataRequestOutcomes.Partly => new("部分同意", "granted in part"),
        DataRequestOutcomes.Refused => new("不同意", "refused"),
        _ => new("未作决定", "dropped"),
    };

    private static BilingualText Same(string text) => new(text, text);

    // a subject with other places to fill in says nothing before they are filled
    private string Plain(string subject, string key) =>
        subject.Replace("{{number}}", number, StringComparison.Ordinal) is var said && said.Contains("{{", StringComparison.Ordinal) ? key : said;

    private static string Filled(string value) => value.Length == 0 ? "—" : value;

    private static BilingualText Join(BilingualText? first, params ReadOnlySpan<BilingualText?> rest)
    {
        List<BilingualText> parts = first is null ? [] : [first];
        foreach (var part in rest)
        {
            if (part is not null)
            {
                parts.Add(part);
            }
        }

        return new(string.Join('；', parts.Select(p => p.Zh)), string.Join("; ", parts.Select(p => p.En)));
    }

    /// <summary>The event's data, read without trust: a member of another kind counts as absent.</summary>
    private readonly struct Data(JsonElement json)
    {
        public string? this[string name] => Member(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

        public string? Number(string name) => Member(name) is { ValueKind: JsonValueKind.Number } number ? number.GetRawText() : null;

        public bool Is(string name) => Member(name) is { ValueKind: JsonValueKind.True };

        public DateTimeOffset? Instant(string name) =>
            DateTimeOffset.TryParse(this[name], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;

        public IEnumerable<string> Texts(string name) => Member(name) is { ValueKind: JsonValueKind.Array } array
            ? array.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.String).Select(e => e.GetString()!)
            : [];

        public IEnumerable<(string Name, FactValue Value)> Facts() => Member("facts") is { ValueKind: JsonValueKind.Object } facts
            ? facts.EnumerateObject().Select(f => (f.Name, f.Value.Deserialize(CaseDocument.Default.FactValue) ?? FactValue.Unknown))
            : [];

        public JsonElement? Object(string name) => Member(name) is { ValueKind: JsonValueKind.Object } found ? found : null;

        private JsonElement? Member(string name) =>
            json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var member) ? member : null;
    }
}
