namespace CaseManagement.Web.Infrastructure.TagHelpers;

/// <summary>The file of all symbols, at the address it has for this request.</summary>
public sealed class IconSprite(IHttpContextAccessor requests)
{
    private readonly string _address = $"{requests.HttpContext?.Request.PathBase.ToUriComponent()}/vendor/icons.svg";

    /// <summary>What draws a symbol inside an <c>svg</c>.</summary>
    /// <param name="name">One of <c>frontend/icons.json</c>.</param>
    internal string Use(string name) => $"<use href=\"{_address}#i-{name}\"/>";

    /// <summary>A symbol.</summary>
    /// <inheritdoc cref="Use"/>
    internal string Draw(string name) => $"<svg class=\"i\" aria-hidden=\"true\" focusable=\"false\">{Use(name)}</svg>";
}
