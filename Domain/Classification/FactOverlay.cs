using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Classification;

/// <summary>A complaint as it would be with some values written: what forms and gates look at before anything is.</summary>
public sealed class FactOverlay(IReadOnlyDictionary<string, FactValue> values, IFactReader stored) : IFactReader
{
    /// <inheritdoc/>
    public CategoryTrees Categories => stored.Categories;

    /// <inheritdoc/>
    public FactValue Read(string name) => values.TryGetValue(name, out var value) ? value : stored.Read(name);
}
