using System.Globalization;
using CaseManagement.Workflows.Definitions;
using CaseManagement.Workflows.Expressions;
using CaseManagement.Workflows.Expressions.JavaScript;

namespace CaseManagement.Workflows.Runtime.Plans;

/// <summary>What findings say.</summary>
internal static class PlanTexts
{
    public static PlanText NoVariable { get; } = new("没有选择变量。", "No variable is chosen.");

    public static PlanText NoRoot { get; } = new("定义没有根活动。", "The definition has no root activity.");

    public static PlanText TooLarge { get; } = new("定义太大或嵌套太深，无法运行。", "The definition is too large or nests too deep to run.");

    public static PlanText NoAttachments { get; } =
        new("这里不能发送附件；请把链接写进正文。", "Attachments are not sent from here; put a link into the body.");

    public static PlanText SenderIsConfigured { get; } =
        new("发件人由系统配置决定，这里填写的不起作用。", "The sender is the configured one; what stands here has no effect.");

    public static PlanText UnknownType(string type) => new($"不认识活动类型“{type}”。", $"There is no activity type “{type}”.");

    public static PlanText DuplicateId(string id) =>
        new($"并列的两个活动使用了同一个标识“{id}”。", $"Two activities beside each other have the id “{id}”.");

    public static PlanText ContainsItself(string? name) => new($"“{name}”包含了它自己。", $"“{name}” contains itself.");

    public static PlanText UnknownExpression(string kind) =>
        new($"这里不认识“{kind}”类型的表达式。", $"Expressions of type “{kind}” are not known here.");

    public static PlanText BadScript(ScriptSyntaxException exception) => new(
        $"脚本第 {exception.Line} 行第 {exception.Column} 列有错：{exception.Message}", $"Line {exception.Line}, column {exception.Column}: {exception.Message}");

    public static PlanText BadValue(ValueConversionException exception) => new(exception.Zh, exception.Message);

    public static PlanText BadFormat(DefinitionFormatException exception) => new($"内容的格式不对：{exception.Message}", exception.Message);

    public static PlanText BadDefault(string variable, ValueConversionException exception) => new(
        $"变量“{variable}”的默认值不合适：{exception.Zh}", $"The default of “{variable}” does not fit: {exception.Message}");

    public static PlanText Missing(InputDescriptor input)
    {
        var name = input.DisplayName ?? input.Name;
        return new($"缺少“{name}”。", $"“{name}” is missing.");
    }

    public static PlanText UnboundOutput(string output, string? variable) => new(
        $"输出 {output} 绑定到变量“{variable}”，但没有这个变量。", $"Output {output} is bound to variable “{variable}”, which does not exist.");

    public static PlanText UnknownVariable(string? name) => new($"没有变量“{name}”。", $"There is no variable “{name}”.");

    public static PlanText BadCron(object? text) =>
        new($"“{text}”不是由五个或六个字段组成的 cron 表达式。", $"“{text}” is no cron expression of five or six fields.");

    /// <summary><c>24:00:00</c>: people mean hours, the format says days.</summary>
    public static PlanText ReadAsDays(string written, TimeSpan meaning, int hours)
    {
        var instead = TimeSpan.FromHours(hours).ToString("c", CultureInfo.InvariantCulture);
        return new(
            $"“{written}”表示 {Zh(meaning)}，不是 {hours} 小时；若要 {hours} 小时，请写“{instead}”。",
            $"“{written}” means {En(meaning)}, not {hours} hours; for {hours} hours write “{instead}”.");
    }

    public static PlanText LooseConnection(string source, string target) => new(
        $"从“{source}”到“{target}”的连线缺少一端。", $"The connection from “{source}” to “{target}” has no such end.");

    public static PlanText InvalidBack(string from, string to) => new(
        $"从“{from}”回到“{to}”的连线在运行时会出错：到“{from}”的路径可以不经过“{to}”。",
        $"The way back from “{from}” to “{to}” faults when taken: “{to}” can be passed by on the way to “{from}”.");

    public static PlanText Unreachable(string id) => new($"没有路径到达“{id}”。", $"“{id}” cannot be reached.");

    public static PlanText OpenPort(string id, string port) => new(
        $"“{id}”的出口“{port}”没有连线，流程会在那里停下。", $"“{id}” has a port “{port}” that leads nowhere; the way ends there.");

    public static PlanText NoSuchPort(string id, string port) => new(
        $"“{id}”没有出口“{port}”，这条连线永远不会走到。", $"“{id}” has no port “{port}”; the connection is never taken.");

    public static PlanText JoinNeverRuns(string join, string decision) => new(
        $"“{join}”等待全部分支，但“{decision}”只会走其中一部分，汇合永远不会完成。",
        $"“{join}” waits for all its ways, but “{decision}” never takes them all; it never completes.");

    private static string Zh(TimeSpan span) => Words(span, " 天", " 小时", " 分", " 秒", "零");

    private static string En(TimeSpan span) => Words(span, " days", " hours", " minutes", " seconds", " ");

    private static string Words(TimeSpan span, string days, string hours, string minutes, string seconds, string between) => string.Join(
        between,
        new[] { (span.Days, days), (span.Hours, hours), (span.Minutes, minutes), (span.Seconds, seconds) }
            .Where(p => p.Item1 > 0).Select(p => p.Item1.ToString(CultureInfo.InvariantCulture) + p.Item2));
}
