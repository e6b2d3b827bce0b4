namespace CaseManagement.Web.Features.Shared;

/// <summary>A value and what a reader sees of it.</summary>
public sealed record Choice(string Value, string Text, int? Count = null)
{
    /// <summary>It may be chosen only while every condition on the same form holds; the server checks again what was sent.</summary>
    public IReadOnlyList<Condition> When { get; init; } = [];
}

/// <summary>A filter that can be set: query name, label, options, and which is chosen.</summary>
public sealed record FilterChoice(string Name, string Label, IReadOnlyList<Choice> Options, string? Chosen);

/// <summary>A level inside its own process. <paramref name="Rank"/> counts from 1, the gravest; <paramref name="Order"/> names all levels, gravest first.</summary>
public sealed record LevelChip(string Name, int Rank, int Of, string Order);

/// <summary>The shape beside a state's word.</summary>
public enum StateShape
{
    Waiting,
    Working,
    Done,
    Live,
    Ended,
    Problem,
}

/// <summary>A state: shape and word, never colour alone.</summary>
public sealed record StateMark(StateShape Shape, string Text);

/// <summary>The kind of a note, which sets its icon and border.</summary>
public enum NoteKind
{
    Info,
    Ok,
    Warning,
    Late,
}

/// <summary>One sentence and at most one action.</summary>
public sealed record Note(NoteKind Kind, string Text, string? ActionText = null, string? ActionHref = null, string? Id = null);

/// <summary>What is true when there is nothing to list, and what comes next.</summary>
public sealed record Empty(string Icon, string Text, string? ActionText = null, string? ActionHref = null);
