using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Parties;
using CaseManagement.Domain.Tasks;
using CaseManagement.Web.Features.Cases;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Workflows.Cases.Store;
using CaseManagement.Workflows.Simulation.Trials;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Simulation;

/// <summary>Texts picked by codes: states, bounds, refusals.</summary>
public sealed class SimulationWords;

/// <summary>Draws what a version did.</summary>
internal sealed class TrialViews(CaseReader reader, RuleTexts rules, TrialWords trials, IStringLocalizer<SimulationWords> words)
{
    private const int MostLines = 2_000;

    public async Task<TrialView> OfAsync(TrialResult result, string zone, CancellationToken cancellationToken)
    {
        var cases = new List<TrialCaseView>();
        foreach (var one in result.Cases)
        {
            cases.Add(CaseOf(one, await reader.WordsAsync(one.Rules, cancellationToken)));
        }

        return new TrialView
        {
            Zone = zone,
            Summary = words[
                "Summary", result.Cases.Sum(c => c.Complaint.Tasks.All.Count), result.Cases.Sum(c => c.Messages.Count),
                result.Timeline.Count(e => e.Type == CaseEvents.Escalated)],
            Days = (int)Math.Ceiling((result.EndedAt - result.StartedAt).TotalDays),
            Notes = [.. NotesOf(result)],
            Differences = [.. (result.Failure?.Differences ?? []).Select(d => new TrialDifference(d.What, d.Expected ?? words["Nothing"], d.Got ?? words["Nothing"]))],
            Lines = LinesOf(result),
            Cases = cases,
        };
    }

    private IEnumerable<Note> NotesOf(TrialResult result)
    {
        if (result.Failure is { } failure)
        {
            yield return new Note(NoteKind.Late, failure.Differences.Count > 0 ? words["FailedAt", failure.Step] : words["FailedAtBecause", failure.Step, failure.Message]);
        }
        else if (result.Held > 0)
        {
            yield return new Note(NoteKind.Ok, words["Held", result.Held]);
        }

        if (result.StoppedBy is { } bound)
        {
            yield return new Note(NoteKind.Warning, words["stopped_" + bound] is { ResourceNotFound: false } known ? known : words["stopped", rules.Say(bound)]);
        }

        if (result.Timeline.Count > MostLines)
        {
            yield return new Note(NoteKind.Info, words["MoreLines", MostLines]);
        }
    }

    private List<TrialLine> LinesOf(TrialResult result)
    {
        var lines = new List<TrialLine>();
        if (result.Cases.Count == 0)
        {
            return lines;
        }

        DateTimeOffset? before = null;
        foreach (var entry in result.Timeline.Take(MostLines))
        {
            var gap = before is { } last ? (int)(entry.At - last).TotalDays : 0;
            lines.Add(new TrialLine(
                entry.At, gap >= 2 ? gap : null, LookOf(entry.Type), IconOf(entry),
                entry.Message is { } message ? $"{trials.Of(entry, result)} · {(PackWords.Language == "en" ? message.SubjectEn : message.SubjectZh)}" : TextOf(entry, result),
                TrialWords.Actor(entry.By).In(PackWords.Language), result.Cases.Count > 1 ? result.Cases[entry.Case].Name : null));
            before = before > entry.At ? before : entry.At;
        }

        return lines;
    }

    private string TextOf(TrialEntry entry, TrialResult result) => entry.Type == TrialEntry.Refused
        ? words["Refused", entry.Data.GetProperty(PackWords.Language == "en" ? "titleEn" : "titleZh").GetString()!,
            rules.Say(new Domain.Rule(entry.Data.GetProperty("code").GetString()!, ""), result.Cases[entry.Case].Rules.Pack)]
        : trials.Of(entry, result);

    private TrialCaseView CaseOf(TrialCase one, PackWords names)
    {
        var complaint = one.Complaint;
        var state = names.Option("status", complaint.Status);
        var remark = new[] { state, names.Level(complaint.Level)?.Name, complaint.Lead is { } lead ? words["Lead", names.Department(lead)].Value : null };
        return new TrialCaseView
        {
            Title = one.Name == complaint.Number ? complaint.Number : $"{one.Name} · {complaint.Number}",
            Remark = string.Join(" · ", remark.OfType<string>().Where(part => part.Length > 0)),
            Clocks = [.. complaint.Clocks.All.Values.OrderBy(c => c.StartedAt).Select(c => ClockOf(c, one.Rules, names))],
            Tasks = [.. complaint.Tasks.All.Select(t => TaskOf(t, names))],
            Messages = [.. one.Messages.Select(m => MessageOf(m, names))],
        };
    }

