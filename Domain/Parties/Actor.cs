using System.Text.Json.Serialization;

namespace CaseManagement.Domain.Parties;

/// <summary>What kind of cause stands behind something that happened to a case.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ActorKind>))]
public enum ActorKind
{
    /// <summary>A signed-in person.</summary>
    Person,

    /// <summary>The complainant, by the portal or recorded for them.</summary>
    Complainant,

    /// <summary>A clock that came to one of its moments.</summary>
    Timer,

    /// <summary>A step of the process itself.</summary>
    Workflow,

    /// <summary>A row of an imported file.</summary>
    Import,

    /// <summary>An outside program with an API key.</summary>
    ApiKey,

    /// <summary>The administrator's command line or a recurring job.</summary>
    System,
}

/// <summary>Who or what did something. Timeline and audit rows carry it.</summary>
/// <param name="Kind">The kind of actor.</param>
/// <param name="Id">The user, key or job id; null where the kind says it all.</param>
/// <param name="Name">The name to show; null where the kind says it all.</param>
public sealed record Actor(ActorKind Kind, string? Id = null, string? Name = null)
{
    public static readonly Actor Timer = new(ActorKind.Timer);
    public static readonly Actor Workflow = new(ActorKind.Workflow);
    public static readonly Actor Complainant = new(ActorKind.Complainant);

    /// <summary>The complainant by themselves, on the portal; without the id somebody recorded it for them.</summary>
    public static readonly Actor ComplainantByPortal = new(ActorKind.Complainant, "@portal");

    /// <summary>The id of the person for whom it was done; null where it was done in one's own name.</summary>
    public string? OnBehalfOf { get; init; }

    /// <summary>That person's name.</summary>
    public string? OnBehalfOfName { get; init; }
}
