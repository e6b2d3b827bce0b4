using System.IO.Compression;
using CaseManagement.Web.Elsa.Definitions;
using CaseManagement.Web.Elsa.Descriptors;
using CaseManagement.Web.Elsa.Instances;
using Microsoft.AspNetCore.ResponseCompression;

namespace CaseManagement.Web.Elsa;

/// <summary>Puts together what Studio asks for under <c>/elsa/api</c>.</summary>
public static class ElsaServices
{
    private const string Path = "/elsa/api";

    public static IServiceCollection AddElsaApi(this IServiceCollection services)
    {
        services.AddScoped<ElsaRefusals>().AddScoped<DefinitionQuery>().AddScoped<DefinitionPublishing>();
        services.AddSingleton<ActivityTexts>().AddSingleton<ActivityDescriptors>().AddSingleton<DescriptorList>();
        services.AddSingleton<InstanceAccess>().AddScoped<InstanceReader>();
        services.AddResponseCompression(options =>
        {
            // safe over TLS: nothing here is opened by a cookie, so no other site can make requests whose length tells something
            options.EnableForHttps = true;
            options.Providers.Add<BrotliCompressionProvider>();
            options.Providers.Add<GzipCompressionProvider>();
        });
        services.Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
        services.Configure<GzipCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
        return services;
    }

    /// <summary>Compresses what Studio is answered; the routes come with the controllers.</summary>
    public static IApplicationBuilder UseElsaApi(this IApplicationBuilder app) =>
        app.UseWhen(context => context.Request.Path.StartsWithSegments(Path), elsa => elsa.UseResponseCompression());
}
