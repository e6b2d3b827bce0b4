using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Shared;

/// <summary>Says what a clock badge says: the state's word and the time, in the limit's own unit.</summary>
public sealed class ClockWords(IStringLocalizer<SharedText> text, DateWords dates)
{
    /// <summary>The state in one word, read out before the time.</summary>
    public string State(ClockLook look) => text[$"Clock{look}"];

    /// <summary>Time left, time late, age, reason of a pause, or the moment it was met.</summary>
    /// <param name="clock">The clock.</param>
    /// <param name="exact">Say every part of the amount, not only the two largest.</param>
    public string Time(ClockBadge clock, bool exact)
    {
        var amount = clock.Amount is { } given ? Say(given, exact ? 3 : 2) : "";
        return clock.Look switch
        {
            ClockLook.Running or ClockLook.Warning => text["Left", amount],
            ClockLook.Breached => text["Late", amount],
            ClockLook.Paused => text["PausedBecause", clock.PauseReason ?? ""],
            ClockLook.NoLimit when clock.AtOnce => text["AtOnceAge", amount],
            ClockLook.NoLimit => text["NoLimitAge", amount],
            ClockLook.Provisional when clock.DueAt is { } due => text["ProvisionalAt", dates.Say(due, clock.Zone, DateStyle.List)],
            ClockLook.Met when clock.MetAt is { } met => dates.Say(met, clock.Zone, DateStyle.List),
            ClockLook.Provisional or ClockLook.Met or ClockLook.Cancelled => State(clock.Look),
            _ => throw new ArgumentOutOfRangeException(nameof(clock)),
        };
    }

    /// <summary>An amount by its largest parts: "3 个工作日 3 时", "2 h 10 m".</summary>
    public string Say(Amount amount, int parts)
    {
        var working = amount.Unit == CountedIn.WorkingTime;
        var said = new List<string>(3);
        Add(amount.Days, working ? "WorkingDays" : "Days");
        Add(amount.Hours, working && amount.Days == 0 ? "WorkingHours" : "Hours");
        Add(amount.Minutes, "Minutes");
        return said.Count == 0 ? text["Minutes", 0] : string.Join(' ', said.Take(parts));

        void Add(int count, string unit)
        {
            if (count > 0)
            {
                said.Add(text[unit, count]);
            }
        }
    }
}
