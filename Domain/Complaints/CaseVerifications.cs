using System.Text.Json.Serialization;
using CaseManagement.Domain.Packs;

namespace CaseManagement.Domain.Complaints;

/// <summary>One round of a verification plan, as it came out.</summary>
/// <param name="Plan">The pack's plan.</param>
/// <param name="Round">From 1; begins again after a failed one.</param>
/// <param name="PlannedAt">When it was due; null where its clock had no due time.</param>
/// <param name="At">When it was done.</param>
/// <param name="Failed">The measure did not work.</param>
public sealed record VerificationRoundDone(string Plan, int Round, DateTimeOffset? PlannedAt, DateTimeOffset At, bool Failed);

/// <summary>A round that was done and has yet to be reviewed.</summary>
/// <param name="PlannedAt">When it was due.</param>
/// <param name="At">When it was done.</param>
public sealed record VerificationToReview(DateTimeOffset? PlannedAt, DateTimeOffset At);

/// <summary>Whether the measures taken on one case work: so many effective rounds in a row (pack format, verification plans).</summary>
public sealed class CaseVerifications
{
    [JsonInclude, JsonPropertyName("toReview")]
    internal Dictionary<string, VerificationToReview>? ToReview { get; set; }

    [JsonInclude, JsonPropertyName("all")]
    internal List<VerificationRoundDone> Items { get; init; } = [];

    [JsonIgnore]
    public IReadOnlyList<VerificationRoundDone> All => Items;

    /// <summary>Effective rounds in a row so far, as conditions read <c>rounds:plan</c>.</summary>
    public int RoundsOf(string plan) => Items.LastOrDefault(r => r.Plan == plan) is { Failed: false } last ? last.Round : 0;

    /// <summary>A round was done: its clock is met, its moments are kept; the next one counts from them, however long the review takes.</summary>
    public void Carry(CaseAct act, VerificationPlan plan)
    {
        var clock = act.Complaint.Clocks.All.GetValueOrDefault(plan.Clock);
        var planned = clock?.DueAt;
        act.Complaint.Clocks.Meet(act, plan.Clock);
        act.Complaint.Facts.Stamp(act, "verifiedAt", act.At);
        if (plan.PlannedFact is { } fact && planned is { } due)
        {
            act.Complaint.Facts.Stamp(act, fact, due);
        }

        (ToReview ??= new(StringComparer.Ordinal))[plan.Key] = new VerificationToReview(planned, act.At);
    }

    /// <summary>The round's verdict, after its review where the plan has one; a failed one starts the count again.</summary>
    /// <returns>Next, Complete or Failed: the way on.</returns>
    public string Finish(CaseAct act, VerificationPlan plan)
    {
        var (planned, at) = ToReview?.GetValueOrDefault(plan.Key) ?? new VerificationToReview(null, act.At);
        ToReview?.Remove(plan.Key);
        var failed = plan.FailWhen.Holds(act.Facts);
        var round = RoundsOf(plan.Key) + 1;
        Items.Add(new VerificationRoundDone(plan.Key, round, planned, at, failed));
        act.Record(CaseEvents.Verified, ("plan", plan.Key), ("round", round), ("plannedAt", planned), ("failed", failed));
        act.Log.Signal(CaseSignals.FactsChanged);
        var wanted = plan.Rounds.Resolve(act.Rules.Settings).Number ?? 1;
        return failed ? "Failed" : round >= wanted ? "Complete" : "Next";
    }
}
