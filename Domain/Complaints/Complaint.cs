using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using CaseManagement.Domain.Authority;
using CaseManagement.Domain.Clocks;
using CaseManagement.Domain.Counting;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Money;
using CaseManagement.Domain.Parties;
using CaseManagement.Domain.Tasks;

namespace CaseManagement.Domain.Complaints;

/// <summary>
/// One case: a complaint, consultation or suggestion, with its parties, facts, tasks, clocks and approvals. It decides what
/// may happen; the process decides what happens next. It is stored as one document, and every change is recorded in its log.
/// </summary>
public sealed class Complaint
{
    /// <summary>Longest text of a note, reply or description, in characters.</summary>
    public const int MaxText = 20_000;

    /// <summary>Shortest reason for seeing what is covered, in characters.</summary>
    public const int ShortestReason = 10;

    /// <summary>Files of one case.</summary>
    public const int MaxFiles = 1000;

    /// <summary>Bytes of the files of one case, as they came in.</summary>
    public const long MaxFileBytes = 500L * 1024 * 1024;

    public required ComplaintId Id { get; init; }

    /// <summary>The number people know it by, by the pack's number scheme.</summary>
    public required string Number { get; init; }

    /// <summary>The process that handles it: pack id, and the version it runs on.</summary>
    public required string Process { get; init; }

    [JsonInclude]
    public int ProcessVersion { get; internal set; }

    /// <summary>Changes of time limits up to this one hold for the case; later ones only where they say so.</summary>
    public required long LimitsVersion { get; init; }

    public required Complainant Complainant { get; init; }

    [JsonInclude]
    public Respondent? Respondent { get; internal set; }

    /// <summary>Where it came from and its id there, so that the same row never comes in twice.</summary>
    public string? ExternalId { get; init; }

    /// <summary>The tracking code as a keyed hash, for look-up; the code itself is kept sealed.</summary>
    [JsonInclude]
    public string? TrackingHash { get; internal set; }

    [JsonInclude]
    public string? TrackingSealed { get; internal set; }

    public FactSheet Facts { get; init; } = new();

    public CaseTasks Tasks { get; init; } = new();

    public CaseClocks Clocks { get; init; } = new();

    public CaseApprovals Approvals { get; init; } = new();

    /// <summary>Compensation, costs, awards and penalties.</summary>
    public CaseAmounts Amounts { get; init; } = new();

    /// <summary>What the counters of its process say of it.</summary>
    public CaseCounts Counts { get; init; } = new();

    /// <summary>Documents drawn up, signed and issued.</summary>
    public CaseDocuments Documents { get; init; } = new();

    /// <summary>Whether measures taken work.</summary>
    public CaseVerifications Verifications { get; init; } = new();

    /// <summary>Signatures given, as <c>form.signature</c>.</summary>
    [JsonInclude]
    public List<string> Signatures { get; internal set; } = [];

    /// <summary>Why the level is what it is: the words of the last table row that changed it.</summary>
    [JsonInclude]
    public BilingualText? Why { get; internal set; }

    /// <summary>True when a person (or an escalation) set the level: tables may then only raise it.</summary>
    [JsonInclude]
    public bool LevelIsFloor { get; internal set; }

    /// <summary>The workflow instances that ran or run for it, newest last.</summary>
    [JsonInclude]
    public List<Guid> Instances { get; internal set; } = [];

    [JsonInclude]
    public List<string> Links { get; internal set; } = [];

    /// <summary>What linked cases are to this one, by number; those noted before there were kinds are absent.</summary>
    [JsonInclude]
    public Dictionary<string, string> LinkKinds { get; internal set; } = [];

    /// <summary>Names of attached files with their content hashes.</summary>
    [JsonInclude]
    public List<Attachment> Attachments { get; internal set; } = [];

    /// <summary>What the complainant answered, in order; opinions are numbered across rounds.</summary>
    [JsonInclude]
    public List<Answer> Answers { get; internal set; } = [];

    /// <summary>What is awaited from the complainant now.</summary>
    [JsonInclude]
    public List<AwaitedAnswer> Awaits { get; internal set; } = [];

