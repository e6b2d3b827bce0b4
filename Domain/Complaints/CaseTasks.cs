using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using CaseManagement.Domain.Authority;
using CaseManagement.Domain.Classification;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Delegations;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Forms;
using CaseManagement.Domain.Parties;
using CaseManagement.Domain.Tasks;

namespace CaseManagement.Domain.Complaints;

/// <summary>The tasks of one case, open and done.</summary>
public sealed class CaseTasks
{
    [JsonInclude, JsonPropertyName("all")]
    internal List<HumanTask> Items { get; init; } = [];

    [JsonIgnore]
    public IReadOnlyList<HumanTask> All => Items;

    [JsonIgnore]
    public IEnumerable<HumanTask> Open => Items.Where(t => t.IsOpen);

    /// <summary>The outcome the task of this key was last completed with, or null.</summary>
    public string? LastOutcome(string key) => Items.LastOrDefault(t => t.Key == key && t.State == TaskState.Done)?.Outcome;

    /// <summary>Opens a task; a clock named on it starts with it.</summary>
    public HumanTask Add(CaseAct act, HumanTask task)
    {
        task.CandidateKeys = WhoMay(act, task);
        Items.Add(task);
        act.Record(CaseEvents.TaskCreated, ("task", task.Key), ("id", task.Id), ("titleZh", task.TitleZh), ("titleEn", task.TitleEn),
            ("candidates", new JsonArray([.. task.CandidateKeys])), ("each", task.Each));
        if (task.Clock is { } clock && task.Kind == TaskKind.Work)
        {
            act.Complaint.Clocks.Start(act, clock, task.Element);
        }

        foreach (var person in task.CandidateKeys.Where(c => c.StartsWith(Candidates.UserPrefix, StringComparison.Ordinal)))
        {
            StandIns.TellCover(act, task, person[Candidates.UserPrefix.Length..]);
        }

        return task;
    }

    public HumanTask Find(Guid id) =>
        Items.Find(t => t.Id == id) ?? throw new RuleViolationException(TaskRules.NoSuchTask);

    public void Claim(CaseAct act, Guid id)
    {
        var task = FindOpen(id);
        ThrowUnless(act.By.PersonId is not null, TaskRules.NotACandidate, task);
        if (act.By.OnBehalfOf is not null)
        {
            ThrowUnlessMay(act, task);
        }

        if (task.Assignee == act.By.InNameOf)
        {
            return;
        }

        ThrowUnless(task.State == TaskState.Open, TaskRules.HeldByAnother, task);
        ThrowUnlessMay(act, task);
        Hold(act, task, act.By);
        act.Record(CaseEvents.TaskClaimed, ("task", task.Key), ("id", task.Id), ("titleZh", task.TitleZh), ("titleEn", task.TitleEn));
    }

    public void Release(CaseAct act, Guid id)
    {
        var task = FindOpen(id);
        RuleViolationException.ThrowUnless(task.State == TaskState.Claimed, TaskRules.NotHeld);
        ThrowUnless(act.By.ActsForHolders || task.Assignee == act.By.InNameOf, TaskRules.HeldByAnother, task);
        if (act.By.OnBehalfOf is not null)
        {
            ThrowUnlessMay(act, task);
        }

        LetGo(task);
        task.CandidateKeys = WhoMay(act, task);
        act.Record(CaseEvents.TaskReleased, ("task", task.Key), ("id", task.Id), ("titleZh", task.TitleZh), ("titleEn", task.TitleEn));
    }

    /// <summary>Takes a task from somebody who may not have it any more. The record does not say why.</summary>
    internal void TakeBack(CaseAct act, HumanTask task)
    {
        LetGo(task);
        task.CandidateKeys = WhoMay(act, task);
        act.Record(CaseEvents.TaskReleased, ("task", task.Key), ("id", task.Id), ("titleZh", task.TitleZh), ("titleEn", task.TitleEn), ("reassigned", true));
    }

