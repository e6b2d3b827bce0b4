using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CaseManagement.Web.Elsa;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.Web.Tests.Elsa;

public sealed class DesignerRightsTests : IAsyncDisposable
{
    // what Studio asks for by POST and changes nothing
    private static readonly string[] Questions =
    [
        "workflow-instances", "workflow-instances/{id}/journal", "activity-executions/report", "descriptors/activities/{type}/options/{property}",
        "scripting/javascript/type-definitions/{definitionId}", "bulk-actions/export/workflow-definitions", "workflow-definitions/{definitionId}/export",
    ];

    private readonly ElsaHost _host = new();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Every_route_is_closed_to_nobody_and_what_changes_something_also_to_those_who_look_on()
    {
        var routes = Routes();
        Assert.True(routes.Count > 45, $"{routes.Count} routes");
        var nobody = _host.Api.CreateClient();
        var reader = await _host.AsAsync("auditor");
        var key = _host.Api.Client();
        foreach (var (method, path, pattern, writes) in routes)
        {
            var outside = await SendAsync(nobody, method, path);
            Assert.Equal((HttpStatusCode.Unauthorized, ""), (outside.Status, outside.Text));
            Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(key, method, path)).Status);

            var looking = await SendAsync(reader, method, path);
            Assert.True(writes == (looking.Status == HttpStatusCode.Forbidden), $"{method} {pattern}: {looking.Status}");
            Assert.True(looking.Status != HttpStatusCode.Unauthorized && (writes ? looking.Text.Length == 0 : (int)looking.Status < 500), $"{method} {pattern}: {looking.Status} {looking.Text}");
            Assert.True(writes || method == "GET" || Questions.Contains(pattern["elsa/api/".Length..]), $"{method} {pattern} changes something and lets everybody in.");
        }
    }

    [Fact]
    public async Task Links_say_what_may_be_done_and_those_who_look_on_get_none()
    {
        foreach (var (person, may) in new[] { ("owner", true), ("auditor", false), ("admin", false) })
        {
            var client = await _host.AsAsync(person);
            var list = await client.GetJsonAsync("workflow-definitions?versionOptions=Latest&Page=0&PageSize=10&SearchTerm=&IsSystem=False&OrderDirection=Ascending");
            var definition = await client.OpenAsync(ElsaHost.Standard);

            Assert.Equal(may, list["links"]!.AsArray().Any(l => (string?)l!["rel"] == "bulk-publish"));
            Assert.Equal(may, definition["links"]!.AsArray().Any(l => (string?)l!["rel"] == "publish"));
            Assert.All(list["items"]!.AsArray(), i => Assert.Equal(may, i!["links"]!.AsArray().Count > 0));
        }
    }

    [Fact]
    public async Task Routes_of_the_designer_are_not_part_of_the_described_api()
    {
        var description = await Api.Asking.AskAsync(_host.Api.Client(), "/openapi/v1.json");

        Assert.DoesNotContain("elsa", string.Join('\n', description["paths"]!.AsObject().Select(p => p.Key)), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task What_is_no_json_too_large_or_nested_too_deep_is_refused_in_words()
    {
        var owner = await _host.AsAsync();
        foreach (var (body, said) in new[]
        {
            ("{", "JSON"), ("[]", "definition"), ("{\"model\":{}}", "definition"), (new string('[', 500) + new string(']', 500), "JSON"),
            ("{\"model\":{\"name\":\"" + new string('x', 3_000_000) + "\"}}", "large"),
            ("{\"model\":{\"name\":\"a\",\"name\":\"b\",\"root\":{}}}", "JSON"),
            ("{\"model\":{\"name\":\" \",\"root\":{\"id\":\"f\",\"type\":\"Elsa.Flowchart\"}}}", "name"),
            ("{\"model\":{\"name\":\"\\u202Eevil\",\"root\":{\"id\":\"f\",\"type\":\"Elsa.Flowchart\"}}}", "name"),
            ("{\"model\":{\"name\":\"a\",\"version\":\"x\",\"root\":{\"id\":\"f\",\"type\":\"Elsa.Flowchart\"}}}", "kind"),
        })
        {
            using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
            var answer = await owner.PostAsync("/elsa/api/workflow-definitions", content, ElsaHost.Token);
            var text = await answer.Content.ReadAsStringAsync(ElsaHost.Token);
            Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{body[..Math.Min(60, body.Length)]}: {answer.StatusCode} {text}");
            Assert.Contains(said, JsonNode.Parse(text)!.Said(), StringComparison.OrdinalIgnoreCase);
        }
    }

    private List<(string Method, string Path, string Pattern, bool Writes)> Routes() =>
        [.. _host.Api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText?.StartsWith("elsa/api/", StringComparison.Ordinal) == true && !e.RoutePattern.RawText.Contains("{**rest}", StringComparison.Ordinal))
            .SelectMany(e => e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method => (
                method,
                "/" + System.Text.RegularExpressions.Regex.Replace(e.RoutePattern.RawText!, @"\{[^}]*\}", "1"),
                e.RoutePattern.RawText!,
                e.Metadata.GetMetadata<ControllerActionDescriptor>()!.MethodInfo.IsDefined(typeof(ElsaWriteAttribute), inherit: false))))];

    private static async Task<(HttpStatusCode Status, string Text)> SendAsync(HttpClient client, string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Content = method == "GET" ? null : JsonContent.Create(new JsonObject());
        using var response = await client.SendAsync(request, ElsaHost.Token);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(ElsaHost.Token));
    }
}
