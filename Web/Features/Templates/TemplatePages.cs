using System.Security.Claims;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Messages;

namespace CaseManagement.Web.Features.Templates;

/// <summary>The templates of messages and letters.</summary>
public interface ITemplatePages
{
    /// <summary>Null where the reader may not look.</summary>
    Task<TemplatesPage?> ListAsync(string? process, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>One template, or an empty one where no key is named; null where there is none for the reader.</summary>
    Task<TemplatePage?> OpenAsync(TemplateName name, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>The page with what was typed: mistakes with their places, and how it reads for an invented case. Stores nothing.</summary>
    Task<TemplatePage?> TryAsync(TemplateName name, TemplateEdit edit, ClaimsPrincipal user, CancellationToken cancellationToken);

    Task<ActionAnswer> SaveAsync(TemplateName name, TemplateEdit edit, ClaimsPrincipal user, CancellationToken cancellationToken);

    /// <summary>Takes the newest change back: the version before becomes the next one; of the first, it is offered no more.</summary>
    Task<ActionAnswer> UndoAsync(TemplateName name, int version, ClaimsPrincipal user, CancellationToken cancellationToken);
}

/// <summary>Which template: of a process or, with an empty one, of all; an empty key is a new one.</summary>
public sealed record TemplateName(string Process, string Key)
{
    /// <summary>Stands for all processes in addresses.</summary>
    public const string All = "all";

    /// <summary>Stands for a new template in addresses.</summary>
    public const string New = "new-template";

    public string Href => $"/templates/{(Process.Length == 0 ? All : Uri.EscapeDataString(Process))}/{(Key.Length == 0 ? New : Uri.EscapeDataString(Key))}";
}

/// <summary>All templates, the packs' own for reading and those written here.</summary>
public sealed record TemplatesPage
{
    public required IReadOnlyList<TemplateRow> Rows { get; init; }
    public required IReadOnlyList<Choice> Processes { get; init; }
    public string? Process { get; init; }
    public bool MayChange { get; init; }
}

/// <summary>A template of the list.</summary>
/// <param name="Href">Its page; null for a pack's, which is changed with its process.</param>
/// <param name="Subject">In the reader's language, with placeholders.</param>
/// <param name="IsWithdrawn">It is offered no more.</param>
public sealed record TemplateRow(string Name, string Process, string Channel, string Subject, string? Href, bool IsWithdrawn);

/// <summary>One template for change.</summary>
public sealed record TemplatePage
{
    public required TemplateName Name { get; init; }
    public required TemplateEdit Edit { get; init; }
    public required string ProcessName { get; init; }
    public required IReadOnlyList<Choice> Processes { get; init; }

    /// <summary>Placeholders it may have.</summary>
    public required IReadOnlyList<string> Names { get; init; }
    public required IReadOnlyList<TemplateVersionRow> History { get; init; }
    public required string Zone { get; init; }
    public bool MayChange { get; init; }
    public IReadOnlyList<TemplateExample> Examples { get; init; } = [];
    public string? Error { get; init; }
    public IReadOnlyDictionary<string, string> Errors { get; init; } = new Dictionary<string, string>();
    public bool IsNew => Name.Key.Length == 0;
}

/// <summary>How a template reads for an invented case.</summary>
/// <param name="Language">BCP 47.</param>
/// <param name="Sms">Its length, for an SMS.</param>
public sealed record TemplateExample(string Language, string Subject, string Body, SmsLength? Sms);

/// <summary>A version of a template.</summary>
/// <param name="What">What changed, in words.</param>
/// <param name="UndoHref">Takes it back; null where it is not the newest.</param>
public sealed record TemplateVersionRow(int Version, DateTimeOffset At, string By, string What, string? UndoHref);

/// <summary>A template as typed.</summary>
public sealed record TemplateEdit
{
    /// <summary>Only for a new one.</summary>
    public string? Key { get; init; }

    /// <summary>Only for a new one; empty for all processes.</summary>
    public string? Process { get; init; }
    public string Channel { get; init; } = "email";
    public string? NameZh { get; init; }
    public string? NameEn { get; init; }
    public string? SubjectZh { get; init; }
    public string? SubjectEn { get; init; }
    public string? BodyZh { get; init; }
    public string? BodyEn { get; init; }
    public bool IsWithdrawn { get; init; }

    /// <summary>The version that was shown; 0 for a new one.</summary>
    public int Version { get; init; }
}
