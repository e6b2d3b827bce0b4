using CaseManagement.Domain;

namespace CaseManagement.Web.Files;

/// <summary>A file is not taken; nothing has changed.</summary>
/// <param name="rule">Why: one of <see cref="FileRefusals"/>.</param>
/// <param name="file">Its name, cleaned.</param>
public sealed class FileRefusedException(Rule rule, string file)
    : InvalidInputException([new InputProblem("file", rule.Code, $"{file}: {rule.Message}")])
{
    public Rule Rule { get; } = rule;

    public string File { get; } = file;
}
