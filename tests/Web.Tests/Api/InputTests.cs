using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace CaseManagement.Web.Tests.Api;

public sealed class InputTests : IAsyncDisposable
{
    private readonly ApiHost _host = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("""{"channel":"phone",""", "$", "json-malformed")]
    [InlineData("""{"channel":"phone","channel":"web"}""", "$", "json-malformed")]
    [InlineData("""{"channel":"phone","status":"closed"}""", "status", "member-unknown")]
    [InlineData("""{"channel":7}""", "channel", "type-wrong")]
    [InlineData("""{"channel":"phone","receivedAt":"2026-09-02T10:00"}""", "receivedAt", "type-wrong")]
    [InlineData("""{"channel":"pigeon","subject":"a","description":"b"}""", "channel", "channel-unknown")]
    [InlineData("""{"channel":"phone","description":"b"}""", "subject", "required")]
    [InlineData("""{"channel":"phone","subject":"a","description":"b","process":"none"}""", "process", "process-unknown")]
    [InlineData("""{"channel":"phone","subject":"a","description":"b","facts":{"nothing":1}}""", "facts.nothing", "fact-unknown")]
    [InlineData("""{"channel":"phone","subject":"a","description":"b","facts":{"injury":"yes"}}""", "facts.injury", "type-wrong")]
    public async Task A_body_that_cannot_be_taken_is_refused_by_field_and_code_and_changes_nothing(string body, string field, string code)
    {
        using var program = _host.Client();

        var problem = await SendAsync(program, body, HttpStatusCode.BadRequest);

        Assert.Equal("invalid-input", problem.Code());
        Assert.Contains(problem["errors"]![field]!.AsArray(), e => e!["code"].Text() == code);
        Assert.Equal(0, (await program.AskAsync("/api/v1/complaints"))["total"]!.GetValue<int>());
    }

    [Fact]
    public async Task Json_nested_too_deep_is_refused()
    {
        using var program = _host.Client();
        var deep = string.Concat(Enumerable.Repeat("[", 40)) + string.Concat(Enumerable.Repeat("]", 40));

        var problem = await SendAsync(program, "{\"facts\":{\"x\":" + deep + "}}", HttpStatusCode.BadRequest);

        Assert.Equal("json-malformed", problem["errors"]!["$"]![0]!["code"].Text());
    }

    [Fact]
    public async Task A_body_beyond_a_megabyte_is_refused()
    {
        using var program = _host.Client();

        var problem = await SendAsync(program, $$"""{"description":"{{new string('x', 1024 * 1024)}}"}""", HttpStatusCode.RequestEntityTooLarge);

        Assert.Equal("body-too-large", problem.Code());
    }

    [Fact]
    public async Task A_refusal_is_said_in_the_language_asked_for()
    {
        using var chinese = _host.Client(language: "zh-CN,en;q=0.5");
        using var other = _host.Client(language: "fr");

        var unknown = $"/api/v1/complaints/{Guid.Empty}";

        Assert.Equal("没有这个投诉。", (await chinese.AskAsync(unknown, 404))["detail"].Text());
        Assert.Equal("There is no such case.", (await other.AskAsync(unknown, 404))["detail"].Text());
    }

    [Fact]
    public async Task A_form_that_lacks_fields_names_them()
    {
        using var program = _host.Client();
        var suggestion = Sample.Complaint();
        suggestion["kind"] = "suggestion";
        var registered = await program.TellAsync("/api/v1/complaints", suggestion, 201);
        var task = $"/api/v1/tasks/{registered["tasks"]![0]!["id"]}/complete";

        var problem = await program.TellAsync(task, new { outcome = "Done", data = new { instruction = "Do it", adopted = true } }, 400);

        Assert.Equal("form-incomplete:promisedOn", problem.Code());
        Assert.Equal("open", (await program.AskAsync($"/api/v1/complaints/{registered["id"]}"))["status"].Text());
    }

    [Fact]
    public async Task A_list_comes_in_pages()
    {
        using var program = _host.Client();
        foreach (var subject in new[] { "One", "Two", "Three" })
        {
            await program.TellAsync("/api/v1/complaints", Sample.Complaint(subject), 201);
        }

        var second = await program.AskAsync("/api/v1/complaints?page=2&pageSize=2&sort=number");

        Assert.Equal(3, second["total"]!.GetValue<int>());
        Assert.Equal("Three", Assert.Single(second["items"]!.AsArray())!["subject"].Text());
    }

    [Theory]
    [InlineData("/api/v1/complaints?page=0")]
    [InlineData("/api/v1/complaints?pageSize=201")]
    [InlineData("/api/v1/complaints?pageSize=many")]
    [InlineData("/api/v1/complaints?sort=colour")]
    [InlineData("/api/v1/complaints?assignee=me")]
    [InlineData("/api/v1/tasks?state=lost")]
    [InlineData("/api/v1/tasks?due=someday")]
    public async Task A_query_that_cannot_be_meant_is_refused(string path)
    {
        using var program = _host.Client();

        Assert.Equal("invalid-input", (await program.AskAsync(path, 400)).Code());
    }

    [Fact]
    public async Task Search_finds_part_of_number_subject_and_complainant_and_takes_signs_literally()
    {
        using var program = _host.Client();
        await program.TellAsync("/api/v1/complaints", Sample.Complaint("Half price 50%"), 201);
        await program.TellAsync("/api/v1/complaints", Sample.Complaint("Late"), 201);

        Assert.Equal(2, await CountAsync("ang"));
        Assert.Equal(1, await CountAsync("50%25"));
        Assert.Equal(1, await CountAsync("%25"));
        Assert.Equal(0, await CountAsync("_"));

        async Task<int> CountAsync(string q) => (await program.AskAsync($"/api/v1/complaints?q={q}"))["total"]!.GetValue<int>();
    }

    private static async Task<JsonNode> SendAsync(HttpClient client, string body, HttpStatusCode status)
    {
        using var content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        var response = await client.PostAsync(new Uri("/api/v1/complaints", UriKind.Relative), content, Token);
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(Token))!;
    }
}
