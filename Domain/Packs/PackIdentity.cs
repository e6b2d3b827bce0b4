using CaseManagement.Domain.Facts;

namespace CaseManagement.Domain.Packs;

/// <summary>A kind of matter and what runs it.</summary>
/// <param name="Kind">complaint, consultation or suggestion.</param>
/// <param name="Workflow">Workflow definition id.</param>
/// <param name="Form">Registration form.</param>
public sealed record PackKind(string Kind, string Workflow, string Form);

/// <summary>Something with a key and a name: a channel, a pause reason, an outside body.</summary>
public sealed record Named(string Key, BilingualText Name);

/// <summary>A clause of the policy the pack implements.</summary>
public sealed record PolicyClause(string Id, BilingualText Text);

/// <summary>What <c>pack.json</c> says.</summary>
public sealed record PackIdentity(string Id, string Version, BilingualText Name)
{
    /// <summary>What kind of organisation it is for; packs of older making say it in one language for both.</summary>
    public BilingualText? OrganisationKind { get; init; }

    /// <summary>IANA time zone in which days, numbers and reports are counted.</summary>
    public required string Zone { get; init; }

    /// <summary>Key of the pack's own calendar.</summary>
    public required string Calendar { get; init; }

    public required IReadOnlyList<PackKind> Kinds { get; init; }

    public required IReadOnlyList<Named> Channels { get; init; }

    public required BilingualText PolicyTitle { get; init; }

    public required IReadOnlyList<PolicyClause> Clauses { get; init; }

    public IReadOnlyList<SettingDefinition> Settings { get; init; } = [];

    /// <summary>Settings a person applies and no rule reads.</summary>
    public IReadOnlyList<string> OpenReadings { get; init; } = [];

    /// <summary>The chain that must sign a new version of the pack.</summary>
    public string? ChangeApproval { get; init; }

    /// <summary>Outcome → what people read at the port and on the button.</summary>
    public IReadOnlyDictionary<string, BilingualText> Labels { get; init; } = new Dictionary<string, BilingualText>();
}
