using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.Extensions.WebEncoders;

namespace CaseManagement.Web.Infrastructure;

/// <summary>Controllers, forms and views of one feature lie in one folder.</summary>
public static class FeatureFolders
{
    public static IMvcBuilder AddFeatures(this IServiceCollection services)
    {
        services.Configure<RazorViewEngineOptions>(options =>
        {
            options.ViewLocationFormats.Clear();
            options.ViewLocationFormats.Add("/Features/{1}/{0}.cshtml");
            options.ViewLocationFormats.Add("/Features/Shared/{0}.cshtml");
        });
        // Chinese goes out as written; what HTML gives a meaning is still encoded.
        services.Configure<WebEncoderOptions>(options => options.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.AddScoped<ShellFilter>().AddSingleton<AccountDuties>().AddSingleton<AccountDutyFilter>();
        return services.AddControllersWithViews(options =>
        {
            options.Filters.Add(new AutoValidateAntiforgeryTokenAttribute());
            options.Filters.AddService<ShellFilter>();
            options.Filters.AddService<AccountDutyFilter>();
        });
    }
}
