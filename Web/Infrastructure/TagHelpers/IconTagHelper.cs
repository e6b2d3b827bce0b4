using Microsoft.AspNetCore.Razor.TagHelpers;

namespace CaseManagement.Web.Infrastructure.TagHelpers;

/// <summary><c>&lt;icon name="inbox" /&gt;</c>: a symbol of the sprite, silent to screen readers; a word always stands beside it.</summary>
[HtmlTargetElement("icon", TagStructure = TagStructure.WithoutEndTag)]
public sealed class IconTagHelper(IconSprite icons) : TagHelper
{
    /// <summary>One of <c>frontend/icons.json</c>.</summary>
    public string Name { get; set; } = "";
    public bool Small { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "svg";
        output.TagMode = TagMode.StartTagAndEndTag;
        var given = output.Attributes["class"]?.Value.ToString();
        output.Attributes.SetAttribute("class", $"i {(Small ? "i-s " : "")}{given}".TrimEnd());
        output.Attributes.SetAttribute("aria-hidden", "true");
        output.Attributes.SetAttribute("focusable", "false");
        output.Content.SetHtmlContent(icons.Use(Name));
    }
}
