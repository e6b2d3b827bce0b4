using CaseManagement.Domain.Classification;

namespace CaseManagement.Domain.Facts;

/// <summary>Works out the value expressions of packs: derived facts and the rows of calculators, and nothing else.</summary>
public interface IValueExpressions
{
    /// <summary>The value of an expression over facts, <c>settings.</c>key and <c>counts.</c>counter.</summary>
    /// <param name="expression">The text as the pack has it.</param>
    /// <param name="facts">What is known. A fact nobody has given is null.</param>
    /// <param name="zone">IANA zone in which a moment has its day.</param>
    /// <returns>Unknown where the expression cannot be worked out from what is known.</returns>
    FactValue Evaluate(string expression, IFactReader facts, string zone);
}

/// <summary>Works out nothing: for rules that are only read, as where a pack is checked.</summary>
internal sealed class NoExpressions : IValueExpressions
{
    public static NoExpressions Instance { get; } = new();

    public FactValue Evaluate(string expression, IFactReader facts, string zone) => FactValue.Unknown;
}
