using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Packs;

/// <summary>How much a finding weighs.</summary>
public enum FindingSeverity
{
    /// <summary>The pack cannot be published.</summary>
    Error,

    /// <summary>Probably not what was meant.</summary>
    Warning,

    /// <summary>Worth knowing, such as a clause nothing cites.</summary>
    Note,
}

/// <summary>Something wrong with a pack, for the process owner to go to.</summary>
/// <param name="Code">Stable, see <see cref="FindingCodes"/>.</param>
/// <param name="File">Path in the pack, such as <c>tables.json</c>.</param>
/// <param name="JsonPath">Place in the file, such as <c>$.tables[0].rows[2].if</c>.</param>
/// <param name="Message">What is wrong, naming the thing.</param>
/// <param name="Severity">How much it weighs.</param>
public sealed record Finding(string Code, string File, string JsonPath, BilingualText Message, FindingSeverity Severity);
