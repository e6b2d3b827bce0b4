using System.Text;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Parties;
using CaseManagement.EndToEnd.Tests.Browser;
using CaseManagement.Web.Messages;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Correspondence;
using CaseManagement.Web.Persistence.Lessons;
using CaseManagement.Workflows.Cases;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.EndToEnd.Tests.Messages;

/// <summary>Pages of messages, and all that no other test looks at, are looked at in one product.</summary>
[CollectionDefinition(Name)]
public sealed class MessageTests : ICollectionFixture<MessageHost>
{
    public const string Name = "Messages";
}

/// <summary>The product with its demo cases: a template, a letter, a call, an answer by mail, and mail nobody can place.</summary>
public sealed class MessageHost : ProductHost
{
    public const string Template = "progress";

    public Guid Case { get; private set; }

    public Guid Letter { get; } = new("0199d0a0-0000-7000-8000-00000000001e");

    public Guid Lesson { get; } = new("0199d0a0-0000-7000-8000-00000000001f");

    /// <summary>An address with this case and letter in it.</summary>
    public string Filled(string path) => path.Replace("{case}", Case.ToString(), StringComparison.Ordinal).Replace("{letter}", Letter.ToString(), StringComparison.Ordinal).Replace("{lesson}", Lesson.ToString(), StringComparison.Ordinal);

    protected override async Task PrepareAsync()
    {
        var (runtime, none) = (Services.GetRequiredService<CaseRuntime>(), CancellationToken.None);
        var by = new Performer { Actor = new Actor(ActorKind.ApiKey, "test", "Mail gateway"), ActsForHolders = true };
        var registered = await runtime.RegisterAsync(
            new Registration { Channel = "phone", Subject = "冷柜漏水滑倒", Description = "顾客在冷柜前滑倒", Category = "speed", Complainant = new Complainant { Name = "王女士", Email = "wang@example.com" } }, by, none);
        Case = registered!.Complaint.Id.Value;
        await runtime.ActAsync(Case, by, Write, none);
        await Services.GetRequiredService<IConfigurationWriter>().RunWithContextAsync(
            (db, _) =>
            {
                db.MessageTemplates.AddRange(Versions());
                db.Lessons.Add(Learnt());
                db.WebhookTargets.Add(new WebhookTarget { Channel = "sms", Name = "短信网关", Url = "https://sms.example.org/send", Secret = "sealed", OldSecret = "sealed", IsEnabled = true, Version = 1 });
                return ValueTask.FromResult(true);
            },
            none);
        var inbound = Services.GetRequiredService<InboundMessages>();
        foreach (var (from, subject) in ((string, string)[])[("a@example.com", "关于我的投诉"), ("newsletter-with-a-very-long-address-indeed@lists.example.com", "")])
        {
            await inbound.ReceiveAsync(MailReader.Read(Encoding.UTF8.GetBytes($"From: {from}\r\nTo: c@example.org\r\nSubject: {subject}\r\nAuthentication-Results: mx; spf=pass\r\n\r\n你好，第 3 次打电话了。\r\n\r\n> 旧内容"), null), by, none);
        }
    }

    private void Write(CaseAct act)
    {
        var complaint = act.Complaint;
        complaint.LogContact(act, new Contact(false, true, "王女士", act.At, 4, "问什么时候有结果。"));
        complaint.LogContact(act, new Contact(true, false, "王女士", act.At, 45, "上门查看。"));
        complaint.IssueLetter(act, new Letter(Letter, "L-2026-00001", "处理决定", "王女士：\n\n我们将更换冷柜，并承担检查费。\n\n此致", "zh-CN", null));
        complaint.Receive(act, new IncomingMessage(Guid.NewGuid(), "email", "wang@example.com", "Re: 处理决定", "谢谢。\n请尽快。", "> 王女士：\n> 我们将更换冷柜", "spf=pass, dkim=pass", ["发票.pdf"]));
    }

    private StoredLesson Learnt() => new()
    {
        Id = Lesson,
        ProcessKey = "standard-complaint",
        ComplaintId = Guid.NewGuid(),
        Number = "TS-1",
        Title = "冷柜漏水",
        Situation = "冷柜前地面积水。",
        Cause = "=排水管堵塞",
        Measures = "每周清理。",
        Advice = "先放警示牌。",
        Words = "冷柜漏水",
        State = LessonState.Released,
        ProposedBy = "li",
        ProposedByName = "李",
        ProposedAt = new DateTimeOffset(2026, 10, 12, 1, 0, 0, TimeSpan.Zero),
        DecidedBy = "wu",
        DecidedByName = "吴",
        DecidedAt = new DateTimeOffset(2026, 10, 12, 1, 5, 0, TimeSpan.Zero),
    };

    private static IEnumerable<MessageTemplate> Versions() => Enumerable.Range(1, 2).Select(version => new MessageTemplate
    {
        Process = "",
        Key = Template,
        Version = version,
        Channel = "sms",
        NameZh = "进展告知",
        NameEn = "Progress",
        SubjectZh = "{{number}} 的进展",
        SubjectEn = "Update on {{number}}",
        BodyZh = $"您的投诉 {{{{number}}}} 正在办理（{version}）。",
        BodyEn = $"Your case {{{{number}}}} is in work ({version}).",
        At = new DateTimeOffset(2026, 10, 12, 1, version, 0, TimeSpan.Zero),
        By = "admin",
    });
}
