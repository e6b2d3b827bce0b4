using System.Text.Json;
using System.Text.Json.Nodes;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs;
using CaseManagement.Web.Persistence.Settings;

namespace CaseManagement.Web.Features.Limits;

/// <summary>What of a limit an administrator can change.</summary>
/// <param name="Calendar">None is the process's own calendar.</param>
internal sealed record LimitSetting(LimitUnit Unit, decimal? Amount, string? Calendar)
{
    public static LimitSetting Of(TimeLimit rule) => new(rule.Unit, rule.Amount, rule.Calendar);
}

/// <summary>An applied change as the audit record holds it.</summary>
internal sealed record LoggedChange(string Limit, LimitSetting Before, LimitSetting After, LimitChangeScope Scope, string Reason)
{
    /// <summary>The type of the audit event, in the stream of the process.</summary>
    public const string Type = "limit.applied";

    public JsonObject ToJson() => new()
    {
        ["limit"] = Limit,
        ["before"] = Written(Before),
        ["after"] = Written(After),
        ["scope"] = LimitInput.Word(Scope),
        ["reason"] = Reason,
    };

    /// <summary>Null when the record's content was erased.</summary>
    public static LoggedChange? Read(string json)
    {
        try
        {
            var data = JsonNode.Parse(json);
            return data?["limit"]?.GetValue<string>() is { } limit && Setting(data["before"]) is { } before && Setting(data["after"]) is { } after
                ? new LoggedChange(
                    limit, before, after,
                    data["scope"]?.GetValue<string>() == LimitEdit.OpenCases ? LimitChangeScope.OpenCases : LimitChangeScope.NewCases,
                    data["reason"]?.GetValue<string>() ?? "")
                : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static JsonObject Written(LimitSetting setting) => new()
    {
        ["amount"] = setting.Amount, ["unit"] = LimitInput.Word(setting.Unit), ["calendar"] = setting.Calendar,
    };

    private static LimitSetting? Setting(JsonNode? json) =>
        LimitDefinition.UnitOf(FactValue.Of(json?["unit"]?.GetValue<string>() ?? "")) is { } unit
            ? new LimitSetting(unit, json!["amount"]?.GetValue<decimal>(), json["calendar"]?.GetValue<string>())
            : null;
}
