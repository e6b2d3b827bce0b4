using System.Security.Claims;
using CaseManagement.Domain.Clocks.Import;
using CaseManagement.Web.Features.Calendars;
using CaseManagement.Web.Features.Limits;
using CaseManagement.Web.Features.Shared;
using Microsoft.AspNetCore.Http;

namespace CaseManagement.EndToEnd.Tests.Samples;

/// <summary>The year 2026 with National Day and its make-up Saturday.</summary>
internal sealed class SampleCalendars : ICalendarPages, ICalendarImports, ICalendarUndo
{
    private static readonly DateOnly MakeUp = new(2026, 10, 10);

    public List<DayEdit> Applied { get; } = [];

    public Task<CalendarPage?> GetAsync(string? id, int? year, DateOnly? day, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var shown = year ?? 2026;
        return Task.FromResult<CalendarPage?>(new CalendarPage
        {
            Calendars = [new("cn", Say.It("全国工作日历", "National working calendar")), new("shop", Say.It("门店日历", "Store calendar"))],
            Id = id ?? "cn",
            Name = Say.It("全国工作日历", "National working calendar"),
            Remark = Say.It("第 3 版 · 公布至 2026-12-31 · 9 个流程在用", "Edition 3 · published through 2026-12-31 · used by 9 processes"),
            Zone = Say.Zone,
            Year = shown,
            Months = [.. Enumerable.Range(1, 12).Select(month => Month(shown, month))],
            Week = [new(Say.It("周一至周五", "Mon–Fri"), "09:00 – 18:00", Say.It("9 工作时", "9 wh")), new(Say.It("周六、周日", "Sat, Sun"), Say.It("休息", "off"), "0")],
            Holidays = [new(Say.It("国庆", "National Day"), new(2026, 10, 1), new(2026, 10, 7), [MakeUp]), new(Say.It("元旦", "New Year"), new(2026, 1, 1), new(2026, 1, 1), [])],
            Note = new(NoteKind.Warning, Say.It("2027 年尚未公布。12 月 31 日以后的到期日标为“暂定”。", "2027 is not published yet. Due dates after 31 December are provisional.")),
            ImportHref = "/calendars/cn/import",
            History = [new(3, Say.At(9, 1, 10, 0), Say.It("休假 +1 天", "days off +1"), Say.It("公布", "published"), "管理员", "/calendars/cn/undo/3")],
            Register = new("全国工作日历", "National working calendar", [new("service", Say.It("客服部", "Customer service"), "cn"), new("quality", Say.It("质量部", "Quality"), null)]),
            Day = day is { } picked ? new DayPanel { Day = Day(picked), WeekSaysWork = picked.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday), MayEdit = true } : null,
        });
    }

    public Task<LimitPreview?> PreviewAsync(string id, DayEdit edit, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Task.FromResult<LimitPreview?>(SampleLimits.Preview(new LimitEdit { Amount = "1" }));

    public Task<ActionAnswer> ApplyAsync(string id, DayEdit edit, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(edit.Reason))
        {
            return Task.FromResult(ActionAnswer.Invalid(null, new Dictionary<string, string> { ["Reason"] = Say.It("还差：理由", "Missing: reason") }));
        }

        Applied.Add(edit);
        return Task.FromResult(ActionAnswer.Done);
    }

    /// <summary>The page that asks for a file, or for the calendar "review" the days of one.</summary>
    public Task<ImportPage?> GetAsync(string id, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var page = new ImportPage { Id = id, Name = Say.It("全国工作日历", "National working calendar"), ChinaYears = [2026, 2025] };
        var file = new HolidayFile(
            [new(new(2026, 10, 1), new(2026, 10, 7), "国庆节", DayMeaning.Off), new(MakeUp, MakeUp, "国庆节", DayMeaning.Worked), new(new(2027, 1, 20), new(2027, 1, 20), "", DayMeaning.Ignored)], 2);
        return Task.FromResult<ImportPage?>(id != "review" ? page : page with
        {
            File = file,
            Edit = new ImportEdit { Meanings = [.. file.Events.Select(one => one.Meaning)], ReplaceYears = true, PublishedThrough = file.PublishedThrough },
            Preview = SampleLimits.Preview(new LimitEdit { Amount = "1" }),
            Error = Say.It("还差：理由", "Missing: reason"),
        });
    }

    public Task<ImportPage?> ReadAsync(string id, int? chinaYear, IFormFile? file, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        GetAsync("review", user, cancellationToken);

    public Task<ImportPage?> ReviewAsync(string id, ImportEdit edit, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        GetAsync("review", user, cancellationToken);

    public Task<ActionAnswer> ApplyAsync(string id, ImportEdit edit, ClaimsPrincipal user, CancellationToken cancellationToken) => Task.FromResult(ActionAnswer.Done);

    public Task<ChangePage?> PreviewUndoAsync(string id, int version, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        Task.FromResult<ChangePage?>(new ChangePage(
            id, Say.It("全国工作日历", "National working calendar"), Say.It("撤销第 3 版", "Undo edition 3"), "/calendars/cn/undo/3", [],
            SampleLimits.Preview(new LimitEdit { Amount = "1" })));

    public Task<ActionAnswer> UndoAsync(string id, int version, string? reason, ClaimsPrincipal user, CancellationToken cancellationToken) => Task.FromResult(ActionAnswer.Done);

    private static CalendarMonth Month(int year, int month) => new(
        new DateOnly(year, month, 1),
        [.. Enumerable.Range(1, DateTime.DaysInMonth(year, month)).Select(day => Day(new DateOnly(year, month, day)))]);

    private static CalendarDay Day(DateOnly day) => new(
        day,
        day.Year > 2026 ? CalendarDayLook.Unpublished
            : day == MakeUp ? CalendarDayLook.MakeUp
            : day.Month == 10 && day.Day <= 7 ? CalendarDayLook.Holiday
            : day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? CalendarDayLook.Weekend
            : CalendarDayLook.Working,
        day == new DateOnly(2026, 10, 12),
        day.Month == 10 && day.Day <= 7 ? Say.It("国庆", "National Day") : null);
}
