using System.Runtime.CompilerServices;
using CaseManagement.Domain.Facts;
using CaseManagement.Workflows.Runtime.Plans;

namespace CaseManagement.Workflows.CaseActivities;

/// <summary>What a shape is called: its display text is Chinese, its description English (pack format; Studio's Common tab).</summary>
public static class ShapeTexts
{
    private static readonly ConditionalWeakTable<PlanNode, BilingualText> Known = [];

    public static BilingualText Of(PlanNode node) => Known.GetValue(node, static n =>
    {
        var metadata = n.Json["metadata"];
        var zh = (string?)metadata?["displayText"];
        var en = (string?)metadata?["description"];
        var name = (string?)n.Json["name"] ?? n.Id;
        return new BilingualText(zh ?? en ?? name, en ?? zh ?? name);
    });
}
