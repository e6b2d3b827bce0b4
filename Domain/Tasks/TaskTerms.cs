namespace CaseManagement.Domain.Tasks;

/// <summary>What a shape wants done, by whom and how: what its tasks are made from.</summary>
public record TaskTerms(IReadOnlyList<string> Who)
{
    /// <inheritdoc cref="HumanTask.Outcomes"/>
    public IReadOnlyList<string> Outcomes { get; init; } = ["Done"];

    public string? Form { get; init; }

    /// <inheritdoc cref="HumanTask.Clock"/>
    public string? Clock { get; init; }

    /// <inheritdoc cref="HumanTask.Stamps"/>
    public string? Stamps { get; init; }

    /// <inheritdoc cref="HumanTask.MinPeople"/>
    public int MinPeople { get; init; } = 1;

    /// <inheritdoc cref="HumanTask.NotBy"/>
    public IReadOnlyList<string> NotBy { get; init; } = [];

    /// <inheritdoc cref="HumanTask.AsksTimeFor"/>
    public string? AsksTimeFor { get; init; }

    /// <inheritdoc cref="HumanTask.Signs"/>
    public string? Signs { get; init; }
}
