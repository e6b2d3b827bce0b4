using CaseManagement.Domain.Facts;
using NodaTime;

namespace CaseManagement.Domain.Clocks;

/// <summary>Says an explanation in one language, with dates in the calendar's zone.</summary>
internal sealed class ExplanationText
{
    private const int MaxDatesListed = 6;

    private readonly DueExplanation _why;
    private readonly string _culture;
    private readonly bool _chinese;
    private readonly Func<string, string> _nameOf;
    private readonly CalendarZone _zone;

    public ExplanationText(DueExplanation why, string culture, Func<string, string>? nameOf)
    {
        _why = why;
        _culture = culture;
        _chinese = BilingualText.IsChinese(culture);
        _nameOf = nameOf ?? (key => key);
        _zone = new CalendarZone(DateTimeZoneProviders.Tzdb[why.Zone]);
    }

    public string Sentence()
    {
        IEnumerable<string?> parts =
        [
            _chinese ? Start() : "started " + Start(),
            Amount(),
            LimitSentence.CountedFrom(_why.CountFrom, _chinese),
            CalendarDays(),
            Rolled(),
            .. _why.Pauses.Select(pause => Say("暂停 ", "paused ") + Pause(pause)),
            .. _why.Extensions.Select(extension => Extension(extension, Say("延期 ", "extended by "), Say("延期至 ", "extended until "))),
            Due(),
            Provisional(),
        ];
        return string.Join(_chinese ? "；" : "; ", parts.Where(part => part is not null));
    }

    public string Headline()
    {
        var moment = MomentNames.Of(_why.From, _why.FromName, _culture);
        IEnumerable<string?> parts =
        [
            Amount(),
            moment is null ? null : Say($"自{moment}起", $"from {moment}"),
            LimitSentence.CountedFrom(_why.CountFrom, _chinese),
            LimitSentence.EndingAt(_why.Unit, _why.RunsTo, _chinese),
        ];
        return string.Join(" · ", parts.Where(part => part is not null));
    }

    public IReadOnlyList<ExplanationLine> Lines()
    {
        var calendar = new[] { _nameOf(_why.Calendar), CalendarDays(), Rolled(), Provisional() };
        var clause = _why.Clause is null ? "" : Say($"，第 {_why.Clause} 条", $", cl. {_why.Clause}");
        return
        [
            new(ExplanationPart.Start, Start()),
            new(ExplanationPart.Calendar, string.Join(_chinese ? "；" : "; ", calendar.Where(part => part is not null))),
            .. _why.Pauses.Select(pause => new ExplanationLine(ExplanationPart.Pause, Pause(pause))),
            .. _why.Extensions.Select(extension => new ExplanationLine(
                ExplanationPart.Extension, Extension(extension, "+", Say("至 ", "until ")))),
            new(ExplanationPart.Rule, Say(
                $"“{_why.LimitName.Zh}”第 {_why.LimitVersion} 版{clause}", $"\"{_why.LimitName.En}\", version {_why.LimitVersion}{clause}")),
        ];
    }

    private string Start()
    {
        var at = At(_why.StartedAt, withYear: false);
        var moment = MomentNames.Of(_why.From, _why.FromName, _culture);
        return moment is null ? Say(at + "起", at) : Say($"{at} {moment}起", $"{at} at {moment}");
    }

    private string Amount() => _why.Unit switch
    {
        LimitUnit.None => Say("无数字时限", "no numeric limit"),
        LimitUnit.Immediate => Say("立即，无数字时限", "at once, no numeric limit"),
        LimitUnit.SameDay => Say("当日", "the same day"),
        LimitUnit.Promised => _why.Promised is { } date
            ? Say("承诺日期 ", "promised for ") + DateText.Of(date, _culture)
            : Say("尚未承诺日期", "no date promised yet"),
        LimitUnit.WorkingHours when _why.Amount == 0 => Say("下一个上班时刻", "at the next opening"),
        _ => new Duration(_why.Amount!.Value, _why.Unit).ToText(_culture),
    };

    private string? CalendarDays()
    {
        var off = Listed(_why.DaysOff, range => DateText.Of(range, _culture));
        var worked = Listed(_why.MakeUpDays, date => DateText.Of(date, _culture));
        IEnumerable<string?> parts =
        [
            off is null ? null : off + Say("休", " off"),
            worked is null ? null : worked + Say("补班", " worked"),
        ];
        var text = string.Join(_chinese ? "，" : ", ", parts.Where(part => part is not null));
        return text.Length == 0 ? null : text;
    }

    private string? Listed<T>(IReadOnlyList<T> items, Func<T, string> say)
    {
        if (items.Count == 0)
        {
            return null;
        }

        var more = items.Count - MaxDatesListed;
        var text = string.Join(_chinese ? "、" : ", ", items.Take(MaxDatesListed).Select(say));
        return more > 0 ? text + Say($"等 {items.Count} 处", $" and {more} more") : text;
    }

    private string? Rolled() => _why.RolledFrom is { } date
        ? DateText.Of(date, _culture) + Say("休息，移至工作日", " is off, moved to a working day")
        : null;

    private string Pause(ExplainedPause pause)
    {
        var reason = _nameOf(pause.Reason);
        var by = pause.By.Length == 0 ? "" : Say($"（{_nameOf(pause.By)}）", $" ({_nameOf(pause.By)})");
        var from = At(pause.From, withYear: false);
        if (pause.To is not { } to)
        {
            return Say($"{from} 起，{reason}{by}", $"since {from}, {reason}{by}");
        }

        var added = _why.Unit.CountsWorkingTime()
            ? DurationText.WorkingTime(pause.Added, _why.OrdinaryDay, _culture)
            : DurationText.Elapsed(pause.Added, _culture);
        var until = At(to, withYear: false);
        return Say($"{from} 至 {until}，{reason}，+{added}{by}", $"{from} to {until}, {reason}, +{added}{by}");
    }

    private string Extension(Extension extension, string by, string until)
    {
        var much = extension.By is { } amount
            ? by + amount.ToText(_culture)
            : until + DateText.Of(extension.Until!.Value, _culture);
        var reason = extension.Reason.Length == 0 ? "" : Say($"，{extension.Reason}", $", {extension.Reason}");
        var approved = extension.ApprovedBy is { } who ? Say($"（{_nameOf(who)}批准）", $" (approved by {_nameOf(who)})") : "";
        return much + reason + approved;
    }

    private string? Due() => _why.DueAt is { } due
        ? Say(At(due, DueYear()) + " 到期", "due " + At(due, DueYear()))
        : null;

    private string? Provisional() => _why is { Provisional: true, PublishedThrough: { } through }
        ? Say(
            $"暂定：日历公布至 {DateText.Of(through, _culture, withYear: true)}",
            $"provisional: the calendar is published through {DateText.Of(through, _culture, withYear: true)}")
        : null;

    private bool DueYear() => _zone.DateOf(_why.DueAt!.Value).Year != _zone.DateOf(_why.StartedAt).Year;

    private string At(DateTimeOffset instant, bool withYear) =>
        DateText.Of(_zone.DateOf(instant), _zone.TimeOf(instant), _culture, withYear);

    private string Say(string zh, string en) => _chinese ? zh : en;
}
