using System.Net;
using System.Text.RegularExpressions;

namespace CaseManagement.Web.Tests.Pages.Processes;

/// <summary>The fields a page's form would send, as a browser without script sends them.</summary>
internal static partial class PartForm
{
    /// <summary>All fields of the forms with that action, unchecked boxes and disabled fields left out.</summary>
    /// <param name="html">The page as sent, entities not resolved.</param>
    /// <param name="action">The form's action.</param>
    public static List<(string Name, string Value)> FieldsOf(string html, string action)
    {
        var form = Forms().Matches(html).First(one => WebUtility.HtmlDecode(Attribute(one.Groups[1].Value, "action") ?? "") == action).Groups[2].Value;
        var fields = new List<(string, string)>();
        foreach (Match control in Controls().Matches(form))
        {
            var (tag, attributes) = (control.Groups["tag"].Value, control.Groups["attributes"].Value);
            if (Attribute(attributes, "name") is not { } name || name == "__RequestVerificationToken")
            {
                continue;
            }

            if (tag == "select")
            {
                var options = Options().Matches(control.Groups["body"].Value);
                var chosen = options.FirstOrDefault(one => one.Groups[1].Value.Contains("selected", StringComparison.Ordinal)) ?? options.FirstOrDefault();
                fields.Add((name, WebUtility.HtmlDecode(Attribute(chosen?.Groups[1].Value ?? "", "value") ?? "")));
            }
            else if (tag == "textarea")
            {
                var text = control.Groups["body"].Value;
                fields.Add((name, WebUtility.HtmlDecode(text.StartsWith('\n') ? text[1..] : text.StartsWith("\r\n", StringComparison.Ordinal) ? text[2..] : text)));
            }
            else if (Attribute(attributes, "type") is not ("checkbox" or "radio") || attributes.Contains(" checked", StringComparison.Ordinal))
            {
                fields.Add((name, WebUtility.HtmlDecode(Attribute(attributes, "value") ?? "")));
            }
        }

        return fields;
    }

    /// <summary>The fields with some set to something else; a name that is not there is added.</summary>
    public static (string Name, string Value)[] With(this List<(string Name, string Value)> fields, params (string Name, string Value)[] changed) =>
        [.. fields.Where(field => changed.All(one => one.Name != field.Name)), .. changed.Where(one => one.Value.Length > 0)];

    private static string? Attribute(string attributes, string name) =>
        Regex.Match(attributes, $"(?:^|\\s){Regex.Escape(name)}=\"([^\"]*)\"") is { Success: true } match ? match.Groups[1].Value : null;

    [GeneratedRegex("<form([^>]*)>(.*?)</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex("<(?<tag>input)(?<attributes>[^>]*)>|<(?<tag>select|textarea)(?<attributes>[^>]*)>(?<body>.*?)</\\k<tag>>", RegexOptions.Singleline)]
    private static partial Regex Controls();

    [GeneratedRegex("<option([^>]*)>")]
    private static partial Regex Options();
}
