using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using CaseManagement.Web.Features.Shared;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Infrastructure.TagHelpers;

/// <summary><c>&lt;level chip="level" /&gt;</c>: a level by name, with a stair that shows how grave it is among those of its process.</summary>
[HtmlTargetElement("level", TagStructure = TagStructure.WithoutEndTag)]
public sealed class LevelTagHelper(IStringLocalizer<SharedText> text, HtmlEncoder html) : TagHelper
{
    public LevelChip Chip { get; set; } = default!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var (rank, of) = (Chip.Rank, Chip.Of);
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "lv");
        output.Attributes.SetAttribute("data-rank", rank == 1 ? "top" : rank * 2 <= of ? "high" : "low");
        output.Attributes.SetAttribute("title", text["LevelOrder", Chip.Order].Value);
        var width = (of * 4) - 1;
        var drawn = new StringBuilder().Append(CultureInfo.InvariantCulture, $"<svg class=\"lv-t\" viewBox=\"0 0 {width} 10\" width=\"{width}\" height=\"10\" aria-hidden=\"true\" focusable=\"false\">");
        for (var step = 0; step < of; step++)
        {
            drawn.Append(CultureInfo.InvariantCulture, $"<rect x=\"{step * 4}\" y=\"{(step <= of - rank ? 0 : 7)}\" width=\"3\" height=\"{(step <= of - rank ? 10 : 3)}\" rx=\"0.5\"/>");
        }

        output.Content.SetHtmlContent(drawn.Append("</svg> <span>").Append(html.Encode(Chip.Name)).Append("</span><span class=\"visually-hidden\">").Append(html.Encode(text["LevelRank", rank, of])).Append("</span>").ToString());
    }
}
