using System.Text.Json;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Parties;

namespace CaseManagement.Web.Features.Shared;

/// <summary>Says in both languages how somebody above was found: by which post, and which posts were passed over on the way.</summary>
public static class EscalationText
{
    /// <param name="found">What the event recorded; members that are not there are left out.</param>
    /// <returns>Null where there is nothing to say.</returns>
    public static BilingualText? Of(JsonElement found)
    {
        List<BilingualText> parts = [];
        if (Named(found) is var (zh, en) && Enum.TryParse<SuperiorKind>(Text(found, "as"), out var kind))
        {
            parts.Add(kind == SuperiorKind.Substitute
                ? new($"{zh}负责人空缺，由代理人接", $"stands in for the vacant head of {en}")
                : new($"{zh}负责人", $"head of {en}"));
        }
        else if (Text(found, "as") == nameof(SuperiorKind.Fallback))
        {
            parts.Add(new("上面已无负责人", "nobody above is left"));
        }

        if (found.TryGetProperty("passed", out var passed) && passed.ValueKind == JsonValueKind.Array)
        {
            parts.AddRange(passed.EnumerateArray().Select(PassedOver).OfType<BilingualText>());
        }

        return parts.Count == 0 ? null : new(string.Join('；', parts.Select(p => p.Zh)), string.Join("; ", parts.Select(p => p.En)));
    }

    private static BilingualText? PassedOver(JsonElement passed) => Named(passed) is not var (zh, en) ? null : Text(passed, "because") switch
    {
        nameof(PassedBecause.Vacant) => new($"{zh}负责人空缺", $"nobody leads {en}"),
        nameof(PassedBecause.Respondent) => new($"{zh}须回避", $"{en} is recused"),
        nameof(PassedBecause.Handler) => new($"{zh}负责人即处理人", $"the head of {en} handles the case"),
        _ => null,
    };

    private static (string Zh, string En)? Named(JsonElement json) =>
        Text(json, "departmentZh") is { } zh ? (zh, Text(json, "departmentEn") ?? zh) : null;

    private static string? Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;
}
