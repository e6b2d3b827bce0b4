namespace CaseManagement.Web.Organisation;

/// <summary>Where it is recorded how somebody came in and what was done about their access.</summary>
public static class AccessAudit
{
    /// <summary>The audit stream of one person's access.</summary>
    public static string StreamOf(string userId) => $"access:{userId}";
}
