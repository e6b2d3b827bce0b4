using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Classification;

/// <summary>Why a condition cannot be read.</summary>
/// <param name="Path">Where in the condition, as a JSON path below it: <c>.people</c>, <c>[1].level</c>; empty for the whole.</param>
/// <param name="Position">Character in the test's text, from 0.</param>
/// <param name="Message">What is wrong.</param>
public sealed record ConditionProblem(string Path, int Position, BilingualText Message);
