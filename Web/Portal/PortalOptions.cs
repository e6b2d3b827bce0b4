using System.ComponentModel.DataAnnotations;
using CaseManagement.Domain.Facts;

namespace CaseManagement.Web.Portal;

/// <summary>What complainants read about the organisation on the portal.</summary>
public sealed class PortalOptions
{
    public const string Section = "Portal";

    /// <summary>The organisation's name in Chinese; unset, that of the process.</summary>
    public string? NameZh { get; set; }

    /// <summary>The same in English.</summary>
    public string? NameEn { get; set; }

    /// <summary>For how many years after closing a case is kept, as the notice on privacy says.</summary>
    [Range(0, 100)]
    public int YearsKept { get; set; } = 3;

    /// <summary>To whom sensitive details may be passed on, in Chinese; unset: to nobody.</summary>
    public string? PassedToZh { get; set; }

    /// <summary>The same in English.</summary>
    public string? PassedToEn { get; set; }

    /// <summary>The telephone number for somebody in danger; unset: none is shown.</summary>
    public string? EmergencyPhone { get; set; }

    /// <summary>The version of the notice on privacy; to be raised with its words.</summary>
    [Required, StringLength(40)]
    public string NoticeVersion { get; set; } = "2026-1";

    /// <summary>The organisation's name; null where none is set.</summary>
    public BilingualText? Name => Of(NameZh, NameEn);

    /// <summary>To whom sensitive details may be passed on; null: to nobody.</summary>
    public BilingualText? PassedTo => Of(PassedToZh, PassedToEn);

    private static BilingualText? Of(string? zh, string? en) => (zh ?? en) is { Length: > 0 } either ? new(zh ?? either, en ?? either) : null;
}
