using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Complaints;
using CaseManagement.Web.Features.Shared;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Cases;

/// <summary>The clocks of a case with why they are due when they are, and what the reader may do with them.</summary>
public sealed class CaseClockPanels(IStringLocalizer<CaseWords> words)
{
    /// <summary>Fields of the clocks' forms.</summary>
    public const string Reason = "reason";
    public const string Note = "note";
    public const string From = "from";
    public const string To = "to";
    public const string Until = "until";

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
                Ledger = Ledger(view, clock),
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
        bool May(ClockDeed deed) => ClockRights.IsLetTo(view.Facts, view.Person.AsPerformer(), limit, deed);
        if (clock.PausedSince is not null && May(ClockDeed.Resume))
        {
            actions.Add(new FormAction(words["Resume"], "player-play", address + "resume", Form($"resume-{clock.Key}")));
        }
        else if (clock.PausedSince is null && limit.PauseReasons.Count > 0 && May(ClockDeed.Pause))
        {
            actions.Add(new FormAction(words["Pause"], "player-pause", address + "pause", Form(
                $"pause-{clock.Key}",
                new FormField
                {
                    Key = Reason,
                    Label = words["Reason"],
                    Type = FieldType.Choice,
                    Required = true,
                    Options = [.. limit.PauseReasons.Select(r => new Choice(r, view.Words.PauseReason(r)))],
                },
                new FormField { Key = From, Label = words["PauseFrom"], Type = FieldType.Instant, Help = words["PauseFromHelp"] },
                new FormField { Key = To, Label = words["PauseTo"], Type = FieldType.Instant },
                new FormField { Key = Note, Label = words["PauseNote"], Type = FieldType.Text, Wide = true })));
        }

        if (limit.Extension is { } rule && clock.DueAt is not null && clock.Wish is null && (rule.Times is null || clock.Extensions.Count < rule.Times) && May(ClockDeed.Extend))
        {
            var asked = rule.Approval is not null && !CaseActions.MayGrant(view, rule);
            actions.Add(new FormAction(words[asked ? "AskExtension" : "Extend"], "calendar-plus", address + "extend", Form(
                $"extend-{clock.Key}",
                new FormField { Key = Until, Label = words["ExtendUntil"], Type = FieldType.Date, Required = true, Help = Terms(rule, view) },
                new FormField { Key = Reason, Label = words["Reason"], Type = FieldType.Text, Required = rule.ReasonRequired, Wide = true, Help = words["ReasonIsSeen"] })));
        }

        if (limit.Promised is not null && May(ClockDeed.Promise))
        {
            actions.Add(new FormAction(words["Promise"], "calendar", address + "promise", Form(
                $"promise-{clock.Key}",
                new FormField { Key = Until, Label = words["PromiseUntil"], Type = FieldType.Date, Required = true },
                new FormField { Key = Reason, Label = words["Reason"], Type = FieldType.Text, Required = true, Wide = true })));
        }

        return actions;
    }

    /// <summary>How long, until when, and by whom: what the limit says about an extension.</summary>
    private string Terms(ExtensionRule rule, CaseView view)
    {
        List<string> terms = [];
        if (rule.Max is { } most)
        {
            terms.Add(words["ExtendAtMost", most.ToText(PackWords.Language)]);
        }

        if (rule.Before is { } before)
        {
            terms.Add(words["ExtendBefore", before.ToText(PackWords.Language)]);
        }

        if (rule.Approval is { } chain)
        {
            terms.Add(words["ExtendBy", view.Words.Chain(chain)]);
        }

        return string.Join(words["TermSeparator"], terms);
    }

    /// <summary>Pauses and extensions in the order they were entered, a wish that hangs on an approval last.</summary>
    private List<LedgerLine> Ledger(CaseView view, Clock clock)
    {
        var calendar = view.Rules.CalendarOf(clock, view.Complaint.Lead);
        string At(DateTimeOffset at) => DateText.Of(at, calendar, PackWords.Language);
        var lines = clock.Suspensions.Select(pause => (pause.EnteredAt ?? pause.From, new LedgerLine(
            words["LedgerPause", view.Words.PauseReason(pause.Reason)],
            pause.To is { } to ? words["LedgerSpan", At(pause.From), At(to)] : words["LedgerSince", At(pause.From)],
            pause.EnteredAt is { } entered ? words["LedgerEntered", pause.By, At(entered)] : pause.By)));
        lines = lines.Concat(clock.Extensions.Select(extension => (extension.At, new LedgerLine(
            words["LedgerExtension", extension.Reason],
            words["LedgerMoved", extension.OldDueAt is { } old ? At(old) : "", extension.NewDueAt is { } now ? At(now) : ""],
            (extension.AskedBy, extension.ApprovedBy) switch
            {
                ({ } asked, { } approved) when asked != approved => words["LedgerApproved", asked, approved],
                (_, { } approved) => approved,
                ({ } asked, _) => asked,
                _ => "",
            }))));
        if (clock.Wish is { } wish)
        {
            lines = lines.Append((wish.Request.AskedAt, new LedgerLine(
                words["LedgerWish", wish.Request.Reason], words["LedgerMoved", clock.DueAt is { } due ? At(due) : "", At(wish.DueAt)], words["LedgerAwaits", wish.ByName ?? wish.By])));
        }

        return [.. lines.OrderBy(line => line.Item1).Select(line => line.Item2)];
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