    /// <summary>Questions, messages and the rating beside the process.</summary>
    [JsonInclude]
    public CaseDialogue Dialogue { get; internal set; } = new();

    /// <summary>How closely it is kept.</summary>
    [JsonInclude]
    public CaseConfidentiality Confidentiality { get; internal set; } = new();

    /// <summary>Who is kept out of it.</summary>
    [JsonInclude]
    public CaseExclusion Exclusion { get; internal set; } = new();

    /// <summary>Legal holds: while one stands nothing of the case may go.</summary>
    [JsonInclude]
    public CaseHolds Holds { get; internal set; } = new();

    /// <summary>What became of requests about its personal data.</summary>
    [JsonInclude]
    public CaseRights Rights { get; internal set; } = new();

    /// <summary>Set where the case is itself somebody's request about their data in other cases.</summary>
    public DataRequest? Request { get; init; }

    /// <summary>The rungs that branches of the process have gone on by: each is answered once.</summary>
    [JsonInclude]
    public List<AnsweredRung> AnsweredRungs { get; internal set; } = [];

    /// <summary>Optimistic concurrency token, raised with every commit.</summary>
    public long Version { get; set; }

    [JsonIgnore]
    public string Kind => Facts.Text("kind") ?? "complaint";

    [JsonIgnore]
    public string Status => Facts.Text("status") ?? CaseStatus.Open;

    [JsonIgnore]
    public bool IsOpen => Status == CaseStatus.Open;

    /// <summary>Who complains is shown only to those who work on the case: it is kept so, or its data may only be stored and protected.</summary>
    [JsonIgnore]
    public bool CoversIdentity => Confidentiality.Level >= ConfidentialityLevel.Identity || Rights.IsRestricted;

    [JsonIgnore]
    public string Subject => Facts.Text("subject") ?? "";

    [JsonIgnore]
    public string? Level => Facts.Text("level");

    [JsonIgnore]
    public string? Lead => Facts.Text("lead");

    [JsonIgnore]
    public string? Handler => Facts.Text("handler");

    [JsonIgnore]
    public DateTimeOffset ReceivedAt => Facts.Instant("receivedAt") ?? throw new InvalidOperationException("A case has its moment of receipt.");

    [JsonIgnore]
    public DateTimeOffset? ClosedAt => Facts.Instant("closedAt");

    /// <summary>Notes the workflow instance that runs for it from now on.</summary>
    public void RunsOn(Guid instance) => Instances.Add(instance);

    /// <summary>
    /// Goes on under another version of its process: shapes by their new names in what refers to them, open clocks under that version's limits,
    /// everything done as it was. The caller moves the running process.
    /// </summary>
    /// <param name="act">The deed, under the rules of the version to go to.</param>
    /// <param name="move">Where to, and how shapes are called there.</param>
    /// <exception cref="RuleViolationException">A code of <see cref="MigrationRules"/>: the case does not fit that version.</exception>
    public void MoveTo(CaseAct act, VersionMove move)
    {
        ThrowUnlessOpen();
        MigrationRules.ThrowUnlessFits(act);
        act.Record(CaseEvents.Migrated, ("from", ProcessVersion), ("to", move.Version), ("reason", move.Reason));
        ProcessVersion = move.Version;
        Tasks.Rename(move);
        Approvals.Rename(move);
        Awaits = [.. Awaits.Select(a => a with { Shape = move.NameOf(a.Shape) })];
        AnsweredRungs = [.. AnsweredRungs.Select(a => a with { Shape = move.NameOf(a.Shape) })];
        Clocks.MoveTo(act, move.Change);
        Tasks.ResolveCandidates(act);
    }

    /// <summary>Corrects or completes what is known.</summary>
    public void ChangeFacts(CaseAct act, IReadOnlyDictionary<string, FactValue> facts, string? reason)
    {
        var respondent = new Respondent(
            facts.TryGetValue("respondentDepartment", out var department) ? department.Text : Respondent?.Department,
            facts.TryGetValue("respondentPerson", out var person) ? person.Text : Respondent?.Person);
        Facts.Change(act, facts, reason);
        if (facts.ContainsKey("respondentDepartment") || facts.ContainsKey("respondentPerson"))
        {
            Exclusion.Name(act, respondent);
        }
    }

