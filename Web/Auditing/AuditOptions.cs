using System.ComponentModel.DataAnnotations;

namespace CaseManagement.Web.Auditing;

/// <summary>How the audit is anchored, and where anchors go that the owner of the database cannot reach.</summary>
public sealed class AuditOptions
{
    public const string Section = "Audit";

    /// <summary>Seconds between anchors while something happens.</summary>
    [Range(1, 3600)]
    public int AnchorSeconds { get; set; } = 60;

    /// <summary>So many changed streams are anchored without waiting.</summary>
    [Range(1, 1_000_000)]
    public int AnchorStreams { get; set; } = 5000;

    /// <summary>A file anchors are added to, one a line; null: none. Best on a disk that the owner of the database cannot write.</summary>
    public string? AnchorFile { get; set; }

    /// <summary>A syslog server: <c>udp://host:514</c> or <c>tcp://host:601</c>; null: none.</summary>
    public string? Syslog { get; set; }

    /// <summary>Folder of the private keys that sign anchors; null: <c>audit-keys</c> in the data folder. Relative to the content root.</summary>
    public string? KeyFolder { get; set; }

    /// <summary>Days after which a new key signs; public halves stay.</summary>
    [Range(1, 3650)]
    public int KeyDays { get; set; } = 365;

    /// <summary>Days for which it is kept who looked at ordinary cases.</summary>
    [Range(1, 3650)]
    public int ReadDays { get; set; } = 190;

    /// <summary>Rows of one export, at most.</summary>
    [Range(1, 10_000_000)]
    public int ExportRows { get; set; } = 100_000;
}
