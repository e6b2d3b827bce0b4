using static CaseManagement.Web.Features.Editors.MemberKind;

namespace CaseManagement.Web.Features.Editors;

/// <summary>Everything of a pack that is changed by a form, in the order in which a policy is put together.</summary>
public static class PartKinds
{
    public const string Tables = "tables";

    private const string SpanUnits = "=days|weeks|months|years";

    private static readonly Member[] KeyAndName = [M("key", Key, required: true), M("name", Names, required: true)];
    private static readonly Member Clause = M("clause", Choices, "clauses");
    private static readonly Member When = M("when", MemberKind.Condition);

    private static readonly Member[] OptionMembers = [.. KeyAndName, When with { Rare = true }];

    private static readonly Member[] Numeric = [M("unit", Text), M("min", Number), M("max", Number)];

    private static readonly Member[] FactBasics =
        [M("type", Choice, "=text|number|money|boolean|choice|choices|date|instant|person|people|role|department|file|rows", required: true)];

    private static readonly string[] Deeds = ["pause", "resume", "extend", "promise"];

    private static readonly string[] Weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    // trees of categories are hardly ever deeper; what lies below is changed as text
    private const int DeepestNodes = 4;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<PartKind> All { get; } =
    [
        new("policy", "pack.json", "",
        [
            M("name", Names, required: true),
            M("kinds", Items, required: true, members: [M("kind", Choice, "=complaint|consultation|suggestion", required: true),
                M("workflow", Choice, "workflows", required: true), M("form", Choice, "forms", required: true)]),
            M("channels", Items, required: true, members: KeyAndName),
            M("policy", Group, members: [M("title", Names, required: true),
                M("clauses", Items, required: true, members: [M("id", Text, required: true), M("text", LongNames, required: true)])]),
            M("settings", Items, members:
            [
                M("key", Key, required: true), M("question", Names, required: true), M("type", Choice, "=choice|number|boolean", required: true),
                M("options", Items, members: KeyAndName), M("min", Number), M("max", Number), M("default", Scalar, required: true),
            ]),
            M("openReadings", Listed), M("changeApproval", Choice, "chains"), M("labels", Map),
            M("zone", Text, required: true), M("calendar", Choice, "calendars", required: true), M("organisationKind", Names), M("version", Text, required: true),
        ]),
        new("roles", "organisation.json", "roles", [.. KeyAndName, M("department", Choice, "departments"), M("perDepartment", Flag), M("cover", Choice, "=always")]),
        new("departments", "organisation.json", "departments", KeyAndName),
        new("bodies", "organisation.json", "bodies", KeyAndName),
        new("facts", "facts.json", "facts",
        [
            .. KeyAndName, .. FactBasics, M("by", Choice, "=complainant|handler|table|workflow|derived|reference|external", required: true),
            M("options", Items, members: OptionMembers) with { KeyAlone = true }, .. Numeric,
            M("per", Text) with { Rare = true }, M("value", Lines),
            M("columns", Items, members: [.. KeyAndName, .. FactBasics, M("by", Choice, "=complainant|handler|table|workflow|derived|reference|external") with { Rare = true },
                M("options", Items, members: KeyAndName) with { KeyAlone = true }, .. Numeric]),
            M("undetermined", Names) with { Rare = true }, M("keep", Choice, "=first|last") with { Rare = true }, M("sensitive", Flag),
        ]),
        new("levels", "levels.json", "levels", KeyAndName),
        new("trees", "categories.json", "trees", [.. KeyAndName,
            M("nodes", Items, required: true, members: NodeMembers(DeepestNodes)), Clause]),
        new("forms", "forms.json", "forms",
        [
            .. KeyAndName, M("number", Text),
            M("fields", Items, required: true, members:
            [
                M("fact", Choice, "facts", required: true), M("required", MemberKind.When), M("visible", MemberKind.When) with { AlwaysByDefault = true },
                M("minRows", Number) with { Rare = true }, M("minCount", Number) with { Rare = true }, M("help", Names) with { Rare = true },
                M("alert", Group, members: [M("when", MemberKind.Condition), M("say", Names, required: true)]) with { Rare = true },
            ]),
            M("signatures", Items, members: [.. KeyAndName, M("by", Choice, "candidates"), M("kind", Choice, "=hand|seal"), M("required", MemberKind.When),
                M("perRow", Choice, "rowFacts")]),
            M("readBack", Flag), Clause,
        ]),
        new("counters", "counters.json", "counters",
        [
            .. KeyAndName, M("same", Choices, "plainFacts", required: true), M("of", Text) with { Rare = true }, M("where", MemberKind.Condition),
                M("distinct", Choice, "plainFacts"),
            M("window", Group, members: Span()), M("reach", Choice, "=back|group") with { TakesSetting = true }, M("link", Flag),
            M("measure", Choice, "=consecutiveMonths") with { Rare = true }, M("rate", Group, members: [M("of", Text), M("base", Text)]) with { Rare = true },
                M("threshold", Text) with { Rare = true }, Clause,
        ]),
        new(Tables, "tables.json", "tables",
        [
            .. KeyAndName, M("hit", Choice, "=first|unique|priority|collect", required: true), M("live", Flag), M("raiseOnly", Flag), M("oneStep", Flag), M("priority", Listed),
                Clause,
        ]),
        new("limits", "limits.json", "limits",
        [
            .. KeyAndName, M("clock", Text), When, M("from", Choice, "moments") with { TakesSetting = true }, M("to", Choice, "moments"),
            M("amount", Number) with { TakesSetting = true },
            M("unit", Choice, "=immediate|sameDay|minutes|hours|workingHours|days|workingDays|weeks|months|years|promised|none", required: true) with { TakesSetting = true },
            M("promised", Choice, "dates") with { Rare = true }, M("calendar", Choice, "calendars") with { Rare = true },
                M("countFrom", Choice, "=instant|nextDay|nextWorkingDay") with { Rare = true },
            M("endOf", Choice, "=instant|closeOfBusiness|endOfDay") with { Rare = true }, M("ifNonWorking", Choice, "=keep|forward|back") with { Rare = true },
            M("rungs", Items, required: true, members: [M("key", Key, required: true), M("at", StepTime, required: true),
                M("do", Items, required: true, members: [M("action", MemberKind.Action)]), When with { Rare = true }]),
            M("pause", Choices, "pauseReasons"),
            M("extend", Group, members:
            [
                M("times", Number), M("max", Group, members: [M("amount", Number), M("unit", Choice, "=minutes|hours|workingHours|days|workingDays|weeks|months|years")]),
                M("approval", Choice, "chains"), M("before", StepTime), M("reason", Choice, "=true|false"),
            ]) with { Rare = true },
            M("may", Group, members: [.. Deeds.Select(deed => M(deed, Group, members: deed is "pause" or "promise" ? [M("who", Listed), M("before", StepTime)] : [M("who", Listed)])
                with { Label = "may." + deed })]) with { Rare = true }, M("reset", Flag) with { Rare = true }, M("notice", Choice, "messages") with { Rare = true }, Clause,
        ]),
        new("pauseReasons", "limits.json", "pauseReasons", KeyAndName),
        new("calendars", "calendars.json", "calendars", [.. KeyAndName, M("bindTo", Text), M("week", Group, members: [.. Weekdays.Select(day => M(day, Hours))]) with { Rare = true }]),
        new("approvals", "approvals.json", "chains",
        [
            .. KeyAndName, M("steps", Items, required: true,
                members: [M("key", Key, required: true), M("who", Choice, "candidates", required: true), When, M("with", Text) with { Rare = true }]),
            M("covers", Choices, "plainFacts"), M("stamps", Choice, "moments"), Clause,
        ]),
        new("gates", "gates.json", "gates",
        [
            M("key", Key, required: true), M("action", Choice, "actions", required: true), M("needs", MemberKind.Condition, required: true), M("only", Listed),
                M("message", Names, required: true), Clause,
        ]),
        new("calculators", "calculators.json", "calculators",
        [
            .. KeyAndName, M("kind", Choice, "=compensation|cost|award|penalty", required: true), M("to", Text, required: true), M("unit", Text, required: true),
            M("rows", Items, required: true, members: [.. KeyAndName, M("value", Lines, required: true), When]),
            M("round", Number), M("cap", Number) with { TakesSetting = true }, M("payments", Choice, "=single"), M("total", Choice, "numberFacts"),
                M("approval", Choice, "chains"), Clause,
        ]),
        new("verifications", "verifications.json", "plans",
        [
            .. KeyAndName, M("rounds", Number, required: true) with { TakesSetting = true }, M("clock", Choice, "clocks", required: true),
                M("form", Choice, "forms", required: true),
            M("failWhen", MemberKind.Condition, required: true), M("review", Group, members: [M("form", Choice, "forms"), M("who", Listed)]), M("plannedFact", Choice, "dates"),
                Clause,
        ]),
        new("templates", "templates.json", "templates",
        [
            M("key", Key, required: true), M("kind", Choice, "=message|notice|document", required: true), M("subject", Names, required: true), M("body", LongNames, required: true),
            M("to", Listed), M("via", Choices, "=sms|email|letter|phone|fax|inbox|webhook|board"), M("attach", Listed) with { Rare = true },
                M("copies", Listed) with { Rare = true },
            M("signatures", Items, members: KeyAndName), Clause,
        ]),
        new("reports", "reports.json", "reports",
        [
            .. KeyAndName, M("period", Choice, "=day|week|month|quarter|year", required: true) with { TakesSetting = true }, M("at", Group, members: Moment()),
            M("to", Listed, required: true), M("by", Choices, "plainFacts", required: true),
            M("measures", Items, required: true, members: [.. KeyAndName, M("count", Counted, required: true), M("on", Choice, "moments"),
                M("base", Counted), M("baseName", Names) with { TakesSetting = true }]),
            M("task", Group, members: [M("who", Listed), M("form", Choice, "forms"), M("due", Group, members: Moment())]) with { Rare = true },
            M("awards", Group, members: [M("calculator", Choice, "calculators"), M("where", MemberKind.Condition), M("top", Number),
                M("rank", Group, members: [M("measure", Text), When])]) with { Rare = true }, Clause,
        ]),
        new("confidentiality", "records.json", "confidentiality",
            [M("key", Key, required: true), When with { Required = true }, M("hide", Listed, required: true), M("visibleTo", Listed, required: true), Clause]),
    ];

    /// <summary>The kind of that key, or null.</summary>
    public static PartKind? Find(string key) => All.FirstOrDefault(kind => kind.Key == key);

    /// <summary>The kind of part a place of a pack belongs to; null where no form changes it.</summary>
    /// <param name="file">The file.</param>
    /// <param name="list">The list in it.</param>
    public static PartKind? At(string file, string list) => All.FirstOrDefault(kind => kind.File == file && kind.List == list) ?? All.FirstOrDefault(kind => kind.File == file
        && kind.IsSingle);

    private static Member[] Moment() => [M("day", Number) with { TakesSetting = true }, M("time", Text, required: true)];

    private static Member[] NodeMembers(int levels) =>
        [.. KeyAndName, M("retired", Flag), (levels > 1 ? M("children", Items, members: NodeMembers(levels - 1)) : M("children", Json)) with { Rare = true }];

    private static Member[] Span() => [M("amount", Number), M("unit", Choice, SpanUnits)];

    private static Member M(string name, MemberKind kind, string source = "", bool required = false, IReadOnlyList<Member>? members = null) =>
        new(name, kind) { Source = source, Required = required, Members = members ?? [] };
}
