using System.Text.Json.Nodes;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Features.Shared;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Portal;

/// <summary>
/// Which of a case's clocks are promises to the complainant, and what they say in plain words. A clock is one when it runs to a moment of theirs (first
/// reply, answer, closing …), to a promised date, to a reply step, or when a message to them names it. All others are the organisation's own.
/// </summary>
public sealed class Promises(IStringLocalizer<PortalWords> words)
{
    private static readonly HashSet<string> Moments = ["acknowledgedAt", "acceptedAt", "firstRepliedAt", "repliedAt", "closedAt"];

    private const string ReplyShape = "CaseManagement.Reply";

    /// <summary>Keys of the clocks that are promises under these rules.</summary>
    public static IReadOnlySet<string> KeysOf(CaseRules rules, string kind)
    {
        var told = string.Concat(rules.Pack.Templates.Values.Where(t => t.To.Contains(Candidates.Complainant)).Select(t => $"{t.Subject} {t.Body} "));
        var replies = ReplyClocks(rules.Pack, kind);
        return rules.Limits.Select(l => l.Rule)
            .Where(l => (l.To is { } to && Moments.Contains(to)) || l.Promised is not null || replies.Contains(l.ClockKey)
                || told.Contains($"clock.{l.ClockKey}.", StringComparison.Ordinal))
            .Select(l => l.ClockKey).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>What is promised of this case, soonest first; what was kept comes last.</summary>
    public IReadOnlyList<PromisedDate> Of(Complaint complaint, CaseRules rules, PackWords said)
    {
        var keys = KeysOf(rules, complaint.Kind);
        return
        [
            .. complaint.Clocks.All.Values.Where(c => keys.Contains(c.Key) && c.CancelledAt is null)
                .OrderBy(c => c.MetAt is not null).ThenBy(c => c.DueAt ?? DateTimeOffset.MaxValue)
                .Select(c => Of(c, complaint, rules, said)),
        ];
    }

    /// <summary>How more time came about: from when to when, and why it was needed.</summary>
    public string Moved(DateTimeOffset? from, DateTimeOffset? to, string reason, WorkCalendar calendar)
    {
        string At(DateTimeOffset? at) => at is { } moment ? DateText.Of(moment, calendar, PackWords.Language) : words["NoDate"];
        return reason.Length == 0 ? words["Moved", At(from), At(to)] : words["MovedBecause", At(from), At(to), reason];
    }

    private PromisedDate Of(Clock clock, Complaint complaint, CaseRules rules, PackWords said)
    {
        var limit = rules.LimitOf(clock);
        var calendar = rules.CalendarOf(clock, complaint.Lead);
        var remarks = new List<string>();
        if (clock.MetAt is { } met)
        {
            remarks.Add(words["Kept", DateText.Of(met, calendar, PackWords.Language)]);
        }
        else if (clock.PausedSince is { } since)
        {
            remarks.Add(words["Rests", DateText.Of(since, calendar, PackWords.Language)]);
        }
        else if (clock.BreachedAt is not null)
        {
            remarks.Add(words["Missed"]);
        }

        if (clock.MetAt is null && clock.PausedSince is null && clock.Suspensions.Count > 0)
        {
            remarks.Add(words["Rested"]);
        }

        remarks.AddRange(clock.Extensions.Select(e => Moved(e.OldDueAt, e.NewDueAt, e.Reason, calendar)));
        return new PromisedDate
        {
            What = limit.To switch
            {
                "firstRepliedAt" => words["FirstReply"],
                "repliedAt" or "closedAt" => words["OurAnswer"],
                _ => said.Clock(clock),
            },
            DueAt = clock.DueAt,
            Counted = limit.Budget is { } budget ? words[CountedBy(limit.Unit), budget.ToText(PackWords.Language)] : "",
            Provisional = clock.Provisional,
            Remarks = remarks,
            Kept = clock.MetAt is not null,
            Icon = limit.To == "firstRepliedAt" ? "message" : "file-check",
        };
    }

    private static string CountedBy(LimitUnit unit) => unit.CountsWorkingTime() || unit == LimitUnit.WorkingDays ? "CountedWorking" : "CountedAll";

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
