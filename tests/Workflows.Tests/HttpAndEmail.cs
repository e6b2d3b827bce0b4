using System.Text.Json.Nodes;
using CaseManagement.Workflows.Runtime;

namespace CaseManagement.Workflows.Tests;

/// <summary>Steps that reach outside: a burst only writes down what is to be sent, and the answer resumes the step.</summary>
public sealed class HttpAndEmail : IDisposable
{
    private readonly Host _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task A_request_is_written_down_with_everything_and_the_step_waits()
    {
        var id = await _host.StartAsync(Asking(
            ("method", Flow.Literal("post")), ("content", Flow.Script("({a: [1, '二']})")), ("authorization", Flow.Literal("Bearer x")),
            ("requestHeaders", Flow.Script("({'X-Case': 7, 'X-Many': ['a', 'b']})"))));

        var sent = Assert.Single(await _host.Store.OutgoingAsync(Host.Token));
        var body = JsonNode.Parse(sent.Body)!;
        Assert.Equal("ask", await _host.WaitingAsync(id));
        Assert.Equal(("http", "https://api.example.com", "POST https://api.example.com/orders"), (sent.Channel, sent.Address, sent.Subject));
        Assert.Equal("https://api.example.com/orders?id=1", (string?)body["Url"]);
        Assert.Equal("""{"a":[1,"二"]}""", (string?)body["Content"]);
        Assert.Equal("application/json", (string?)body["ContentType"]);
        Assert.Equal("""{"X-Case":"7","X-Many":"a, b","Authorization":"Bearer x"}""", body["Headers"]!.ToJsonString());
    }

    [Theory]
    [InlineData("[200,404]", 200, "matched done")]
    [InlineData("[200,404]", 404, "other done")]
    [InlineData("[200,404]", 500, "unmatched done")]
    [InlineData("[]", 500, "done")]
    public async Task A_flow_goes_on_at_the_expected_status_else_at_unmatched_and_always_at_done(string expected, int status, string reached)
    {
        var id = await _host.StartAsync(Asking(("expectedStatusCodes", Flow.Literal(expected))));

        await AnswerAsync(id, new() { ["StatusCode"] = status, ["Content"] = "ok", ["ContentType"] = "text/plain" });

        Assert.Equal(reached, Reached(await _host.CompletedAsync(id)));
        Assert.Equal(WorkflowSubStatus.Finished, (await _host.ReadAsync(id)).SubStatus);
    }

    [Fact]
    public async Task Every_expected_status_is_an_exit_that_may_be_drawn()
    {
        var plan = await _host.PublishAsync(Asking(("expectedStatusCodes", Flow.Literal("[200,404]"))));

        Assert.Empty(plan.Findings);
    }

