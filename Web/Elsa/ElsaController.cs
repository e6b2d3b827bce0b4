using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Designer;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Elsa;

/// <summary>What all endpoints under <c>/elsa/api</c> share: the designer's token, Elsa 3.8's shapes, refusals Studio can show.</summary>
[DesignerAccess, IgnoreAntiforgeryToken, TypeFilter<ElsaConventions>, ApiExplorerSettings(IgnoreApi = true)]
public abstract class ElsaController : ControllerBase
{
    /// <summary>How answers are written.</summary>
    public static JsonSerializerOptions Written { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 256 };

    /// <summary>Who asks.</summary>
    protected DesignerCaller Caller => DesignerCaller.Of(HttpContext);

    /// <summary>In whose name things are changed.</summary>
    protected Actor By => Caller.Person.AsPerformer().Actor;

    protected ContentResult Answer(JsonNode node, int status = StatusCodes.Status200OK) =>
        new() { Content = node.ToJsonString(Written), ContentType = "application/json; charset=utf-8", StatusCode = status };

    /// <summary>A list as Elsa's descriptor endpoints give it.</summary>
    protected ContentResult List(IEnumerable<JsonNode> items)
    {
        var array = new JsonArray([.. items]);
        return Answer(new JsonObject { ["items"] = array, ["count"] = array.Count });
    }

    /// <summary>An empty 404.</summary>
    protected StatusCodeResult Missing() => DesignerAnswers.Empty(HttpContext, StatusCodes.Status404NotFound);
}
