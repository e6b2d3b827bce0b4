using System.Text.Json.Serialization;

namespace CaseManagement.Domain.Clocks;

/// <summary>How a time limit is counted.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<LimitUnit>))]
public enum LimitUnit
{
    /// <summary>No numeric limit: the age is shown, nothing is due.</summary>
    None,

    /// <summary>At once: the age is shown, nothing is due.</summary>
    Immediate,

    /// <summary>By the end of the day it starts on.</summary>
    SameDay,

    /// <summary>Elapsed minutes, nights and holidays included.</summary>
    Minutes,

    /// <summary>Elapsed hours, nights and holidays included.</summary>
    Hours,

    /// <summary>Hours inside the calendar's working time; 0 is "at the next opening".</summary>
    WorkingHours,

    /// <summary>Calendar days; the start date is day 0.</summary>
    Days,

    /// <summary>Working days; the start date is day 0.</summary>
    WorkingDays,

    /// <summary>Seven calendar days each.</summary>
    Weeks,

    /// <summary>To the same day number of a later month, or that month's last day.</summary>
    Months,

    /// <summary>Twelve months each.</summary>
    Years,

    /// <summary>By a date that was promised case by case.</summary>
    Promised,
}

/// <summary>From when a limit is counted.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<CountFrom>))]
public enum CountFrom
{
    /// <summary>From the start event itself (for days: the start date is day 0).</summary>
    Instant,

    /// <summary>The next date is the first that counts. For units of a day or longer this is the ordinary reading.</summary>
    NextDay,

    /// <summary>The next working day is the first that counts.</summary>
    NextWorkingDay,
}

/// <summary>To which moment of its last day a limit runs.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<EndOf>))]
public enum EndOf
{
    /// <summary>To the instant reached by counting.</summary>
    Instant,

    /// <summary>To the end of that day's working time.</summary>
    CloseOfBusiness,

    /// <summary>To 23:59 of that day, in the calendar's zone.</summary>
    EndOfDay,
}

/// <summary>What happens when the last day is not a working day.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<IfNonWorking>))]
public enum IfNonWorking
{
    Keep,

    /// <summary>The next working day.</summary>
    Forward,

    /// <summary>The working day before, but never before the start.</summary>
    Back,
}

/// <summary>What follows from a unit alone.</summary>
public static class LimitUnits
{
    /// <summary>Where a limit of this unit ends unless it says otherwise.</summary>
    public static EndOf DefaultEndOf(this LimitUnit unit) => unit switch
    {
        LimitUnit.WorkingDays => EndOf.CloseOfBusiness,
        LimitUnit.SameDay or LimitUnit.Days or LimitUnit.Weeks or LimitUnit.Months or LimitUnit.Years
            or LimitUnit.Promised => EndOf.EndOfDay,
        LimitUnit.None or LimitUnit.Immediate or LimitUnit.Minutes or LimitUnit.Hours or LimitUnit.WorkingHours => EndOf.Instant,
    };

    /// <summary>Whether holidays and make-up days change what the unit amounts to.</summary>
    public static bool CountsWorkingTime(this LimitUnit unit) => unit is LimitUnit.WorkingHours or LimitUnit.WorkingDays;

    /// <summary>Whether the unit takes a number.</summary>
    public static bool TakesAmount(this LimitUnit unit) =>
        unit is not (LimitUnit.None or LimitUnit.Immediate or LimitUnit.SameDay or LimitUnit.Promised);

    /// <summary>Whether the unit is a day or longer, so that a limit runs to the end of a day.</summary>
    public static bool IsDayOrLonger(this LimitUnit unit) =>
        unit is LimitUnit.SameDay or LimitUnit.Days or LimitUnit.WorkingDays or LimitUnit.Weeks or LimitUnit.Months
            or LimitUnit.Years or LimitUnit.Promised;
}
