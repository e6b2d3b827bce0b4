using System.Globalization;
using System.Text.Json.Nodes;
using CaseManagement.Domain;
using CaseManagement.Web.Api.Bodies;
using Microsoft.AspNetCore.WebUtilities;

namespace CaseManagement.Web.Api.Problems;

/// <summary>A refusal as programs read it (RFC 9457), with a stable code.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Code">Stable; outside programs rely on it.</param>
/// <param name="Detail">In English, for a code that has no sentence of its own; every one that is known has, in the languages of <see cref="ApiTexts"/>.</param>
public sealed record ApiProblem(int Status, string Code, string Detail)
{
    /// <summary>What is wrong with which field.</summary>
    public IReadOnlyList<InputProblem> Errors { get; init; } = [];

    /// <summary>Seconds after which it is worth trying again.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>Further members.</summary>
    public JsonObject? Extensions { get; init; }

    /// <summary>Answers the request with it.</summary>
    public static async Task WriteAsync(HttpContext context, ApiProblem problem)
    {
        context.Response.StatusCode = problem.Status;
        context.Response.ContentType = "application/problem+json; charset=utf-8";
        var texts = context.RequestServices.GetRequiredService<ApiTexts>();
        await context.Response.WriteAsync(problem.ToJson(texts, ApiLanguage.Of(context)).ToJsonString(ApiJson.Options), context.RequestAborted);
    }

    private JsonObject ToJson(ApiTexts texts, string language)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        try
        {
            var json = new JsonObject
            {
                ["type"] = "about:blank",
                ["title"] = ReasonPhrases.GetReasonPhrase(Status),
                ["status"] = Status,
                ["detail"] = texts.Say(Code) ?? Detail,
                ["code"] = Code,
            };
            if (Errors.Count > 0)
            {
                json["errors"] = new JsonObject(Errors.GroupBy(e => e.Field, StringComparer.Ordinal).Select(field => KeyValuePair.Create(
                    field.Key,
                    (JsonNode?)new JsonArray([.. field.Select(e => new JsonObject { ["code"] = e.Code, ["message"] = texts.Say(e.Code) ?? e.Message })]))));
            }

            foreach (var (name, value) in Extensions ?? [])
            {
                json[name] = value?.DeepClone();
            }

            return json;
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}

/// <summary>Ends a request with a problem; nothing has changed.</summary>
public sealed class ApiProblemException(ApiProblem problem) : Exception(problem.Detail)
{
    public ApiProblemException(int status, string code, string detail)
        : this(new ApiProblem(status, code, detail))
    {
    }

    public ApiProblem Problem { get; } = problem;
}