    /// <summary>A person overrides the table's level. It stands until a table finds a graver one.</summary>
    public void OverrideLevel(CaseAct act, string level, string? reason)
    {
        ThrowUnlessOpen();
        RuleViolationException.ThrowUnless(!string.IsNullOrWhiteSpace(reason), ComplaintRules.ReasonRequired);
        RuleViolationException.ThrowUnless(act.Rules.Pack.Levels.Contains(level), ComplaintRules.LevelUnknown);
        LevelIsFloor = true;
        SetLevel(act, level, null, CaseEvents.LevelOverridden, reason);
    }

    /// <summary>Raises the level by one step, or to the one named; never lowers it. Tables may not undo it.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="to">The level; null for one step.</param>
    /// <param name="why">What raised it, for the record.</param>
    public void RaiseLevel(CaseAct act, string? to, BilingualText? why = null)
    {
        var scale = act.Rules.Pack.Levels;
        var target = to ?? (Level is { } now ? scale.OneStepUp(now) : null);
        if (target is not null && (Level is null || scale.IsGraver(target, Level)))
        {
            LevelIsFloor = true;
            SetLevel(act, target, why, CaseEvents.LevelChanged, null);
        }
    }

    /// <summary>
    /// Names who leads, who handles, who helps. A role stands for those who hold it: all of them make up a team, one alone is a handler; where nobody
    /// is known to hold it, or several might handle the case, the role itself stands there.
    /// </summary>
    /// <param name="act">The deed.</param>
    /// <param name="lead">The department; null: as it is.</param>
    /// <param name="handler">A candidate; null: as it is.</param>
    /// <param name="team">Candidates; none: as it is.</param>
    public void Assign(CaseAct act, string? lead, string? handler, IReadOnlyList<string> team)
    {
        handler = handler is null ? null : act.Facts.ResolveWho([handler]) is [var first, ..] ? Holders(act, first) is [var only] ? only : Named(first) : null;
        team = [.. act.Facts.ResolveWho(team).SelectMany(one => Holders(act, one) is { Count: > 0 } holders ? holders : [Named(one)]).Distinct(StringComparer.Ordinal)];

        if (lead is not null)
        {
            SetLead(act, lead);
        }

        if (handler is not null)
        {
            Facts.Set("handler", FactValue.Of(handler));
        }

        if (team.Count > 0)
        {
            Facts.Set("team", FactValue.OfList(team));
        }

        act.Record(CaseEvents.Assigned, ("lead", lead), ("handler", handler), ("team", team.Count == 0 ? null : new JsonArray([.. team])));
        Tasks.ResolveCandidates(act);
        act.Log.Signal(CaseSignals.FactsChanged);
    }

    private static string Named(string candidate) =>
        candidate.StartsWith(Candidates.UserPrefix, StringComparison.Ordinal) ? candidate[Candidates.UserPrefix.Length..] : candidate;

    private List<string> Holders(CaseAct act, string candidate) =>
        [.. act.Rules.Chart.Staff.Values.Where(person => !Exclusion.Bars(person.Id) && person.AsPerformer().Is(candidate)).Select(person => person.Id).Order(StringComparer.Ordinal)];

    /// <summary>Writes a remark that only staff see.</summary>
    public void Note(CaseAct act, string text)
    {
        ThrowUnlessText(text);
        act.Record(CaseEvents.Noted, ("text", text));
    }

