using System.Text.Json;
using CaseManagement.Domain.Facts;
using CaseManagement.Domain.Parties;

namespace CaseManagement.Domain.Complaints;

/// <summary>What is said when a case is registered, before anything is checked.</summary>
public sealed record Registration
{
    /// <summary>The process; null: the installation's only or default one.</summary>
    public string? Process { get; init; }

    /// <summary>complaint, consultation or suggestion.</summary>
    public string Kind { get; init; } = "complaint";

    public string Channel { get; init; } = "";

    /// <summary>When it came in; null: now.</summary>
    public DateTimeOffset? ReceivedAt { get; init; }

    public string? ExternalId { get; init; }
    public string Subject { get; init; } = "";
    public string Description { get; init; } = "";
    public Complainant Complainant { get; init; } = new();
    public decimal? People { get; init; }
    public Respondent? Respondent { get; init; }
    public string? Category { get; init; }
    public string? Demand { get; init; }
    public string? Urgency { get; init; }

    /// <summary>The process's own facts as they came in.</summary>
    public IReadOnlyDictionary<string, JsonElement> Facts { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>Files that came with it, received already.</summary>
    public IReadOnlyList<Attachment> Attachments { get; init; } = [];

    /// <summary>Who fills the form in: what a process lets only its staff say is not taken from a complainant.</summary>
    public FactOrigin Origin { get; init; } = FactOrigin.Handler;

    /// <summary>What the complainant was told of the use of their data; null where they did not fill the form themselves.</summary>
    public AcceptedNotice? Notice { get; init; }

    /// <summary>Set when the case is somebody's request about their data in other cases.</summary>
    public DataRequest? Request { get; init; }

    /// <summary>Set when the case was handled to its end before it came here.</summary>
    public HandledElsewhere? Handled { get; init; }

    /// <summary>Makes the case from what was checked.</summary>
    /// <param name="facts">What <see cref="Check"/> answered.</param>
    /// <param name="identity">What the installation gives it.</param>
    /// <param name="rules">The rules it will run under.</param>
    /// <param name="by">Who registers it.</param>
    /// <param name="at">Now.</param>
    /// <param name="log">Receives the first event.</param>
    public CaseAct Register(
        IReadOnlyDictionary<string, FactValue> facts, CaseIdentity identity, CaseRules rules, Performer by, DateTimeOffset at, CaseLog log)
    {
        var complaint = new Complaint
        {
            Id = identity.Id,
            Number = identity.Number,
            Process = rules.Pack.Identity.Id,
            ProcessVersion = identity.ProcessVersion,
            LimitsVersion = identity.LimitsVersion,
            Complainant = Complainant.Anonymous ? Complainant with { Name = null, Phone = null, Email = null } : Complainant,
            Respondent = Respondent ?? Named(facts),
            ExternalId = ExternalId,
            TrackingHash = identity.TrackingHash,
            TrackingSealed = identity.TrackingSealed,
            Request = Request,
        };
        var act = new CaseAct(complaint, rules, by, at, log);
        complaint.Facts.Apply(facts);
        act.Record(CaseEvents.Received, ("number", complaint.Number), ("kind", Kind), ("channel", Channel), ("externalId", ExternalId));
        complaint.Exclusion.Rebind(act);
        complaint.Confidentiality.Follow(act);
        if (Request is { } request)
        {
            if (request.KeptAs is { } kept)
            {
                complaint.Confidentiality.KeepAs(act, kept);
            }

            if (request.Lead is { } lead)
            {
                complaint.SetLead(act, lead);
            }
        }

        foreach (var attachment in Attachments)
        {
            complaint.Attach(act, attachment);
        }

        if (Notice is { } notice)
        {
            act.Record(CaseEvents.NoticeAccepted, ("version", notice.Version), ("sensitive", notice.Sensitive));
        }

        if (Handled is { } handled)
        {
            complaint.RecordClosedElsewhere(act, handled.ClosedAt, handled.Outcome);
        }

        return act;
    }

    /// <summary>Checks everything, so that a number is used up only for a case that comes to be.</summary>
    /// <returns>The facts, typed.</returns>
    /// <exception cref="InvalidInputException">What came in cannot be taken; every problem is named.</exception>
    public IReadOnlyDictionary<string, FactValue> Check(CaseRules rules, DateTimeOffset at)
    {
        var problems = new List<InputProblem>();
        var receivedAt = ReceivedAt ?? at;
        Require(problems, "subject", Subject, 200);
        Require(problems, "description", Description, Complaint.MaxText);
        Limit(problems, "complainant.name", Complainant.Name, 100);
        Limit(problems, "complainant.phone", Complainant.Phone, 40);
        Limit(problems, "complainant.email", Complainant.Email, 200);
        Limit(problems, "demand", Demand, 2000);
        Limit(problems, "externalId", ExternalId, 200);
        if (rules.Pack.Kind(Kind) is null)
        {
            problems.Add(new InputProblem("kind", ComplaintRules.KindUnknown.Code, ComplaintRules.KindUnknown.Message));
        }

        if (rules.Pack.Identity.Channels.All(c => c.Key != Channel))
        {
            problems.Add(new InputProblem("channel", ComplaintRules.ChannelUnknown.Code, ComplaintRules.ChannelUnknown.Message));
        }

        if (receivedAt > at.AddMinutes(5))
        {
            problems.Add(new InputProblem("receivedAt", ComplaintRules.ReceivedInFuture.Code, ComplaintRules.ReceivedInFuture.Message));
        }

        if (Handled is { } handled && (handled.ClosedAt < receivedAt || handled.ClosedAt > at.AddMinutes(5)))
        {
            problems.Add(new InputProblem("closedAt", "closed-out-of-range", "A case is closed after it was received, and not in the future."));
        }

        if (Complainant.Language is not (null or "zh-CN" or "en"))
        {
            problems.Add(new InputProblem("complainant.language", "language-unknown", "The language is zh-CN or en."));
        }

        if (Complainant.Email is { Length: > 0 } email && (email.IndexOf('@', StringComparison.Ordinal) is < 1 || email.AsSpan().ContainsAny("\r\n ,;")))
        {
            problems.Add(new InputProblem("complainant.email", "email-unreadable", "This is not an e-mail address."));
        }

        var values = new Dictionary<string, FactValue>(StringComparer.Ordinal)
        {
            ["kind"] = FactValue.Of(Kind),
            ["channel"] = FactValue.Of(Channel),
            ["subject"] = FactValue.Of(Subject.Trim()),
            ["description"] = FactValue.Of(Description.Trim()),
            ["status"] = FactValue.Of(CaseStatus.Open),
            ["receivedAt"] = FactValue.Of(receivedAt),
            ["outOfHours"] = FactValue.Of(!rules.Calendar(rules.Pack.Identity.Calendar).IsOpenAt(receivedAt)),
        };
        var given = new Dictionary<string, JsonElement>(Facts, StringComparer.Ordinal);
        Give(given, "category", Category);
        Give(given, "demand", Demand);
        Give(given, "urgency", Urgency);
        if (People is { } people)
        {
            given["people"] = JsonSerializer.SerializeToElement(people, RegistrationJson.Default.Decimal);
        }

        foreach (var (fact, json) in given)
        {
            var result = rules.Pack.Facts.Accept(fact, json, Origin, rules.Zone);
            if (result.IsGood && Handled is null && rules.Pack.Facts.Find(fact)!.IsRetired(result.Value))
            {
                problems.Add(new InputProblem(Facts.ContainsKey(fact) ? $"facts.{fact}" : fact, FactRefusals.OptionRetired, $"Nothing is given this value of '{fact}' any more."));
            }
            else if (result.IsGood)
            {
                values[fact] = result.Value;
            }
            else
            {
                problems.Add(new InputProblem(Facts.ContainsKey(fact) ? $"facts.{fact}" : fact, result.Refusal!, $"The value of '{fact}' is refused: {result.Refusal}."));
            }
        }

        return problems.Count == 0 ? values : throw new InvalidInputException(problems);
    }

    // some forms ask for them among the facts
    private static Respondent? Named(IReadOnlyDictionary<string, FactValue> facts) =>
        (facts.GetValueOrDefault("respondentDepartment")?.Text, facts.GetValueOrDefault("respondentPerson")?.Text) is var (department, person) && (department ?? person) is not null
            ? new Respondent(department, person)
            : null;

    private static void Give(Dictionary<string, JsonElement> facts, string name, string? text)
    {
        if (!string.IsNullOrWhiteSpace(text))
        {
            facts[name] = JsonSerializer.SerializeToElement(text, RegistrationJson.Default.String);
        }
    }

    private static void Require(List<InputProblem> problems, string field, string text, int max)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            problems.Add(new InputProblem(field, "required", "This is required."));
        }

