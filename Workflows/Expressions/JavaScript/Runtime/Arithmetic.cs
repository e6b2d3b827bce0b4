namespace CaseManagement.Workflows.Expressions.JavaScript.Runtime;

/// <summary>What the binary operators do (ECMA-262 §13.6 to §13.12).</summary>
internal static class Arithmetic
{
    public static object? Apply(Run run, Operator operation, object? left, object? right)
    {
        switch (operation)
        {
            case Operator.Add:
                return left is double a && right is double b ? NumberText.Box(a + b) : Add(run, left, right);
            case Operator.Same:
                return Coercion.Box(Equality.AreSame(left, right));
            case Operator.NotSame:
                return Coercion.Box(!Equality.AreSame(left, right));
            case Operator.Equal:
                return Coercion.Box(Equality.AreEqual(run, left, right));
            case Operator.NotEqual:
                return Coercion.Box(!Equality.AreEqual(run, left, right));
            case Operator.Less or Operator.LessOrEqual or Operator.Greater or Operator.GreaterOrEqual:
                return Coercion.Box(Compare(run, operation, left, right));
            case Operator.In:
                return Coercion.Box(Properties.Has(run, right, left));
            default:
                var x = Coercion.ToNumber(run, left);
                return NumberText.Box(Calculate(operation, x, Coercion.ToNumber(run, right)));
        }
    }

    /// <summary><c>**</c>; unlike .NET, 1 or -1 to an infinite power, and anything to NaN, is NaN.</summary>
    public static double Power(double value, double exponent) =>
        double.IsNaN(exponent) || (Math.Abs(value) == 1 && double.IsInfinity(exponent))
            ? double.NaN
            : Math.Pow(value, exponent);

    public static string Concat(Run run, string left, string right)
    {
        run.AllocateText((double)left.Length + right.Length);
        return string.Concat(left, right);
    }

    private static object Add(Run run, object? left, object? right)
    {
        left = Coercion.ToPrimitive(run, left, null);
        right = Coercion.ToPrimitive(run, right, null);
        return left is string || right is string
            ? Concat(run, Coercion.ToText(run, left), Coercion.ToText(run, right))
            : NumberText.Box(Coercion.ToNumber(run, left) + Coercion.ToNumber(run, right));
    }

    private static bool Compare(Run run, Operator operation, object? left, object? right)
    {
        if (left is not double x || right is not double y)
        {
            left = Coercion.ToPrimitive(run, left, false);
            right = Coercion.ToPrimitive(run, right, false);
            if (left is string a && right is string b)
            {
                x = string.CompareOrdinal(a, b);
                y = 0;
            }
            else
            {
                x = Coercion.ToNumber(run, left);
                y = Coercion.ToNumber(run, right);
            }
        }

        return operation switch
        {
            Operator.Less => x < y,
            Operator.LessOrEqual => x <= y,
            Operator.Greater => x > y,
            _ => x >= y,
        };
    }

    private static double Calculate(Operator operation, double x, double y) => operation switch
    {
        Operator.Subtract => x - y,
        Operator.Multiply => x * y,
        Operator.Divide => x / y,
        Operator.Remainder => x % y,
        Operator.Power => Power(x, y),
        Operator.BitAnd => Coercion.ToInt32(x) & Coercion.ToInt32(y),
        Operator.BitOr => Coercion.ToInt32(x) | Coercion.ToInt32(y),
        Operator.BitXor => Coercion.ToInt32(x) ^ Coercion.ToInt32(y),
        Operator.ShiftLeft => Coercion.ToInt32(x) << (Coercion.ToInt32(y) & 31),
        Operator.ShiftRight => Coercion.ToInt32(x) >> (Coercion.ToInt32(y) & 31),
        Operator.ShiftRightUnsigned => (uint)Coercion.ToInt32(x) >> (Coercion.ToInt32(y) & 31),
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, null),
    };
}
