using System.Text.Json.Nodes;
using CaseManagement.Web.Features.Limits;
using CaseManagement.Web.Features.Shared;

namespace CaseManagement.Web.Features.Editors;

/// <summary>What every editor of a process shows around itself.</summary>
/// <param name="Key">The process.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Version">The version that is shown.</param>
/// <param name="IsDraft">It is the draft; otherwise the first save makes one of it.</param>
public sealed record EditorFrame(string Key, string Name, int Version, bool IsDraft)
{
    /// <summary>The newest change, which can be taken back; null where there is none.</summary>
    public UndoLine? Undo { get; init; }

    public string Href => $"{Processes.ProcessLinks.Page(Key)}/edit";
}

/// <summary>A change that can be taken back.</summary>
/// <param name="Href">Where.</param>
/// <param name="Text">What was changed, by whom.</param>
public sealed record UndoLine(string Href, string Text);

/// <summary>The way through a process that is put together: what there is, what is missing, where it is filled in.</summary>
public sealed record EditorOverview
{
    public required EditorFrame Frame { get; init; }
    public required IReadOnlyList<EditorStep> Steps { get; init; }
    public required string PublishHref { get; init; }
    public Note? Note { get; init; }
}

/// <summary>One stage of putting a policy together.</summary>
/// <param name="Name">What is filled in.</param>
/// <param name="About">What it is for.</param>
/// <param name="Href">Where.</param>
/// <param name="Count">How many parts there are.</param>
/// <param name="State">Done, missing or with errors.</param>
/// <param name="Missing">What is missing or wrong, each with the way to it.</param>
public sealed record EditorStep(string Name, string About, string Href, int Count, EditorStepState State, IReadOnlyList<(string Text, string? Href)> Missing);

/// <summary>How far a stage is.</summary>
public enum EditorStepState
{
    Done,

    /// <summary>Nothing is there, and nothing need be.</summary>
    Empty,
    Wrong,
}

/// <summary>The parts of one kind.</summary>
public sealed record PartList
{
    public required EditorFrame Frame { get; init; }
    public required PartKind Kind { get; init; }
    public required IReadOnlyList<PartRow> Rows { get; init; }
    public Note? Note { get; init; }

    /// <summary>What would be wrong if a part were taken away, and which.</summary>
    public (PartRow Row, IReadOnlyList<string> Errors)? Confirm { get; init; }

    public string Href => $"{Frame.Href}/{Kind.Key}";
}

/// <summary>A part in the list.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Remark">What it is, in a few words.</param>
/// <param name="Token">What it was when it was shown.</param>
/// <param name="Href">Where it is changed.</param>
/// <param name="Findings">How much is wrong with it.</param>
public sealed record PartRow(string Key, string Name, string Remark, string Token, string Href, int Findings);

/// <summary>One part in its form.</summary>
public sealed record PartPage
{
    public required EditorFrame Frame { get; init; }
    public required PartKind Kind { get; init; }

    /// <summary>Its key; null for a new one.</summary>
    public string? Part { get; init; }

    /// <summary>What it is called; its key where it has no name; null for a new one.</summary>
    public string? Name { get; init; }
    public required JsonObject Json { get; init; }

    /// <summary>The part as text, where it is changed so.</summary>
    public string? AsText { get; init; }
    public required string Token { get; init; }

    /// <summary>What is wrong, by the path of the member.</summary>
    public IReadOnlyDictionary<string, string> Errors { get; init; } = new Dictionary<string, string>();

    /// <summary>What is wrong elsewhere in the process with it.</summary>
    public IReadOnlyList<string> Elsewhere { get; init; } = [];
    public Note? Note { get; init; }

    /// <summary>The path of the element the reader goes on with.</summary>
    public string? Focus { get; init; }

    /// <summary>What there is to choose from.</summary>
    public EditorChoices Choices { get; init; } = null!;

    public string Href => $"{Frame.Href}/{Kind.Key}/part{(Part is null ? "" : $"?part={Uri.EscapeDataString(Part)}")}";

    /// <summary>What is wrong with a member: said at itself where it has fields, at its head where it holds parts.</summary>
    public string? ErrorAt(Member member, string path) => member.Kind is MemberKind.Items or MemberKind.Group
        ? Errors.GetValueOrDefault(path)
        : Errors.FirstOrDefault(error => error.Key == path || error.Key.StartsWith(path + ".", StringComparison.Ordinal)
            || error.Key.StartsWith(path + "[", StringComparison.Ordinal)).Value;

