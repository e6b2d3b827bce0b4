using System.Text.Json.Nodes;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Parties;

namespace CaseManagement.Domain.Complaints;

/// <summary>
/// Which of a case's clocks are promises to the complainant. A clock is one when it runs to a moment of theirs (first reply, answer, closing …), to a
/// promised date, to a reply step, or when a message to them names it. All others are the organisation's own.
/// </summary>
public static class PromisedClocks
{
    private static readonly HashSet<string> Moments = ["acknowledgedAt", "acceptedAt", "firstRepliedAt", "repliedAt", "closedAt"];

    private const string ReplyShape = "CaseManagement.Reply";

    /// <summary>Keys of the clocks that are promises under these rules.</summary>
    /// <param name="rules">What the case runs under.</param>
    /// <param name="kind">complaint, consultation or suggestion: each has a workflow of its own.</param>
    public static IReadOnlySet<string> KeysOf(CaseRules rules, string kind)
    {
        var told = string.Concat(rules.Pack.Templates.Values.Where(t => t.To.Contains(Candidates.Complainant)).Select(t => $"{t.Subject} {t.Body} "));
        var replies = ReplyClocks(rules.Pack, kind);
        return rules.Limits.Select(l => l.Rule)
            .Where(l => (l.To is { } to && Moments.Contains(to)) || l.Promised is not null || replies.Contains(l.ClockKey)
                || told.Contains($"clock.{l.ClockKey}.", StringComparison.Ordinal))
            .Select(l => l.ClockKey).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Clocks of steps that are a reply, or lead straight to one.</summary>
    private static HashSet<string> ReplyClocks(ProcessPack pack, string kind)
    {
        var clocks = new HashSet<string>(StringComparer.Ordinal);
        if (pack.Kind(kind) is not { } taken || !pack.Workflows.TryGetValue(taken.Workflow, out var json) || JsonNode.Parse(json)?["root"] is not JsonObject root)
        {
            return clocks;
        }

        var shapes = (root["activities"] as JsonArray ?? []).OfType<JsonObject>().Where(a => (string?)a["id"] is not null)
            .GroupBy(a => (string)a["id"]!, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        bool IsReply(string? id) => id is not null && (string?)shapes.GetValueOrDefault(id)?["type"] == ReplyShape;
        var before = (root["connections"] as JsonArray ?? []).OfType<JsonObject>()
            .Where(c => IsReply((string?)c["target"]?["activity"])).Select(c => (string?)c["source"]?["activity"]);
        foreach (var id in shapes.Keys.Where(IsReply).Concat(before).OfType<string>())
        {
            if (shapes.GetValueOrDefault(id)?["clock"]?["expression"]?["value"] is JsonValue value && value.TryGetValue<string>(out var clock))
            {
                clocks.Add(clock);
            }
        }

        return clocks;
    }
}
