using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Designer;
using CaseManagement.Web.Infrastructure;
using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Tests.Api;
using CaseManagement.Workflows.Cases;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.Web.Tests.Elsa;

/// <summary>The product as somebody's designer sees it.</summary>
public sealed class ElsaHost : IAsyncDisposable
{
    public const string Standard = "standard-complaint";

    public ApiHost Api { get; } = new();

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => Api.DisposeAsync();

    public T Get<T>()
        where T : notnull => Api.Services.GetRequiredService<T>();

    /// <summary>A client with the designer's token of somebody of the demo organisation, who proved just now, or then, who they are.</summary>
    public async Task<HttpClient> AsAsync(string person = "owner", string language = "en", string? process = null, DateTimeOffset? provedAt = null)
    {
        var client = Api.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        var session = await Get<StaffSessions>().BeginAsync(person, SignInMethods.Password, null, null, provedAt ?? DateTimeOffset.MaxValue, Token);
        var somebody = (await Get<People>().FindAsync(person, Token))!;
        var token = Get<DesignerTokens>().Create(somebody, session, DateTimeOffset.MaxValue, process, language);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Text);
        return client;
    }

    /// <summary>Asks the database.</summary>
    public async Task<T> QueryAsync<T>(Func<CaseManagementDbContext, Task<T>> query)
    {
        await using var db = await Get<IDbContextFactory<CaseManagementDbContext>>().CreateDbContextAsync(Token);
        return await query(db);
    }

    /// <summary>Registers a complaint on the standard process, or another.</summary>
    public async Task<Complaint> RegisterAsync(string? process = null, Respondent? respondent = null)
    {
        var by = (await Get<People>().FindAsync("chen", Token))!.AsPerformer();
        var outcome = await Get<CaseRuntime>().RegisterAsync(
            new Registration
            {
                Process = process,
                Channel = "phone",
                Subject = "Planted subject 4711",
                Description = "Planted description 4711",
                Category = process is null ? "speed" : null,
                Complainant = new Complainant { Name = "Planted name 4711", Kind = "person" },
                Respondent = respondent,
            },
            by, Token);
        return outcome!.Complaint;
    }
}

/// <summary>Short ways to ask as Studio does.</summary>
public static class Studio
{
    private const string Root = "/elsa/api/";

    public static async Task<JsonNode> GetJsonAsync(this HttpClient client, string path, HttpStatusCode status = HttpStatusCode.OK) =>
        await ReadAsync(await client.GetAsync(new Uri(Root + path, UriKind.Relative), ElsaHost.Token), status);

    public static async Task<JsonNode> PostJsonAsync(this HttpClient client, string path, JsonNode? body, HttpStatusCode status = HttpStatusCode.OK) =>
        await ReadAsync(await client.PostAsync(new Uri(Root + path, UriKind.Relative), JsonContent.Create(body ?? new JsonObject()), ElsaHost.Token), status);

    public static async Task<JsonNode> DeleteJsonAsync(this HttpClient client, string path, HttpStatusCode status = HttpStatusCode.NoContent) =>
        await ReadAsync(await client.DeleteAsync(new Uri(Root + path, UriKind.Relative), ElsaHost.Token), status);

    /// <summary>Opens a definition in the editor.</summary>
    public static async Task<JsonObject> OpenAsync(this HttpClient client, string definitionId) =>
        (JsonObject)await client.GetJsonAsync($"workflow-definitions/by-definition-id/{definitionId}?versionOptions=Latest");

    /// <summary>Saves as the editor does: the whole definition, as it was given and changed since.</summary>
    public static async Task<JsonObject> SaveAsync(this HttpClient client, JsonObject definition, bool publish = false, HttpStatusCode status = HttpStatusCode.OK)
    {
        var model = (JsonObject)definition.DeepClone();
        model["links"] = null;
        var answer = (JsonObject)await client.PostJsonAsync("workflow-definitions", new JsonObject { ["model"] = model, ["publish"] = publish }, status);
        return status == HttpStatusCode.OK ? (JsonObject)answer["workflowDefinition"]! : answer;
    }

