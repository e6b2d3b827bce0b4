using System.Security.Cryptography;
using System.Text;
using CaseManagement.Web.Persistence.Settings;

namespace CaseManagement.Web.Configuration;

/// <summary>
/// What an editor is given with a definition and gives back when it saves. It tells whether somebody else saved meanwhile. An editor that
/// saves again before the first answer is back still holds the older content; the editor's own mark lets it through.
/// </summary>
/// <param name="Editor">The opened editor, a new one each time the definition is opened.</param>
/// <param name="Content">What the definition was when it was given.</param>
public sealed record DraftToken(string Editor, string Content)
{
    private const int Length = 16;

    /// <summary>For an editor that opens the definition now.</summary>
    public static DraftToken For(WorkflowDefinitionVersion opened) => new(RandomNumberGenerator.GetHexString(Length, lowercase: true), ContentOf(opened));

    /// <summary>The same editor's token after a save.</summary>
    public DraftToken After(WorkflowDefinitionVersion saved) => this with { Content = ContentOf(saved) };

    /// <summary>Null for what is no token.</summary>
    public static DraftToken? Read(string? text) =>
        text?.Split('.') is [{ Length: Length } editor, { Length: Length } content] ? new DraftToken(editor, content) : null;

    /// <summary>Nobody else has saved since.</summary>
    public bool IsCurrent(WorkflowDefinitionVersion latest) => latest.SavedIn == Editor || ContentOf(latest) == Content;

    public override string ToString() => $"{Editor}.{Content}";

    private static string ContentOf(WorkflowDefinitionVersion row) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{row.Id}\n{row.Json}")).AsSpan(0, Length / 2));
}

/// <summary>Somebody else saved the draft since it was opened; nothing was changed.</summary>
/// <param name="by">The user's key.</param>
/// <param name="at">When.</param>
/// <param name="version">The version that is the latest now.</param>
public sealed class StaleDraftException(string? by, DateTimeOffset? at, int version) : Exception("Somebody else saved the draft meanwhile.")
{
    public string? By { get; } = by;

    public DateTimeOffset? At { get; } = at;

    public int Version { get; } = version;
}
