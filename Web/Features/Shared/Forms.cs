namespace CaseManagement.Web.Features.Shared;

/// <summary>What a field takes.</summary>
public enum FieldType
{
    Text,
    Multiline,
    Number,
    Money,
    Boolean,
    Choice,
    Choices,
    Date,
    Instant,

    /// <summary>A small table; every row has the columns' fields.</summary>
    Rows,

    /// <summary>Files of a form that is not sent yet: chosen from the reader's device as <c>files.{Key}</c>; those received already are options, posted as <c>staged.{Key}</c>.</summary>
    Files,
}

/// <summary>How a condition compares.</summary>
public enum Comparison
{
    OneOf,
    NoneOf,
    LessThan,
    AtMost,
    MoreThan,
    AtLeast,
}

/// <summary>A field shows only while every condition on it holds; the server checks again what was sent.</summary>
public sealed record Condition(string Field, Comparison Comparison, IReadOnlyList<string> Values);

/// <summary>One field of a form, with what was typed so far and what is wrong with it.</summary>
public sealed record FormField
{
    /// <summary>The fact it fills; posted as <c>f.{Key}</c>, rows as <c>f.{Key}[0].{column}</c>.</summary>
    public required string Key { get; init; }
    public required string Label { get; init; }
    public required FieldType Type { get; init; }
    public bool Required { get; init; }

    /// <summary>Outcomes for which alone the field is required.</summary>
    public IReadOnlyList<string> RequiredFor { get; init; } = [];
    public IReadOnlyList<Condition> VisibleWhen { get; init; } = [];
    public string? Help { get; init; }

    /// <summary>What is to be done at once; said while <see cref="AlertWhen"/> holds.</summary>
    public string? Alert { get; init; }
    public IReadOnlyList<Condition> AlertWhen { get; init; } = [];

    /// <summary>Printed after the label: "CNY", "people".</summary>
    public string? Unit { get; init; }
    public string? Clause { get; init; }
    public IReadOnlyList<Choice> Options { get; init; } = [];
    public IReadOnlyList<FormField> Columns { get; init; } = [];

    /// <summary>As typed, so that what was refused is not lost. Dates yyyy-MM-dd, instants yyyy-MM-ddTHH:mm in the case's zone, booleans true or false.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];
    public IReadOnlyList<IReadOnlyDictionary<string, string>> Rows { get; init; } = [];
    public string? Error { get; init; }

    /// <summary>Shown for reading only, such as a count or a clock.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Takes the whole width although its type is a short one.</summary>
    public bool Wide { get; init; }

    public string Value => Values.Count > 0 ? Values[0] : "";

    /// <summary>The values as read: options by their text, booleans by the two words given.</summary>
    public IEnumerable<string> Read(string yes, string no) => Values.Select(value => Type == FieldType.Boolean
        ? (value == "true" ? yes : no)
        : Options.FirstOrDefault(option => option.Value == value)?.Text ?? value);
}

/// <summary>A way to finish a task. At most one of a form is the usual way.</summary>
public sealed record TaskOutcome(string Key, string Text)
{
    public bool Usual { get; init; }

    /// <summary>Withdraws, refuses for good or deletes.</summary>
    public bool Drastic { get; init; }

    /// <summary>What is missing; the button stays in place and cannot be used.</summary>
    public string? Blocked { get; init; }
}

/// <summary>A form to fill: fields, ways out, draft.</summary>
public sealed record FormPage
{
    /// <summary>Prefix of element ids on the page.</summary>
    public required string Id { get; init; }
    public required IReadOnlyList<FormField> Fields { get; init; }
    public string? Error { get; init; }
}

/// <summary>A button that opens a short form in place: withdraw, change the level, pause a clock.</summary>
public sealed record FormAction(string Text, string Icon, string Href, FormPage Form)
{
    /// <summary>The verb on the button that does it; <see cref="Text"/> when absent.</summary>
    public string? Submit { get; init; }
    public bool Drastic { get; init; }

    /// <summary>Where the form is posted to see first what it would do; absent when there is nothing to see.</summary>
    public string? PreviewHref { get; init; }
}

/// <summary>A task somebody is looking at; what they may do with it is said by what is present.</summary>
public sealed record TaskPanel
{
    public required string Title { get; init; }
    public string? Clause { get; init; }
    public required FormPage Form { get; init; }
    public required IReadOnlyList<TaskOutcome> Outcomes { get; init; }

    /// <summary>Where to send the form; absent when this reader may not complete the task.</summary>
    public string? CompleteHref { get; init; }
    public string? DraftHref { get; init; }
    public DateTimeOffset? DraftSavedAt { get; init; }
    public string? ClaimHref { get; init; }
    public string? ReleaseHref { get; init; }

    /// <summary>The field that says for whom a form is sent.</summary>
    public const string ForField = "for";

    /// <summary>The id of the person the reader acts for here; null: they act in their own name.</summary>
    public string? For { get; init; }

    /// <summary>That person's name.</summary>
    public string? ForName { get; init; }
    public string? Assignee { get; init; }

    /// <summary>IANA zone of the instants in this panel.</summary>
    public required string Zone { get; init; }

    /// <summary>The version of the task that was shown; a stale one is refused.</summary>
    public string Version { get; init; } = "";
    public IReadOnlyList<Note> Notes { get; init; } = [];
}
