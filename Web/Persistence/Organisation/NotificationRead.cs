namespace CaseManagement.Web.Persistence.Organisation;

/// <summary>A user has read an inbox message.</summary>
public sealed class NotificationRead
{
    public required string UserId { get; init; }
    public required Guid MessageId { get; init; }
    public required DateTimeOffset At { get; init; }
}