    /// <summary>Lets another do one's task; it stays one's own. One that nobody holds is taken with it. Who could do it before may no more.</summary>
    /// <param name="act">The deed of the one whose task it is.</param>
    /// <param name="id">The task.</param>
    /// <param name="to">Who may do it; null: nobody any more.</param>
    /// <param name="note">Words for them, <see cref="Complaint.MaxText"/> characters at most.</param>
    /// <exception cref="RuleViolationException">A rule of <see cref="DelegationRules"/> or <see cref="TaskRules"/>.</exception>
    public void Delegate(CaseAct act, Guid id, StaffRecord? to, string? note)
    {
        var task = FindOpen(id);
        note = string.IsNullOrWhiteSpace(note) ? null : note.Trim();
        if (note is not null)
        {
            Complaint.ThrowUnlessText(note);
        }

        if (to is null)
        {
            RuleViolationException.ThrowUnless(act.By.PersonId is { } me && task.DelegatedTo is { } former && (task.Assignee == me || former == me), DelegationRules.NotYourTask);
        }
        else
        {
            StandIns.ThrowUnlessMayDelegate(act, task, to);
            if (task.Assignee is null)
            {
                Claim(act, id);
            }
        }

        (task.DelegatedTo, task.DelegationNote) = (to?.Id, to is null ? null : note);
        act.Record(CaseEvents.TaskDelegated, ("task", task.Key), ("id", task.Id), ("titleZh", task.TitleZh), ("titleEn", task.TitleEn),
            ("to", to?.Id), ("toName", to?.Name), ("note", task.DelegationNote));
        if (to is not null)
        {
            act.Log.Send(new CaseMessage(Packs.ProductTemplates.TaskDelegated, Candidates.UserPrefix + to.Id,
                Text: $"{act.By.Actor.Name}请你代办“{task.TitleZh}”。{note}")
            {
                TextEn = $"{act.By.Actor.Name} asks you to do \"{task.TitleEn}\" for them. {note}",
            });
        }
    }

    /// <summary>Tasks that were delegated one by one to people who are kept out from now on are their holders' alone again.</summary>
    internal void TakeBackDelegated(IReadOnlyCollection<string> people)
    {
        foreach (var task in Items.Where(t => t.DelegatedTo is { } to && people.Contains(to)))
        {
            task.DelegatedTo = task.DelegationNote = null;
        }
    }

    /// <summary>Gives the task to one person, who must be one of its candidates.</summary>
    public void Assign(CaseAct act, Guid id, Performer to)
    {
        var task = FindOpen(id);
        ThrowUnlessMay(new CaseAct(act.Complaint, act.Rules, to, act.At, act.Log), task);
        Hold(act, task, to);
        act.Record(CaseEvents.TaskAssigned, ("task", task.Key), ("id", task.Id), ("titleZh", task.TitleZh), ("titleEn", task.TitleEn),
            ("to", to.PersonId), ("toName", to.Actor.Name));
        StandIns.TellCover(act, task, to.PersonId!);
    }

    /// <summary>The open task of a step of the process that asks for more time for a clock; null where none does.</summary>
    internal HumanTask? AskingForTime(string clock) => Open.FirstOrDefault(t => t.AsksTimeFor == clock);

    /// <summary>The open task of a step of the process that waits for signatures on a document; null where none does.</summary>
    internal HumanTask? AskingForSignatures(string template) => Open.FirstOrDefault(t => t.Signs == template);

    /// <summary>A task is done by another deed than completing it: asking for more time, signing. Who may not do the task may not do that.</summary>
    internal void DoneBy(CaseAct act, HumanTask? task, string outcome, string? reason)
    {
        if (task is null)
        {
            return;
        }

        ThrowUnlessMay(act, task);
        ThrowUnless(task.State != TaskState.Claimed || act.By.ActsForHolders || task.Assignee == act.By.InNameOf, TaskRules.HeldByAnother, task);
        if (task.Assignee is null && act.By.PersonId is not null)
        {
            Hold(act, task, act.By);
        }

        (task.State, task.DoneAt, task.DoneBy, task.Outcome) = (TaskState.Done, act.At, act.By.Persons, outcome);
        if (task.Clock is { } clock)
        {
            act.Complaint.Clocks.Meet(act, clock);
        }

        act.Record(
            CaseEvents.TaskCompleted, ("task", task.Key), ("id", task.Id), ("titleZh", task.TitleZh), ("titleEn", task.TitleEn), ("outcome", outcome), ("reason", reason));
        act.Log.Signal(CaseSignals.TaskCompleted, task.Shape!);
    }

