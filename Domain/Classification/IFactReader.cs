using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Classification;

/// <summary>What conditions and tables ask of a complaint.</summary>
public interface IFactReader
{
    /// <summary>Which category lies below which.</summary>
    CategoryTrees Categories { get; }

    /// <summary>The value of a fact, of a name with a prefix such as <c>count:identical</c> or <c>clock:reply</c>
    /// (<see cref="FactNames"/>), or of <c>settings.</c>key; <see cref="FactValue.Unknown"/> when nobody has given it.</summary>
    FactValue Read(string name);
}
