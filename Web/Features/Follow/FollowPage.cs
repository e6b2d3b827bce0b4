using CaseManagement.Web.Features.Portal;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Portal;

namespace CaseManagement.Web.Features.Follow;

/// <summary>Where a tracking code is typed.</summary>
/// <param name="Error">What is wrong; the same for every code that opens nothing.</param>
/// <param name="Challenge">Work or waiting that is asked for first.</param>
/// <param name="Kept">What was sent when the session was over; null where nothing was.</param>
public sealed record CodePage(string? Error = null, Challenge? Challenge = null, KeptWords? Kept = null);

/// <summary>Words that came too late. They go with the code and stand in their form again; nothing keeps them but the page.</summary>
/// <param name="Form">The form they were typed into.</param>
/// <param name="Text">As typed.</param>
public sealed record KeptWords(string Form, string Text)
{
    /// <summary>What may be taken along; null where there is nothing.</summary>
    public static KeptWords? Of(string? form, string? text) =>
        form is { Length: > 0 and <= 40 } && text is { Length: > 0 and <= Domain.Complaints.Complaint.MaxText } && !string.IsNullOrWhiteSpace(text) ? new(form, text) : null;
}

/// <summary>Something that happened, as its complainant is told.</summary>
/// <param name="At">When.</param>
/// <param name="Title">What, in a few words.</param>
/// <param name="Body">What was said; empty where nothing was.</param>
public sealed record TalkEntry(DateTimeOffset At, string Title, string Body = "")
{
    /// <summary>Files that were written with it.</summary>
    public IReadOnlyList<SentFile> Files { get; init; } = [];
}

/// <summary>A file that was sent to the complainant.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Size">As people say it.</param>
/// <param name="Href">Where it is read; null while a scanner has yet to look at it.</param>
public sealed record SentFile(string Name, string Size, string? Href);

/// <summary>A question that waits for the complainant.</summary>
public sealed record AskedQuestion(int Number, string Text, DateTimeOffset AskedAt);

/// <summary>Something the process waits for: material, or a word on the outcome.</summary>
/// <param name="Words">What was said about it.</param>
/// <param name="DueAt">Until when; none where nothing is set.</param>
/// <param name="Fields">What is asked, for material with a form.</param>
public sealed record AwaitedPart(string Words, DateTimeOffset? DueAt, IReadOnlyList<FormField> Fields);

/// <summary>One case as its complainant sees it. Nothing that is the organisation's own is in it.</summary>
public sealed record FollowPage
{
    public required string Number { get; init; }

    /// <summary>complaint, consultation or suggestion.</summary>
    public required string Kind { get; init; }
    public required string Subject { get; init; }
    public required StateMark State { get; init; }

    /// <summary>How it stands, in a sentence.</summary>
    public required string Headline { get; init; }

    public required string Zone { get; init; }
    public required IReadOnlyList<PromisedDate> Promises { get; init; }
    public required IReadOnlyList<AskedQuestion> Questions { get; init; }
    public AwaitedPart? Material { get; init; }
    public AwaitedPart? Outcome { get; init; }

    /// <summary>Newest first.</summary>
    public required IReadOnlyList<TalkEntry> Talk { get; init; }

    /// <summary>Names of the files the complainant sent.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    public required bool IsOpen { get; init; }
    public required bool MayReopen { get; init; }

    /// <summary>They may ask about their personal data here.</summary>
    public bool MayAskData { get; init; }

    /// <summary>How content they were; null where it is not asked, or was said.</summary>
    public IReadOnlyList<FormField>? Survey { get; init; }

    /// <summary>The token of the page's forms.</summary>
    public required string Key { get; init; }

    /// <summary>What came of the last deed.</summary>
    public Note? Note { get; init; }

    /// <summary>Files of a message that is not sent yet.</summary>
    public IReadOnlyList<StagedFile> Staged { get; init; } = [];

    /// <summary>What was typed into a form that was refused.</summary>
    public string Typed { get; init; } = "";

    /// <summary>The form it was typed into.</summary>
    public string? TypedInto { get; init; }

    /// <summary>What was typed into this form, if it was refused.</summary>
    public string TypedOf(string form) => TypedInto == form ? Typed : "";
}
