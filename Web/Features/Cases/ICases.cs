using System.Security.Claims;
using CaseManagement.Web.Features.Shared;

namespace CaseManagement.Web.Features.Cases;

/// <summary>Reads a case for its page.</summary>
public interface ICasePageQuery
{
    /// <summary>The page, or null when there is no such case for this reader.</summary>
    Task<CasePage?> GetAsync(Guid id, TimelinePart part, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>The case to be printed: everything the reader may see of it, with the whole timeline, oldest first.</summary>
    Task<CasePrint?> PrintAsync(Guid id, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>Cases of the same complainant and cases alike, or null as above. Looked for after the page: hundreds are compared for it.</summary>
    Task<CaseKin?> KinAsync(Guid id, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>Only the timeline, or null as above.</summary>
    Task<Timeline?> TimelineAsync(Guid id, TimelinePart part, ClaimsPrincipal user, CancellationToken cancellationToken);
}

/// <summary>Which entries to show: of one kind, older than an entry.</summary>
public sealed record TimelinePart
{
    public TimelineKind? Kind { get; init; }
    public string? Before { get; init; }
}

/// <summary>Follows cases.</summary>
public interface ICaseWatches
{
    /// <summary>Follows a case, or no more.</summary>
    /// <returns>False when there is no such case for this reader.</returns>
    Task<bool> SetAsync(Guid id, bool on, ClaimsPrincipal user, CancellationToken cancellationToken);
}

/// <summary>What a person does on a case. Bad input, a broken rule and a lost race are answers, not exceptions.</summary>
public interface ICaseActions
{
    /// <param name="id">The case.</param>
    /// <param name="task">The task.</param>
    /// <param name="outcome">The chosen outcome.</param>
    /// <param name="answers">The form as typed.</param>
    /// <param name="version">The version the person saw.</param>
    /// <param name="onBehalfOf">For whom, by id; null or empty: in one's own name.</param>
    /// <param name="user">Who.</param>
    /// <param name="cancellationToken">Stops it.</param>
    Task<ActionAnswer> CompleteAsync(
        Guid id, Guid task, string outcome, FormAnswers answers, string version, string? onBehalfOf, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>Keeps what was typed, unjudged; answers when it was kept, or null when there is no such task.</summary>
    Task<DateTimeOffset?> KeepDraftAsync(Guid id, Guid task, FormAnswers answers, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>Takes a task, for another where one is named.</summary>
    Task<ActionAnswer> ClaimAsync(Guid id, Guid task, string? onBehalfOf, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <inheritdoc cref="ClaimAsync"/>
    Task<ActionAnswer> ReleaseAsync(Guid id, Guid task, string? onBehalfOf, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>Lets a colleague do one's own task, with words for them; it stays one's own.</summary>
    /// <param name="id">The case.</param>
    /// <param name="task">The task.</param>
    /// <param name="to">Who may do it, by id; null: nobody any more.</param>
    /// <param name="note">Words for them; none when empty.</param>
    /// <param name="user">Whose task it is.</param>
    /// <param name="cancellationToken">Stops it.</param>
    Task<ActionAnswer> DelegateAsync(Guid id, Guid task, string? to, string? note, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>Gives a task to somebody who may take it, with words for them: one's own task, or as a supervisor anybody's.</summary>
    /// <param name="id">The case.</param>
    /// <param name="task">The task.</param>
    /// <param name="to">Who gets it, by id.</param>
    /// <param name="note">Kept on the case as an internal note; none when empty.</param>
    /// <param name="user">Who gives it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    Task<ActionAnswer> AssignAsync(Guid id, Guid task, string to, string? note, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>Keeps what was typed into the composer, unjudged; answers when it was kept, or null when there is no such case to write on.</summary>
    Task<DateTimeOffset?> KeepDraftAsync(Guid id, EntryForm entry, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>Sends or records what the composer posts and the files that came with it, all or nothing.</summary>
    /// <returns>How it ended, and the letter where one was written.</returns>
    Task<(ActionAnswer Answer, Guid? Letter)> WriteAsync(Guid id, EntryForm entry, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>What the composer shows before anything leaves: filled in from the chosen template, or as it would read. Stores nothing.</summary>
    /// <returns>Null when there is no such case for this reader.</returns>
    Task<(EntryForm Entry, ReplyPreview? Preview, string? Error)?> PrepareAsync(Guid id, EntryForm entry, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>One of the page's actions (hand over, level, withdraw …) with its form.</summary>
    Task<ActionAnswer> ActAsync(Guid id, string action, FormAnswers answers, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>Says which due times another level would move; null when there is no such case. Stores nothing.</summary>
    Task<Note?> PreviewLevelAsync(Guid id, FormAnswers answers, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>Pauses, resumes or extends a clock; <paramref name="verb"/> is the last part of the action's address.</summary>
    Task<ActionAnswer> ClockAsync(
        Guid id, string clock, string verb, FormAnswers answers, ClaimsPrincipal user, CancellationToken cancellationToken);
}
