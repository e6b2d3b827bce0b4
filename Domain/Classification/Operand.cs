using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Classification;

/// <summary>The right-hand side of a comparison: a number, or the name of a fact or <c>settings.</c>key.</summary>
public sealed record Operand(decimal? Number, string? Name)
{
    internal IEnumerable<string> Names => Name is null ? [] : [Name];

    internal FactValue Read(IFactReader reader) => Name is null ? FactValue.Of(Number!.Value) : reader.Read(Name);
}
