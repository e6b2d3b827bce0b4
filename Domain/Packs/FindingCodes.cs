namespace CaseManagement.Domain.Packs;

/// <summary>Codes of <see cref="Finding"/>: what pack-format §4 lists, and what makes a file unreadable.</summary>
public static class FindingCodes
{
    public const string FileUnknown = "file-unknown";
    public const string FileMissing = "file-missing";
    public const string FileTooLarge = "file-too-large";
    public const string TooManyFiles = "too-many-files";
    public const string ListTooLong = "list-too-long";
    public const string JsonInvalid = "json-invalid";
    public const string MemberMissing = "member-missing";
    public const string MemberWrong = "member-wrong";
    public const string MemberUnknown = "member-unknown";
    public const string TextUnsafe = "text-unsafe";
    public const string KeyInvalid = "key-invalid";
    public const string KeyTwice = "key-twice";
    public const string ConditionInvalid = "condition-invalid";
    public const string LimitInvalid = "limit-invalid";
    public const string NumberingInvalid = "numbering-invalid";

    public const string NameIncomplete = "name-incomplete";
    public const string FactRedeclared = "fact-redeclared";
    public const string FactUnknown = "fact-unknown";
    public const string FactNotAMoment = "fact-not-a-moment";
    public const string FactNotWritable = "fact-not-writable";
    public const string OptionUnknown = "option-unknown";
    public const string OptionsMissing = "options-missing";
    public const string ValueMissing = "value-missing";
    public const string ValueWrong = "value-wrong";
    public const string RoleUnknown = "role-unknown";
    public const string RoleNotPerDepartment = "role-not-per-department";
    public const string DepartmentUnknown = "department-unknown";
    public const string BodyUnknown = "body-unknown";
    public const string CounterUnknown = "counter-unknown";
    public const string TableUnknown = "table-unknown";
    public const string FormUnknown = "form-unknown";
    public const string SignatureUnknown = "signature-unknown";
    public const string TemplateUnknown = "template-unknown";
    public const string TemplateWrong = "template-wrong";
    public const string PlaceholderUnknown = "placeholder-unknown";
    public const string ChainUnknown = "chain-unknown";
    public const string PlanUnknown = "plan-unknown";
    public const string CalculatorUnknown = "calculator-unknown";
    public const string ClockUnknown = "clock-unknown";
    public const string RungUnknown = "rung-unknown";
    public const string PauseReasonUnknown = "pause-reason-unknown";
    public const string CalendarUnknown = "calendar-unknown";
    public const string ClauseUnknown = "clause-unknown";
    public const string ClauseUncited = "clause-uncited";
    public const string SettingUnknown = "setting-unknown";
    public const string SettingUnread = "setting-unread";
    public const string SettingWrong = "setting-wrong";
    public const string ClockWithoutRung = "clock-without-rung";
    public const string ClockNotStarted = "clock-not-started";
    public const string TableWithoutOtherwise = "table-without-otherwise";
    public const string TableOverlap = "table-overlap";
    public const string TableUnused = "table-unused";
    public const string ShareWithoutBase = "share-without-base";
    public const string ActionUnknown = "action-unknown";
    public const string CalendarWithoutWork = "calendar-without-working-day";
    public const string DurationAmbiguous = "duration-ambiguous";
    public const string LabelMissing = "label-missing";
    public const string ZoneUnknown = "zone-unknown";
    public const string ScenarioForeign = "scenario-foreign";

    /// <summary>A department the process names is not in the organisation chart.</summary>
    public const string DepartmentUnbound = "department-unbound";

    /// <summary>Nobody holds a role the process names.</summary>
    public const string RoleUnbound = "role-unbound";

    /// <summary>A role has the name of a word that means something else as a candidate.</summary>
    public const string RoleReserved = "role-reserved";

    /// <summary>An example of a decision table gives something else than it says.</summary>
    public const string ExampleFailed = "example-failed";

    /// <summary>Steps cite no clause of the policy.</summary>
    public const string StepsUncited = "steps-uncited";

    public const string WorkflowTaken = "workflow-id-taken";
    public const string WorkflowUnknown = "workflow-unknown";
    public const string WorkflowInvalid = "workflow-invalid";
    public const string WorkflowTooLarge = "workflow-too-large";
    public const string ActivityTwice = "activity-twice";
    public const string ActivityUnknown = "activity-unknown";
    public const string InputMissing = "input-missing";
    public const string InputUnknown = "input-unknown";
    public const string ListUnknown = "list-unknown";
    public const string TaskUnknown = "task-unknown";
    public const string OutcomeWithoutPort = "outcome-without-port";
    public const string PortUnknown = "port-unknown";
    public const string PortLeadsNowhere = "port-leads-nowhere";
    public const string ConnectionWrong = "connection-wrong";
    public const string TriggerMissing = "trigger-missing";
    public const string EndMissing = "end-missing";
    public const string ShapeUnreachable = "shape-unreachable";
    public const string ShapeWithoutEnd = "shape-without-end";
    public const string LoopIllegal = "loop-illegal";
    public const string LoopBypassed = "loop-bypassed";
    public const string JoinNeverCompletes = "join-never-completes";
    public const string CloseWithoutEnd = "close-without-end";
    public const string ShapesOverlap = "shapes-overlap";
}