    /// <summary>Records that the complainant was told something, and stamps the moment that kind of reply stands for.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="kind">first, progress, answer, refusal or final.</param>
    /// <param name="text">The words, if not the template's.</param>
    /// <param name="template">The template it is written with; null for a reply that left by another way.</param>
    /// <param name="written">The message word for word, where a person saw it before it left.</param>
    /// <param name="files">Files of the case that leave with it; the complainant reads them also on the page of their case.</param>
    /// <exception cref="RuleViolationException"><see cref="ComplaintRules.FileUnknown"/>, or what gates say.</exception>
    public void Reply(CaseAct act, string kind, string? text, string? template, WrittenMessage? written = null, IReadOnlyList<Guid>? files = null)
    {
        if (text is not null)
        {
            ThrowUnlessText(text);
        }

        act.Rules.ThrowUnlessAllowed(GateAction.Reply, act);
        var message = files is { Count: > 0 } ? Guid.CreateVersion7(act.At) : (Guid?)null;
        foreach (var file in files ?? [])
        {
            var place = Attachments.FindIndex(a => a.Id == file);
            RuleViolationException.ThrowUnless(place >= 0, ComplaintRules.FileUnknown);
            Attachments[place] = Attachments[place] with { SentWith = message };
        }

        act.Record(
            CaseEvents.Replied, ("kind", kind), ("text", text), ("template", template), ("subject", written?.Subject), ("form", Facts.Text("replyForm")),
            ("message", message?.ToString()), ("files", message is null ? null : new JsonArray([.. files!.Select(f => f.ToString())])));
        if (template is not null)
        {
            act.Log.Send(new CaseMessage(template, Candidates.Complainant, Text: text) { Id = message, Written = written });
        }

        switch (kind)
        {
            case "first":
                Facts.Stamp(act, "firstRepliedAt", act.At);
                break;
            case "answer" or "final":
                Facts.Stamp(act, "repliedAt", act.At);
                if (Facts.Instant("firstRepliedAt") is null)
                {
                    Facts.Stamp(act, "firstRepliedAt", act.At);
                }

                break;
            case "refusal":
                Facts.Stamp(act, "repliedAt", act.At);
                break;
        }
    }

    /// <summary>The complainant's answer: agreement, disagreement, or material that was asked for.</summary>
    /// <returns>The opinion's number across rounds.</returns>
    public int Answer(CaseAct act, string outcome, string? reason, IReadOnlyDictionary<string, FactValue> facts)
    {
        RuleViolationException.ThrowUnless(outcome is "Agreed" or "Rejected" or "Received", ComplaintRules.AnswerUnknown);
        Answers.Add(new Answer(outcome, reason, act.At));
        var changes = Facts.Apply(facts);
        act.Record(CaseEvents.Answered, ("outcome", outcome), ("reason", reason), ("opinion", Answers.Count),
            ("facts", facts.Count == 0 ? null : CaseFacts.ToJson(facts)), ("before", CaseFacts.BeforeToJson(changes)));
        Facts.Touched(act, changes);
        if (outcome is "Agreed" or "Rejected")
        {
            Facts.Stamp(act, outcome == "Agreed" ? "agreedAt" : "rejectedAt", act.At);
        }

        CaseDialogue.TellStaff(act, outcome switch
        {
            "Agreed" => new("投诉人同意了处理结果。", "The complainant accepted the outcome."),
            "Rejected" => new("投诉人不同意处理结果。", "The complainant did not accept the outcome."),
            _ => new("投诉人补充了材料。", "The complainant sent what was asked for."),
        });
        act.Log.Signal(CaseSignals.ComplainantAnswered);
        return Answers.Count;
    }

    /// <summary>Refuses an answer that no step of the process waits for.</summary>
    /// <exception cref="RuleViolationException"><c>nothing-awaited</c></exception>
    public void ThrowUnlessAwaited(string outcome) => RuleViolationException.ThrowUnless(
        IsOpen && Awaits.Exists(a => outcome == "Received" ? a.Material : !a.Material), ComplaintRules.NothingAwaited);

    /// <summary>A step waits for the complainant: for material, or for agreement.</summary>
    public void AwaitComplainant(Guid instance, string shape, bool material)
    {
        StopAwaiting(instance, shape);
        Awaits.Add(new AwaitedAnswer(instance, shape, material));
    }

    public void StopAwaiting(Guid instance, string shape) => Awaits.RemoveAll(a => a.Instance == instance && a.Shape == shape);

    /// <summary>Tells the complainant the number, the tracking code and the promised dates.</summary>
    public void Acknowledge(CaseAct act, string template)
    {
        act.Log.Send(new CaseMessage(template, Candidates.Complainant));
        act.Record(CaseEvents.Acknowledged, ("template", template));
        Facts.Stamp(act, "acknowledgedAt", act.At);
    }

