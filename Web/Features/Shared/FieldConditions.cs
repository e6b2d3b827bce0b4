using System.Globalization;
using CaseManagement.Domain.Classification;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Forms;
using CaseManagement.Domain.Packs;
using DomainCondition = CaseManagement.Domain.Classification.Condition;
using DomainComparison = CaseManagement.Domain.Classification.Comparison;

namespace CaseManagement.Web.Features.Shared;

/// <summary>
/// Turns a process's conditions into those that script follows while a form is filled. What script cannot follow shows the field: the server
/// judges again what was sent.
/// </summary>
internal static class FieldConditions
{
    /// <summary>When the field shows; null: never, as the case stands.</summary>
    public static IReadOnlyList<Condition>? Of(DomainCondition visible, FormDefinition form, ProcessPack pack, IFactReader reader)
    {
        if (visible.Alternatives is not [var only])
        {
            return visible.Reads.Any(name => IsOpen(name, form)) || visible.Holds(reader) ? [] : null;
        }

        var conditions = new List<Condition>();
        foreach (var test in only.Tests)
        {
            if (!IsOpen(test.Fact, form))
            {
                if (!test.Test.Matches(test.Fact, reader))
                {
                    return null;
                }
            }
            else if (Of(test.Fact, test.Test, pack) is { } condition)
            {
                conditions.Add(condition);
            }
        }

        return conditions;
    }

    /// <summary>Whether a field must always be filled, or for which outcomes alone.</summary>
    public static (bool Always, IReadOnlyList<string> Outcomes) Required(DomainCondition? required)
    {
        if (required is null)
        {
            return (false, []);
        }

        if (required.Alternatives.Any(a => a.Tests.Count == 0))
        {
            return (true, []);
        }

        var outcomes = required.Alternatives
            .Select(a => a.Tests is [{ Fact: FactNames.TaskOutcome, Test: var test }] ? Literals(test) : null)
            .ToList();
        return (false, outcomes.TrueForAll(o => o is not null) ? [.. outcomes.SelectMany(o => o!)] : []);
    }

    private static bool IsOpen(string fact, FormDefinition form) => fact == FactNames.TaskOutcome || form.Fields.Any(f => f.Fact == fact);

    private static Condition? Of(string fact, UnaryTest test, ProcessPack pack) => test switch
    {
        _ when fact == FactNames.TaskOutcome => null,
        UnaryTest.Negation { Test: var inner } when Literals(inner) is { } values => new Condition(fact, Comparison.NoneOf, WithNodesBelow(fact, values, pack)),
        UnaryTest.Compare { Operand.Number: { } number, Comparison: not DomainComparison.Equal } compare => new Condition(
            fact,
            compare.Comparison switch
            {
                DomainComparison.Less => Comparison.LessThan,
                DomainComparison.AtMost => Comparison.AtMost,
                DomainComparison.AtLeast => Comparison.AtLeast,
                _ => Comparison.MoreThan,
            },
            [number.ToString(CultureInfo.InvariantCulture)]),
        _ when Literals(test) is { } values => new Condition(fact, Comparison.OneOf, WithNodesBelow(fact, values, pack)),
        _ => null,
    };

    private static IReadOnlyList<string>? Literals(UnaryTest test) => test switch
    {
        UnaryTest.Value value => [value.Literal],
        UnaryTest.OneOf { Tests: var tests } when tests.All(t => t is UnaryTest.Value) => [.. tests.Cast<UnaryTest.Value>().Select(v => v.Literal)],
        _ => null,
    };

    private static IReadOnlyList<string> WithNodesBelow(string fact, IReadOnlyList<string> values, ProcessPack pack) => pack.Categories.Serve(fact)
        ? [.. pack.Categories.NodesFor(fact).Select(n => n.Key).Where(key => values.Any(value => pack.Categories.IsWithin(fact, key, value)))]
        : values;
}