    /// <summary>
    /// Completes a task: who may, the outcome, the form, the gates; then its facts, its moment, its clock. A refusal leaves
    /// nothing behind, for the caller drops the burst.
    /// </summary>
    public HumanTask Complete(CaseAct act, Guid id, TaskCompletion completion)
    {
        var task = FindOpen(id);
        ThrowUnlessMay(act, task);
        ThrowUnless(task.State != TaskState.Claimed || act.By.ActsForHolders || task.Assignee == act.By.InNameOf, TaskRules.HeldByAnother, task);
        RuleViolationException.ThrowUnless(task.Outcomes.Contains(completion.Outcome), TaskRules.OutcomeUnknown);
        RuleViolationException.ThrowUnless(
            task.Kind != TaskKind.Approval || completion.Outcome == ApprovalOutcomes.Approved || !string.IsNullOrWhiteSpace(completion.Reason),
            TaskRules.ReasonRequired);

        if (task.Signs is { } document)
        {
            act.Complaint.Documents.Sign(act, document, completion.Signatures);
            return task;
        }

        ThrowUnless(!completion.With.Any(p => act.Complaint.Exclusion.Bars(p) || !act.Complaint.Confidentiality.Admits(p)), TaskRules.NotACandidate, task);

        // who acts and for whom are one of the people it takes
        var persons = act.By.Persons;
        var others = completion.With.Except(persons, StringComparer.Ordinal).ToList();
        ThrowUnless(act.By.ActsForHolders || !IsBarred(act.Complaint, task, others), TaskRules.NotACandidate, task);
        var form = task.Form is { } key ? act.Rules.Form(key) : null;
        var known = act.Facts.For(task.Element);
        var asked = new FactOverlay(new Dictionary<string, FactValue> { [FactNames.TaskOutcome] = FactValue.Of(completion.Outcome) }, known);
        var result = FormCheck.Validate(form, completion.Data, asked, act.Rules.Pack.Facts, completion.Signatures, FactOrigin.Form, act.Rules.Zone);
        result.ThrowIfIncomplete();

        var given = WithStamp(act, task, result.Values);
        var said = given.Select(one => new FactChange(one.Key, known.Read(one.Key), one.Value)).Where(one => FactNames.ColumnKey(one.Name) is not null && one.Old != one.New).ToList();
        var changes = act.Complaint.Facts.Apply(task.Element?.Gather(given, act.Complaint.Facts) ?? given);
        said.AddRange(changes.Where(change => said.Count == 0 || change.Name != task.EachOf));
        if (form is not null)
        {
            act.Complaint.Signatures.AddRange(form.Signatures.Where(s => completion.Signatures.Contains(s.Key)).Select(s => $"{form.Key}.{s.Key}"));
        }

        act.Rules.ThrowUnlessAllowed(GateAction.Task(task.Key), act);
        RuleViolationException.ThrowUnless(act.By.ActsForHolders || others.Count + Math.Min(1, persons.Count) >= task.MinPeople, TaskRules.MorePeopleNeeded);
        result.ThrowIfUnfinished();

        if (task.Assignee is null && act.By.PersonId is not null)
        {
            Hold(act, task, act.By);
        }

        task.State = TaskState.Done;
        task.DoneAt = act.At;
        task.DoneBy = [.. others, .. persons];
        task.Outcome = completion.Outcome;
        task.Text = completion.Text;
        if (task.Clock is { } clock && completion.Outcome != "MaterialMissing" && !Open.Any(t => t.Clock == clock))
        {
            act.Complaint.Clocks.Meet(act, clock);
        }

        act.Record(CaseEvents.TaskCompleted, ("task", task.Key), ("id", task.Id), ("titleZh", task.TitleZh), ("titleEn", task.TitleEn),
            ("outcome", completion.Outcome), ("reason", completion.Reason), ("facts", CaseFacts.ToJson(said)), ("before", CaseFacts.BeforeToJson(said)),
            ("signatures", completion.Signatures.Count == 0 ? null : new JsonArray([.. completion.Signatures])), ("each", task.Each),
            ("ownApproval", act.Complaint.Approvals.IsOwn(task, persons) ? true : null));
        act.Complaint.Facts.Touched(act, changes);
        if (task.Stamps is { } moment && !given.ContainsKey(moment))
        {
            act.Complaint.Facts.Stamp(act, moment, act.At);
        }

        if (task.Kind == TaskKind.Approval)
        {
            act.Complaint.Approvals.Decide(act, task, completion.Reason);
        }

        if (task.Shape is { } shape)
        {
            act.Log.Signal(CaseSignals.TaskCompleted, shape);
        }

        return task;
    }

