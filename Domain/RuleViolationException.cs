namespace CaseManagement.Domain;

/// <summary>Something was asked that a business rule forbids; nothing has changed.</summary>
public sealed class RuleViolationException(Rule rule) : Exception(rule.Message)
{
    public Rule Rule { get; } = rule;

    /// <summary>The task that somebody may not take, give away or do; null where the rule is about something else.</summary>
    public Guid? Task { get; init; }

    /// <exception cref="RuleViolationException">The rule does not hold.</exception>
    public static void ThrowUnless(bool holds, Rule rule)
    {
        if (!holds)
        {
            throw new RuleViolationException(rule);
        }
    }
}
