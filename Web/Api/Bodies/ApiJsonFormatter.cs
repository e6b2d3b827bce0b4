using System.Text.Json;
using CaseManagement.Domain;
using CaseManagement.Domain.Facts;
using Microsoft.AspNetCore.Mvc.Formatters;

namespace CaseManagement.Web.Api.Bodies;

/// <summary>Reads the API's JSON bodies and says by code and field what is wrong with one.</summary>
public sealed class ApiJsonFormatter : InputFormatter
{
    public ApiJsonFormatter()
    {
        SupportedMediaTypes.Add("application/json");
        SupportedMediaTypes.Add("application/*+json");
    }

    public override bool CanRead(InputFormatterContext context) =>
        context.HttpContext.Request.Path.StartsWithSegments("/api") && base.CanRead(context);

    public override async Task<InputFormatterResult> ReadRequestBodyAsync(InputFormatterContext context)
    {
        var body = await RequestBody.ReadAsync(context.HttpContext);
        return body.Bytes.Length == 0 ? await InputFormatterResult.NoValueAsync() : await InputFormatterResult.SuccessAsync(Parse(body.Bytes, context.ModelType));
    }

    /// <summary>Reads JSON as a type.</summary>
    /// <exception cref="InvalidInputException"><c>json-malformed</c>, <c>member-unknown</c>, <c>type-wrong</c>.</exception>
    public static object Parse(byte[] json, Type type)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = ApiJson.MaxDepth, AllowDuplicateProperties = false });
        }
        catch (JsonException)
        {
            throw Wrong("$", "json-malformed", "The body is not JSON, is nested too deep, or names a member twice.");
        }

        try
        {
            return JsonSerializer.Deserialize(json, type, ApiJson.Options) ?? throw Wrong("$", "json-malformed", "The body is null.");
        }
        catch (JsonException wrong)
        {
            var field = wrong.Path is { Length: > 2 } path ? path[2..] : "$";
            throw wrong.Message.Contains("could not be mapped", StringComparison.Ordinal)
                ? Wrong(field, "member-unknown", "There is no such member.")
                : Wrong(field, FactRefusals.TypeWrong, "The value is not of the kind this member takes.");
        }
    }

    private static InvalidInputException Wrong(string field, string code, string message) => new([new InputProblem(field, code, message)]);
}
