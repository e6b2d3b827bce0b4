using System.Globalization;
using System.Text.Json;
using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Classification;

/// <summary>Reads unary tests.</summary>
public static class UnaryTestParser
{
    /// <summary>Characters of one test.</summary>
    public const int MaxLength = 2_000;

    private const int MaxDepth = 16;

    /// <summary>Reads a test from a pack: null, true, false and numbers are values, a string is the test's text.</summary>
    public static bool TryParse(JsonElement json, out UnaryTest test, out ConditionProblem? problem)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Null:
                test = new UnaryTest.IsNull();
                problem = null;
                return true;
            case JsonValueKind.True or JsonValueKind.False:
                test = new UnaryTest.Value(json.GetRawText(), FactValue.Of(json.GetBoolean()));
                problem = null;
                return true;
            case JsonValueKind.Number when json.TryGetDecimal(out var number):
                test = new UnaryTest.Value(json.GetRawText(), FactValue.Of(number));
                problem = null;
                return true;
            case JsonValueKind.String:
                return TryParse(json.GetString()!, out test, out problem);
            default:
                test = new UnaryTest.Any();
                problem = new ConditionProblem(string.Empty, 0, new(
                    "测试应为文本、数字、true、false 或 null", "A test is a text, a number, true, false or null"));
                return false;
        }
    }

    /// <summary>Reads a test from its text.</summary>
    public static bool TryParse(string text, out UnaryTest test, out ConditionProblem? problem)
    {
        var parser = new Parser(text);
        try
        {
            test = parser.Parse();
            problem = null;
            return true;
        }
        catch (FormatException error)
        {
            test = new UnaryTest.Any();
            problem = new ConditionProblem(string.Empty, parser.Position, parser.Wrong ?? new(error.Message, error.Message));
            return false;
        }
    }

    /// <summary>Reads a test from its text.</summary>
    /// <exception cref="RuleViolationException"><c>condition-invalid</c></exception>
    public static UnaryTest Parse(string text) => TryParse(text, out var test, out var problem)
        ? test
        : throw new RuleViolationException(new Rule("condition-invalid", $"{problem!.Message} ({problem.Position})"));

    private sealed class Parser(string text)
    {
        public int Position { get; private set; }

        public BilingualText? Wrong { get; private set; }

        public UnaryTest Parse()
        {
            if (text.Length > MaxLength)
            {
                throw Error("测试过长", "The test is too long");
            }

            var test = List(0);
            return AtEnd ? test : throw Error("此处应结束", "Nothing may follow here");
        }

        private bool AtEnd
        {
            get
            {
                while (Position < text.Length && char.IsWhiteSpace(text[Position]))
                {
                    Position++;
                }

                return Position == text.Length;
            }
        }

        private UnaryTest List(int depth)
        {
            if (depth > MaxDepth)
            {
                throw Error("嵌套过深", "Nested too deep");
            }

            var tests = new List<UnaryTest> { One(depth) };
            while (Take(","))
            {
                tests.Add(One(depth));
            }

            return tests.Count == 1 ? tests[0] : new UnaryTest.OneOf(tests);
        }

        private UnaryTest One(int depth)
        {
            if (AtEnd)
            {
                throw Error("缺少测试值", "A test is missing here");
            }

            if (Take("not("))
            {
                var inner = List(depth + 1);
                return Take(")") ? new UnaryTest.Negation(inner) : throw Error("缺少右括号", "A closing bracket is missing");
            }

            if (TakeComparison() is { } comparison)
            {
                return new UnaryTest.Compare(comparison, ReadOperand());
            }

            if (text[Position] is '[' or '(')
            {
                return ReadRange();
            }

            var start = Position;
            var word = Word();
            if (word == "count" && TakeComparison() is { } counted)
            {
                return new UnaryTest.CountCompare(counted, ReadOperand());
            }

            return word switch
            {
                "" => throw Error("缺少测试值", "A test is missing here"),
                "-" => new UnaryTest.Any(),
                "null" => new UnaryTest.IsNull(),
                "true" or "false" => new UnaryTest.Value(word, FactValue.Of(word == "true")),
                _ when word.Contains("..", StringComparison.Ordinal) =>
                    throw Error("范围须写在括号内，如 [3..9]", "A range needs brackets, as in [3..9]", start),
                _ => new UnaryTest.Value(word, AsNumber(word) is { } number ? FactValue.Of(number) : FactValue.Of(word)),
            };
        }

        private UnaryTest.Range ReadRange()
        {
            var includesFrom = text[Position] == '[';
            Position++;
            var from = ReadOperand(inRange: true);
            if (!Take(".."))
            {
                throw Error("范围中应有 ..", "A range needs .. between its ends");
            }

            var to = ReadOperand(inRange: true);
            var includesTo = Take("]");
            if (!includesTo && !Take(")"))
            {
                throw Error("缺少右括号", "A closing bracket is missing");
            }

            return new UnaryTest.Range(from, includesFrom, to, includesTo);
        }

        private Operand ReadOperand(bool inRange = false)
        {
            _ = AtEnd;
            var start = Position;
            var word = Word(inRange);
            if (AsNumber(word) is { } number)
            {
                return new Operand(number, null);
            }

            return word.Length > 0 && !char.IsDigit(word[0]) && word[0] != '-' && !word.Any(char.IsWhiteSpace)
                ? new Operand(null, word)
                : throw Error("此处应为数字、事实或 settings.x", "A number, a fact or settings.x belongs here", start);
        }

        private Comparison? TakeComparison() =>
            Take(">=") ? Comparison.AtLeast
            : Take("<=") ? Comparison.AtMost
            : Take(">") ? Comparison.Greater
            : Take("<") ? Comparison.Less
            : Take("=") ? Comparison.Equal
            : null;

        /// <summary>Reads up to a character that means something; spaces inside a word are kept, around it dropped.</summary>
        private string Word(bool inRange = false)
        {
            _ = AtEnd;
            var start = Position;
            while (Position < text.Length && !"(),[]<>=".Contains(text[Position], StringComparison.Ordinal)
                && !(inRange && text.AsSpan(Position).StartsWith("..", StringComparison.Ordinal)))
            {
                Position++;
            }

            return text[start..Position].Trim();
        }

        private bool Take(string token)
        {
            if (AtEnd || !text.AsSpan(Position).StartsWith(token, StringComparison.Ordinal))
            {
                return false;
            }

            Position += token.Length;
            return true;
        }

        private static decimal? AsNumber(string word) =>
            decimal.TryParse(word, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && word[0] != '+'
                ? number
                : null;

        private FormatException Error(string zh, string en, int? at = null)
        {
            Position = at ?? Position;
            Wrong = new BilingualText(zh, en);
            return new FormatException(en);
        }
    }
}
