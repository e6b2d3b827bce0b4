namespace CaseManagement.Domain.Auditing;

/// <summary>What is chained with an event beside what happened, when and by whom.</summary>
public sealed record AuditCircumstances
{
    /// <summary>The way in of what one person does for another.</summary>
    public const string ViaDelegation = "delegation";

    /// <summary>The way in to a case that is open to its reader in an emergency only.</summary>
    public const string ViaBreakGlass = "break-glass";

    /// <summary>Nothing else is known.</summary>
    public static readonly AuditCircumstances None = new();

    /// <summary>The way in: session, key …; null: what the actor's kind says.</summary>
    public string? Via { get; init; }

    /// <summary>A hash of the session's id, lower-case hex: events of one session are known as such, the session itself is not.</summary>
    public string? SessionHash { get; init; }

    /// <summary>The user for whom it was done, where somebody else did it.</summary>
    public string? OnBehalfOf { get; init; }

    /// <summary>The version of the case or object that this event belongs to. Events of one burst share it.</summary>
    public long? EntityVersion { get; init; }

    /// <summary>The process and its version: <c>key/version</c>.</summary>
    public string? DefinitionVersion { get; init; }
}

/// <summary>Knows how whoever acts now came in.</summary>
public interface IAuditOrigin
{
    /// <summary>The circumstances of the running request; <see cref="AuditCircumstances.None"/> where there is none.</summary>
    AuditCircumstances Current { get; }
}
