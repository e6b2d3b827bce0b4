using System.Globalization;
using CaseManagement.Web.Features.Shared;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Infrastructure.TagHelpers;

/// <summary><c>&lt;rate of="18" base="22" /&gt;</c>: a percentage with numerator and base beside it; no percentage of nothing.</summary>
[HtmlTargetElement("rate", TagStructure = TagStructure.WithoutEndTag)]
public sealed class RateTagHelper(IStringLocalizer<SharedText> text) : TagHelper
{
    public long Of { get; set; }
    public long Base { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "rate num");
        var share = Base == 0
            ? text["NoBase"].Value
            : (100m * Of / Base).ToString("0.0", CultureInfo.InvariantCulture) + "%";
        output.Content.SetContent(text["Rate", share, Of, Base]);
    }
}
