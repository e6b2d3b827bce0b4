using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using CaseManagement.Domain.Authority;
using CaseManagement.Domain.Classification;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Money;
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
public sealed record ApprovalOpinion(string Step, string Outcome, string? Reason, string? By, string? ByName, DateTimeOffset At)
{
    /// <summary>The id of the person in whose name it was given; null: in one's own.</summary>
    public string? OnBehalfOf { get; init; }
}

/// <summary>The state of one approval chain on one case.</summary>
public sealed class Approval
{
    public required string Chain { get; init; }

    [JsonInclude]
    public ApprovalState State { get; internal set; }

    /// <summary>The covered facts as they were when the chain approved; a changed one voids the approval.</summary>
    [JsonInclude]
    public Dictionary<string, FactValue> Covered { get; internal set; } = [];

    /// <summary>It was approved and covers something else now; that was recorded.</summary>
    [JsonInclude, JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsVoided { get; internal set; }

    [JsonInclude]
    public List<ApprovalOpinion> Opinions { get; internal set; } = [];

    /// <summary>Keys of the steps asked in this round.</summary>
    [JsonInclude]
    public List<string> Asked { get; internal set; } = [];

    /// <summary>Ids of the natural persons who asked for it or wrote what it is about, themselves or through others.</summary>
    [JsonInclude]
    public List<string> RequestedBy { get; internal set; } = [];

    /// <summary>The clock whose extension it is about; null for any other approval.</summary>
    public string? Extends { get; init; }

    /// <summary>The number of the calculation it is about; null for any other approval.</summary>
    public int? Calculation { get; init; }

    /// <summary>Who waits for it.</summary>
    [JsonInclude]
    public TaskOrigin? Asking { get; internal set; }
}

/// <summary>The approvals of one case. An approval binds values: it stands only while the facts it covers are unchanged.</summary>
public sealed class CaseApprovals
{
    [JsonInclude, JsonPropertyName("all")]
    internal Dictionary<string, Approval> Items { get; init; } = [];

    [JsonIgnore]
    public IReadOnlyDictionary<string, Approval> All => Items;

    /// <summary>Who last wrote each fact that some chain covers: ids of natural persons.</summary>
    [JsonInclude]
    internal Dictionary<string, IReadOnlyList<string>> Drafters { get; init; } = [];

    /// <summary>Whether somebody decides what they asked for or wrote themselves.</summary>
    internal bool IsOwn(HumanTask task, IReadOnlyCollection<string> persons) =>
        task.Kind == TaskKind.Approval && Items.GetValueOrDefault(KeyOf(task))?.RequestedBy.Exists(persons.Contains) == true;

