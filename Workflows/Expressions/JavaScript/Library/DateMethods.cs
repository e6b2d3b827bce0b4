using CaseManagement.Workflows.Expressions.JavaScript.Runtime;

namespace CaseManagement.Workflows.Expressions.JavaScript.Library;

/// <summary>
/// Methods of dates. Local time is UTC, so each getter and setter does the same with and without UTC in its name.
/// </summary>
internal static class DateMethods
{
    private static readonly MethodTable<ScriptDate> Methods = Make();

    public static object? Find(string name) => Methods.Find(name);

    private static MethodTable<ScriptDate> Make()
    {
        var methods = new MethodTable<ScriptDate>("Date")
        {
            ["getTime"] = (_, date, _) => NumberText.Box(date.Time),
            ["getTimezoneOffset"] = (_, date, _) => NumberText.Box(double.IsNaN(date.Time) ? double.NaN : 0),
            ["setTime"] = (run, date, a) => Set(date, DateMath.Clip(a.NumberAt(run, 0))),
            ["toDateString"] = (_, date, _) => DateText.FormatDay(date.Time),
            ["toISOString"] = (_, date, _) => DateText.ToIso(date.Time)
                ?? throw new ScriptException(ScriptErrorKind.RangeError, "Invalid time value"),
            ["toJSON"] = (_, date, _) => DateText.ToIso(date.Time),
            ["toString"] = (_, date, _) => DateText.Format(date.Time),
            ["toUTCString"] = (_, date, _) => DateText.FormatUtc(date.Time),
            ["valueOf"] = (_, date, _) => NumberText.Box(date.Time),
        };
        foreach (var zone in (string[])[string.Empty, "UTC"])
        {
            methods[$"get{zone}Day"] = (_, date, _) => NumberText.Box(
                double.IsNaN(date.Time) ? double.NaN : DateMath.WeekDay(date.Time));
            AddField(methods, zone, "FullYear", field: 0, most: 3);
            AddField(methods, zone, "Month", field: 1, most: 2);
            AddField(methods, zone, "Date", field: 2, most: 1);
            AddField(methods, zone, "Hours", field: 3, most: 4);
            AddField(methods, zone, "Minutes", field: 4, most: 3);
            AddField(methods, zone, "Seconds", field: 5, most: 2);
            AddField(methods, zone, "Milliseconds", field: 6, most: 1);
        }

        return methods;
    }

    // most: how many fields, from this one on, the setter takes.
    private static void AddField(MethodTable<ScriptDate> methods, string zone, string name, int field, int most)
    {
        methods[$"get{zone}{name}"] = (_, date, _) => NumberText.Box(
            double.IsNaN(date.Time) ? double.NaN : DateMath.Fields(date.Time)[field]);
        methods[$"set{zone}{name}"] = (run, date, arguments) =>
        {
            // an invalid date becomes valid by a year alone
            var isInvalid = double.IsNaN(date.Time);
            var fields = DateMath.Fields(isInvalid ? 0 : date.Time);
            for (var i = 0; i < Math.Max(Math.Min(arguments.Length, most), 1); i++)
            {
                fields[field + i] = arguments.NumberAt(run, i);
            }

            return Set(date, isInvalid && field != 0 ? double.NaN : DateMath.FromFields(fields));
        };
    }

    private static object Set(ScriptDate date, double time)
    {
        date.Time = time;
        return NumberText.Box(time);
    }
}
