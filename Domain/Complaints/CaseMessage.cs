namespace CaseManagement.Domain.Complaints;

/// <summary>A message the case wants sent. It is written out through the template and queued in the same commit.</summary>
/// <param name="Template">The pack's template.</param>
/// <param name="To">A resolved candidate (<c>role</c>, <c>role@department</c>, <c>user:id</c>) or <c>complainant</c>.</param>
/// <param name="Clock">The clock it speaks of, if any.</param>
/// <param name="Text">Words typed for this one message, if any.</param>
/// <param name="Escalation">True when it tells somebody that a limit was broken.</param>
public sealed record CaseMessage(string Template, string To, string? Clock = null, string? Text = null, bool Escalation = false)
{
    /// <summary>The same words in English, where the product and not a person wrote them.</summary>
    public string? TextEn { get; init; }
}
