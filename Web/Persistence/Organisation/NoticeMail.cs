namespace CaseManagement.Web.Persistence.Organisation;

/// <summary>A notice that is to reach one person by e-mail and has not yet: it goes when the mail that lists it is written, in the same commit.</summary>
public sealed class NoticeMail
{
    public required string UserId { get; init; }

    /// <summary>The notice.</summary>
    public required Guid MessageId { get; init; }

    public required Guid ComplaintId { get; init; }

    /// <summary>When it may go out, in the product's own time; others that may go soon after go with it.</summary>
    public required DateTimeOffset DueAt { get; init; }
}
