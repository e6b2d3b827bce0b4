namespace CaseManagement.Web.Organisation;

/// <summary>Where it is recorded how somebody came in and what was done about their access.</summary>
public static class AccessAudit
{
    /// <summary>In place of a person's id where nobody of that name works here: one stream for each machine.</summary>
    public static string Unknown { get; } = $"@unknown:{Environment.MachineName}";

    /// <summary>The audit stream of one person's access.</summary>
    public static string StreamOf(string userId) => $"access:{userId}";
}