    private TrialClock ClockOf(Clock clock, CaseRules caseRules, PackWords names)
    {
        var state = CaseClocks.StateName(clock);
        var rungs = caseRules.LimitOf(clock).Rungs;
        return new TrialClock(
            names.Clock(clock), words["clock_" + state], state switch { "met" => "t-ok", "breached" => "t-late", _ => "" }, clock.DueAt, clock.MetAt,
            clock.Explanation.ToText(PackWords.Language, names.InExplanation),
            [.. clock.Rungs.Select(r => new TrialRung(rungs.FirstOrDefault(rung => rung.Key == r.Key) is { } rung ? RungOf(rung, names) : r.Key, r.FiredAt ?? r.At, r.FiredAt is not null))]);
    }

    private string RungOf(Rung rung, PackWords names) => rung.Do.OfType<NotifyAction>().SelectMany(n => n.To).ToList() is { Count: > 0 } told
        ? words["RungTells", string.Join(words["ListSeparator"], told.Select(to => to is Candidates.Handler or Candidates.Team ? words["who_" + to].Value : names.Candidate(to)))]
        : words["RungActs", rung.Key];

    private TrialTask TaskOf(HumanTask task, PackWords names) => new(
        (PackWords.Language == "en" ? task.TitleEn : task.TitleZh) is { Length: > 0 } title ? title : task.Key,
        names.CandidatesOf(task.CandidateKeys), task.CreatedAt, task.DoneAt,
        task.Outcome is { } outcome ? names.Outcome(outcome) : words["task_" + task.State]);

    private TrialMessage MessageOf(MessageRow message, PackWords names)
    {
        var english = PackWords.Language == "en";
        return new TrialMessage(
            message.CreatedAt, names.Candidate(message.Recipient), words["channel_" + message.Channel] is { ResourceNotFound: false } channel ? channel : message.Channel,
            message.Escalation, english ? message.SubjectEn : message.SubjectZh, english ? message.BodyEn : message.BodyZh,
            english ? "zh-CN" : "en", english ? message.SubjectZh : message.SubjectEn, english ? message.BodyZh : message.BodyEn);
    }

    private static string LookOf(string type) => type switch
    {
        CaseEvents.ClockBreached or CaseEvents.Escalated or CaseEvents.Incident or TrialEntry.Refused => "is-late",
        CaseEvents.RungActed => "is-warn",
        CaseEvents.ClockMet or CaseEvents.Closed => "is-ok",
        _ => "",
    };

    private static string IconOf(TrialEntry entry) => entry.Type switch
    {
        CaseEvents.Received => "phone-incoming",
        CaseEvents.MessageQueued or CaseEvents.Acknowledged or CaseEvents.MaterialRequested => "send",
        CaseEvents.Replied => "message",
        CaseEvents.Answered or CaseEvents.FollowedUp => "user-question",
        CaseEvents.TaskCreated => "list-details",
        CaseEvents.TaskCompleted => "check",
        CaseEvents.ClockBreached or TrialEntry.Refused => "alert-octagon",
        CaseEvents.RungActed => "alert-triangle",
        CaseEvents.Escalated => "arrow-bar-up",
        CaseEvents.Incident => "alert-circle",
        CaseEvents.ClockMet => "circle-check",
        CaseEvents.Closed or CaseEvents.Withdrawn => "flag",
        CaseEvents.Routed => "route",
        CaseEvents.LevelChanged or CaseEvents.LevelOverridden or CaseEvents.ApprovalDecided or CaseEvents.ApprovalVoided => "gavel",
        CaseEvents.ApprovalOpened => "file-check",
        CaseEvents.ClockPaused => "player-pause",
        CaseEvents.ClockResumed => "player-play",
        _ when entry.Type.StartsWith("clock.", StringComparison.Ordinal) => "clock-hour-4",
        _ when entry.Type.StartsWith("task.", StringComparison.Ordinal) => "user",
        _ => "history",
    };
}
