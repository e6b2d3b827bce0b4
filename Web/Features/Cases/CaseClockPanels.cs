using CaseManagement.Domain.Clocks;
using CaseManagement.Web.Features.Shared;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Cases;

/// <summary>The clocks of a case with why they are due when they are, and what the reader may do with them.</summary>
public sealed class CaseClockPanels(IStringLocalizer<CaseWords> words)
{
    public IReadOnlyList<ClockBadge> Of(CaseView view) => [.. ClockBadges.MostUrgentFirst(view.Complaint.Clocks.All.Values.Select(clock => Badge(view, clock)))];

    private ClockBadge Badge(CaseView view, Clock clock)
    {
        var limit = view.Rules.LimitOf(clock);
        var badge = ClockBadges.Of(clock, view.Words.Clock(clock), view.Rules.Calendar(limit, view.Complaint.Lead), view.Now, view.Words.PauseReason);
        var why = clock.Explanation;
        var (language, nameOf) = (PackWords.Language, (Func<string, string>)view.Words.InExplanation);
        return badge with
        {
            Why = new ClockWhy
            {
                Rule = why.Headline(language),
                DaysInWords = why.ToText(language, nameOf),
                Days = [.. why.Days.Select(day => new CountedDay(day.From, day.To, LookOf(day.State), day.Count is { } count ? (int)count : null))],
                Lines = [.. why.Lines(language, nameOf).Select(line => new WhyLine(PartOf(line.Part), line.Text))],
                Actions = view.MayAct && clock.IsOpen && view.Complaint.IsOpen ? Actions(view, clock, limit) : [],
                LimitHref = $"/limits/{view.Complaint.Process}?limit={Uri.EscapeDataString(limit.Key)}",
            },
        };
    }

    private List<FormAction> Actions(CaseView view, Clock clock, TimeLimit limit)
    {
        var address = $"/cases/{view.Complaint.Id}/clocks/{Uri.EscapeDataString(clock.Key)}/";
        var actions = new List<FormAction>();
        if (clock.PausedSince is not null)
        {
            actions.Add(new FormAction(words["Resume"], "player-play", address + "resume", Form($"resume-{clock.Key}")));
        }
        else if (limit.PauseReasons.Count > 0)
        {
            actions.Add(new FormAction(words["Pause"], "player-pause", address + "pause", Form($"pause-{clock.Key}", new FormField
            {
                Key = "reason",
                Label = words["Reason"],
                Type = FieldType.Choice,
                Required = true,
                Options = [.. limit.PauseReasons.Select(r => new Choice(r, view.Words.PauseReason(r)))],
            })));
        }

        if (limit.Extension is { } rule && clock.DueAt is not null && (rule.Times is null || clock.Extensions.Count < rule.Times)
            && CaseActions.MayGrant(view, rule))
        {
            actions.Add(new FormAction(words["Extend"], "calendar-plus", address + "extend", Form(
                $"extend-{clock.Key}",
                new FormField { Key = "until", Label = words["ExtendUntil"], Type = FieldType.Date, Required = true },
                new FormField { Key = "reason", Label = words["Reason"], Type = FieldType.Text, Required = rule.ReasonRequired, Wide = true })));
        }

        return actions;
    }

    private static FormPage Form(string id, params FormField[] fields) => new() { Id = id, Fields = fields };

    private static DayLook LookOf(DayState state) => state switch
    {
        DayState.Worked => DayLook.Worked,
        DayState.Off => DayLook.Off,
        DayState.Held => DayLook.Held,
        DayState.MakeUp => DayLook.MakeUp,
        DayState.Due => DayLook.Due,
    };

    private static WhyPart PartOf(ExplanationPart part) => part switch
    {
        ExplanationPart.Start => WhyPart.Start,
        ExplanationPart.Calendar => WhyPart.Calendar,
        ExplanationPart.Pause => WhyPart.Pause,
        ExplanationPart.Extension => WhyPart.Extension,
        ExplanationPart.Rule => WhyPart.Rule,
    };
}