    /// <summary>
    /// The open tasks of a shape as another version of the process has them: form, outcomes, clock and the rest follow it; who holds one keeps it
    /// and its title.
    /// </summary>
    public void Follow(CaseAct act, TaskOrigin origin, TaskTerms terms)
    {
        for (var i = 0; i < Items.Count; i++)
        {
            var task = Items[i];
            if (task is not { IsOpen: true, Kind: TaskKind.Work } || task.Instance != origin.Instance || task.Shape != origin.Shape)
            {
                continue;
            }

            var before = task.Clock;
            Items[i] = Titled(task, origin) with
            {
                Who = terms.Who,
                Form = terms.Form,
                Outcomes = terms.Outcomes,
                Clock = terms.Clock is null ? null : task.Element is { } element ? CaseClocks.KeyOf(act, terms.Clock, element) : terms.Clock,
                Stamps = terms.Stamps,
                MinPeople = terms.MinPeople,
                NotBy = terms.NotBy,
                AsksTimeFor = terms.AsksTimeFor,
                Signs = terms.Signs,
            };
            if (Items[i].Clock is { } clock && clock != before)
            {
                act.Complaint.Clocks.Start(act, clock, task.Element);
            }
        }

        ResolveCandidates(act);
    }

    /// <summary>The open tasks of an approval's steps as another version of the process has them.</summary>
    /// <exception cref="RuleViolationException"><see cref="MigrationRules.ApprovalGone"/></exception>
    internal void FollowApproval(CaseAct act, TaskOrigin origin, ApprovalChain chain)
    {
        for (var i = 0; i < Items.Count; i++)
        {
            if (Items[i] is { IsOpen: true } task && task.Chain == chain.Key && task.Instance == origin.Instance)
            {
                var step = chain.Steps.FirstOrDefault(s => s.Key == task.Step) ?? throw new RuleViolationException(MigrationRules.ApprovalGone);
                Items[i] = Titled(task, origin) with { Who = [step.Who] };
            }
        }

        ResolveCandidates(act);
    }

    /// <summary>Shapes by their new names, in tasks open and done: who is barred by an earlier task stays barred.</summary>
    internal void Rename(VersionMove move)
    {
        for (var i = 0; i < Items.Count; i++)
        {
            if (Items[i] is { Shape: { } shape } task && move.NameOf(shape) is var name && name != shape)
            {
                Items[i] = task with { Shape = name, Key = name + task.Key[shape.Length..] };
            }
        }
    }

    /// <summary>Cancels the open tasks a shape has opened, as when the process leaves it by another way.</summary>
    public void CancelOf(CaseAct act, Guid instance, string shape) =>
        Cancel(act, [.. Open.Where(t => t.Instance == instance && t.Shape == shape)]);

    internal void CancelAll(CaseAct act) => Cancel(act, [.. Open]);

    /// <summary>Cancels these tasks.</summary>
    public void Cancel(CaseAct act, IReadOnlyList<HumanTask> tasks)
    {
        foreach (var task in tasks)
        {
            task.State = TaskState.Cancelled;
            if (task.Clock is { } clock && Clock.IsOfOneElement(clock))
            {
                act.Complaint.Clocks.Cancel(act, clock);
            }

            act.Record(CaseEvents.TaskCancelled, ("task", task.Key), ("id", task.Id), ("titleZh", task.TitleZh), ("titleEn", task.TitleEn));
        }
    }

    /// <summary>Works out again who may take the tasks nobody holds; those who hold one keep it (pack format §3, 2).</summary>
    internal void ResolveCandidates(CaseAct act)
    {
        foreach (var task in Items.Where(t => t.State == TaskState.Open))
        {
            task.CandidateKeys = WhoMay(act, task);
        }
    }

    /// <summary>Gives the open tasks to other candidates, taking them from whoever holds them.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="who">The candidates from now on.</param>
    /// <param name="clock">The clock that asks for it.</param>
    /// <param name="rung">The rung that asks for it.</param>
    internal void Redirect(CaseAct act, IReadOnlyList<string> who, string clock, string rung)
    {
        var candidates = Admitted(act, act.Facts.ResolveWho(who));
        foreach (var task in Open.Where(t => t.Kind == TaskKind.Work).ToList())
        {
            LetGo(task);
            task.Redirected = who;
            task.CandidateKeys = candidates;
            act.Record(CaseEvents.TaskReassigned, ("task", task.Key), ("id", task.Id), ("titleZh", task.TitleZh), ("titleEn", task.TitleEn), ("candidates", new JsonArray([.. candidates])),
                ("clock", clock), ("rung", rung));
        }
    }

    private static HumanTask Titled(HumanTask task, TaskOrigin origin) =>
        task is { State: TaskState.Open, Each: null } ? task with { TitleZh = origin.TitleZh, TitleEn = origin.TitleEn } : task;

