namespace CaseManagement.Web.Configuration;

/// <summary>What an empty database is filled with for a first look. Both are on in Development and off elsewhere unless set.</summary>
public sealed class DemoOptions
{
    public const string Section = "Demo";

    /// <summary>Invented people of every role, who sign in without a password (Development only).</summary>
    public bool? People { get; set; }

    /// <summary>A handful of invented cases.</summary>
    public bool? Cases { get; set; }
}
