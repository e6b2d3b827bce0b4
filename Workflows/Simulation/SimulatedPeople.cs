using CaseManagement.Domain.Parties;
using CaseManagement.Domain.Tasks;

namespace CaseManagement.Workflows.Simulation;

/// <summary>People made up for a simulation: whoever a task asks for is there.</summary>
internal class SimulatedPeople
{
    private int _strangers;

    /// <summary>Somebody who may do this task, never the same person twice.</summary>
    public Performer WhoMay(HumanTask task)
    {
        var candidate = task.Assignee is { } holder ? Candidates.UserPrefix + holder : task.CandidateKeys is [var first, ..] ? first : "nobody";
        if (candidate.StartsWith(Candidates.UserPrefix, StringComparison.Ordinal))
        {
            return Of(candidate[Candidates.UserPrefix.Length..], []);
        }

        var at = candidate.IndexOf('@', StringComparison.Ordinal);
        return Of(Stranger(), [at < 0 ? new Membership(candidate) : new Membership(candidate[..at], candidate[(at + 1)..])]);
    }

    /// <summary>A new person without any role.</summary>
    public string Stranger() => $"person-{++_strangers}";

    public static Performer Of(string id, IReadOnlyList<Membership> memberships) =>
        new() { Actor = new Actor(ActorKind.Person, id, id), Memberships = memberships };
}
