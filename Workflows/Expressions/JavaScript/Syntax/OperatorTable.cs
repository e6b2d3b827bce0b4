using CaseManagement.Workflows.Expressions.JavaScript.Runtime;
using CaseManagement.Workflows.Expressions.JavaScript.Tree;

namespace CaseManagement.Workflows.Expressions.JavaScript.Syntax;

/// <summary>Operators by their text. A higher strength binds tighter.</summary>
internal static class OperatorTable
{
    public const int PowerStrength = 12;

    public static readonly Dictionary<string, (Operator Operation, int Strength)> Binary = new()
    {
        ["|"] = (Operator.BitOr, 4),
        ["^"] = (Operator.BitXor, 5),
        ["&"] = (Operator.BitAnd, 6),
        ["=="] = (Operator.Equal, 7),
        ["!="] = (Operator.NotEqual, 7),
        ["==="] = (Operator.Same, 7),
        ["!=="] = (Operator.NotSame, 7),
        ["<"] = (Operator.Less, 8),
        ["<="] = (Operator.LessOrEqual, 8),
        [">"] = (Operator.Greater, 8),
        [">="] = (Operator.GreaterOrEqual, 8),
        ["in"] = (Operator.In, 8),
        ["<<"] = (Operator.ShiftLeft, 9),
        [">>"] = (Operator.ShiftRight, 9),
        [">>>"] = (Operator.ShiftRightUnsigned, 9),
        ["+"] = (Operator.Add, 10),
        ["-"] = (Operator.Subtract, 10),
        ["*"] = (Operator.Multiply, 11),
        ["/"] = (Operator.Divide, 11),
        ["%"] = (Operator.Remainder, 11),
        ["**"] = (Operator.Power, PowerStrength),
    };

    public static readonly Dictionary<string, (LogicalOperator Operation, int Strength)> Logical = new()
    {
        ["??"] = (LogicalOperator.Coalesce, 1),
        ["||"] = (LogicalOperator.Or, 2),
        ["&&"] = (LogicalOperator.And, 3),
    };

    public static readonly Dictionary<string, UnaryOperator> Unary = new()
    {
        ["+"] = UnaryOperator.Plus,
        ["-"] = UnaryOperator.Minus,
        ["!"] = UnaryOperator.Not,
        ["~"] = UnaryOperator.BitNot,
        ["typeof"] = UnaryOperator.TypeOf,
        ["void"] = UnaryOperator.Void,
        ["delete"] = UnaryOperator.Delete,
    };
}
