using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs;
using CaseManagement.Workflows.Runtime.Plans;

namespace CaseManagement.Web.Configuration;

/// <summary>Says in both languages what compiling a workflow found; the runtime itself speaks English alone.</summary>
public static class PlanFindingWords
{
    private static readonly Dictionary<string, string> Chinese = new(StringComparer.Ordinal)
    {
        [PlanFindings.UnknownActivityType] = "没有这种步骤",
        [PlanFindings.MissingRoot] = "流程图是空的",
        [PlanFindings.DuplicateActivityId] = "并列的两个图形标识相同",
        [PlanFindings.UnknownConnectionEnd] = "连线的一端不存在",
        [PlanFindings.InvalidBackwardConnection] = "回路回到了并非必经的步骤",
        [PlanFindings.BadExpression] = "表达式有错",
        [PlanFindings.UnknownExpressionType] = "不支持这种表达式",
        [PlanFindings.MissingInput] = "有必填的输入没有填",
        [PlanFindings.UnknownVariable] = "没有这个变量",
        [PlanFindings.AmbiguousDuration] = "时长容易读错：“24:00:00”是 24 天，不是 24 小时",
        [PlanFindings.BadValue] = "定义里有读不懂的内容",
        [PlanFindings.BadLiteral] = "输入的值不合适",
        [PlanFindings.TooManyActivities] = "图形太多，不能运行",
        [PlanFindings.NestedTooDeep] = "套得太深，或包含了自己，不能运行",
    };

    /// <summary>A finding of the plan as one of the pack, at the shape it is in.</summary>
    public static Finding Of(string file, PlanFinding found)
    {
        var said = Chinese.GetValueOrDefault(found.Code) ?? found.Message;
        var zh = found.ActivityId is { Length: > 0 } id ? $"“{id}”：{said}（{found.Message}）" : $"{said}（{found.Message}）";
        var en = found.ActivityId is { Length: > 0 } shape ? $"'{shape}': {found.Message}" : found.Message;

        // a node id is the way to it: workflow, flowchart, shape, and what lies inside the shape
        var place = found.NodeId?.Split(':') is [_, _, { Length: > 0 } outer, ..] ? outer : found.ActivityId ?? "$";
        return new Finding(found.Code, file, place, new BilingualText(zh, en), found.IsError ? FindingSeverity.Error : FindingSeverity.Warning);
    }
}