    [Theory]
    [InlineData("Failed to connect", "failed")]
    [InlineData("Timeout", "late")]
    public async Task Without_an_answer_a_flow_goes_on_at_the_reason(string reason, string reached)
    {
        var id = await _host.StartAsync(Asking());

        await AnswerAsync(id, new() { ["NoAnswer"] = reason, ["Error"] = "no route" });

        Assert.Equal(reached, Reached(await _host.CompletedAsync(id)));
        Assert.Contains(
            (await _host.Store.JournalAsync(id, Host.Token)).Where(r => r.Data is not null).Select(r => System.Text.Encoding.UTF8.GetString(r.Data!)),
            d => d.Contains("no route", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_answer_is_bound_to_variables_and_its_JSON_is_read()
    {
        var flow = Asking(
            ("statusCode", Bound("Status")), ("parsedContent", Bound("Content")), ("responseHeaders", Bound("Headers")))
            .Variable("Status", "Int32").Variable("Content", "Object").Variable("Headers", "ObjectDictionary");
        var id = await _host.StartAsync(flow);

        await AnswerAsync(id, new()
        {
            ["StatusCode"] = 201,
            ["Content"] = """{"order":{"id":5}}""",
            ["ContentType"] = "application/json",
            ["Headers"] = new Dictionary<string, object?> { ["ETag"] = "x" },
        });

        var variables = (await _host.ReadAsync(id)).Variables;
        Assert.Equal(201d, variables["Status"]);
        Assert.Equal(5d, ((variables["Content"] as Dictionary<string, object?>)!["order"] as Dictionary<string, object?>)!["id"]);
        Assert.Equal("x", (variables["Headers"] as Dictionary<string, object?>)!["ETag"]);
    }

    [Fact]
    public async Task A_second_answer_changes_nothing()
    {
        var id = await _host.StartAsync(Asking());
        var bookmark = (await _host.ReadAsync(id)).Bookmarks.Single().Id;
        await AnswerAsync(id, new() { ["StatusCode"] = 200 });
        var before = (await _host.Store.JournalAsync(id, Host.Token)).Count;

        var again = await _host.Runtime.ResumeBookmarkAsync(id, bookmark, new Dictionary<string, object?> { ["StatusCode"] = 500 }, Host.Token);

        Assert.Equal(DeliverOutcome.AlreadyDone, again.Outcome);
        Assert.Equal(before, (await _host.Store.JournalAsync(id, Host.Token)).Count);
    }

    [Theory]
    [InlineData(200, null, "a200 after")]
    [InlineData(500, null, "other after")]
    [InlineData(0, "Failed to connect", "unreachable after")]
    [InlineData(0, "Timeout", "after")]
    public async Task The_plain_request_runs_the_activity_of_the_status(int status, string? noAnswer, string ran)
    {
        var flow = new Flow("f")
            .Add(
                "ask", "Elsa.SendHttpRequest", ("url", Flow.Literal("https://api.example.com/")),
                ("expectedStatusCodes", new JsonArray(new JsonObject { ["statusCode"] = 200, ["activity"] = LineJson("a200") })),
                ("unmatchedStatusCode", LineJson("other")), ("failedToConnect", LineJson("unreachable")))
            .Line("after").Connect("ask", "after");
        var id = await _host.StartAsync(flow);

        await AnswerAsync(id, noAnswer is null ? new() { ["StatusCode"] = status } : new() { ["NoAnswer"] = noAnswer });

        Assert.Equal(ran, string.Join(' ', (await _host.CompletedAsync(id)).Split(' ').Where(a => a is not ("ask" or "Flowchart1"))));
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("/orders")]
    [InlineData("https://user:secret@api.example.com/")]
    [InlineData("")]
    public async Task What_is_no_address_of_the_web_is_an_incident_and_nothing_is_sent(string url)
    {
        var id = await _host.StartAsync(new Flow("f").Add("ask", "Elsa.FlowSendHttpRequest", ("url", Flow.Literal(url))));

        Assert.Single((await _host.ReadAsync(id)).Incidents);
        Assert.Empty(await _host.Store.OutgoingAsync(Host.Token));
    }

    [Fact]
    public async Task An_email_goes_to_each_recipient_once_and_the_flow_goes_on_at_once()
    {
        var id = await _host.StartAsync(new Flow("f")
            .Add(
                "mail", "Elsa.SendEmail", ("to", Flow.Script("['a@example.com', 'b@example.com']")), ("cc", Flow.Script("['A@example.com']")),
                ("subject", Flow.Literal("投诉")), ("body", Flow.Literal("<p>…</p>")))
            .Line("after").Connect("mail", "after"));

        var sent = await _host.Store.OutgoingAsync(Host.Token);
        Assert.Equal(["a@example.com", "b@example.com"], sent.Select(s => s.Address));
        Assert.All(sent, s => Assert.Equal(("email", "投诉", "<p>…</p>", (Guid?)null), (s.Channel, s.Subject, s.Body, s.BookmarkId)));
        Assert.Equal(WorkflowSubStatus.Finished, (await _host.ReadAsync(id)).SubStatus);
    }

    [Fact]
    public async Task An_email_with_an_error_port_waits_for_all_deliveries_and_runs_the_port_when_one_fails()
    {
        Flow Mail(string name) => new Flow(name).Add(
            "mail", "Elsa.SendEmail", ("to", Flow.Script("['a@example.com', 'b@example.com']")), ("error", LineJson("failed")));
        var delivered = await _host.StartAsync(Mail("f"));
        var failing = await _host.StartAsync(Mail("g"));

        await AnswerAsync(delivered, []);
        Assert.Equal("mail", await _host.WaitingAsync(delivered));
        await AnswerAsync(delivered, []);
        await AnswerAsync(failing, new() { ["NoAnswer"] = "Failed to connect", ["Error"] = "mailbox full" });

        Assert.Equal("mail Flowchart1", await _host.CompletedAsync(delivered));
        Assert.Equal("failed mail Flowchart1", await _host.CompletedAsync(failing));
    }

    [Theory]
    [InlineData("['no address']")]
    [InlineData("[]")]
    [InlineData("['a@example.com\\nBcc: x@example.com']")]
    public async Task A_wrong_recipient_is_an_incident_and_nothing_is_sent(string to)
    {
        var id = await _host.StartAsync(new Flow("f").Add("mail", "Elsa.SendEmail", ("to", Flow.Script(to))));

        Assert.Single((await _host.ReadAsync(id)).Incidents);
        Assert.Empty(await _host.Store.OutgoingAsync(Host.Token));
    }

    private static Flow Asking(params (string, JsonNode?)[] properties) => new Flow("f")
        .Add("ask", "Elsa.FlowSendHttpRequest", [("url", Flow.Literal("https://api.example.com/orders?id=1")), .. properties])
        .Line("matched").Line("other").Line("unmatched").Line("failed").Line("late").Line("done")
        .Connect("ask/200", "matched").Connect("ask/404", "other").Connect("ask/Unmatched status code", "unmatched")
        .Connect("ask/Failed to connect", "failed").Connect("ask/Timeout", "late").Connect("ask", "done");

    private static string Reached(string completed) =>
        string.Join(' ', completed.Split(' ').Where(a => a is not ("ask" or "Flowchart1")));

    private static JsonObject LineJson(string id) => new() { ["id"] = id, ["type"] = "Elsa.WriteLine", ["text"] = Flow.Literal(id) };

    private static JsonObject Bound(string variable) => new() { ["typeName"] = "Object", ["memoryReference"] = new JsonObject { ["id"] = variable } };

    private async Task AnswerAsync(Guid id, Dictionary<string, object?> answer)
    {
        var bookmark = (await _host.ReadAsync(id)).Bookmarks[0];
        Assert.Equal(DeliverOutcome.Delivered, (await _host.Runtime.ResumeBookmarkAsync(id, bookmark.Id, answer, Host.Token)).Outcome);
    }
}
