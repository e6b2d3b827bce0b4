using CaseManagement.Workflows.Expressions.JavaScript.Runtime;

namespace CaseManagement.Workflows.Expressions.JavaScript.Library;

/// <summary><c>Date</c> and what stands behind its dot. The time of day comes from the scope or the budget's clock alone.</summary>
internal static class DateFunctions
{
    private static readonly FunctionTable Table = new()
    {
        ["now"] = (run, _) => NumberText.Box(Now(run)),
        ["parse"] = (run, a) => NumberText.Box(DateText.Parse(a.TextAt(run, 0))),
        ["UTC"] = (run, a) => NumberText.Box(FromParts(run, a)),
    };

    public static LibraryFunction Date { get; } = new("Date", (run, _, _) => DateText.Format(Now(run)))
    {
        Construct = Make,
        Members = Table.Members,
    };

    private static double Now(Run run) => (run.Scope.Now ?? run.Budget.Clock?.GetUtcNow()) is { } now
        ? now.ToUnixTimeMilliseconds()
        : throw new ScriptException(ScriptErrorKind.TypeError, "This script has no clock; Date needs a value here");

    private static ScriptDate Make(Run run, object?[] arguments)
    {
        run.Allocate(32);
        switch (arguments)
        {
            case []:
                return new ScriptDate(Now(run));
            case [ScriptDate date]:
                return new ScriptDate(date.Time);
            case [var value]:
                var primitive = Coercion.ToPrimitive(run, value, null);
                return new ScriptDate(primitive is string text
                    ? DateText.Parse(text)
                    : DateMath.Clip(Coercion.ToNumber(run, primitive)));
            default:
                return new ScriptDate(FromParts(run, arguments));
        }
    }

    private static double FromParts(Run run, object?[] arguments)
    {
        double[] fields = [double.NaN, 0, 1, 0, 0, 0, 0];
        for (var i = 0; i < arguments.Length && i < fields.Length; i++)
        {
            fields[i] = arguments.NumberAt(run, i);
        }

        // two digits mean the 20th century
        var year = Math.Truncate(fields[0]);
        fields[0] = year is >= 0 and <= 99 ? 1900 + year : fields[0];
        return DateMath.FromFields(fields);
    }
}
