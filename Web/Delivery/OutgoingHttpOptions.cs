using System.ComponentModel.DataAnnotations;
using System.Net;

namespace CaseManagement.Web.Delivery;

/// <summary>
/// Where processes may send HTTP requests. Set by whoever runs the product, in configuration; there is no page for it. Without an entry
/// no request leaves.
/// </summary>
public sealed class OutgoingHttpOptions : IValidatableObject
{
    public const string Section = "OutgoingHttp";

    /// <summary>
    /// Hosts that may be asked: <c>api.example.com</c> (https on port 443), <c>*.example.com</c> for every host below it, or an origin with
    /// scheme and port where another one is meant: <c>http://intranet.local:8080</c>.
    /// </summary>
    public IList<string> AllowedHosts { get; } = [];

    /// <summary>Networks inside the organisation that may be asked, such as <c>10.20.0.0/16</c>; every other private address is refused.</summary>
    public IList<string> AllowedNetworks { get; } = [];

    /// <summary>Time for one request, connecting and reading included.</summary>
    [Range(1, 120)]
    public int TimeoutSeconds { get; set; } = 10;

    /// <summary>An answer's body is read up to here; a larger one is left out.</summary>
    [Range(1024, 16 * 1024 * 1024)]
    public int MaxAnswerBytes { get; set; } = 1024 * 1024;

    /// <summary>Tries before the process is told that no answer came.</summary>
    [Range(1, 10)]
    public int MaxAttempts { get; set; } = 5;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var host in AllowedHosts.Where(h => !AllowedHost.TryParse(h, out _)))
        {
            yield return new ValidationResult($"{Section}:AllowedHosts: “{host}” is no host such as api.example.com and no origin such as http://intranet.local:8080.");
        }

        foreach (var network in AllowedNetworks.Where(n => !IPNetwork.TryParse(n, out _)))
        {
            yield return new ValidationResult($"{Section}:AllowedNetworks: “{network}” is no network such as 10.20.0.0/16.");
        }
    }
}

/// <summary>One entry of <see cref="OutgoingHttpOptions.AllowedHosts"/>.</summary>
internal sealed record AllowedHost(string Scheme, string Host, int Port, bool IsSuffix)
{
    public static bool TryParse(string text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out AllowedHost? host)
    {
        host = null;
        var origin = text.Contains("://", StringComparison.Ordinal) ? text : "https://" + text;
        var isSuffix = origin.Contains("://*.", StringComparison.Ordinal);
        if (!Uri.TryCreate(origin.Replace("://*.", "://", StringComparison.Ordinal), UriKind.Absolute, out var url)
            || url.Scheme is not ("http" or "https") || url.PathAndQuery != "/" || url.UserInfo.Length > 0 || url.Fragment.Length > 0)
        {
            return false;
        }

        host = new AllowedHost(url.Scheme, url.IdnHost, url.Port, isSuffix);
        return true;
    }

    public bool Allows(Uri url) =>
        url.Scheme == Scheme && url.Port == Port
        && (IsSuffix
            ? url.IdnHost.EndsWith("." + Host, StringComparison.OrdinalIgnoreCase)
            : string.Equals(url.IdnHost, Host, StringComparison.OrdinalIgnoreCase));
}
