using System.Text.Json.Serialization;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Packs;
using CaseManagement.Domain.Parties;
using CaseManagement.Domain.Tasks;

namespace CaseManagement.Domain.Complaints;

/// <summary>Something a person asked the complainant outside the steps of the process.</summary>
/// <param name="Number">From 1 within the case.</param>
/// <param name="Text">The words.</param>
/// <param name="AskedAt">When; a clock that rests for it was paused then.</param>
/// <param name="AskedBy">The id of who asked; null for programs.</param>
public sealed record Question(int Number, string Text, DateTimeOffset AskedAt, string? AskedBy)
{
    /// <summary>The clock that rests until the answer comes; null when none does.</summary>
    public string? Clock { get; init; }

    public string? Reply { get; init; }
    public DateTimeOffset? RepliedAt { get; init; }

    /// <summary>When the case ended without an answer; nothing is awaited any more.</summary>
    public DateTimeOffset? DroppedAt { get; init; }

    [JsonIgnore]
    public bool IsOpen => RepliedAt is null && DroppedAt is null;
}

/// <summary>The talk with the complainant beside the process: questions and replies, what they write of their own accord, how content they were.</summary>
public sealed class CaseDialogue
{
    /// <summary>Questions that may be open at one time.</summary>
    public const int MostOpenQuestions = 10;

    [JsonInclude, JsonPropertyName("questions")]
    internal List<Question> Items { get; set; } = [];

    /// <summary>Every question, in the order they were asked.</summary>
    [JsonIgnore]
    public IReadOnlyList<Question> Questions => Items;

    /// <summary>Those the complainant has yet to answer.</summary>
    [JsonIgnore]
    public IEnumerable<Question> OpenQuestions => Items.Where(q => q.IsOpen);

    /// <summary>When the complainant said how content they were; null until then, and again after a reopening.</summary>
    [JsonInclude]
    public DateTimeOffset? RatedAt { get; internal set; }

    /// <summary>Puts a question to the complainant. A clock may rest for it, for a reason its limit allows, until the answer comes.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="text">The words, up to <see cref="Complaint.MaxText"/>.</param>
    /// <param name="clock">The clock that rests meanwhile; null for none.</param>
    /// <param name="reason">One of its limit's reasons; needed with a clock.</param>
    /// <exception cref="RuleViolationException">complaint.not-open, text-required, text-too-long, too-many-questions, or a rule of <see cref="CaseClocks.Pause"/>.</exception>
    public void Ask(CaseAct act, string text, string? clock, string? reason)
    {
        act.Complaint.ThrowUnlessOpen();
        Complaint.ThrowUnlessText(text);
        RuleViolationException.ThrowUnless(OpenQuestions.Count() < MostOpenQuestions, ComplaintRules.TooManyQuestions);
        var question = new Question(Items.Count + 1, text.Trim(), act.At, act.By.PersonId) { Clock = clock };
        Items.Add(question);
        act.Record(CaseEvents.Asked, ("question", question.Number), ("text", question.Text), ("clock", clock), ("reason", reason));
        if (clock is not null)
        {
            act.Complaint.Clocks.Pause(act, clock, reason ?? "");
        }

        act.Log.Send(new CaseMessage(ProductTemplates.Question, Candidates.Complainant, clock, question.Text));
    }

    /// <summary>The complainant answers a question; the clock that rested for it goes on.</summary>
    /// <exception cref="RuleViolationException">nothing-awaited, text-required, text-too-long</exception>
    public void Reply(CaseAct act, int number, string text)
    {
        var at = Items.FindIndex(q => q.Number == number);
        RuleViolationException.ThrowUnless(at >= 0 && Items[at].IsOpen && act.Complaint.IsOpen, ComplaintRules.NothingAwaited);
        Complaint.ThrowUnlessText(text);
        var question = Items[at];
        Items[at] = question with { Reply = text.Trim(), RepliedAt = act.At };
        act.Record(CaseEvents.QuestionReplied, ("question", number), ("asked", question.Text), ("text", text.Trim()));

        // a pause that was ended and begun anew meanwhile is somebody else's
        if (question.Clock is { } clock && act.Complaint.Clocks.All.GetValueOrDefault(clock)?.PausedSince == question.AskedAt)
        {
            act.Complaint.Clocks.ResumeIfPaused(act, clock);
        }

        TellStaff(act, new("投诉人答复了提问。", "The complainant answered a question."));
    }

