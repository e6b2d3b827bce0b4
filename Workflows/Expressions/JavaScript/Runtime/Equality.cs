namespace CaseManagement.Workflows.Expressions.JavaScript.Runtime;

/// <summary>ECMAScript's comparisons (ECMA-262 §7.2).</summary>
internal static class Equality
{
    /// <summary><c>===</c></summary>
    public static bool AreSame(object? left, object? right) => left switch
    {
        double number => right is double other && number == other,
        string text => right is string other && text == other,
        bool boolean => right is bool other && boolean == other,
        ScriptFunction function => right is ScriptFunction other && function == other,
        _ => ReferenceEquals(left, right),
    };

    /// <summary>As <c>includes</c> compares: NaN is itself.</summary>
    public static bool AreSameOrNaN(object? left, object? right) =>
        AreSame(left, right) || (left is double.NaN && right is double.NaN);

    /// <summary><c>==</c></summary>
    public static bool AreEqual(Run run, object? left, object? right)
    {
        if (Coercion.IsNullish(left) || Coercion.IsNullish(right))
        {
            return Coercion.IsNullish(left) && Coercion.IsNullish(right);
        }

        if (!Coercion.IsPrimitive(left) && !Coercion.IsPrimitive(right))
        {
            return AreSame(left, right);
        }

        left = Coercion.ToPrimitive(run, left, null);
        right = Coercion.ToPrimitive(run, right, null);
        return Coercion.TypeOf(left) == Coercion.TypeOf(right)
            ? AreSame(left, right)
            : Coercion.ToNumber(run, left) == Coercion.ToNumber(run, right);
    }

    /// <summary><c>&lt;</c>; null where one is not a number.</summary>
    public static bool? IsLess(double left, double right) =>
        double.IsNaN(left) || double.IsNaN(right) ? null : left < right;
}
