namespace CaseManagement.Domain.Complaints;

/// <summary>A call or a visit, as it was.</summary>
/// <param name="IsVisit">Face to face; otherwise on the telephone.</param>
/// <param name="Incoming">They called or came; otherwise we did.</param>
/// <param name="With">Who, 1 to 100 characters.</param>
/// <param name="At">When it began; not in the future.</param>
/// <param name="Minutes">How long, 0 to 1,440.</param>
/// <param name="Summary">What was said.</param>
public sealed record Contact(bool IsVisit, bool Incoming, string With, DateTimeOffset At, int Minutes, string Summary);

/// <summary>A letter as it is printed.</summary>
/// <param name="Id">Names it in its address.</param>
/// <param name="Number">Its own number, such as L-2026-00012.</param>
/// <param name="Subject">One line, 1 to 200 characters.</param>
/// <param name="Body">Plain text; empty lines part paragraphs.</param>
/// <param name="Language">BCP 47: zh-CN or en.</param>
/// <param name="Template">The template it was made from; null for none.</param>
public sealed record Letter(Guid Id, string Number, string Subject, string Body, string Language, string? Template);

/// <summary>A message that came in for a case.</summary>
/// <param name="Id">Where it is kept.</param>
/// <param name="Channel">The way it came: email, sms or webhook.</param>
/// <param name="From">The address or number it claims to come from.</param>
/// <param name="Subject">One line; may be empty.</param>
/// <param name="Text">What is new in it.</param>
/// <param name="Quoted">The earlier messages it repeats; null where it repeats none.</param>
/// <param name="Authentication">What the receiving mail server found out about the sender: <c>spf=pass, dkim=fail</c>; null where it says nothing.</param>
/// <param name="Attachments">Names of the files that came along.</param>
public sealed record IncomingMessage(
    Guid Id, string Channel, string From, string Subject, string Text, string? Quoted, string? Authentication, IReadOnlyList<string> Attachments);

/// <summary>What is said and written between the organisation and those concerned, beside replies and notes.</summary>
public static class Correspondence
{
    /// <summary>What notices of a message that came in are called, where others name their template.</summary>
    public const string NoticeName = "message-received";

    private const int LongestName = 100;
    private const int LongestSubject = 200;
    private const int MostMinutes = 24 * 60;

    /// <summary>Records a call or a visit. Nothing follows from it by itself.</summary>
    /// <exception cref="RuleViolationException"><c>contact-wrong</c>, <c>text-required</c>, <c>text-too-long</c></exception>
    public static void LogContact(this Complaint complaint, CaseAct act, Contact contact)
    {
        var isGood = !string.IsNullOrWhiteSpace(contact.With) && contact.With.Length <= LongestName && contact.At <= act.At.AddMinutes(5)
            && contact.Minutes is >= 0 and <= MostMinutes;
        RuleViolationException.ThrowUnless(isGood, ComplaintRules.ContactWrong);
        ThrowUnlessText(contact.Summary);
        act.Record(
            contact.IsVisit ? CaseEvents.VisitLogged : CaseEvents.CallLogged, ("direction", contact.Incoming ? "in" : "out"), ("with", contact.With),
            ("began", contact.At), ("minutes", contact.Minutes), ("text", contact.Summary));
    }

    /// <summary>Writes a letter. It is a reply as gates see it; it stamps no moment, since it has yet to be posted.</summary>
    /// <exception cref="RuleViolationException"><c>complaint.not-open</c>, <c>subject-wrong</c>, <c>text-required</c>, <c>text-too-long</c>, or a gate's</exception>
    public static void IssueLetter(this Complaint complaint, CaseAct act, Letter letter)
    {
        RuleViolationException.ThrowUnless(complaint.IsOpen, ComplaintRules.NotOpen);
        ThrowUnlessSubject(letter.Subject);
        ThrowUnlessText(letter.Body);
        act.Rules.ThrowUnlessAllowed(Authority.GateAction.Reply, act);
        act.Record(
            CaseEvents.LetterIssued, ("letter", letter.Id.ToString()), ("number", letter.Number), ("subject", letter.Subject), ("text", letter.Body),
            ("language", letter.Language), ("template", letter.Template));
    }

    /// <summary>Takes in a message and tells whoever works on the case; it never answers, agrees or withdraws, whatever it says.</summary>
    public static void Receive(this Complaint complaint, CaseAct act, IncomingMessage message)
    {
        act.Record(
            CaseEvents.MessageReceived, ("message", message.Id.ToString()), ("channel", message.Channel), ("from", message.From), ("subject", message.Subject),
            ("text", message.Text), ("quoted", message.Quoted), ("authentication", message.Authentication),
            ("attachments", message.Attachments.Count == 0 ? null : new System.Text.Json.Nodes.JsonArray([.. message.Attachments])),
            ("known", IsFromComplainant(complaint.Complainant, message)));
        foreach (var to in Concerned(complaint))
        {
            act.Log.Send(Notice(to, $"{complaint.Number} 收到投诉人来信", $"The complainant wrote on {complaint.Number}"));
        }
    }

    /// <summary>A subject as letters and replies have it.</summary>
    /// <exception cref="RuleViolationException"><c>subject-wrong</c></exception>
    public static void ThrowUnlessSubject(string subject) => RuleViolationException.ThrowUnless(
        !string.IsNullOrWhiteSpace(subject) && subject.Length <= LongestSubject && !subject.Any(char.IsControl), ComplaintRules.SubjectWrong);

    // null where nothing is on record to compare with
    private static bool? IsFromComplainant(Parties.Complainant who, IncomingMessage message) => message.Channel == "email"
        ? who.Email is { Length: > 0 } email ? string.Equals(email, message.From, StringComparison.OrdinalIgnoreCase) : null
        : Parties.ContactTrace.OfPhone(who.Phone) is { } phone ? phone == Parties.ContactTrace.OfPhone(message.From) : null;

    // what leaves the case names its number and nothing of what was written
    private static CaseMessage Notice(string to, string zh, string en) =>
        new(NoticeName, to, Text: zh) { TextEn = en, Written = new WrittenMessage(zh, zh, "zh-CN", ["inbox"]) { SubjectEn = en } };

    // whoever holds a task; else the handler; else those who may take what is open; else who supervises
    private static List<string> Concerned(Complaint complaint)
    {
        var holders = complaint.Tasks.Open.Select(t => t.Assignee).OfType<string>().Select(id => Parties.Candidates.UserPrefix + id).Distinct(StringComparer.Ordinal).ToList();
        if (holders.Count > 0)
        {
            return holders;
        }

        var candidates = complaint.Tasks.Open.SelectMany(t => t.CandidateKeys).Distinct(StringComparer.Ordinal).ToList();
        return complaint.Handler is { } handler ? [Parties.Candidates.UserPrefix + handler] : candidates.Count > 0 ? candidates : ["supervisor"];
    }

    private static void ThrowUnlessText(string text)
    {
        RuleViolationException.ThrowUnless(!string.IsNullOrWhiteSpace(text), ComplaintRules.TextRequired);
        RuleViolationException.ThrowUnless(text.Length <= Complaint.MaxText, ComplaintRules.TextTooLong);
    }
}
