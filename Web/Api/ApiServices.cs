using CaseManagement.Domain;
using CaseManagement.Web.Api.Access;
using CaseManagement.Web.Api.Attachments;
using CaseManagement.Web.Api.Bodies;
using CaseManagement.Web.Api.Complaints;
using CaseManagement.Web.Api.Problems;
using CaseManagement.Web.Api.Processes;
using CaseManagement.Web.Api.Tasks;
using CaseManagement.Web.Simulations;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.OpenApi;

namespace CaseManagement.Web.Api;

/// <summary>Puts the API together.</summary>
public static class ApiServices
{
    /// <summary>Registers the API; the session and the controllers are registered elsewhere.</summary>
    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.AddSingleton<ApiKeys>().AddSingleton<ApiTexts>();
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, ApiAuthentication>(ApiAuthentication.SchemeName, null);
        services.AddSingleton<IAuthorizationHandler, ApiAccessHandler>();
        services.AddExceptionHandler<ApiExceptionHandler>();
        services.Configure<MvcOptions>(options => options.InputFormatters.Insert(0, new ApiJsonFormatter()));
        services.PostConfigure<ApiBehaviorOptions>(options => options.InvalidModelStateResponseFactory = Refuse);
        services.Configure<ProblemDetailsOptions>(options => options.CustomizeProblemDetails = NameCode);
        services.AddScoped<RequestOnce>().AddScoped<ApiCases>().AddScoped<CaseReader>().AddScoped<CaseDeeds>().AddScoped<ComplaintQuery>().AddScoped<TimelineReader>();
        services.AddScoped<TaskQuery>().AddScoped<PackUpload>().AddScoped<AttachmentReader>().AddScoped<AttachmentForm>().AddScoped<LimitAdjustment>();
        services.AddSingleton<SimulationGate>().AddSingleton<ProcessTrials>().AddSingleton<KeptTrials>().AddSingleton<ProcessReplays>();
        services.AddOpenApi("v1", options =>
        {
            options.ShouldInclude = endpoint => endpoint.RelativePath?.StartsWith("api/v1/", StringComparison.Ordinal) == true;
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info = new OpenApiInfo { Title = "Complaint case management", Version = "v1" };
                document.Components ??= new OpenApiComponents();
                document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
                document.Components.SecuritySchemes["key"] = new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.ApiKey,
                    In = ParameterLocation.Header,
                    Name = ApiAuthentication.KeyHeader,
                };
                document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("key", document)] = [] }];
                return Task.CompletedTask;
            });
        });
        return services;
    }

    /// <summary>Serves the API's description at <c>/openapi/v1.json</c>; the API's own routes come with the controllers.</summary>
    public static IEndpointRouteBuilder UseApi(this IEndpointRouteBuilder app)
    {
        app.MapOpenApi("/openapi/{documentName}.json").WithMetadata(new ApiAccessAttribute(ApiScopes.ProcessesRead, ApiRoles.Anyone));
        return app;
    }

    // what the framework itself refuses: query values and routes that cannot be read, a body that is missing
    private static IActionResult Refuse(ActionContext context) => throw new InvalidInputException([.. context.ModelState
        .SelectMany(field => (field.Value?.Errors ?? []).Select(error => new InputProblem(
            FieldName(field.Key), field.Key.Length == 0 ? "body-required" : "value-refused", error.ErrorMessage)))]);

    private static string FieldName(string key) => key.Length == 0 ? "$" : char.ToLowerInvariant(key[0]) + key[1..];

    private static void NameCode(ProblemDetailsContext context) =>
        context.ProblemDetails.Extensions.TryAdd("code", context.ProblemDetails.Status switch
        {
            StatusCodes.Status400BadRequest => "request-malformed",
            StatusCodes.Status401Unauthorized => "sign-in-required",
            StatusCodes.Status403Forbidden => "forbidden",
            StatusCodes.Status404NotFound => "route-unknown",
            StatusCodes.Status405MethodNotAllowed => "method-refused",
            StatusCodes.Status413PayloadTooLarge => "body-too-large",
            StatusCodes.Status415UnsupportedMediaType => "media-type-unsupported",
            StatusCodes.Status429TooManyRequests => "too-many-requests",
            _ => "internal-error",
        });
}
