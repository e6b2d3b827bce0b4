using CaseManagement.Workflows.Runtime;
using CaseManagement.Workflows.Runtime.Stores;
using CaseManagement.Workflows.Simulation.Trials;

namespace CaseManagement.Web.Simulations;

/// <summary>An instance of a trial that was run to be looked at.</summary>
/// <param name="Person">Who may look at it.</param>
/// <param name="Row">Columns as a stored instance has them.</param>
/// <param name="Instance">Its state.</param>
/// <param name="Journal">What happened.</param>
public sealed record KeptTrial(string Person, InstanceRow Row, WorkflowInstance Instance, IReadOnlyList<JournalRow> Journal);

/// <summary>The last trials run from the designer, for their authors to look at in the instance viewer; on this node only.</summary>
public sealed class KeptTrials
{
    /// <summary>Instances kept.</summary>
    public const int MostKept = 40;

    private readonly Lock _lock = new();
    private readonly Queue<KeptTrial> _kept = new();

    /// <summary>Keeps what ran.</summary>
    /// <param name="person">Who ran it.</param>
    /// <param name="instances">What ran, at least one; of more than <see cref="MostKept"/> the last are kept, and the first.</param>
    /// <param name="plans">What the instances ran.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The first of them.</returns>
    public async ValueTask<KeptTrial> KeepAsync(string person, IReadOnlyList<TrialInstance> instances, IPlanSource plans, CancellationToken cancellationToken)
    {
        var ran = new List<KeptTrial>();
        foreach (var (stored, journal) in instances)
        {
            var plan = await plans.FindAsync(stored.Row.DefinitionVersionId, cancellationToken) ?? throw new InvalidOperationException("What ran was compiled.");
            ran.Add(new KeptTrial(person, stored.Row, WorkflowInstance.Read(stored, plan), journal));
        }

        lock (_lock)
        {
            // the first is what was asked for, so it goes last
            foreach (var one in ran.AsEnumerable().Reverse())
            {
                _kept.Enqueue(one);
            }

            while (_kept.Count > MostKept)
            {
                _kept.Dequeue();
            }
        }

        return ran[0];
    }

    /// <summary>An instance of this person's that is still kept.</summary>
    public KeptTrial? Find(Guid id, string person)
    {
        lock (_lock)
        {
            return _kept.FirstOrDefault(r => r.Row.Id == id && r.Person == person);
        }
    }
}
