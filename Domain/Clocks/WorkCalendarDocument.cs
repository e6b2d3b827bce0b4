using System.Text.Json;

namespace CaseManagement.Domain.Clocks;

/// <summary>A working calendar as <c>PUT /calendars/{id}</c> writes it. <see cref="WorkCalendar.From"/> checks it.</summary>
public sealed record WorkCalendarDocument
{
    public string? Id { get; init; }

    /// <summary>An IANA time zone id.</summary>
    public string? Zone { get; init; }

    /// <summary>Spans by weekday (<c>mon</c> … <c>sun</c>), each <c>["09:00","18:00"]</c>; <c>24:00</c> ends a day. A day that is absent is off.</summary>
    public IReadOnlyDictionary<string, string[][]>? Week { get; init; }

    /// <summary>Days off on top of the week.</summary>
    public IReadOnlyList<DateOnly>? Holidays { get; init; }

    /// <summary>Days worked although the week says off.</summary>
    public IReadOnlyList<DateOnly>? MakeUpDays { get; init; }

    /// <summary>Make-up days that are worked by the hours of a weekday (<c>mon</c> … <c>sun</c>) instead of an ordinary day's.</summary>
    public IReadOnlyDictionary<DateOnly, string>? MakeUpAs { get; init; }

    /// <summary>Days with hours of their own; they are worked whatever the week says.</summary>
    public IReadOnlyDictionary<DateOnly, string[][]>? SpecialDays { get; init; }

    /// <summary>The last date whose holidays are known; due times past it are provisional. None when there is nothing to publish.</summary>
    public DateOnly? PublishedThrough { get; init; }

    /// <summary>What holidays and make-up days are called. Nothing is counted by it.</summary>
    public IReadOnlyDictionary<DateOnly, string>? Names { get; init; }

    /// <exception cref="InvalidTimeRuleException"><c>calendar.unreadable</c>: not JSON of this shape.</exception>
    public static WorkCalendarDocument Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<WorkCalendarDocument>(json, JsonSerializerOptions.Web) ?? throw Unreadable("null");
        }
        catch (JsonException exception)
        {
            throw Unreadable(exception.Path ?? "$");
        }
    }

    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    private static InvalidTimeRuleException Unreadable(string where) =>
        new("calendar.unreadable", $"The calendar is not JSON of the expected shape (at {where}).", where);
}
