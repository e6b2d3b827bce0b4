using System.Text.Json.Serialization;

namespace CaseManagement.Domain.Complaints;

/// <summary>
/// What became of requests about the personal data of one case. The requests themselves are cases of their own; here stands what they leave behind:
/// corrections beside what was said, files to be fetched, a restriction, a deletion that is due.
/// </summary>
public sealed class CaseRights
{
    /// <summary>How long a file waits to be fetched.</summary>
    public static readonly TimeSpan ExportKept = TimeSpan.FromDays(7);

    /// <summary>Requests about one case that may be undecided at a time.</summary>
    public const int MostOpen = 5;

    [JsonInclude, JsonPropertyName("requests")]
    internal List<NotedRequest> Noted { get; set; } = [];

    [JsonInclude, JsonPropertyName("corrections")]
    internal List<Correction> Corrected { get; set; } = [];

    [JsonInclude, JsonPropertyName("exports")]
    internal List<DataExport> Files { get; set; } = [];

    /// <summary>Requests, in the order they came.</summary>
    [JsonIgnore]
    public IReadOnlyList<NotedRequest> Requests => Noted;

    /// <summary>Corrections, in the order they were added.</summary>
    [JsonIgnore]
    public IReadOnlyList<Correction> Corrections => Corrected;

    [JsonIgnore]
    public IReadOnlyList<DataExport> Exports => Files;

    /// <summary>Null while the data may be used as the process does.</summary>
    [JsonInclude]
    public Restriction? Restriction { get; internal set; }

    /// <summary>Null while nobody's deletion was granted.</summary>
    [JsonInclude]
    public ErasureDue? Erasure { get; internal set; }

    [JsonIgnore]
    public bool IsRestricted => Restriction is not null;

    /// <summary>Notes that a request about this case came in. A deletion asked for while the case is open restricts it at once.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="request">The request's own case.</param>
    /// <param name="number">Its number.</param>
    /// <param name="kind">One of <see cref="DataRequestKinds"/>.</param>
    /// <exception cref="RuleViolationException">
    /// <see cref="DataRequestRules.KindUnknown"/>, <see cref="DataRequestRules.TooMany"/>, <see cref="DataRequestRules.OfRequest"/>
    /// </exception>
    public void Receive(CaseAct act, Guid request, string number, string kind)
    {
        RuleViolationException.ThrowUnless(DataRequestKinds.All.Contains(kind), DataRequestRules.KindUnknown);
        RuleViolationException.ThrowUnless(act.Complaint.Request is null, DataRequestRules.OfRequest);
        RuleViolationException.ThrowUnless(Noted.Count(r => r.Outcome is null) < MostOpen, DataRequestRules.TooMany);
        Noted.Add(new NotedRequest(request, number, kind, act.At));
        act.Record(CaseEvents.RequestReceived, ("request", number), ("kind", kind));
        if (kind == DataRequestKinds.Delete && act.Complaint.IsOpen)
        {
            Restrict(act, kind, number, untilClosing: true);
        }
    }

    /// <summary>Does what was decided on a request. Told twice, it does nothing the second time.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="number">The request's number.</param>
    /// <param name="outcome">One of <see cref="DataRequestOutcomes"/>.</param>
    /// <param name="reason">Why, as the person is told.</param>
    /// <param name="text">The words of the request.</param>
    public void Decide(CaseAct act, string number, string outcome, string? reason, string text)
    {
        var place = Noted.FindIndex(r => r.Number == number && r.Outcome is null);
        if (place < 0)
        {
            return;
        }

        var request = Noted[place] = Noted[place] with { Outcome = outcome, DecidedAt = act.At, Reason = reason };
        act.Record(CaseEvents.RequestDecided, ("request", number), ("kind", request.Kind), ("outcome", outcome), ("reason", reason));
        if (outcome is not (DataRequestOutcomes.Granted or DataRequestOutcomes.Partly))
        {
            return;
        }

        switch (request.Kind)
        {
            case DataRequestKinds.Correct:
                Corrected.Add(new Correction(number, text, act.At));
                act.Record(CaseEvents.Corrected, ("request", number), ("text", text));
                break;
            case DataRequestKinds.Restrict or DataRequestKinds.Objection:
                Restrict(act, request.Kind, number, untilClosing: false);
                break;
            case DataRequestKinds.Delete:
                Erasure = new ErasureDue(number, act.At);
                act.Record(CaseEvents.ErasureNoted, ("request", number));
                Restrict(act, request.Kind, number, untilClosing: false);
                break;
            default:
                var export = new DataExport(Guid.CreateVersion7(act.At), number, request.Kind, act.At, act.At + ExportKept);
                Files.Add(export);
                act.Record(CaseEvents.ExportCreated, ("export", export.Id), ("request", number), ("kind", request.Kind), ("endsAt", export.EndsAt));
                break;
        }
    }

