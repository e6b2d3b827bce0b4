using CaseManagement.Domain.Classification;
using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Tests.Classification;

/// <summary>A complaint for conditions to look at: what is not set is unknown.</summary>
internal sealed class Complaint(CategoryTrees? categories = null) : IFactReader
{
    private readonly Dictionary<string, Func<FactValue>> _facts = new(StringComparer.Ordinal);

    public CategoryTrees Categories { get; } = categories ?? CategoryTrees.None;

    public FactValue this[string name]
    {
        set => _facts[name] = () => value;
    }

    public Complaint With(string name, FactValue value)
    {
        this[name] = value;
        return this;
    }

    public void Derive(string name, Func<IFactReader, FactValue> value) => _facts[name] = () => value(this);

    public FactValue Read(string name) => _facts.TryGetValue(name, out var value) ? value() : FactValue.Unknown;
}