    /// <summary>Facts were written: whoever stands behind it does not decide what is about them.</summary>
    internal void NoteDrafters(CaseAct act, IEnumerable<string> facts)
    {
        var persons = act.Cause.Persons;
        foreach (var fact in facts)
        {
            var about = act.Rules.Pack.Chains.Values.Where(c => c.Covers.Contains(fact)).Select(c => c.Key).ToList();
            if (about.Count == 0)
            {
                continue;
            }

            if (persons.Count == 0)
            {
                Drafters.Remove(fact);
                continue;
            }

            Drafters[fact] = persons;
            foreach (var approval in Items.Values.Where(a => a.State == ApprovalState.Pending && about.Contains(a.Chain)))
            {
                approval.RequestedBy = [.. approval.RequestedBy.Union(persons, StringComparer.Ordinal)];
                foreach (var task in act.Complaint.Tasks.Open.Where(t => t.Kind == TaskKind.Approval && KeyOf(t) is var key && Items.GetValueOrDefault(key) == approval))
                {
                    task.NotOf = Barred(act, approval);
                }
            }
        }
    }

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
            ApprovalState.Approved => ApprovalChain.Stands(approval.Covered, facts) ? "approved" : "none",
        };
    }

    /// <summary>Starts the chain from its first step that applies. Without any, the chain approves at once.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="chainKey">The pack's chain.</param>
    /// <param name="asking">The instance and shape that ask, and what their tasks are called.</param>
    public void Open(CaseAct act, string chainKey, TaskOrigin asking)
    {
        var chain = act.Rules.Chain(chainKey);
        if (!Items.TryGetValue(chainKey, out var approval))
        {
            Items[chainKey] = approval = new Approval { Chain = chainKey };
        }

        Open(act, chain, approval, asking);
    }

    /// <summary>Asks a chain whether a clock may be given more time. It stands apart from the process's own approvals by that chain.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="chainKey">The pack's chain.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="wish">What was asked for; the tasks say it.</param>
    /// <param name="calendar">The calendar the new due time is told in.</param>
    internal void OpenExtension(CaseAct act, string chainKey, string clock, ExtensionWish wish, WorkCalendar calendar)
    {
        var (chain, key) = (act.Rules.Chain(chainKey), KeyOfExtension(clock));
        var asked = act.Complaint.Tasks.AskingForTime(clock);
        var approval = new Approval { Chain = chainKey, Extends = clock, Opinions = Items.GetValueOrDefault(key)?.Opinions ?? [] };
        Items[key] = approval;
        var name = act.Rules.NameOf(act.Complaint.Clocks.All[clock]);
        var reason = wish.Request.Reason.Length <= MaxReasonInTitle ? wish.Request.Reason : wish.Request.Reason[..MaxReasonInTitle] + "…";
        Open(act, chain, approval, new TaskOrigin(
            asked?.Instance ?? Guid.Empty, asked?.Shape ?? key,
            $"延期审批：{name.Zh}至{DateText.Of(wish.DueAt, calendar, "zh-CN")}（{reason}）",
            $"Approve more time: {name.En} until {DateText.Of(wish.DueAt, calendar, "en")} ({reason})"));
    }

    /// <summary>The largest sum of money that a step of a chain decides about: the sum it was opened for, else of the facts the chain covers.</summary>
    /// <param name="complaint">The case.</param>
    /// <param name="rules">Its rules.</param>
    /// <param name="task">The step's task; another kind of task decides about nothing.</param>
    /// <returns>In the unit the process gives it; null where no money is in it.</returns>
    public static decimal? SumOf(Complaint complaint, CaseRules rules, HumanTask task) => task switch
    {
        { Calculation: { } number } => complaint.Amounts.All.FirstOrDefault(c => c.Number == number)?.Total,
        { Chain: { } chain } => rules.Chain(chain).Covers.Where(fact => rules.Pack.Facts.Find(fact)?.Type == FactType.Money).Max(fact => complaint.Facts[fact].Number),
        _ => null,
    };

    /// <summary>The extension needs no decision any more: its clock is over.</summary>
    internal void WithdrawExtension(CaseAct act, string clock)
    {
        if (Items.Remove(KeyOfExtension(clock), out var approval))
        {
            act.Complaint.Tasks.CancelOf(act, approval.Asking!.Instance, approval.Asking.Shape);
        }
    }

    /// <summary>Records approvals that do not stand any more, once for each change; one that stands again may be voided again.</summary>
    internal void FollowFacts(CaseAct act)
    {
        foreach (var approval in Items.Values.Where(a => a.State == ApprovalState.Approved && a.Covered.Count > 0))
        {
            var stands = ApprovalChain.Stands(approval.Covered, act.Facts);
            if (!stands && !approval.IsVoided)
            {
                act.Record(
                    CaseEvents.ApprovalVoided, ("chain", approval.Chain), ("clock", approval.Extends),
                    ("changed", new JsonArray([.. approval.Covered.Where(c => !c.Value.Equals(act.Facts.Read(c.Key))).Select(c => JsonValue.Create(c.Key))])));
            }

            approval.IsVoided = !stands;
        }
    }

    /// <summary>Whether a chain is being asked about a sum.</summary>
    internal bool IsAbout(int calculation) => Items.TryGetValue(KeyOfCalculation(calculation), out var approval) && approval.State == ApprovalState.Pending;

    /// <summary>Asks a chain about one sum that no step of the process puts to it. It stands apart from the process's own approvals by that chain.</summary>
    internal void OpenCalculation(CaseAct act, string chainKey, Calculation calculation, BilingualText name)
    {
        var key = KeyOfCalculation(calculation.Number);
        Items[key] = new Approval { Chain = chainKey, Calculation = calculation.Number };
        Open(act, act.Rules.Chain(chainKey), Items[key], new TaskOrigin(
            Guid.Empty, key, $"审批：{name.Zh} {calculation.Total:0.##} {calculation.Unit}", $"Approve: {name.En} {calculation.Total:0.##} {calculation.Unit}"));
    }

    private const int MaxReasonInTitle = 60;

    private static string KeyOf(HumanTask task) => (task.Extends, task.Calculation) switch
    {
        ({ } clock, _) => KeyOfExtension(clock),
        (_, { } number) => KeyOfCalculation(number),
        _ => task.Chain!,
    };

    private static IReadOnlyList<string> Barred(CaseAct act, Approval approval) => act.Rules.Chart.PartsDuties ? [.. approval.RequestedBy] : [];

    private static string KeyOfExtension(string clock) => $"extend:{clock}";

    private static string KeyOfCalculation(int number) => $"amount:{number}";

    private static void Open(CaseAct act, ApprovalChain chain, Approval approval, TaskOrigin asking)
    {
        approval.State = ApprovalState.Pending;
        approval.IsVoided = false;
        approval.Asking = asking;
        approval.Asked = [];
        var drafters = act.Complaint.Approvals.Drafters;
        approval.RequestedBy = [.. act.Cause.Persons.Concat(chain.Covers.SelectMany(f => drafters.GetValueOrDefault(f) ?? [])).Distinct(StringComparer.Ordinal)];
        act.Record(CaseEvents.ApprovalOpened, ("chain", chain.Key), ("clock", approval.Extends));
        AskNext(act, chain, approval);
    }

    /// <summary>Takes the outcome of one step's task: asks the next step, or decides the chain.</summary>
    internal void Decide(CaseAct act, HumanTask task, string? reason)
    {
        var approval = Items[KeyOf(task)];
        var chain = act.Rules.Chain(task.Chain!);
        approval.Opinions.Add(new ApprovalOpinion(task.Step!, task.Outcome!, reason, act.By.Actor.Id, act.By.Actor.Name, act.At) { OnBehalfOf = act.By.OnBehalfOf?.PersonId });
        if (task.Outcome != ApprovalOutcomes.Approved)
        {
            act.Complaint.Tasks.CancelOf(act, approval.Asking!.Instance, approval.Asking.Shape);
            End(act, chain, approval, task.Outcome == ApprovalOutcomes.Returned ? ApprovalState.Returned : ApprovalState.Refused, reason);
        }
        else if (!act.Complaint.Tasks.Open.Any(t => t.Chain == chain.Key && t.Instance == approval.Asking!.Instance && t.Extends == approval.Extends && t.Calculation == approval.Calculation))
        {
            AskNext(act, chain, approval);
        }
    }

    /// <summary>The asked steps of a chain as another version of the process has them.</summary>
    /// <exception cref="RuleViolationException"><see cref="MigrationRules.ApprovalGone"/></exception>
    public void Follow(CaseAct act, string chainKey, TaskOrigin asking)
    {
        if (!Items.TryGetValue(chainKey, out var approval) || approval.State != ApprovalState.Pending)
        {
            throw new RuleViolationException(MigrationRules.ApprovalGone);
        }

        approval.Asking = asking;
        act.Complaint.Tasks.FollowApproval(act, asking, act.Rules.Chain(chainKey));
    }

    internal void Rename(VersionMove move)
    {
        foreach (var approval in Items.Values.Where(a => a.Asking is not null))
        {
            approval.Asking = approval.Asking! with { Shape = move.NameOf(approval.Asking.Shape) };
        }
    }

    private static void AskNext(CaseAct act, ApprovalChain chain, Approval approval)
    {
        var next = chain.Next(act.Facts, approval.Asked);
        if (next.Count == 0)
        {
            approval.Covered = new Dictionary<string, FactValue>(chain.Snapshot(act.Facts), StringComparer.Ordinal);
            End(act, chain, approval, ApprovalState.Approved);
            if (chain.Stamps is { } moment && approval is { Extends: null, Calculation: null })
            {
                act.Complaint.Facts.Stamp(act, moment, act.At);
            }

            return;
        }

        var asking = approval.Asking!;
        foreach (var step in next)
        {
            approval.Asked.Add(step.Key);
            act.Complaint.Tasks.Add(act, new HumanTask
            {
                Id = Guid.CreateVersion7(act.At),
                Key = $"{asking.Shape}.{step.Key}",
                Kind = TaskKind.Approval,
                Shape = asking.Shape,
                Instance = asking.Instance,
                TitleZh = asking.TitleZh,
                TitleEn = asking.TitleEn,
                Outcomes = [ApprovalOutcomes.Approved, ApprovalOutcomes.Returned, ApprovalOutcomes.Refused],
                Who = [step.Who],
                Chain = chain.Key,
                Step = step.Key,
                Extends = approval.Extends,
                Calculation = approval.Calculation,
                NotOf = Barred(act, approval),
                CreatedAt = act.At,
            });
        }
    }

    private static void End(CaseAct act, ApprovalChain chain, Approval approval, ApprovalState state, string? reason = null)
    {
        approval.State = state;
        act.Record(CaseEvents.ApprovalDecided, ("chain", chain.Key), ("state", JsonValue.Create(state.ToString())), ("clock", approval.Extends));
        act.Log.Signal(CaseSignals.FactsChanged);
        if (approval.Extends is null && state is ApprovalState.Approved or ApprovalState.Refused)
        {
            act.Complaint.Amounts.Decided(act, chain, approval.Calculation, state == ApprovalState.Approved);
        }

        if (approval.Extends is { } clock)
        {
            act.Complaint.Clocks.ExtensionDecided(act, clock, state == ApprovalState.Approved, reason, [.. approval.Opinions.Where(o => approval.Asked.Contains(o.Step)).Select(o => o.ByName ?? o.By ?? "").Distinct()]);
        }
    }
}
