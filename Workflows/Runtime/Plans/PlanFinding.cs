namespace CaseManagement.Workflows.Runtime.Plans;

/// <summary>A text for the author of a definition, in both languages of the product.</summary>
public sealed record PlanText(string Zh, string En);

/// <summary>Something an author should know about a definition.</summary>
/// <remarks><c>Code</c>: Stable. <c>IsError</c>: The definition cannot run. <c>ActivityId</c>: The activity concerned; null for the
/// workflow as a whole.</remarks>
public sealed record PlanFinding(string Code, bool IsError, string? ActivityId, string? NodeId, PlanText Text)
{
    /// <summary>In English, for logs and operators.</summary>
    public string Message => Text.En;
}

/// <summary>Codes of <see cref="PlanFinding"/>.</summary>
public static class PlanFindings
{
    public const string UnknownActivityType = "unknown-activity-type";
    public const string MissingRoot = "missing-root";
    public const string DuplicateActivityId = "duplicate-activity-id";
    public const string UnknownConnectionEnd = "unknown-connection-end";
    public const string InvalidBackwardConnection = "invalid-backward-connection";
    public const string UnreachableActivity = "unreachable-activity";
    public const string PortLeadsNowhere = "port-without-connection";
    public const string UnknownPort = "unknown-port";
    public const string JoinNeverCompletes = "join-never-runs";
    public const string BadExpression = "bad-expression";
    public const string UnknownExpressionType = "unknown-expression-type";
    public const string MissingInput = "missing-input";
    public const string UnknownVariable = "unknown-variable";
    public const string AmbiguousDuration = "ambiguous-duration";
    public const string BadValue = "bad-value";
    public const string BadLiteral = "bad-literal";
    public const string NotSupported = "not-supported";
    public const string TooManyActivities = "too-many-activities";
    public const string NestedTooDeep = "nested-too-deep";

    /// <summary>The shape of a flowchart; where a process pack's own check looks at the shape as well, its findings say more.</summary>
    public static bool IsOfShape(string code) =>
        code is UnreachableActivity or PortLeadsNowhere or UnknownPort or JoinNeverCompletes or InvalidBackwardConnection or UnknownConnectionEnd;
}
