using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Razor;

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
        services.AddScoped<ShellFilter>();
        return services.AddControllersWithViews(options =>
        {
            options.Filters.Add(new AutoValidateAntiforgeryTokenAttribute());
            options.Filters.AddService<ShellFilter>();
        });
    }
}
