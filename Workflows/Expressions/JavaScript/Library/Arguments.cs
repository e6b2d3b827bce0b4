using CaseManagement.Workflows.Expressions.JavaScript.Runtime;

namespace CaseManagement.Workflows.Expressions.JavaScript.Library;

/// <summary>Reading the arguments of a call, where missing ones are undefined.</summary>
internal static class Arguments
{
    public static object? At(this object?[] arguments, int index) =>
        index < arguments.Length ? arguments[index] : ScriptUndefined.Value;

    public static string TextAt(this object?[] arguments, Run run, int index) => Coercion.ToText(run, arguments.At(index));

    public static double NumberAt(this object?[] arguments, Run run, int index) =>
        Coercion.ToNumber(run, arguments.At(index));

    /// <summary>Whole part, NaN and undefined as 0.</summary>
    public static double IntegerAt(this object?[] arguments, Run run, int index) =>
        Coercion.ToInteger(run, arguments.At(index));

    /// <summary>A place in something of a length; negative ones count from the end.</summary>
    public static int PlaceAt(this object?[] arguments, Run run, int index, int length, int absent)
    {
        if (arguments.At(index) is ScriptUndefined)
        {
            return absent;
        }

        var place = arguments.IntegerAt(run, index);
        return (int)(place < 0 ? Math.Max(length + place, 0) : Math.Min(place, length));
    }
}
