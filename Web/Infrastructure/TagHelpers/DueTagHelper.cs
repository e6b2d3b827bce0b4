using System.Globalization;
using CaseManagement.Web.Features.Shared;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace CaseManagement.Web.Infrastructure.TagHelpers;

/// <summary>The only place that prints a date: <c>&lt;due at="…" zone="…" /&gt;</c> for a moment, <c>&lt;due day="…" /&gt;</c> for a day.</summary>
[HtmlTargetElement("due", TagStructure = TagStructure.WithoutEndTag)]
public sealed class DueTagHelper(DateWords dates, TimeProvider clock) : TagHelper
{
    public DateTimeOffset? At { get; set; }

    /// <summary>IANA zone; needed with <see cref="At"/>.</summary>
    public string Zone { get; set; } = "";
    public DateOnly? Day { get; set; }
    public DateStyle Style { get; set; } = DateStyle.Full;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "time";
        output.TagMode = TagMode.StartTagAndEndTag;
        if (At is { } at)
        {
            output.Attributes.SetAttribute("datetime", at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
            output.Content.SetContent(dates.Say(at, Zone, Style));
        }
        else if (Day is { } day)
        {
            output.Attributes.SetAttribute("datetime", day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            output.Content.SetContent(dates.Say(day, Style, clock.GetUtcNow().Year));
        }
        else
        {
            output.SuppressOutput();
        }
    }
}
