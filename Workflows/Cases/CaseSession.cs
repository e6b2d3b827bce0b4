using CaseManagement.Domain;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Parties;
using CaseManagement.Workflows.Cases.Store;
using CaseManagement.Workflows.Runtime;

namespace CaseManagement.Workflows.Cases;

/// <summary>
/// One case opened in one burst: the deed, what the case works out by itself, the process woken by it, until nothing moves. It hangs on the
/// burst, so that the steps of the process find it.
/// </summary>
public sealed class CaseSession
{
    /// <summary>Passes of working out before a quarrel of tables is suspected.</summary>
    public const int MaxPasses = 50;

    private readonly Burst _burst;

    internal CaseSession(Burst burst, CaseAct act, StoredCase? stored, CaseRowImage before, CaseCounting counting)
    {
        Counting = counting;
        _burst = burst;
        Act = act;
        Stored = stored;
        Before = before;
        burst.Set(this);
    }

    /// <summary>The deed this burst was opened for.</summary>
    public CaseAct Act { get; }

    public Complaint Complaint => Act.Complaint;

    /// <summary>The counters of its process.</summary>
    internal CaseCounting Counting { get; }

    /// <summary>Others that are counted with the case have changed.</summary>
    internal bool CountAgain { get; set; }

    /// <summary>The case as it was read; null for one that is being registered.</summary>
    internal StoredCase? Stored { get; }

    /// <summary>What the store holds of it in index rows.</summary>
    internal CaseRowImage Before { get; }

    /// <summary>The case as a step of the process acts on it.</summary>
    public CaseAct ActAsWorkflow(DateTimeOffset at) => Act.As(Actor.Workflow, at);

    /// <summary>Starts the process at the trigger that fits.</summary>
    /// <exception cref="RuleViolationException"><c>process-cannot-run</c></exception>
    internal async ValueTask StartAsync(string definitionVersionId, string trigger)
    {
        var result = await _burst.StartAsync(new StartRequest
        {
            DefinitionVersionId = definitionVersionId,
            CorrelationId = Complaint.Id.ToString(),
            Name = Complaint.Number,
            TriggerNodeId = trigger,
        });
        RuleViolationException.ThrowUnless(
            result.Outcome == StartOutcome.Started, new Rule("process-cannot-run", $"The process cannot run: {result.Reason ?? result.Outcome.ToString()}."));
        Complaint.RunsOn(result.Instance!.Id);
    }

    /// <summary>Works out what follows, wakes what waits for it, and again, until nothing moves (pack format §3, 1).</summary>
    /// <exception cref="RuleViolationException"><c>does-not-settle</c>: tables and process undo each other for ever.</exception>
    internal async ValueTask SettleAsync()
    {
        for (var pass = 0; pass < MaxPasses; pass++)
        {
            await Counting.CountAsync(Act, CountAgain);
            CountAgain = false;
            var moved = Settling.Pass(Act);
            while (Act.Log.TryTakeSignal(out var signal))
            {
                moved = true;
                if (Complaint.Instances is [.., var running])
                {
                    await _burst.DeliverAsync(new Stimulus(signal.Name, signal.Key) { InstanceId = running });
                }
            }

            if (!moved)
            {
                RecordIncidents();
                return;
            }
        }

        throw new RuleViolationException(new Rule(
            "does-not-settle", $"The case did not come to rest after {MaxPasses} passes; live tables: {string.Join(", ", Act.Rules.Pack.LiveTables.Select(t => t.Key))}."));
    }

    /// <summary>A case that was ended by hand leaves no process waiting behind.</summary>
    internal async ValueTask EndProcessAsync()
    {
        if (Complaint.Instances is [.., var running] && await _burst.LoadAsync(running) is { Status: WorkflowStatus.Running })
        {
            await _burst.CancelAsync(running);
        }
    }

    private void RecordIncidents()
    {
        foreach (var outgoing in _burst.Changes.HasRare ? _burst.Changes.Outgoing : [])
        {
            Act.Log.Record(
                CaseEvents.MessageQueued, Act.At, Actor.Workflow, ("id", outgoing.Id.ToString()), ("template", outgoing.ActivityType), ("to", outgoing.Address),
                ("channel", outgoing.Channel), ("state", MessageStates.Pending));
        }

        foreach (var incident in _burst.Changes.NewFaults)
        {
            Act.Log.Record(CaseEvents.Incident, Act.At, Actor.Workflow, ("shape", incident.ActivityId), ("type", incident.ActivityType), ("message", incident.Message));
        }
    }
}
