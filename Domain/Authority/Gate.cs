using CaseManagement.Domain.Classification;
using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Authority;

/// <summary>"This action is refused unless …". Holds for the workflow, the page and the API alike.</summary>
/// <param name="Key">Key within the pack.</param>
/// <param name="Action">What is guarded, see <see cref="GateAction"/>.</param>
/// <param name="Needs">What must hold.</param>
/// <param name="Message">What the person who is refused reads.</param>
public sealed record Gate(string Key, string Action, Condition Needs, BilingualText Message)
{
    /// <summary>Roles that may do the action at all; empty means any. The product itself is not bound by it.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    public IReadOnlyList<string> Clauses { get; init; } = [];

    /// <summary>Code of the refusal: <c>gate.key</c>.</summary>
    public string Code => "gate." + Key;

    /// <summary>The gate lets the action pass.</summary>
    /// <param name="reader">The complaint.</param>
    /// <param name="roles">Roles of the person who acts, as <c>role</c> or <c>role@department</c>; null when the product acts by itself.</param>
    public bool Allows(IFactReader reader, IReadOnlyCollection<string>? roles) =>
        Needs.Holds(reader)
        && (roles is null || Only.Count == 0 || Only.Any(role => roles.Any(held => IsRole(held, role))));

    private static bool IsRole(string held, string asked) =>
        held == asked || held.StartsWith(asked + "@", StringComparison.Ordinal);
}

/// <summary>Checking an action against the gates of a pack.</summary>
public static class Gates
{
    /// <summary>The first gate that refuses the action; null when all let it pass.</summary>
    public static Gate? Refusing(
        this IEnumerable<Gate> gates, string action, IFactReader reader, IReadOnlyCollection<string>? roles = null) =>
        gates.FirstOrDefault(gate => gate.Action == action && !gate.Allows(reader, roles));

    /// <summary>Lets the action pass or refuses it.</summary>
    /// <exception cref="RuleViolationException"><c>gate.key</c>, with the gate's message in both languages.</exception>
    public static void ThrowIfRefused(
        this IEnumerable<Gate> gates, string action, IFactReader reader, IReadOnlyCollection<string>? roles = null)
    {
        if (gates.Refusing(action, reader, roles) is { } gate)
        {
            throw new RuleViolationException(new Rule(gate.Code, gate.Message.ToString()));
        }
    }
}