    /// <summary>Lets somebody above know that the case needs them.</summary>
    public void Escalate(CaseAct act, IReadOnlyList<string> who, string? template, string titleZh, string titleEn)
    {
        foreach (var to in act.Facts.ResolveWho(who))
        {
            act.Record(CaseEvents.Escalated, ("to", to), ("titleZh", titleZh), ("titleEn", titleEn));
            if (template is not null)
            {
                act.Log.Send(new CaseMessage(template, to, Escalation: true));
            }
        }
    }

    /// <summary>Whether a branch may go on by a rung that acted; each rung is answered once.</summary>
    public bool AnswerRung(Guid instance, string shape, Clock clock, RungState rung)
    {
        var answered = new AnsweredRung(instance, shape, clock.Key, rung.Key, rung.FiredAt!.Value);
        if (AnsweredRungs.Contains(answered))
        {
            return false;
        }

        AnsweredRungs.Add(answered);
        return true;
    }

    /// <summary>Notes that a branch has nothing to do with these rungs where they have acted already, as when it begins to listen for them only now.</summary>
    public void PassRungs(Guid instance, string shape, string clock, IReadOnlyCollection<string> rungs)
    {
        if (Clocks.All.GetValueOrDefault(clock) is not { } listened)
        {
            return;
        }

        foreach (var rung in listened.Rungs.Where(r => r.FiredAt is not null && rungs.Contains(r.Key)))
        {
            AnswerRung(instance, shape, listened, rung);
        }
    }

    /// <summary>Whether the case is among the given share that is followed up: decided once per case and round, by its id.</summary>
    /// <param name="percent">0 to 100.</param>
    public bool IsSampled(decimal percent)
    {
        Span<byte> seed = stackalloc byte[20];
        Id.Value.TryWriteBytes(seed);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(seed[16..], (int)(Facts["reopenings"].Number ?? 0));
        var hash = System.Security.Cryptography.SHA256.HashData(seed);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(hash) < (double)percent / 100 * uint.MaxValue;
    }

    /// <summary>Somebody asked whether the complainant is content. What the form does not say of it, the outcome says.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="outcome">Satisfied, Dissatisfied or Unreachable.</param>
    /// <param name="asked">The form asked for it.</param>
    public void FollowUp(CaseAct act, string outcome, bool asked)
    {
        Facts.Stamp(act, "followedUpAt", act.At);
        if ((!asked || Facts["satisfaction"].IsUnknown) && outcome is ("Satisfied" or "Dissatisfied" or "Unreachable"))
        {
            Facts.Set("satisfaction", FactValue.Of(outcome.ToLowerInvariant()));
            act.Log.Signal(CaseSignals.FactsChanged);
        }
    }

    /// <summary>The case is not among those that are followed up: nobody is asked to, and its record says so.</summary>
    public void NotFollowedUp(CaseAct act) => act.Record(CaseEvents.FollowedUp, ("outcome", "NotSampled"));

    /// <summary>Notes that an outside body was told, or was given the case.</summary>
    public void Refer(CaseAct act, string body, string template)
    {
        act.Record(CaseEvents.Referred, ("body", body), ("template", template));
        act.Log.Signal(CaseSignals.FactsChanged);
    }

    /// <summary>Closes the case if its gates are open: what is still running or waiting ends with it.</summary>
    public void Close(CaseAct act, string? how)
    {
        ThrowUnlessOpen();
        act.Rules.ThrowUnlessAllowed(GateAction.Close, act);
        End(act, CaseStatus.Closed);
        act.Record(CaseEvents.Closed, ("as", how));
    }

    /// <summary>Closes a case that was handled elsewhere before it came here, with the outcome it had there.</summary>
    public void RecordClosedElsewhere(CaseAct act, DateTimeOffset closedAt, string outcome)
    {
        Facts.Set("outcome", FactValue.Of(outcome));
        Facts.Set("status", FactValue.Of(CaseStatus.Closed));
        Facts.Set("closedAt", FactValue.Of(closedAt));
        act.Log.Record(CaseEvents.Closed, closedAt, act.By.Actor, ("as", "import"), ("outcome", outcome));
    }

