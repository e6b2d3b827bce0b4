using System.Text.Json;

namespace CaseManagement.Domain.Tasks;

/// <summary>What somebody hands in with a finished task.</summary>
public sealed record TaskCompletion
{
    public required string Outcome { get; init; }

    /// <summary>The form's facts as they came in; coerced by each fact's declared type.</summary>
    public IReadOnlyDictionary<string, JsonElement> Data { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>Keys of the form's signatures that were given.</summary>
    public IReadOnlyList<string> Signatures { get; init; } = [];

    /// <summary>Ids of others who took part.</summary>
    public IReadOnlyList<string> With { get; init; } = [];

    /// <summary>Why; required to return or refuse an approval.</summary>
    public string? Reason { get; init; }

    /// <summary>The words of a reply, in place of the template's.</summary>
    public string? Text { get; init; }
}
