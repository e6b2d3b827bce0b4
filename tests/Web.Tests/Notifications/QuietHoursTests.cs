using CaseManagement.Domain.Clocks;
using CaseManagement.Web.Notifications;
using CaseManagement.Web.Persistence.Organisation;

namespace CaseManagement.Web.Tests.Notifications;

/// <summary>When a mail may go out, in Shanghai unless said otherwise.</summary>
public sealed class QuietHoursTests
{
    private static readonly NotificationRules AtNight = new() { Zone = "Asia/Shanghai", Quiet = QuietHoursKind.Span, QuietFrom = 20 * 60, QuietTo = 8 * 60 };
    private static readonly NotificationRules Never = new() { Zone = "Asia/Shanghai" };

    [Theory]
    [InlineData("2026-10-12T19:59", "2026-10-12T19:59")]
    [InlineData("2026-10-12T20:00", "2026-10-13T08:00")]
    [InlineData("2026-10-13T03:00", "2026-10-13T08:00")]
    [InlineData("2026-10-13T08:00", "2026-10-13T08:00")]
    public void A_span_over_midnight_ends_in_the_morning(string at, string until) =>
        Assert.Equal(Shanghai(until), QuietHours.EndAfter(Shanghai(at), AtNight, null, null, "Asia/Shanghai"));

    [Fact]
    public void A_span_within_a_day_ends_the_same_day()
    {
        var lunch = new NotificationRules { Zone = "Asia/Shanghai", Quiet = QuietHoursKind.Span, QuietFrom = 12 * 60, QuietTo = 13 * 60 };

        Assert.Equal(Shanghai("2026-10-12T13:00"), QuietHours.EndAfter(Shanghai("2026-10-12T12:30"), lunch, null, null, "Asia/Shanghai"));
        Assert.Equal(Shanghai("2026-10-12T20:00"), QuietHours.EndAfter(Shanghai("2026-10-12T20:00"), lunch, null, null, "Asia/Shanghai"));
    }

    [Fact]
    public void Outside_the_hours_of_a_calendar_the_mail_waits_for_the_next_opening()
    {
        var calendar = WorkCalendar.From("cn", WorkCalendarDocument.Parse(
            """{"zone": "Asia/Shanghai", "week": {"mon": [["09:00", "18:00"]], "tue": [["09:00", "18:00"]], "wed": [["09:00", "18:00"]], "thu": [["09:00", "18:00"]], "fri": [["09:00", "18:00"]]}}"""));
        var rules = new NotificationRules { Zone = "Asia/Shanghai", Quiet = QuietHoursKind.Calendar, Calendar = "cn" };

        Assert.Equal(Shanghai("2026-10-12T09:00"), QuietHours.EndAfter(Shanghai("2026-10-10T11:00"), rules, calendar, null, "Asia/Shanghai"));
        Assert.Equal(Shanghai("2026-10-12T10:00"), QuietHours.EndAfter(Shanghai("2026-10-12T10:00"), rules, calendar, null, "Asia/Shanghai"));
    }

    [Fact]
    public void Own_quiet_hours_count_in_ones_own_zone_and_add_to_the_organisations()
    {
        var own = new NotificationPreference { UserId = "li", QuietFrom = 8 * 60, QuietTo = 9 * 60 };

        Assert.Equal(Shanghai("2026-10-13T09:00"), QuietHours.EndAfter(Shanghai("2026-10-12T22:00"), AtNight, null, own, "Asia/Shanghai"));
        Assert.Equal(Shanghai("2026-10-12T15:00"), QuietHours.EndAfter(Shanghai("2026-10-12T14:30"), Never, null, own, "Europe/Berlin"));
    }

    [Fact]
    public void Quiet_hours_that_fill_the_day_between_them_hold_nothing_back_for_ever()
    {
        var own = new NotificationPreference { UserId = "li", QuietFrom = 8 * 60, QuietTo = 20 * 60 };

        Assert.InRange(QuietHours.EndAfter(Shanghai("2026-10-12T22:00"), AtNight, null, own, "Asia/Shanghai"), Shanghai("2026-10-12T22:00"), Shanghai("2026-11-12T00:00"));
    }

    [Fact]
    public void In_the_night_the_clocks_go_forward_a_span_ends_at_the_first_time_there_is()
    {
        var berlin = new NotificationRules { Zone = "Europe/Berlin", Quiet = QuietHoursKind.Span, QuietFrom = 60, QuietTo = 150 };

        // 02:30 does not exist on 28 March 2027
        Assert.Equal(new DateTimeOffset(2027, 3, 28, 1, 30, 0, TimeSpan.Zero), QuietHours.EndAfter(new DateTimeOffset(2027, 3, 28, 0, 15, 0, TimeSpan.Zero), berlin, null, null, "UTC"));
    }

    [Theory]
    [InlineData("2026-10-12T08:00", "2026-10-12T08:30")]
    [InlineData("2026-10-12T08:30", "2026-10-13T08:30")]
    public void The_daily_mail_goes_at_the_next_such_time(string at, string next) =>
        Assert.Equal(Shanghai(next), QuietHours.NextAt(Shanghai(at), (8 * 60) + 30, "Asia/Shanghai"));

    private static DateTimeOffset Shanghai(string local) =>
        new DateTimeOffset(DateTime.Parse(local, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.FromHours(8)).ToUniversalTime();
}
