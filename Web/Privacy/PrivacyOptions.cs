using System.ComponentModel.DataAnnotations;

namespace CaseManagement.Web.Privacy;

/// <summary>How requests about personal data are taken.</summary>
public sealed class PrivacyOptions
{
    public const string Section = "Privacy";

    /// <summary>
    /// The key of the process that requests about personal data run as; empty: none are taken. <c>appsettings.json</c> names the one
    /// that ships. Its pack declares the facts of
    /// <see cref="Domain.Complaints.DataRequestFacts"/>. The desk of ordinary cases does not offer it.
    /// </summary>
    [StringLength(200)]
    public string RequestProcess { get; set; } = "";
}
