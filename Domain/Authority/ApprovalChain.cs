using CaseManagement.Domain.Classification;
using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Authority;

/// <summary>One step of an approval.</summary>
/// <param name="Key">Key within the chain; the step's task is called <c>shape.step</c>.</param>
/// <param name="Who">Candidate: <c>role</c>, <c>role@department</c>, <c>role@lead</c>, or a fact that holds a role or person.</param>
/// <param name="When">Asked only if it holds; null means always.</param>
/// <param name="With">The step it is asked together with; null means in its own turn.</param>
public sealed record ApprovalStep(string Key, string Who, Condition? When = null, string? With = null)
{
    internal bool IsAsked(IFactReader reader) => When?.Holds(reader) ?? true;
}

/// <summary>Who must agree, in which order, and to what.</summary>
public sealed record ApprovalChain(string Key, BilingualText Name, IReadOnlyList<ApprovalStep> Steps)
{
    /// <summary>The facts the approval is about: change one and it no longer stands.</summary>
    public IReadOnlyList<string> Covers { get; init; } = [];

    /// <summary>The moment written when the chain is approved.</summary>
    public string? Stamps { get; init; }

    public IReadOnlyList<string> Clauses { get; init; } = [];

    /// <summary>
    /// The steps to ask next, by the facts of this moment; empty when nobody is left and the chain is approved.
    /// Steps are taken in order and never gone back to: one that was passed by is not asked later.
    /// </summary>
    /// <param name="reader">The complaint.</param>
    /// <param name="asked">Keys of the steps asked so far.</param>
    public IReadOnlyList<ApprovalStep> Next(IFactReader reader, IReadOnlyCollection<string> asked)
    {
        var lastInTurn = -1;
        for (var index = 0; index < Steps.Count; index++)
        {
            if (asked.Contains(Steps[index].Key) && !(Steps[index].With is { } leader && asked.Contains(leader)))
            {
                lastInTurn = index;
            }
        }

        for (var index = lastInTurn + 1; index < Steps.Count; index++)
        {
            var step = Steps[index];
            if (!asked.Contains(step.Key) && step.IsAsked(reader) && !WasPassedWithItsLeader(step, asked))
            {
                return [step, .. Steps.Skip(index + 1).Where(other => other.With == step.Key && other.IsAsked(reader))];
            }
        }

        return [];
    }

    /// <summary>The covered facts as they are, to be kept with the approval.</summary>
    public IReadOnlyDictionary<string, FactValue> Snapshot(IFactReader reader) =>
        Covers.ToDictionary(fact => fact, reader.Read, StringComparer.Ordinal);

    /// <summary>The approval given on these values still stands. It stands again when a changed value is set back.</summary>
    public static bool Stands(IReadOnlyDictionary<string, FactValue> snapshot, IFactReader reader) =>
        snapshot.All(covered => covered.Value.Equals(reader.Read(covered.Key)));

    // Its leader was asked and it was not: its own condition did not hold at that moment.
    private static bool WasPassedWithItsLeader(ApprovalStep step, IReadOnlyCollection<string> asked) =>
        step.With is { } leader && asked.Contains(leader);
}