        Limit(problems, field, text, max);
    }

    private static void Limit(List<InputProblem> problems, string field, string? text, int max)
    {
        if (text is null)
        {
            return;
        }

        if (text.Length > max)
        {
            problems.Add(new InputProblem(field, "too-long", $"At most {max} characters."));
        }
        else if (HasUnusable(text))
        {
            problems.Add(new InputProblem(field, "unusable-characters", "The text has characters that cannot be kept."));
        }
    }

    // U+0000 and lone surrogates cannot be stored or hashed alike everywhere
    private static bool HasUnusable(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\0' || (char.IsSurrogate(text[i]) && !(char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[++i]))))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>The notice on privacy a complainant was shown before they sent the form.</summary>
/// <param name="Version">Which text.</param>
/// <param name="Sensitive">They agreed, apart, to the use of sensitive details.</param>
public sealed record AcceptedNotice(string Version, bool Sensitive);

/// <summary>The end a case had before it came here.</summary>
/// <param name="ClosedAt">When it was closed.</param>
/// <param name="Outcome">With what outcome, in the words of where it came from.</param>
public sealed record HandledElsewhere(DateTimeOffset ClosedAt, string Outcome);

/// <summary>What the installation gives a new case.</summary>
public sealed record CaseIdentity(
    ComplaintId Id, string Number, int ProcessVersion, long LimitsVersion, string? TrackingHash, string? TrackingSealed);

[System.Text.Json.Serialization.JsonSerializable(typeof(string))]
[System.Text.Json.Serialization.JsonSerializable(typeof(decimal))]
internal sealed partial class RegistrationJson : System.Text.Json.Serialization.JsonSerializerContext;
