namespace CaseManagement.Web.Organisation;

/// <summary>The roles that belong to the product, beside those the processes name.</summary>
public static class SystemRoles
{
    /// <summary>Limits, calendars, people; no case content.</summary>
    public const string Administrator = "administrator";

    /// <summary>Draws and publishes processes; no case content.</summary>
    public const string ProcessOwner = "process-owner";

    /// <summary>Reads everything masked; changes nothing.</summary>
    public const string Auditor = Domain.Parties.Performer.Auditor;

    /// <summary>Takes complaints in; a role of the processes that have an intake desk.</summary>
    public const string Desk = "desk";

    /// <summary>Reads the cases of a department and those below it, or of all, masked; changes nothing.</summary>
    public const string Reader = "reader";

    /// <summary>Answers for the work of others; a role every process of ours names so.</summary>
    public const string Supervisor = "supervisor";
}
