using System.Globalization;
using Microsoft.AspNetCore.Localization;

namespace CaseManagement.Web.Infrastructure;

/// <summary>Language and theme: <c>?lang=</c> and <c>?theme=</c> choose, a cookie remembers. Where no theme was chosen the reader's system decides, in the browser.</summary>
public static class Preferences
{
    public const string Language = "lang";
    public const string Theme = "theme";

    /// <summary>The first is the one a newcomer sees.</summary>
    public static readonly IReadOnlyList<string> Languages = ["zh-CN", "en"];

    private const string Dark = "dark";
    private static readonly string[] Themes = ["light", Dark];

    public static IServiceCollection AddPreferences(this IServiceCollection services) => services
        .AddLocalization()
        .Configure<RequestLocalizationOptions>(options =>
        {
            options.SupportedCultures = options.SupportedUICultures = [.. Languages.Select(CultureInfo.GetCultureInfo)];
            options.DefaultRequestCulture = new RequestCulture(Languages[0]);
            options.RequestCultureProviders =
            [
                new CustomRequestCultureProvider(context =>
                    Task.FromResult<ProviderCultureResult?>(new ProviderCultureResult(Chosen(context, Language, Languages) ?? Languages[0]))),
            ];
        });

    public static IApplicationBuilder UsePreferences(this IApplicationBuilder app) => app
        .Use((context, next) =>
        {
            Remember(context, Language, Languages);
            Remember(context, Theme, Themes);
            return next(context);
        })
        .UseRequestLocalization();

    /// <summary>Where the sheet of dark colours applies, as a media query: as the reader chose, else as their system is. Paper is always light.</summary>
    public static string DarkWhen(HttpContext context) => Chosen(context, Theme, Themes) switch
    {
        null => "screen and (prefers-color-scheme: dark)",
        Dark => "screen",
        _ => "not all",
    };

    /// <summary>The colour schemes the page may be painted in, as the meta element wants them.</summary>
    public static string SchemesOf(HttpContext context) => Chosen(context, Theme, Themes) ?? string.Join(' ', Themes);

    private static string? Chosen(HttpContext context, string name, IReadOnlyList<string> known) =>
        Known(context.Request.Query[name], known) ?? Known(context.Request.Cookies[name], known);

    private static string? Known(string? value, IReadOnlyList<string> known) =>
        known.FirstOrDefault(one => string.Equals(one, value, StringComparison.OrdinalIgnoreCase));

    // Script changes the theme cookie too, so it is not HttpOnly; it holds nothing of worth.
    private static void Remember(HttpContext context, string name, IReadOnlyList<string> known)
    {
        if (Known(context.Request.Query[name], known) is { } value)
        {
            context.Response.Cookies.Append(name, value, new CookieOptions
            {
                MaxAge = TimeSpan.FromDays(365),
                SameSite = SameSiteMode.Lax,
                Secure = context.Request.IsHttps,
                IsEssential = true,
            });
        }
    }
}
