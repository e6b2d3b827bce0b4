using CaseManagement.Domain.Facts;

namespace CaseManagement.Web.Configuration.Checks;

/// <summary>Something about the configuration that is not as it should be in Production.</summary>
/// <param name="Refuses">Production does not start with it; otherwise it warns.</param>
/// <param name="Setting">The setting, or what else is meant.</param>
/// <param name="Reason">What would happen.</param>
/// <param name="Fix">What to do.</param>
public sealed record ConfigFinding(bool Refuses, string Setting, BilingualText Reason, BilingualText Fix)
{
    /// <summary>Setting, reason and fix in one line of a language.</summary>
    public string In(string language) => language == "en" ? $"{Setting}: {Reason.En} {Fix.En}" : $"{Setting}：{Reason.Zh}{Fix.Zh}";

    public static ConfigFinding Refusal(string setting, string reasonZh, string reasonEn, string fixZh, string fixEn) =>
        new(true, setting, new BilingualText(reasonZh, reasonEn), new BilingualText(fixZh, fixEn));

    public static ConfigFinding Warning(string setting, string reasonZh, string reasonEn, string fixZh, string fixEn) =>
        new(false, setting, new BilingualText(reasonZh, reasonEn), new BilingualText(fixZh, fixEn));
}
