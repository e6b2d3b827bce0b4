namespace CaseManagement.Web.Persistence.Settings;

/// <summary>The one row that tells every node whether its cached processes, limits, calendars and organisation are current.</summary>
public sealed class ConfigurationStamp
{
    public const int TheId = 1;

    public required int Id { get; init; }

    /// <summary>Rises with every committed change; 1 in an empty database.</summary>
    public required long Version { get; init; }
}
