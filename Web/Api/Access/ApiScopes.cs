namespace CaseManagement.Web.Api.Access;

/// <summary>What an API key may be allowed to do. Keys name them; outside programs rely on the words.</summary>
public static class ApiScopes
{
    public const string CasesCreate = "cases.create";
    public const string CasesRead = "cases.read";
    public const string CasesWrite = "cases.write";

    /// <summary>Reads tracking codes of cases somebody else registered.</summary>
    public const string CasesCode = "cases.code";

    /// <summary>For programs: cases that are kept closely, and identities that are covered.</summary>
    public const string CasesRestricted = "cases.restricted";

    public const string ClocksWrite = "clocks.write";
    public const string TasksRead = "tasks.read";
    public const string TasksWrite = "tasks.write";
    public const string TasksAssign = "tasks.assign";
    public const string ProcessesRead = "processes.read";
    public const string ProcessesWrite = "processes.write";
    public const string ProcessesPublish = "processes.publish";
    public const string LimitsRead = "limits.read";
    public const string LimitsWrite = "limits.write";
    /// <summary>Reads figures administrators keep and those from outside.</summary>
    public const string FiguresRead = "figures.read";

    /// <summary>Brings figures in, such as the units sold in a month.</summary>
    public const string FiguresWrite = "figures.write";

    public const string ReportsRead = "reports.read";
    public const string AuditRead = "audit.read";

    /// <summary>Verifies the audit.</summary>
    public const string AuditVerify = "audit.verify";

    /// <summary>Reads timers, recurring jobs and their history.</summary>
    public const string OpsRead = "ops.read";

    /// <summary>Reads failed steps of processes and runs them again; has timers tried again and recurring jobs run.</summary>
    public const string OpsWrite = "ops.write";

    public const string Clock = "clock";

    /// <summary>Every scope a key can be given.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        CasesCreate, CasesRead, CasesWrite, CasesCode, CasesRestricted, ClocksWrite, TasksRead, TasksWrite, TasksAssign,
        ProcessesRead, ProcessesWrite, ProcessesPublish, LimitsRead, LimitsWrite, FiguresRead, FiguresWrite, ReportsRead, AuditRead, AuditVerify, OpsRead, OpsWrite, Clock,
    ];
}

/// <summary>The kinds of people an endpoint lets in.</summary>
[Flags]
public enum ApiRoles
{
    None = 0,

    /// <summary>Whoever holds a role of a process, or leads a department.</summary>
    Staff = 1,

    Administrator = 2,
    ProcessOwner = 4,

    /// <summary>Reads, changes nothing.</summary>
    Auditor = 8,

    /// <summary>Staff who answer for the work of others: supervisors, heads of departments, roles of the whole organisation.</summary>
    Supervisor = 16,

    /// <summary>Reads cases, changes nothing.</summary>
    Reader = 32,

    Anyone = Staff | Administrator | ProcessOwner | Auditor | Supervisor | Reader,
}
