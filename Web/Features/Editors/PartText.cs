using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CaseManagement.Domain.Packs;

namespace CaseManagement.Web.Features.Editors;

/// <summary>Parts as text, for what is seldom changed and for those who would rather write.</summary>
internal static class PartText
{
    public static readonly JsonSerializerOptions Shown = new() { WriteIndented = true, IndentSize = 1, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(JsonNode part) => part.ToJsonString(Shown);

    /// <summary>Where JSON goes wrong: line and column, said the same in every language.</summary>
    public static string JsonWrong(JsonException refused) => string.Create(CultureInfo.InvariantCulture,
        $"JSON {(refused.LineNumber ?? 0) + 1}:{(refused.BytePositionInLine ?? 0) + 1}");

    /// <summary>Reads what was typed; where it is no object, where that shows.</summary>
    public static JsonObject? Read(string? typed, out string? wrong)
    {
        try
        {
            var read = JsonNode.Parse(typed ?? "", documentOptions: new JsonDocumentOptions { MaxDepth = PackReader.MaxDepth });
            wrong = read is JsonObject ? null : "JSON 1:1";
            _ = read?.ToJsonString();
            return read as JsonObject;
        }
        catch (JsonException refused)
        {
            wrong = JsonWrong(refused);
        }
        catch (ArgumentException)
        {
            // a member twice
            wrong = "JSON";
        }

        return null;
    }
}
