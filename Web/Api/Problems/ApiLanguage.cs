namespace CaseManagement.Web.Api.Problems;

/// <summary>The language of an answer: the first of Accept-Language that the product has, else English.</summary>
public static class ApiLanguage
{
    public const string Chinese = "zh-CN";
    public const string English = "en";

    public static string Of(HttpContext context) =>
        context.Request.GetTypedHeaders().AcceptLanguage
            .OrderByDescending(l => l.Quality ?? 1)
            .Where(l => l.Quality is not 0)
            .Select(l => l.Value.Value)
            .Select(l => Is(l, "zh") ? Chinese : Is(l, "en") ? English : null)
            .FirstOrDefault(l => l is not null) ?? English;

    private static bool Is(string? tag, string language) =>
        tag is not null && tag.StartsWith(language, StringComparison.OrdinalIgnoreCase) && (tag.Length == language.Length || tag[language.Length] == '-');
}
