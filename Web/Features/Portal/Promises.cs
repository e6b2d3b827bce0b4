using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Complaints;
using CaseManagement.Web.Features.Shared;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Portal;

/// <summary>What the clocks that are promises to the complainant say in plain words.</summary>
public sealed class Promises(IStringLocalizer<PortalWords> words)
{
    /// <summary>What is promised of this case, soonest first; what was kept comes last.</summary>
    public IReadOnlyList<PromisedDate> Of(Complaint complaint, CaseRules rules, PackWords said)
    {
        var keys = PromisedClocks.KeysOf(rules, complaint.Kind);
        return
        [
            .. complaint.Clocks.All.Values.Where(c => keys.Contains(c.Key) && c.CancelledAt is null)
                .OrderBy(c => c.MetAt is not null).ThenBy(c => c.DueAt ?? DateTimeOffset.MaxValue)
                .Select(c => Of(c, complaint, rules, said)),
        ];
    }

    /// <summary>How more time came about: from when to when, and why it was needed.</summary>
    public string Moved(DateTimeOffset? from, DateTimeOffset? to, string reason, WorkCalendar calendar)
    {
        string At(DateTimeOffset? at) => at is { } moment ? DateText.Of(moment, calendar, PackWords.Language) : words["NoDate"];
        return reason.Length == 0 ? words["Moved", At(from), At(to)] : words["MovedBecause", At(from), At(to), reason];
    }

    private PromisedDate Of(Clock clock, Complaint complaint, CaseRules rules, PackWords said)
    {
        var limit = rules.LimitOf(clock);
        var calendar = rules.CalendarOf(clock, complaint.Lead);
        var remarks = new List<string>();
        if (clock.MetAt is { } met)
        {
            remarks.Add(words["Kept", DateText.Of(met, calendar, PackWords.Language)]);
        }
        else if (clock.PausedSince is { } since)
        {
            remarks.Add(words["Rests", DateText.Of(since, calendar, PackWords.Language)]);
        }
        else if (clock.BreachedAt is not null)
        {
            remarks.Add(words["Missed"]);
        }

        if (clock.MetAt is null && clock.PausedSince is null && clock.Suspensions.Count > 0)
        {
            remarks.Add(words["Rested"]);
        }

        remarks.AddRange(clock.Extensions.Select(e => Moved(e.OldDueAt, e.NewDueAt, e.Reason, calendar)));
        return new PromisedDate
        {
            What = limit.To switch
            {
                "firstRepliedAt" => words["FirstReply"],
                "repliedAt" or "closedAt" => words["OurAnswer"],
                _ => said.Clock(clock),
            },
            DueAt = clock.DueAt,
            Counted = limit.Budget is { } budget ? words[CountedBy(limit.Unit), budget.ToText(PackWords.Language)] : "",
            Provisional = clock.Provisional,
            Remarks = remarks,
            Kept = clock.MetAt is not null,
            Icon = limit.To == "firstRepliedAt" ? "message" : "file-check",
        };
    }

    private static string CountedBy(LimitUnit unit) => unit.CountsWorkingTime() || unit == LimitUnit.WorkingDays ? "CountedWorking" : "CountedAll";
}
