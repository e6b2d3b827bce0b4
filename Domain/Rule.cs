namespace CaseManagement.Domain;

/// <summary>A business rule with a stable code: the code is what callers, logs and tests rely on, the message is for people.</summary>
public sealed record Rule(string Code, string Message);
