namespace CaseManagement.Domain;

/// <summary>One thing that is wrong with what came in.</summary>
/// <param name="Field">The field, as the API names it.</param>
/// <param name="Code">A stable code.</param>
/// <param name="Message">For people, in English; pages translate by the code.</param>
public sealed record InputProblem(string Field, string Code, string Message);

/// <summary>What came in cannot be taken. Nothing has changed.</summary>
public class InvalidInputException(IReadOnlyList<InputProblem> problems)
    : Exception(string.Join("; ", problems.Select(p => $"{p.Field}: {p.Message}")))
{
    /// <summary>Everything that is wrong, at least one.</summary>
    public IReadOnlyList<InputProblem> Problems { get; } = problems;
}
