namespace CaseManagement.Web.Persistence.Settings;

/// <summary>How an organisation reads a policy where the policy leaves a choice; without a row the pack's own default counts.</summary>
public sealed class SettingReading : IConfigurationRow
{
    public required string ProcessKey { get; init; }
    public required string SettingKey { get; init; }

    /// <summary>The chosen value, JSON.</summary>
    public required string ValueJson { get; set; }
}
