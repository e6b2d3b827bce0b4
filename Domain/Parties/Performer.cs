namespace CaseManagement.Domain.Parties;

/// <summary>One role a person holds, in one department or everywhere.</summary>
/// <param name="Role">The role's key, as packs name it.</param>
/// <param name="Department">The department's key; null: the role is held for the whole organisation.</param>
public sealed record Membership(string Role, string? Department = null);

/// <summary>The person (or program) about to do something to a case, with all that decides whether they may.</summary>
public sealed record Performer
{
    /// <summary>The role of those who read everything masked and change nothing.</summary>
    public const string Auditor = "auditor";

    public required Actor Actor { get; init; }

    /// <summary>The roles held, with their departments.</summary>
    public IReadOnlyList<Membership> Memberships { get; init; } = [];

    /// <summary>True for an API key that may act for whoever holds a task; its deeds are recorded under the key's own name.</summary>
    public bool ActsForHolders { get; init; }

    /// <summary>The person's id, null for programs.</summary>
    public string? PersonId => Actor.Kind == ActorKind.Person ? Actor.Id : null;

    /// <summary>The person acted for; null where one acts in one's own name.</summary>
    public Performer? OnBehalfOf { get; init; }

    /// <summary>Whose task it is that is done: the person acted for, else one's own; null for programs.</summary>
    public string? InNameOf => OnBehalfOf is null ? PersonId : OnBehalfOf.PersonId;

    /// <summary>Ids of the natural persons behind a deed: who does it, and for whom. Rules that want another person want neither of them.</summary>
    public IReadOnlyList<string> Persons => [.. new[] { PersonId, OnBehalfOf?.PersonId }.OfType<string>().Distinct(StringComparer.Ordinal)];

    /// <summary>The same person acting for another; both names are recorded.</summary>
    public Performer For(Performer other) => this with
    {
        OnBehalfOf = other,
        Actor = Actor with { OnBehalfOf = other.PersonId, OnBehalfOfName = other.Actor.Name },
    };

    /// <summary>
    /// Whether this performer is meant by a resolved candidate: <c>role</c>, <c>role@department</c> or <c>user:id</c>
    /// (pack format, "Organisation").
    /// </summary>
    public bool Is(string candidate)
    {
        if (candidate.StartsWith(Candidates.UserPrefix, StringComparison.Ordinal))
        {
            return PersonId is not null && candidate.AsSpan(Candidates.UserPrefix.Length).SequenceEqual(PersonId);
        }

        var at = candidate.IndexOf('@', StringComparison.Ordinal);
        var role = at < 0 ? candidate : candidate[..at];
        var department = at < 0 ? null : candidate[(at + 1)..];
        return Memberships.Any(m => m.Role == role && (department is null || m.Department is null || m.Department == department));
    }

    /// <summary>Every resolved candidate this performer answers to: the keys by which their inbox is found.</summary>
    public IEnumerable<string> CandidateKeys()
    {
        foreach (var membership in Memberships)
        {
            yield return membership.Role;
            if (membership.Department is { } department)
            {
                yield return $"{membership.Role}@{department}";
            }
        }

        if (PersonId is { } id)
        {
            yield return Candidates.UserPrefix + id;
        }
    }
}
