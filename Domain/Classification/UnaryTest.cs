using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Classification;

/// <summary>
/// One test of one fact, as in a cell of a DMN decision table: <c>-</c>, a value, <c>a, b</c>, <c>&gt;= 10</c>,
/// <c>[3..9]</c>, <c>(0..1]</c>, <c>not(…)</c>, <c>null</c>, <c>count &gt;= 2</c>. Parsed once by
/// <see cref="UnaryTestParser"/>, evaluated many times.
/// </summary>
public abstract record UnaryTest
{
    private protected UnaryTest()
    {
    }

    /// <summary>
    /// The fact passes. An unknown fact passes only <c>-</c>, <c>null</c> and <c>not(a value)</c>: nothing is concluded
    /// from a number nobody has given, neither <c>&lt; 3</c> nor <c>not(&lt; 3)</c>. The same holds when the operand is unknown.
    /// </summary>
    public bool Matches(string fact, IFactReader reader) => Try(fact, reader.Read(fact), reader) == true;

    /// <summary>Facts and settings on the right-hand side of comparisons.</summary>
    public virtual IEnumerable<string> OperandNames => [];

    /// <summary>This test and those inside it.</summary>
    internal virtual IEnumerable<UnaryTest> Parts => [this];

    /// <summary>True, false, or null when it cannot be told.</summary>
    internal abstract bool? Try(string fact, FactValue value, IFactReader reader);

    /// <summary><c>-</c>: anything, known or not.</summary>
    public sealed record Any : UnaryTest
    {
        internal override bool? Try(string fact, FactValue value, IFactReader reader) => true;
    }

    /// <summary><c>null</c>: nobody has given the fact.</summary>
    public sealed record IsNull : UnaryTest
    {
        internal override bool? Try(string fact, FactValue value, IFactReader reader) => value.IsUnknown;
    }

    /// <summary>A value: equality; for a list "contains"; for a category the node or anything below it.</summary>
    /// <param name="Literal">As written; numbers and booleans in their JSON spelling.</param>
    /// <param name="Typed">The boolean or number the literal spells, else the text itself.</param>
    public sealed record Value(string Literal, FactValue Typed) : UnaryTest
    {
        internal override bool? Try(string fact, FactValue value, IFactReader reader) => value.Kind switch
        {
            FactValueKind.Number or FactValueKind.Boolean => value.Equals(Typed),
            FactValueKind.Text => Is(fact, value.Text!, reader),
            FactValueKind.List => value.List!.Any(element => Is(fact, element, reader)),
            FactValueKind.Date or FactValueKind.Instant => FactText.Plain(value) == Literal,
            FactValueKind.Unknown or FactValueKind.Rows => false,
        };

        private bool Is(string fact, string text, IFactReader reader) =>
            text == Literal || (reader.Categories.Serve(fact) && reader.Categories.IsWithin(fact, text, Literal));
    }

    /// <summary><c>&gt;= 10</c>, with a number, a fact or a setting on the right.</summary>
    public sealed record Compare(Comparison Comparison, Operand Operand) : UnaryTest
    {
        public override IEnumerable<string> OperandNames => Operand.Names;

        internal override bool? Try(string fact, FactValue value, IFactReader reader) =>
            Order(value, Operand.Read(reader)) is { } order ? Comparison.Accepts(order) : null;
    }

    /// <summary><c>count &gt;= 2</c>: the number of elements of a list or rows of a table.</summary>
    public sealed record CountCompare(Comparison Comparison, Operand Operand) : UnaryTest
    {
        public override IEnumerable<string> OperandNames => Operand.Names;

        internal override bool? Try(string fact, FactValue value, IFactReader reader) =>
            value.Count is { } count && Order(FactValue.Of(count), Operand.Read(reader)) is { } order
                ? Comparison.Accepts(order)
                : null;
    }

    /// <summary><c>[3..9]</c>, <c>(0..1]</c>: square brackets include the end, round ones do not.</summary>
    public sealed record Range(Operand From, bool IncludesFrom, Operand To, bool IncludesTo) : UnaryTest
    {
        public override IEnumerable<string> OperandNames => From.Names.Concat(To.Names);

        internal override bool? Try(string fact, FactValue value, IFactReader reader) =>
            Order(value, From.Read(reader)) is { } from && Order(value, To.Read(reader)) is { } to
                ? (IncludesFrom ? from >= 0 : from > 0) && (IncludesTo ? to <= 0 : to < 0)
                : null;
    }

    /// <summary><c>a, b</c>: one of.</summary>
    public sealed record OneOf(IReadOnlyList<UnaryTest> Tests) : UnaryTest
    {
        public override IEnumerable<string> OperandNames => Tests.SelectMany(test => test.OperandNames);

        internal override IEnumerable<UnaryTest> Parts => Tests.SelectMany(test => test.Parts);

        internal override bool? Try(string fact, FactValue value, IFactReader reader)
        {
            bool? result = false;
            foreach (var test in Tests)
            {
                switch (test.Try(fact, value, reader))
                {
                    case true:
                        return true;
                    case null:
                        result = null;
                        break;
                    default:
                        break;
                }
            }

            return result;
        }
    }

    /// <summary><c>not(…)</c>.</summary>
    public sealed record Negation(UnaryTest Test) : UnaryTest
    {
        public override IEnumerable<string> OperandNames => Test.OperandNames;

        internal override IEnumerable<UnaryTest> Parts => Test.Parts;

        internal override bool? Try(string fact, FactValue value, IFactReader reader) => !Test.Try(fact, value, reader);
    }

    /// <summary>How two values lie to each other; null when either is unknown or they are not of one ordered kind.</summary>
    private static int? Order(FactValue left, FactValue right) => (left.Kind, right.Kind) switch
    {
        (FactValueKind.Number, FactValueKind.Number) => left.Number!.Value.CompareTo(right.Number!.Value),
        (FactValueKind.Date, FactValueKind.Date) => left.Date!.Value.CompareTo(right.Date!.Value),
        (FactValueKind.Instant, FactValueKind.Instant) => left.Instant!.Value.CompareTo(right.Instant!.Value),
        _ => null,
    };
}
