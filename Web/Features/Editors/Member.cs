namespace CaseManagement.Web.Features.Editors;

/// <summary>How a member of a part is filled in.</summary>
public enum MemberKind
{
    /// <summary>The key others name it by.</summary>
    Key,
    Text,
    Lines,

    /// <summary>A text in both languages.</summary>
    Names,

    /// <summary>A long text in both languages.</summary>
    LongNames,

    /// <summary>A number, or a setting written <c>settings.key</c> where the member allows one.</summary>
    Number,

    /// <summary>True, false, a number or a text, as typed.</summary>
    Scalar,
    Flag,

    /// <summary>One of a list.</summary>
    Choice,

    /// <summary>Several of a list.</summary>
    Choices,

    /// <summary>Several, typed with commas: candidates, which may be a role at a department.</summary>
    Listed,

    /// <summary>A condition: tests that must hold.</summary>
    Condition,

    /// <summary>Never, always, or while a condition holds.</summary>
    When,

    /// <summary>A moment near a due time.</summary>
    StepTime,

    /// <summary>What a step of a limit does.</summary>
    Action,

    /// <summary>A list of parts of its own.</summary>
    Items,

    /// <summary>One part of its own; left out where nothing in it is filled in.</summary>
    Group,

    /// <summary>Names by key, such as what outcomes are called.</summary>
    Map,

    /// <summary>What a report counts: cases that meet a condition, or a figure from outside.</summary>
    Counted,

    /// <summary>Working hours of a day, such as <c>09:00-12:00, 13:00-18:00</c>.</summary>
    Hours,

    /// <summary>Written as the pack writes it.</summary>
    Json,
}

/// <summary>One member of a part: what it is called in the pack, how it is filled in, and from what.</summary>
/// <param name="Name">The member's name in the pack's JSON.</param>
/// <param name="Kind">How it is filled in.</param>
public sealed record Member(string Name, MemberKind Kind)
{
    /// <summary>What its name in both languages is found by, where the member's name means something else elsewhere.</summary>
    public string Label { get => field ?? Name; init; }

    /// <summary>Must be filled in; the pack's reader says so where it is not.</summary>
    public bool Required { get; init; }

    /// <summary>A list of the pack (<see cref="EditorChoices"/>) or fixed words, joined by <c>|</c> after <c>=</c>.</summary>
    public string Source { get; init; } = "";

    /// <summary>A setting may stand in place of a value.</summary>
    public bool TakesSetting { get; init; }

    /// <summary>Members of the parts inside.</summary>
    public IReadOnlyList<Member> Members { get; init; } = [];

    /// <summary>An element of which nothing but the key is given is written as the key alone.</summary>
    public bool KeyAlone { get; init; }

    /// <summary>Without it the member is always there (<c>visible</c>) instead of never (<c>required</c>).</summary>
    public bool AlwaysByDefault { get; init; }

    /// <summary>Shown closed until something in it is filled in.</summary>
    public bool Rare { get; init; }
}

/// <summary>A kind of part: where parts of it stand in a pack, and what they consist of.</summary>
/// <param name="Key">In addresses and texts.</param>
/// <param name="File">The file.</param>
/// <param name="List">The list in it; empty: the file is the part.</param>
/// <param name="Members">What a part consists of, in the order of the form.</param>
public sealed record PartKind(string Key, string File, string List, IReadOnlyList<Member> Members)
{
    /// <summary>There is one of it, and it is changed, not added or taken away.</summary>
    public bool IsSingle => List.Length == 0;

    /// <summary>The path of a part in its file, as findings name it.</summary>
    public string PathOf(int at) => IsSingle ? "$" : $"$.{List}[{at}]";
}
