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

    /// <summary>What the message is known by where that is settled before; null: it is given one when it is written.</summary>
    public Guid? Id { get; init; }

    /// <summary>The message word for word, where a person saw it before it left; null where the template writes it.</summary>
    public WrittenMessage? Written { get; init; }
}

/// <summary>A message as a person approved it.</summary>
/// <param name="Subject">One line, at most 200 characters.</param>
/// <param name="Body">At most <see cref="Complaint.MaxText"/> characters.</param>
/// <param name="Language">BCP 47: zh-CN or en.</param>
/// <param name="Via">Ways in order of preference, as a template's.</param>
public sealed record WrittenMessage(string Subject, string Body, string Language, IReadOnlyList<string> Via)
{
    /// <summary>The same in English, body and subject alike, where the product and not a person wrote it.</summary>
    public string? SubjectEn { get; init; }
}
