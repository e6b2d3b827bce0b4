namespace CaseManagement.Domain.Complaints;

/// <summary>The values of the fact <c>status</c>.</summary>
public static class CaseStatus
{
    public const string Open = "open";
    public const string Refused = "refused";
    public const string Closed = "closed";
    public const string Withdrawn = "withdrawn";
}
