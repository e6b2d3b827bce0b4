namespace CaseManagement.Domain.Complaints;

/// <summary>The rules about complaints as a whole. Outside programs rely on the codes.</summary>
public static class ComplaintRules
{
    public static readonly Rule NotOpen = new("complaint.not-open", "The case is closed; reopen it first.");
    public static readonly Rule NotClosed = new("complaint.not-closed", "Only a closed case can be reopened.");
    public static readonly Rule NothingAwaited = new("nothing-awaited", "Nothing is awaited from the complainant.");
    public static readonly Rule AnswerUnknown = new("answer-unknown", "The answer is none of Agreed, Rejected, Received.");
    public static readonly Rule ReasonRequired = new("reason-required", "A reason is required.");
    public static readonly Rule LevelUnknown = new("level-unknown", "The process has no such level.");
    public static readonly Rule TextRequired = new("text-required", "The text is empty.");
    public static readonly Rule ContactWrong = new("contact-wrong", "Say with whom, when (not in the future), and for how long (0 to 1,440 minutes).");
    public static readonly Rule SubjectWrong = new("subject-wrong", "A subject is one line of 1 to 200 characters.");
    public static readonly Rule TextTooLong = new("text-too-long", "The text is longer than 20,000 characters.");
    public static readonly Rule TextUnusable = new("text-unusable", "The text has characters that cannot be kept.");
    public static readonly Rule ChannelUnknown = new("channel-unknown", "The process has no such channel.");
    public static readonly Rule CategoryUnknown = new("category-unknown", "The process has no such category.");
    public static readonly Rule KindUnknown = new("kind-unknown", "The process does not handle this kind of case.");
    public static readonly Rule ReceivedInFuture = new("received-in-future", "A case cannot have been received in the future.");
    public static readonly Rule ReopeningNotDrawn = new("reopening-not-drawn", "This process has no way to reopen a case.");
    public static readonly Rule ClockUnknown = new("clock-unknown", "The case has no such clock.");
    public static readonly Rule FilesFull = new("case-files-full", "The files of one case are at most 500 MB and 1,000 in number.");
    public static readonly Rule FileUnknown = new("attachment-unknown", "The case has no such file.");
    public static readonly Rule FileNotReadable = new("attachment-not-readable", "The file waits for the scanner, or the scanner refused it.");
    public static readonly Rule DocumentUnknown = new("document-unknown", "No document of this kind waits for signatures.");
    public static readonly Rule SignatureUnknown = new("signature-unknown", "The document has no such signature.");
    public static readonly Rule SignatureMissing = new("signature-missing", "A signature is missing.");
    public static readonly Rule ReasonTooShort = new("reason-too-short", "A reason of at least 10 characters is required.");
    public static readonly Rule LinkKindUnknown = new("link-kind-unknown", "A linked case is related, duplicate or repeat.");
    public static readonly Rule TooManyQuestions = new("too-many-questions", "Too many questions wait for an answer.");
    public static readonly Rule NotRateable = new("not-rateable", "Only a case that was handled to its end can be rated.");
    public static readonly Rule AlreadyRated = new("already-rated", "The case has been rated.");
    public static readonly Rule NoContact = new("no-contact", "Neither an e-mail address nor a telephone number of the complainant is known.");
    public static readonly Rule NotClosable = new("complaint.waits-for-nothing", "The case cannot be closed by hand at this point.");
}