    // a moment in the row a task stands for is stamped with the row
    private static IReadOnlyDictionary<string, FactValue> WithStamp(CaseAct act, HumanTask task, IReadOnlyDictionary<string, FactValue> given) =>
        task.Stamps is { } moment && FactNames.ColumnKey(moment) is not null && !given.ContainsKey(moment)
            ? given.Append(new(moment, act.Rules.Pack.Facts.Find(moment)?.Type == FactType.Date ? FactValue.Of(act.Rules.DayOf(act.At)) : FactValue.Of(act.At)))
                .ToDictionary(StringComparer.Ordinal)
            : given;

    private static IReadOnlyList<string> WhoMay(CaseAct act, HumanTask task) => Admitted(act, act.Facts.For(task.Element).ResolveWho(task.Redirected ?? task.Who));

    // nobody who is kept out is a candidate; where nobody else is left, the head above, then the role for conflicts
    private static IReadOnlyList<string> Admitted(CaseAct act, IReadOnlyList<string> candidates)
    {
        var (complaint, chart) = (act.Complaint, act.Rules.Chart);
        var exclusion = complaint.Exclusion;
        candidates = complaint.Confidentiality.Admitted([.. candidates.Where(c => !exclusion.BarsCandidate(c))], chart);
        if (exclusion.Barred.Count == 0 || !chart.HasStaff || complaint.Confidentiality.Level == ConfidentialityLevel.Sealed
            || chart.Staff.Values.Any(s => !exclusion.Bars(s.Id) && candidates.Any(s.AsPerformer().Is)))
        {
            return candidates;
        }

        var lead = complaint.Lead;
        return [chart.HeadAt(lead is null ? null : chart.Above(lead) ?? lead, complaint.Respondent?.Person, fallbackRole: chart.ConflictFallback, barred: exclusion.Barred).Candidate];
    }

    private HumanTask FindOpen(Guid id)
    {
        var task = Find(id);
        RuleViolationException.ThrowUnless(task.IsOpen, TaskRules.AlreadyDone);
        return task;
    }

    // whoever acts for another takes it for them
    private static void Hold(CaseAct act, HumanTask task, Performer who)
    {
        var holder = who.OnBehalfOf ?? who;
        LetGo(task);
        task.State = TaskState.Claimed;
        task.Assignee = holder.PersonId;
        task.AssigneeName = holder.Actor.Name;
        act.Complaint.NoteHandler(act, task, holder.PersonId!, holder.Actor.Name);
    }

    private static void LetGo(HumanTask task)
    {
        task.State = TaskState.Open;
        task.Assignee = task.AssigneeName = task.DelegatedTo = task.DelegationNote = null;
    }

    /// <summary>Whether somebody may take or do this task: candidates only, nobody who is kept out of the case, none of those who did a barred task, in any round.</summary>
    /// <param name="complaint">The case it belongs to.</param>
    /// <param name="task">The task.</param>
    /// <param name="who">The person or program.</param>
    public static bool Admits(Complaint complaint, HumanTask task, Performer who) =>
        task.Admits(who) && (who.PersonId is not { } person
            || (!complaint.Exclusion.Bars(person) && complaint.Confidentiality.Admits(person) && !IsBarred(complaint, task, [person]) && !task.NotOf.Contains(person)));

    /// <summary>Whether one of these natural persons did a task, themselves or through another, whose doers are barred from this one.</summary>
    internal static bool IsBarred(Complaint complaint, HumanTask task, IReadOnlyCollection<string> persons) =>
        task.NotBy.Count > 0 && complaint.Tasks.Items.Any(t => t.State == TaskState.Done && task.NotBy.Contains(t.Key) && t.DoneBy.Any(persons.Contains));

    private static void ThrowUnlessMay(CaseAct act, HumanTask task)
    {
        if (act.By.OnBehalfOf is not null)
        {
            if (StandIns.Refusal(act.Complaint, task, act.By, act.Rules.Chart, act.At) is { } refusal)
            {
                throw new RuleViolationException(refusal) { Task = task.Id };
            }

            return;
        }

        ThrowUnless(act.By.PersonId is not { } person || !task.NotOf.Contains(person), TaskRules.OwnApproval, task);
        ThrowUnless(Admits(act.Complaint, task, act.By), TaskRules.NotACandidate, task);
    }

    // that somebody was refused a task is recorded: the refusal names it
    private static void ThrowUnless(bool holds, Rule rule, HumanTask task)
    {
        if (!holds)
        {
            throw new RuleViolationException(rule) { Task = task.Id };
        }
    }
}
