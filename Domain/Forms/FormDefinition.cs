using CaseManagement.Domain.Classification;
using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Forms;

/// <summary>What a person fills in to register a complaint or complete a task.</summary>
public sealed record FormDefinition(string Key, BilingualText Name, IReadOnlyList<FormField> Fields)
{
    /// <summary>The form's own number on paper.</summary>
    public string? Number { get; init; }

    public IReadOnlyList<FormSignature> Signatures { get; init; } = [];

    /// <summary>Prints what was heard, for confirmation.</summary>
    public bool ReadBack { get; init; }

    public IReadOnlyList<string> Clauses { get; init; } = [];
}

/// <summary>One field: a reference to a fact, or to a name with a prefix (<c>count:batch</c>), which is shown and never typed.</summary>
public sealed record FormField(string Fact)
{
    /// <summary>Holds when the field must be filled; null means never.</summary>
    public Condition? Required { get; init; }

    /// <summary>Holds when the field is shown. A hidden field is neither required nor accepted.</summary>
    public Condition Visible { get; init; } = Condition.Always;

    /// <summary>Fewest rows of a table.</summary>
    public int? MinRows { get; init; }

    /// <summary>Fewest elements of a list, such as two investigators.</summary>
    public int? MinCount { get; init; }

    public BilingualText? Help { get; init; }

    /// <summary>What is to be done at once when the answer is a dangerous one; null for a field without.</summary>
    public FieldAlert? Alert { get; init; }
}

/// <summary>Said beside a field while a condition on the form holds, before anything else is filled in.</summary>
/// <param name="When">When it is said.</param>
/// <param name="Say">What to do.</param>
public sealed record FieldAlert(Condition When, BilingualText Say);

/// <summary>A signature or seal on the form.</summary>
public sealed record FormSignature(string Key, BilingualText Name)
{
    /// <summary>Who signs.</summary>
    public string? By { get; init; }

    /// <summary>By hand or by seal.</summary>
    public string? Kind { get; init; }

    /// <summary>Holds when the form is not complete without it; null means never.</summary>
    public Condition? Required { get; init; }

    /// <summary>The table fact each of whose rows is signed on its own; null means once. Such a signature is recorded
    /// in the rows, not in the list of signatures.</summary>
    public string? PerRow { get; init; }
}