    /// <summary>Creates a definition as Studio's dialog does.</summary>
    public static async Task<JsonObject> CreateAsync(this HttpClient client, string name) => await client.SaveAsync(new JsonObject
    {
        ["definitionId"] = null,
        ["name"] = name,
        ["description"] = null,
        ["toolVersion"] = "3.8.0.0",
        ["variables"] = null,
        ["options"] = null,
        ["customProperties"] = null,
        ["root"] = new JsonObject { ["id"] = "1c7031983d340158", ["type"] = "Elsa.Flowchart", ["version"] = 1, ["name"] = "Flowchart1" },
        ["createdAt"] = "0001-01-01T00:00:00+00:00",
        ["version"] = 1,
        ["isLatest"] = true,
        ["id"] = null,
    });

    /// <summary>The sentences Studio shows.</summary>
    public static string Said(this JsonNode refusal)
    {
        Assert.Equal(400, (int?)refusal["statusCode"]);
        return string.Join('\n', ((JsonObject)refusal["errors"]!).SelectMany(e => e.Value!.AsArray()).Select(s => (string?)s));
    }

    /// <summary>Draws what a process needs at least: received, a task, a clock, close, end.</summary>
    public static JsonObject DrawProcess(this JsonObject definition)
    {
        var root = (JsonObject)definition["root"]!;
        JsonObject[] shapes =
        [
            Shape("received", "CaseManagement.ComplaintReceived", 0, ("kinds", List("complaint"))),
            Shape("clock", "CaseManagement.StartClock", 1, ("clocks", List("resolution"))),
            Shape("work", "CaseManagement.Task", 2, ("who", List("staff")), ("form", Text("handling")), ("outcomes", List("Done")), ("clock", Text("reply"))),
            Shape("close", "CaseManagement.Close", 3),
            Shape("end", "Elsa.End", 4),
        ];
        shapes[0]["customProperties"]!["canStartWorkflow"] = true;
        root["activities"] = new JsonArray([.. shapes]);
        root["connections"] = new JsonArray([.. shapes.Zip(shapes.Skip(1), (from, to) => Connect((string)from["id"]!, (string)to["id"]!))]);
        return definition;
    }

    public static JsonObject Shape(string id, string type, int place, params (string Name, JsonNode Value)[] inputs)
    {
        var shape = new JsonObject
        {
            ["id"] = id,
            ["name"] = id,
            ["type"] = type,
            ["version"] = 1,
            ["customProperties"] = new JsonObject { ["canStartWorkflow"] = false, ["runAsynchronously"] = false },
            ["metadata"] = new JsonObject { ["designer"] = new JsonObject { ["position"] = new JsonObject { ["x"] = 300 * place, ["y"] = 0 }, ["size"] = new JsonObject { ["width"] = 200, ["height"] = 50 } } },
        };
        foreach (var (name, value) in inputs)
        {
            shape[name] = value;
        }

        return shape;
    }

    public static JsonObject Text(string value) =>
        new() { ["typeName"] = "String", ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = value } };

    public static JsonObject List(params string[] values) => new()
    {
        ["typeName"] = "List<String>",
        ["expression"] = new JsonObject { ["type"] = "Object", ["value"] = new JsonArray([.. values.Select(v => JsonValue.Create(v))]).ToJsonString() },
    };

    public static JsonObject Connect(string from, string to, string port = "Done") => new()
    {
        ["source"] = new JsonObject { ["activity"] = from, ["port"] = port },
        ["target"] = new JsonObject { ["activity"] = to, ["port"] = "In" },
        ["vertices"] = new JsonArray(),
    };

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage response, HttpStatusCode status)
    {
        var text = await response.Content.ReadAsStringAsync(ElsaHost.Token);
        Assert.True(response.StatusCode == status, $"{(int)response.StatusCode} where {(int)status} was expected at {response.RequestMessage?.RequestUri}: {text}");
        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
    }
}