    public void Withdraw(CaseAct act, string? reason)
    {
        ThrowUnlessOpen();
        RuleViolationException.ThrowUnless(!string.IsNullOrWhiteSpace(reason), ComplaintRules.ReasonRequired);
        CaseDialogue.TellStaff(act, new("投诉人撤回了投诉。", "The complainant withdrew the complaint."));
        End(act, CaseStatus.Withdrawn);
        act.Record(CaseEvents.Withdrawn, ("reason", reason));
    }

    /// <summary>Opens a closed case again. It keeps its number, clocks and opinions.</summary>
    public void Reopen(CaseAct act, string? reason)
    {
        RuleViolationException.ThrowUnless(!IsOpen, ComplaintRules.NotClosed);
        RuleViolationException.ThrowUnless(!string.IsNullOrWhiteSpace(reason), ComplaintRules.ReasonRequired);
        act.Rules.ThrowUnlessAllowed(GateAction.Reopen, act);
        Facts.Set("status", FactValue.Of(CaseStatus.Open));
        Facts.Set("closedAt", FactValue.Unknown);
        Facts.Set("reopenings", FactValue.Of((Facts["reopenings"].Number ?? 0) + 1));
        Dialogue.RatedAt = null;
        CaseDialogue.TellStaff(act, new("投诉人要求重新办理。", "The complainant asked to reopen the case."));
        act.Record(CaseEvents.Reopened, ("reason", reason));
        Facts.Stamp(act, "reopenedAt", act.At);
    }

    /// <summary>Gives the complainant a new tracking code in place of a lost one; it goes to the contact on record alone.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="hash">The new code's hash, for look-up.</param>
    /// <param name="sealedCode">The new code as it is kept.</param>
    /// <exception cref="RuleViolationException"><c>no-contact</c>: there is nobody known to send it to.</exception>
    public void ReissueCode(CaseAct act, string hash, string sealedCode)
    {
        RuleViolationException.ThrowUnless(!string.IsNullOrWhiteSpace(Complainant.Email) || !string.IsNullOrWhiteSpace(Complainant.Phone), ComplaintRules.NoContact);
        (TrackingHash, TrackingSealed) = (hash, sealedCode);
        act.Record(CaseEvents.CodeReissued);
        act.Log.Send(new CaseMessage(Packs.ProductTemplates.CodeReissued, Candidates.Complainant));
    }

    /// <summary>Notes that another case belongs to this one, or that it is something else to it than was noted.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="other">Its number.</param>
    /// <param name="kind">One of <see cref="Complaints.LinkKinds"/>.</param>
    /// <exception cref="RuleViolationException"><see cref="ComplaintRules.LinkKindUnknown"/></exception>
    public void Link(CaseAct act, string other, string kind = Complaints.LinkKinds.Related)
    {
        RuleViolationException.ThrowUnless(Complaints.LinkKinds.All.Contains(kind), ComplaintRules.LinkKindUnknown);
        if (Links.Contains(other) && LinkKindOf(other) == kind)
        {
            return;
        }

        if (!Links.Contains(other))
        {
            Links.Add(other);
        }

        LinkKinds[other] = kind;
        act.Record(CaseEvents.Linked, ("to", other), ("kind", kind));
    }

    /// <summary>What a linked case is to this one.</summary>
    public string LinkKindOf(string other) => LinkKinds.GetValueOrDefault(other, Complaints.LinkKinds.Related);

    /// <summary>Adds a file. The same file twice is one.</summary>
    /// <exception cref="RuleViolationException"><see cref="ComplaintRules.FilesFull"/></exception>
    public void Attach(CaseAct act, Attachment attachment)
    {
        if (Attachments.Exists(a => a.Id == attachment.Id))
        {
            return;
        }

        RuleViolationException.ThrowUnless(
            Attachments.Count < MaxFiles && Attachments.Sum(a => a.Size) + attachment.Size <= MaxFileBytes, ComplaintRules.FilesFull);
        Attachments.Add(attachment with { By = act.By.Actor, At = act.At });
        act.Record(
            CaseEvents.AttachmentAdded, ("attachment", attachment.Id), ("name", attachment.Name), ("mediaType", attachment.MediaType), ("sha256", attachment.Sha256),
            ("size", attachment.Size), ("source", attachment.Source.ToString()), ("shownSha256", attachment.ShownSha256));
    }

