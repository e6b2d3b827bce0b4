namespace CaseManagement.Domain.Facts;

/// <summary>What is known about one fact of a process: its type, who sets it, what it may hold.</summary>
public sealed record FactDefinition(string Key, BilingualText Name, FactType Type, FactSource By)
{
    /// <summary>The values a choice may take; null where any text may stand.</summary>
    public IReadOnlyList<FactOption>? Options { get; init; }

    /// <summary>Unit shown with a number, such as CNY.</summary>
    public string? Unit { get; init; }

    /// <summary>Smallest number allowed, inclusive.</summary>
    public decimal? Min { get; init; }

    /// <summary>Largest number allowed, inclusive.</summary>
    public decimal? Max { get; init; }

    /// <summary>What a reference figure is given for, such as city and year.</summary>
    public string? Per { get; init; }

    /// <summary>Columns of a fact of type rows.</summary>
    public IReadOnlyList<FactDefinition> Columns { get; init; } = [];

    /// <summary>The value expression of a derived fact.</summary>
    public string? Value { get; init; }

    /// <summary>A text allowed in place of a value ("not confirmed, in customer's process").</summary>
    public BilingualText? Undetermined { get; init; }

    /// <summary>A later stamp never overwrites the first (<c>keep: "first"</c>).</summary>
    public bool KeepsFirst { get; init; }

    /// <summary>Shown only to those who may read personal or confidential matters.</summary>
    public bool Sensitive { get; init; }

    /// <summary>Carried by every complaint and never redeclared by a pack.</summary>
    public bool IsBuiltIn { get; init; }

    /// <summary>Changed by people only through a verb of its own (level, status, assignment), never as a fact.</summary>
    public bool HasOwnVerb { get; init; }

    /// <summary>The value is a list of texts.</summary>
    public bool IsList => Type is FactType.Choices or FactType.People or FactType.Departments or FactType.File or FactType.Files;

    /// <summary>Limits may start from or end at this fact.</summary>
    public bool IsMoment => Type is FactType.Instant or FactType.Date;

    /// <summary>The value names people or a role, so it can decide who may work on a complaint.</summary>
    public bool NamesCandidates => Type is FactType.Person or FactType.People or FactType.Role;

    /// <summary>The value is an option that nothing is given any more.</summary>
    public bool IsRetired(FactValue value) => value.Text is { } key && Options?.Any(option => option.Key == key && option.IsRetired) == true;

    public bool HasOption(string key) => Options is null || Options.Any(option => option.Key == key);

    /// <summary>Whether a value of this origin may be written.</summary>
    public bool MayBeWrittenBy(FactOrigin origin)
    {
        if (HasOwnVerb)
        {
            return origin is FactOrigin.Workflow || (origin is FactOrigin.Table && By == FactSource.Table);
        }

        // A person or role written by an outsider would let him choose who works on his case.
        if (origin == FactOrigin.Complainant && NamesCandidates && !IsBuiltIn)
        {
            return false;
        }

        return By switch
        {
            FactSource.Complainant => origin is not (FactOrigin.External or FactOrigin.Administrator),
            FactSource.Handler => origin is FactOrigin.Handler or FactOrigin.Form or FactOrigin.Table or FactOrigin.Workflow,
            FactSource.Table => origin is FactOrigin.Form or FactOrigin.Table or FactOrigin.Workflow,
            FactSource.Workflow => origin is FactOrigin.Form or FactOrigin.Workflow,
            FactSource.Reference => origin is FactOrigin.Administrator,
            FactSource.External => origin is FactOrigin.External,
            FactSource.Derived => false,
        };
    }
}
