using System.Globalization;
using Microsoft.AspNetCore.Localization;

namespace CaseManagement.Web.Infrastructure;

/// <summary>Language and theme: <c>?lang=</c> and <c>?theme=</c> choose, a cookie remembers.</summary>
public static class Preferences
{
    public const string Language = "lang";
    public const string Theme = "theme";

    /// <summary>The first is the one a newcomer sees.</summary>
    public static readonly IReadOnlyList<string> Languages = ["zh-CN", "en"];

    private static readonly string[] Themes = ["light", "dark"];

    public static IServiceCollection AddPreferences(this IServiceCollection services) => services
        .AddLocalization()
        .Configure<RequestLocalizationOptions>(options =>
        {
            options.SupportedCultures = options.SupportedUICultures = [.. Languages.Select(CultureInfo.GetCultureInfo)];
            options.DefaultRequestCulture = new RequestCulture(Languages[0]);
            options.RequestCultureProviders =
            [
                new CustomRequestCultureProvider(context =>
                    Task.FromResult<ProviderCultureResult?>(new ProviderCultureResult(Choice(context, Language, Languages)))),
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

    /// <summary>The theme this reader chose, light at first.</summary>
    public static string ThemeOf(HttpContext context) => Choice(context, Theme, Themes);

    private static string Choice(HttpContext context, string name, IReadOnlyList<string> known) =>
        Known(context.Request.Query[name], known) ?? Known(context.Request.Cookies[name], known) ?? known[0];

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