    /// <summary>Records, before it happens, that somebody is given a file as it came in.</summary>
    /// <exception cref="RuleViolationException"><see cref="ComplaintRules.FileUnknown"/>, <see cref="ComplaintRules.ReasonTooShort"/></exception>
    public void Reveal(CaseAct act, Guid attachment, string? reason)
    {
        var file = Attachments.Find(a => a.Id == attachment) ?? throw new RuleViolationException(ComplaintRules.FileUnknown);
        RuleViolationException.ThrowUnless(reason?.Trim() is { Length: >= ShortestReason and <= MaxText }, ComplaintRules.ReasonTooShort);
        act.Record(CaseEvents.AttachmentRevealed, ("attachment", attachment), ("name", file.Name), ("sha256", file.Sha256), ("reason", reason!.Trim()));
    }

    /// <summary>A scanner has looked at a file that waited for it.</summary>
    public void Scanned(CaseAct act, Guid attachment, bool isClean)
    {
        var place = Attachments.FindIndex(a => a.Id == attachment && a.State == AttachmentState.Pending);
        if (place >= 0)
        {
            Attachments[place] = Attachments[place] with { State = isClean ? AttachmentState.Clean : AttachmentState.Refused };
            act.Record(
                CaseEvents.AttachmentScanned, ("attachment", attachment), ("name", Attachments[place].Name), ("sha256", Attachments[place].Sha256),
                ("state", Attachments[place].State.ToString()));
        }
    }

    internal void SetLevel(CaseAct act, string level, BilingualText? why, string type, string? reason)
    {
        if (Level == level)
        {
            return;
        }

        var old = Level;
        act.Log.FirstLevel ??= old is null ? level : null;
        Facts.Set("level", FactValue.Of(level));
        Facts.Set("levelChangedAt", FactValue.Of(act.At));
        Clocks.MomentReached(act, "levelChangedAt", act.At);
        Why = why;
        act.Record(type, ("from", old), ("to", level), ("whyZh", why?.Zh), ("whyEn", why?.En), ("reason", reason));
        act.Log.Signal(CaseSignals.FactsChanged);
    }

    internal void SetLead(CaseAct act, string lead, BilingualText? why = null)
    {
        if (Lead != lead)
        {
            var old = Lead;
            Facts.Set("lead", FactValue.Of(lead));
            act.Record(CaseEvents.Routed, ("from", old), ("to", lead), ("whyZh", why?.Zh), ("whyEn", why?.En));
            Tasks.ResolveCandidates(act);
            act.Log.Signal(CaseSignals.FactsChanged);
        }
    }

    /// <summary>Whoever first takes work of the leading department handles the case, unless somebody was named.</summary>
    internal void NoteHandler(CaseAct act, HumanTask task, string person, string? name)
    {
        if (Handler is null && Lead is { } lead && task.CandidateKeys.Any(c => c.EndsWith("@" + lead, StringComparison.Ordinal)))
        {
            Facts.Set("handler", FactValue.Of(person));
            act.Record(CaseEvents.Assigned, ("handler", person), ("handlerName", name));
        }
    }

    internal void ThrowUnlessOpen() => RuleViolationException.ThrowUnless(IsOpen, ComplaintRules.NotOpen);

    private void End(CaseAct act, string status)
    {
        Facts.Set("status", FactValue.Of(status));
        Tasks.CancelAll(act);
        Awaits.Clear();
        Dialogue.End(act.At);
        Rights.CaseEnded(act);
        Facts.Stamp(act, "closedAt", act.At);
        Clocks.CancelAll(act);
        act.Log.Signal(CaseSignals.FactsChanged);
    }

    internal static void ThrowUnlessText(string text)
    {
        RuleViolationException.ThrowUnless(!string.IsNullOrWhiteSpace(text), ComplaintRules.TextRequired);
        RuleViolationException.ThrowUnless(text.Length <= MaxText, ComplaintRules.TextTooLong);
        RuleViolationException.ThrowUnless(!text.Contains('\0'), ComplaintRules.TextUnusable);
    }
}
