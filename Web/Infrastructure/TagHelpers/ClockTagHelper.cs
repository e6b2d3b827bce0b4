using System.Globalization;
using System.Text.Encodings.Web;
using CaseManagement.Web.Features.Shared;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace CaseManagement.Web.Infrastructure.TagHelpers;

/// <summary><c>&lt;clock mark="new ClockMark(badge)" /&gt;</c>: a clock's badge. A long list has a hundred of them.</summary>
[HtmlTargetElement("clock", TagStructure = TagStructure.WithoutEndTag)]
public sealed class ClockTagHelper(ClockWords words, DateWords dates, IconSprite icons, HtmlEncoder html) : TagHelper
{
    public ClockMark Mark { get; set; } = default!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var clock = Mark.Clock;
        var (state, icon) = Mark.Drawn;
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", Mark.Large ? "clk clk-lg" : "clk");
        output.Attributes.SetAttribute("data-state", state);
        var counts = Mark.Counts && clock.DueAt is { } due ? $" data-due=\"{Utc(due)}\"" : "";
        var date = Mark.Date is { } at ? $"<span class=\"clk-d\"><time datetime=\"{Utc(at)}\">{html.Encode(dates.Say(at, clock.Zone, DateStyle.Brief))}</time></span>" : "";
        var bar = Mark.Bar is { } width ? $"<svg class=\"clk-bar\" viewBox=\"0 0 100 2\" preserveAspectRatio=\"none\" aria-hidden=\"true\" focusable=\"false\"><rect width=\"{width}\" height=\"2\"/></svg>" : "";
        output.Content.SetHtmlContent(
            $"{icons.Draw(icon)}<span class=\"clk-n\">{html.Encode(clock.Name)}</span> <span class=\"visually-hidden\">{html.Encode(words.State(clock.Look))}</span> "
            + $"<b class=\"clk-t\"{counts} data-parts=\"{(Mark.Large ? 3 : 2)}\">{html.Encode(words.Time(clock, Mark.Large))}</b>{date}{bar}");
    }

    private static string Utc(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
