using System.Text.Json.Nodes;
using CaseManagement.Domain;
using CaseManagement.Domain.Packs;
using CaseManagement.Workflows.Cases;

namespace CaseManagement.Web.Configuration;

/// <summary>Whole limits added, taken away and moved.</summary>
public sealed partial class LimitProposal
{
    /// <summary>The limits of one process, changed ones counted as they are, at most.</summary>
    public const int MostLimits = 200;

    // the paths of the API and the page name these
    private static readonly string[] NotKeys = ["add", "changes", "rows"];

    /// <summary>Another one as soon as the process has another version or somebody changes any of its limits.</summary>
    public static string RowsVersionOf(CaseConfiguration now, string process) => $"{now.Published[process].Version}-{now.LimitsVersion(process)}";

    /// <summary>Tries to add a limit to a clock of the process.</summary>
    /// <param name="now">The configuration in force.</param>
    /// <param name="process">The process.</param>
    /// <param name="limit">The limit as a pack writes it; without a key it gets one.</param>
    /// <param name="before">The limit of the same clock that comes after it; null: it is the last.</param>
    /// <param name="openCases">It shall hold for open cases too.</param>
    /// <exception cref="RuleViolationException"><c>process-unknown</c></exception>
    public static LimitProposal Adding(CaseConfiguration now, string process, JsonObject limit, string? before, bool openCases)
    {
        var written = (JsonObject)limit.DeepClone();
        var used = UsedKeys(now, process);
        if (written["key"] is null)
        {
            var clock = WrittenLimits.ClockOf(written);
            written["key"] = Enumerable.Range(2, used.Count + 1).Select(n => $"{clock}-{n}").First(key => !used.Contains(key));
        }

        var key = written["key"] is JsonValue value && value.TryGetValue<string>(out var typed) ? typed : "";
        written = WrittenLimit.With(written, []);
        var proposal = new LimitProposal(process, key, now) { WrittenAfter = written, IsOfRows = true };
        var ofClock = proposal.Rules.Limits.Where(one => one.Rule.ClockKey == WrittenLimits.ClockOf(written)).ToList();
        proposal.Problems =
            used.Contains(key) || NotKeys.Contains(key) ? [new LimitProblem("key", "limit-key-taken", new("这个键已经用过，请换一个", "This key has been used; choose another one"))]
            : !proposal.Rules.Pack.Clocks.Contains(WrittenLimits.ClockOf(written)) ? [new LimitProblem("clock", "clock-unknown", new("流程里没有这个计时", "The process has no such clock"))]
            : before is not null && ofClock.TrueForAll(one => one.Rule.Key != before) ? [NotBefore]
            : proposal.Rules.Limits.Count >= MostLimits ? [new LimitProblem("", "too-many-limits", new($"一个流程最多 {MostLimits} 条时限", $"A process has at most {MostLimits} limits"))]
            : proposal.Check(written);
        if (proposal.Problems.Count == 0)
        {
            proposal.Take(new LimitChange(now.LimitsVersion(process) + 1, key, WrittenLimits.Add(written, before).ToJsonString(), openCases));
        }

        return proposal;
    }

    /// <summary>Tries to take a limit away: cases it holds for choose again, or run on without a due time where no other limit of the clock holds.</summary>
    /// <exception cref="RuleViolationException"><c>process-unknown</c>, <c>limit-unknown</c></exception>
    public static LimitProposal Removing(CaseConfiguration now, string process, string limit, bool openCases)
    {
        var proposal = Known(now, process, limit);
        proposal.IsOfRows = true;
        proposal.Take(new LimitChange(now.LimitsVersion(process) + 1, limit, WrittenLimits.Remove().ToJsonString(), openCases));
        return proposal;
    }

    /// <summary>Tries to move a limit among those of its clock.</summary>
    /// <param name="now">The configuration in force.</param>
    /// <param name="process">The process.</param>
    /// <param name="limit">The limit.</param>
    /// <param name="before">The limit of the same clock that comes after it; null: it is the last.</param>
    /// <param name="openCases">It shall hold for open cases too.</param>
    /// <exception cref="RuleViolationException"><c>process-unknown</c>, <c>limit-unknown</c></exception>
    public static LimitProposal Moving(CaseConfiguration now, string process, string limit, string? before, bool openCases)
    {
        var proposal = Known(now, process, limit);
        (proposal.IsOfRows, proposal.WrittenAfter) = (true, proposal.Written);
        var order = proposal.Rules.Limits.Where(one => one.Rule.ClockKey == proposal.InForce!.Rule.ClockKey).Select(one => one.Rule.Key).ToList();
        var at = order.IndexOf(limit);
        proposal.Problems = before is not null && (before == limit || !order.Contains(before)) ? [NotBefore]
            : (before is null ? at == order.Count - 1 : at + 1 < order.Count && order[at + 1] == before) ? [new LimitProblem("before", NothingToChange, new("没有改动", "Nothing would change"))]
            : [];
        if (proposal.Problems.Count == 0)
        {
            proposal.Take(new LimitChange(now.LimitsVersion(process) + 1, limit, WrittenLimits.Move(before).ToJsonString(), openCases));
        }

        return proposal;
    }

    private static LimitProblem NotBefore => new("before", "limit-unknown", new("这个计时没有这条时限", "The clock has no such limit"));

    // a clock of an old case may still run under a limit that is gone, so its key stays taken
    private static HashSet<string> UsedKeys(CaseConfiguration now, string process) =>
    [
        .. now.Published.GetValueOrDefault(process)?.Pack.Limits.Select(one => one.Key) ?? throw new RuleViolationException(CaseRuntime.NoProcess),
        .. (now.LimitChanges.GetValueOrDefault(process) ?? []).Select(change => change.Limit),
    ];
}