    /// <summary>Records, before it happens, that a file is given to the person it is about.</summary>
    /// <param name="act">The deed.</param>
    /// <param name="export">Which.</param>
    /// <param name="sha256">The SHA-256 of the file, lower-case hex.</param>
    /// <param name="size">Its bytes.</param>
    /// <exception cref="RuleViolationException"><see cref="DataRequestRules.ExportGone"/>: there is none, it was fetched, or its time is over.</exception>
    public void Download(CaseAct act, Guid export, string sha256, long size)
    {
        var place = Files.FindIndex(e => e.Id == export && e.IsOpenAt(act.At));
        RuleViolationException.ThrowUnless(place >= 0, DataRequestRules.ExportGone);
        Files[place] = Files[place] with { DownloadedAt = act.At };
        act.Record(CaseEvents.ExportDownloaded, ("export", export), ("request", Files[place].Request), ("sha256", sha256), ("size", size));
    }

    /// <summary>A head lets the data be used again as the process does.</summary>
    /// <exception cref="RuleViolationException">
    /// <see cref="DataRequestRules.NotRestricted"/>, <see cref="DataRequestRules.HeadsOnly"/>, <see cref="DataRequestRules.ToBeErased"/>,
    /// <see cref="ComplaintRules.ReasonTooShort"/>
    /// </exception>
    public void Lift(CaseAct act, string? reason)
    {
        RuleViolationException.ThrowUnless(IsRestricted, DataRequestRules.NotRestricted);
        RuleViolationException.ThrowUnless(CaseConfidentiality.MayAsk(act), DataRequestRules.HeadsOnly);
        RuleViolationException.ThrowUnless(Erasure is null, DataRequestRules.ToBeErased);
        RuleViolationException.ThrowUnless(reason?.Trim() is { Length: >= Complaint.ShortestReason }, ComplaintRules.ReasonTooShort);
        Complaint.ThrowUnlessText(reason!);
        End(act, reason!.Trim());
    }

    /// <summary>The case is over: a restriction that was to last so long ends.</summary>
    internal void CaseEnded(CaseAct act)
    {
        if (Restriction is { UntilClosing: true })
        {
            End(act, null);
        }
    }

    private void Restrict(CaseAct act, string because, string request, bool untilClosing)
    {
        // one that lasts is not cut short by one that does not
        if (Restriction is { UntilClosing: false })
        {
            return;
        }

        Restriction = new Restriction(because, request, act.At, untilClosing);
        act.Record(CaseEvents.Restricted, ("request", request), ("because", because), ("untilClosing", untilClosing));
    }

    private void End(CaseAct act, string? reason)
    {
        act.Record(CaseEvents.RestrictionLifted, ("request", Restriction!.Request), ("reason", reason));
        Restriction = null;
    }
}

/// <summary>The rules about requests for one's own data. Outside programs rely on the codes.</summary>
public static class DataRequestRules
{
    public static readonly Rule KindUnknown = new("request.kind-unknown", "What is asked for is none of access, copy, correct, delete, restrict, object, move, explain.");
    public static readonly Rule TooMany = new("request.too-many", "Five requests about this case are undecided; wait for one of them.");
    public static readonly Rule OfRequest = new("request.of-request", "A request is about a case, not about another request.");
    public static readonly Rule NotTaken = new("request.not-taken", "No process takes requests about personal data here.");
    public static readonly Rule NotRestricted = new("restriction.none", "The use of this case's data is not restricted.");
    public static readonly Rule HeadsOnly = new("restriction.heads-only", "Only a head of the leading department or above lifts it.");
    public static readonly Rule ToBeErased = new("restriction.to-be-erased", "The case is to be erased; until then it stays restricted.");
    public static readonly Rule ExportGone = new("export.gone", "There is no such file to fetch: it was fetched already, or its time is over.");
}
