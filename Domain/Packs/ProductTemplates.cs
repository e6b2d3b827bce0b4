namespace CaseManagement.Domain.Packs;

/// <summary>Messages the product itself sends about a case, whatever its process. Their keys begin with @, which no key of a pack holds.</summary>
public static class ProductTemplates
{
    /// <summary>A question to the complainant.</summary>
    public const string Question = "@question";

    /// <summary>To staff: the complainant has done something by the portal.</summary>
    public const string ComplainantActed = "@complainant-acted";

    /// <summary>To the complainant: a new tracking code.</summary>
    public const string CodeReissued = "@code-reissued";

    /// <summary>To staff: a colleague asks them to do a task for them.</summary>
    public const string TaskDelegated = "@task-delegated";

    /// <summary>To staff: somebody whom they cover got a task.</summary>
    public const string TaskCovered = "@task-covered";

    /// <summary>To the complainant: a code that is good once and for a few minutes, with which they show that the contact on record is theirs.</summary>
    public const string OneTimeCode = "@one-time-code";

    /// <summary>To the complainant: a date that was promised to them has moved, or was promised now.</summary>
    public const string DateMoved = "@date-moved";

    private static readonly Dictionary<string, Template> All = new Template[]
    {
        new(
            Question, TemplateKind.Message, new("{{number}}：有一个问题想问你", "{{number}}: we have a question for you"),
            new("{{text}}\n\n请用查询码打开进度页面答复。", "{{text}}\n\nOpen the page of your case with its tracking code to answer.")) { Via = ["email", "sms", "inbox"] },
        new(
            ComplainantActed, TemplateKind.Message, new("{{number}}：投诉人有新消息", "{{number}}: news from the complainant"),
            new("{{text}}", "{{text}}")) { Via = ["inbox"] },
        new(
            TaskDelegated, TemplateKind.Message, new("{{number}}：请你代办任务", "{{number}}: a task to do for a colleague"),
            new("{{text}}", "{{text}}")) { Via = ["inbox"] },
        new(
            TaskCovered, TemplateKind.Message, new("{{number}}：你代班的同事有新任务", "{{number}}: a task for the colleague you cover"),
            new("{{text}}", "{{text}}")) { Via = ["inbox"] },
        new(
            CodeReissued, TemplateKind.Message, new("{{number}}：新的查询码", "{{number}}: your new tracking code"),
            new("新查询码：{{trackingCode}}。旧的查询码已失效。", "Your new tracking code: {{trackingCode}}. The old one no longer works.")) { Via = ["email", "sms"] },
        new(
            DateMoved, TemplateKind.Message, new("{{number}}：答应你的日期", "{{number}}: the date promised to you"),
            new(
                "“{{clock.name}}”的日期现在是{{#if clock.dueAt}} {{clock.dueAt}}{{else}}：未定{{/if}}。{{#if text}}原因：{{text}}{{/if}}\n\n用查询码打开进度页面可以查看。",
                "The date for “{{clock.name}}” is now {{#if clock.dueAt}}{{clock.dueAt}}{{else}}open{{/if}}. {{#if text}}The reason: {{text}}{{/if}}\n\nOpen the page of your case with its tracking code to see how it stands.")) { Via = ["email", "sms", "inbox"] },
        new(
            OneTimeCode, TemplateKind.Message, new("{{number}}：一次性验证码", "{{number}}: your one-time code"),
            new("验证码：{{text}}，10 分钟内有效，请勿告诉他人。如非本人操作，请忽略。", "Your code: {{text}}. It is good for 10 minutes. Tell it to nobody. If you did not ask for it, do nothing.")) { Via = ["email", "sms"] },
    }.ToDictionary(t => t.Key, StringComparer.Ordinal);

    /// <summary>The template of this key; null when it is none of the product's.</summary>
    public static Template? Find(string key) => All.GetValueOrDefault(key);
}