    /// <summary>The complainant adds something: evidence, a correction, a message.</summary>
    /// <exception cref="RuleViolationException">complaint.not-open, text-required, text-too-long</exception>
    public void Say(CaseAct act, string text)
    {
        act.Complaint.ThrowUnlessOpen();
        Complaint.ThrowUnlessText(text);
        act.Record(CaseEvents.ComplainantWrote, ("text", text.Trim()));
        TellStaff(act, new("投诉人补充了说明。", "The complainant added something."));
    }

    /// <summary>The complainant says how content they were, once after each closing.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="facts">What they answered, typed and checked against the form.</param>
    /// <exception cref="RuleViolationException">not-rateable, already-rated</exception>
    public void Rate(CaseAct act, IReadOnlyDictionary<string, FactValue> facts)
    {
        RuleViolationException.ThrowUnless(act.Complaint.Status == CaseStatus.Closed, ComplaintRules.NotRateable);
        RuleViolationException.ThrowUnless(RatedAt is null, ComplaintRules.AlreadyRated);
        RatedAt = act.At;
        var changes = act.Complaint.Facts.Apply(facts);
        act.Record(CaseEvents.Rated, ("facts", CaseFacts.ToJson(facts)), ("before", CaseFacts.BeforeToJson(changes)));
        act.Complaint.Facts.Touched(act, changes);
    }

    /// <summary>Refuses an answer that says nothing: neither words nor facts.</summary>
    /// <exception cref="RuleViolationException">text-required, text-too-long</exception>
    public static void ThrowUnlessSaid(string? text, IReadOnlyDictionary<string, FactValue> facts)
    {
        if (facts.Count == 0 || !string.IsNullOrWhiteSpace(text))
        {
            Complaint.ThrowUnlessText(text ?? "");
        }
    }

    /// <summary>Refuses a text that is too long or cannot be kept; none is no harm.</summary>
    /// <exception cref="RuleViolationException">text-too-long, text-unusable</exception>
    public static void ThrowUnlessUsable(string? text)
    {
        if (!string.IsNullOrWhiteSpace(text))
        {
            Complaint.ThrowUnlessText(text);
        }
    }

    /// <summary>
    /// Tells who works on the case that the complainant has done something by themselves: holders of its tasks and its handler, else those who
    /// may take its tasks. The notice says what was done, never what was written.
    /// </summary>
    internal static void TellStaff(CaseAct act, BilingualText what)
    {
        if (act.By.Actor.Kind != ActorKind.Complainant)
        {
            return;
        }

        var open = act.Complaint.Tasks.Open.Where(t => t.Kind is TaskKind.Work or TaskKind.Question).ToList();
        var people = open.Select(t => t.Assignee).Append(act.Complaint.Handler).OfType<string>().Select(p => Candidates.UserPrefix + p).ToList();
        foreach (var to in (people.Count > 0 ? people : open.SelectMany(t => t.CandidateKeys)).Distinct(StringComparer.Ordinal))
        {
            act.Log.Send(new CaseMessage(ProductTemplates.ComplainantActed, to, Text: what.Zh) { TextEn = what.En });
        }
    }

    /// <summary>The case is over: what was asked needs no answer any more.</summary>
    internal void End(DateTimeOffset at) => Items = [.. Items.Select(q => q.IsOpen ? q with { DroppedAt = at } : q)];
}
