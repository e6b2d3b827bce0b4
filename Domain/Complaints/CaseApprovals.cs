using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using CaseManagement.Domain.Authority;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Tasks;

namespace CaseManagement.Domain.Complaints;

/// <summary>The outcomes of an approval step and of a chain.</summary>
public static class ApprovalOutcomes
{
    public const string Approved = "Approved";
    public const string Returned = "Returned";
    public const string Refused = "Refused";
}

[JsonConverter(typeof(JsonStringEnumConverter<ApprovalState>))]
public enum ApprovalState
{
    Pending,
    Approved,
    Returned,
    Refused,
}

/// <summary>One opinion given in a chain. All are kept, across rounds.</summary>
public sealed record ApprovalOpinion(string Step, string Outcome, string? Reason, string? By, string? ByName, DateTimeOffset At);

/// <summary>The state of one approval chain on one case.</summary>
public sealed class Approval
{
    public required string Chain { get; init; }

    [JsonInclude]
    public ApprovalState State { get; internal set; }

    /// <summary>The covered facts as they were when the chain approved; a changed one voids the approval.</summary>
    [JsonInclude]
    public Dictionary<string, FactValue> Covered { get; internal set; } = [];

    [JsonInclude]
    public List<ApprovalOpinion> Opinions { get; internal set; } = [];

    /// <summary>The instance and shape that asked for it.</summary>
    [JsonInclude]
    public Guid Instance { get; internal set; }

    [JsonInclude]
    public string Shape { get; internal set; } = "";
}

/// <summary>The approvals of one case. An approval binds values: it stands only while the facts it covers are unchanged.</summary>
public sealed class CaseApprovals
{
    [JsonInclude, JsonPropertyName("all")]
    internal Dictionary<string, Approval> Items { get; init; } = [];

    [JsonIgnore]
    public IReadOnlyDictionary<string, Approval> All => Items;

    /// <summary>none, pending, approved, returned or refused, as conditions read <c>approval:chain</c>.</summary>
    public string StateOf(string chain, IFactReader facts)
    {
        if (!Items.TryGetValue(chain, out var approval))
        {
            return "none";
        }

        return approval.State switch
        {
            ApprovalState.Pending => "pending",
            ApprovalState.Returned => "returned",
            ApprovalState.Refused => "refused",
            ApprovalState.Approved => approval.Covered.All(c => facts.Read(c.Key).Equals(c.Value)) ? "approved" : "none",
        };
    }

    /// <summary>Starts the chain from its first step that applies. Without any, the chain approves at once.</summary>
    public void Open(CaseAct act, string chainKey, Guid instance, string shape, string titleZh, string titleEn)
    {
        var chain = act.Rules.Pack.Chain(chainKey);
        if (!Items.TryGetValue(chainKey, out var approval))
        {
            Items[chainKey] = approval = new Approval { Chain = chainKey };
        }

        approval.State = ApprovalState.Pending;
        approval.Instance = instance;
        approval.Shape = shape;
        act.Record(CaseEvents.ApprovalOpened, ("chain", chainKey));
        Advance(act, chain, approval, 0, titleZh, titleEn);
    }

    /// <summary>Takes the outcome of one step's task: asks the next step, or decides the chain.</summary>
    public void Decide(CaseAct act, HumanTask task, string? reason)
    {
        var approval = Items[task.Chain!];
        var chain = act.Rules.Pack.Chain(task.Chain!);
        approval.Opinions.Add(new ApprovalOpinion(task.Step!, task.Outcome!, reason, act.By.Actor.Id, act.By.Actor.Name, act.At));
        if (task.Outcome != ApprovalOutcomes.Approved)
        {
            act.Complaint.Tasks.CancelOf(act, approval.Instance, approval.Shape);
            End(act, chain, approval, task.Outcome == ApprovalOutcomes.Returned ? ApprovalState.Returned : ApprovalState.Refused);
            return;
        }

        if (!act.Complaint.Tasks.Open.Any(t => t.Chain == chain.Key && t.Shape == approval.Shape))
        {
            var last = Enumerable.Range(0, chain.Steps.Count).Last(i => chain.Steps[i].Key == task.Step || chain.Steps[i].With == task.Step);
            Advance(act, chain, approval, last + 1, task.TitleZh, task.TitleEn);
        }
    }

    private static void Advance(CaseAct act, ApprovalChain chain, Approval approval, int from, string titleZh, string titleEn)
    {
        var index = from;
        while (index < chain.Steps.Count && chain.Steps[index].When is { } when && !when.Holds(act.Facts))
        {
            index++;
        }

        if (index == chain.Steps.Count)
        {
            approval.Covered = chain.Covers.ToDictionary(f => f, f => act.Facts.Read(f));
            End(act, chain, approval, ApprovalState.Approved);
            if (chain.Stamps is { } moment)
            {
                act.Complaint.Facts.Stamp(act, moment, act.At);
            }

            return;
        }

        var first = chain.Steps[index];
        foreach (var step in chain.Steps.Skip(index + 1).Where(s => s.With == first.Key).Prepend(first))
        {
            act.Complaint.Tasks.Add(act, new HumanTask
            {
                Id = Guid.CreateVersion7(act.At),
                Key = $"{approval.Shape}.{step.Key}",
                Kind = TaskKind.Approval,
                Shape = approval.Shape,
                Instance = approval.Instance,
                TitleZh = titleZh,
                TitleEn = titleEn,
                Outcomes = [ApprovalOutcomes.Approved, ApprovalOutcomes.Returned, ApprovalOutcomes.Refused],
                Who = [step.Who],
                Chain = chain.Key,
                Step = step.Key,
                CreatedAt = act.At,
            });
        }
    }

    private static void End(CaseAct act, ApprovalChain chain, Approval approval, ApprovalState state)
    {
        approval.State = state;
        act.Record(CaseEvents.ApprovalDecided, ("chain", chain.Key), ("state", JsonValue.Create(state.ToString())));
        act.Log.Signal(CaseSignals.FactsChanged);
    }
}
