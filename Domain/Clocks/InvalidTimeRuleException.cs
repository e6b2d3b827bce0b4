namespace CaseManagement.Domain.Clocks;

/// <summary>A calendar, time limit, duration or rung time that cannot be used as it was given. Nothing has changed.</summary>
/// <param name="code">Stable, e.g. <c>calendar.no-working-time</c>; what callers and translations rely on.</param>
/// <param name="message">English, complete in itself.</param>
/// <param name="args">The values the message speaks about, in a fixed order per code, for a translated message.</param>
public sealed class InvalidTimeRuleException(string code, string message, params object[] args) : Exception(message)
{
    public string Code { get; } = code;

    public IReadOnlyList<object> Args { get; } = args;
}