    /// <summary>The id of the element of a path.</summary>
    public static string IdOf(string path) => string.Concat($"{PartReading.Prefix}-{path}".Select(sign => char.IsAsciiLetterOrDigit(sign) ? sign : '-'));
}

/// <summary>Members of a part or of something in it.</summary>
public sealed record MembersView(PartPage Page, IReadOnlyList<Member> Members, JsonObject? Part, string Path);

/// <summary>One member.</summary>
public sealed record MemberView(PartPage Page, Member Member, JsonNode? Value, string Path)
{
    public string Id => PartPage.IdOf(Path);

    public string Field => $"{PartReading.Prefix}.{Path}";

    public string? Error => Page.ErrorAt(Member, Path);

    /// <summary>The value as it is typed: a setting as <c>settings.key</c>, several with commas.</summary>
    public string Text => Said(Value);

    /// <summary>Working hours as they are typed.</summary>
    public string Hours => Value is JsonArray spans
        ? string.Join(", ", spans.Select(span => span is JsonArray ends ? string.Join("-", ends.Select(Said)) : Said(span)))
        : Text;

    /// <summary>The values of a list, or the one there is.</summary>
    public IReadOnlyList<string> Texts => Value is JsonArray list ? [.. list.Select(Said)] : Text is { Length: > 0 } text ? [text] : [];

    /// <summary>A text in one language.</summary>
    public string In(string language) => Value switch
    {
        JsonObject names => Said(names[language]),
        null => "",
        _ => Text,
    };

    /// <summary>The tests of a condition; none of one that is no condition.</summary>
    public IReadOnlyList<TestEdit> Tests => Value is JsonObject or JsonArray ? ConditionText.Tests(Value, Page.Choices.Pack) : [];

    /// <summary>What a report counts: <c>cases</c>, <c>figure</c>, or <c>none</c> where it need not.</summary>
    public string Counts => Value switch
    {
        null => Member.Required ? "cases" : "none",
        JsonValue => "figure",
        _ => "cases",
    };

    /// <summary>The setting that stands in place of a text; empty for none.</summary>
    public string Setting => Value is JsonObject names && names["setting"] is { } setting ? Domain.Facts.FactNames.Settings + Said(setting) : "";

    /// <summary>never, always or when.</summary>
    public string Mode => Value switch
    {
        JsonObject or JsonArray => "when",
        JsonValue value when value.TryGetValue<bool>(out var always) => always ? "always" : "never",
        _ => Member.AlwaysByDefault ? "always" : "never",
    };

    /// <summary>A moment near a due time.</summary>
    public StepTimeEdit At
    {
        get
        {
            try
            {
                return Text.Length == 0 ? new StepTimeEdit() : StepTimeEdit.Of(Domain.Clocks.RungTime.Parse(Text));
            }
            catch (Domain.Clocks.InvalidTimeRuleException)
            {
                var words = Text.Split(' ');
                return new StepTimeEdit
                {
                    Anchor = Text.EndsWith('%') ? StepTimeEdit.Share : words[0] == "start" ? StepTimeEdit.AfterStart : words.Contains("+") ? StepTimeEdit.AfterDue
                        : StepTimeEdit.BeforeDue,
                    Amount = words.Length > 1 ? words[^2] : "",
                    Unit = words[^1],
                };
            }
        }
    }

    /// <summary>What a step of a limit does.</summary>
    public static ActionEdit ActionOf(JsonNode? action)
    {
        string List(string name) => action?[name] is JsonArray list ? string.Join(", ", list.Select(Said)) : Said(action?[name]);
        return (action as JsonObject)?.Select(member => member.Key).FirstOrDefault(key => key is "notify" or "ask" or "reason" or "reassign" or "raise" or "approve" or "penalty") switch
        {
            "notify" => new() { Kind = "notify", Who = List("notify"), What = Said(action!["template"]) },
            "ask" => new() { Kind = "ask", Who = List("who"), What = Said(action!["ask"]) },
            "reason" => new() { Kind = "reason", Who = List("reason") },
            "reassign" => new() { Kind = "reassign", Who = List("reassign") },
            "raise" => new() { Kind = "raise", What = Said(action!["raise"]) },
            "approve" => new() { Kind = "approve", What = Said(action!["approve"]) },
            "penalty" => new() { Kind = "penalty", Who = List("to"), What = Said(action!["penalty"]) },
            _ => new(),
        };
    }

    private static string Said(JsonNode? node) => node switch
    {
        null => "",
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        JsonObject json when json["setting"] is { } setting => Domain.Facts.FactNames.Settings + Said(setting),
        _ => node.ToJsonString(PartText.Shown),
    };
}
