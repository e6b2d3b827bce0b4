using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using CaseManagement.Domain.Facts;
using CaseManagement.Web.Elsa.Descriptors;
using CaseManagement.Workflows.CaseActivities;

namespace CaseManagement.Web.Tests.Elsa;

public sealed class DescriptorTests : IAsyncDisposable
{
    private readonly ElsaHost _host = new();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public void Every_activity_with_its_inputs_outputs_and_ports_is_written_about_in_both_languages()
    {
        var texts = new ActivityTexts();
        var missing = new List<string>();
        foreach (var descriptor in AllActivities.Registry.Activities.Select(a => a.Descriptor))
        {
            var text = texts.Find(descriptor.TypeName);
            Check(descriptor.TypeName, text?.Name, text?.Description, text is null ? null : texts.Category(text.Category));
            foreach (var input in descriptor.Inputs)
            {
                Check($"{descriptor.TypeName}.{input.Name}", text?.Inputs.GetValueOrDefault(input.Name)?.Name, text?.Inputs.GetValueOrDefault(input.Name)?.Description);
            }

            foreach (var output in descriptor.Outputs)
            {
                Check($"{descriptor.TypeName}.{output.Name}", text?.Outputs.GetValueOrDefault(output.Name)?.Name, text?.Outputs.GetValueOrDefault(output.Name)?.Description);
            }

            foreach (var port in descriptor.Ports)
            {
                Check($"{descriptor.TypeName}:{port.Name}", texts.Port(port.Name));
            }
        }

        Assert.Empty(missing);

        void Check(string what, params BilingualText?[] parts)
        {
            if (parts.Any(p => p is null || !p.IsComplete || !p.Zh.Any(c => c > 0x2E80)))
            {
                missing.Add(what);
            }
        }
    }

    [Theory]
    [InlineData("zh-CN", "任务", "承办", "完成", "客服部的经办人")]
    [InlineData("en", "Task", "Who", "Done", "Staff of Customer service")]
    public async Task An_owner_sees_our_activities_in_his_language_with_the_choices_of_the_process_he_edits(string language, string name, string input, string port, string staff)
    {
        var owner = await _host.AsAsync(language: language, process: ElsaHost.Standard);

        var items = (await owner.GetJsonAsync("descriptors/activities?Refresh=True"))["items"]!.AsArray();

        var task = items.Single(d => (string?)d!["typeName"] == "CaseManagement.Task")!;
        var who = task["inputs"]!.AsArray().Single(i => (string?)i!["name"] == "Who")!;
        var choices = who["uiSpecifications"]!["checklist"]!["checkList"]!["items"]!.AsArray().ToDictionary(i => (string)i!["value"]!, i => (string)i!["text"]!, StringComparer.Ordinal);
        Assert.Equal((name, input), ((string?)task["displayName"], (string?)who["displayName"]));
        Assert.Equal(staff, choices["staff@service"]);
        Assert.Contains("staff@lead", choices.Keys);
        Assert.Contains("handler", choices.Keys);
        var line = items.Single(d => (string?)d!["typeName"] == "Elsa.WriteLine")!;
        Assert.Equal(port, (string?)Assert.Single(line["ports"]!.AsArray())!["displayName"]);
        Assert.Equal(["Approved", "Refused", "Returned"], Names(items, "CaseManagement.Approval", "ports"));
        Assert.Contains("amount", Choices(items, "CaseManagement.Approval", "Chain", "dropdown", "selectList"));
        Assert.Contains("resolution", Choices(items, "CaseManagement.StartClock", "Clocks", "checklist", "checkList"));
        Assert.Contains("routing", Choices(items, "CaseManagement.Decide", "Table", "dropdown", "selectList"));
        Assert.Contains("receipt", Choices(items, "CaseManagement.Acknowledge", "Template", "dropdown", "selectList"));
        Assert.Contains("answer", Choices(items, "CaseManagement.Reply", "Kind", "radiolist", "radioList"));
        Assert.Equal(["finance", "quality", "service"], Choices(items, "CaseManagement.Assign", "Lead", "dropdown", "selectList").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_form_added_to_the_draft_can_be_chosen_and_another_processs_cannot()
    {
        var owner = await _host.AsAsync(process: "refunds");
        await owner.CreateAsync("Refunds");

        var items = (await owner.GetJsonAsync("descriptors/activities"))["items"]!.AsArray();

        Assert.Equal(["handling", "registration", "visit"], Choices(items, "CaseManagement.Task", "Form", "dropdown", "selectList").Order(StringComparer.Ordinal));
        Assert.Empty(Choices(items, "CaseManagement.Approval", "Chain", "dropdown", "selectList"));
    }

    [Fact]
    public async Task Without_a_process_only_what_the_organisation_has_can_be_chosen()
    {
        var items = (await (await _host.AsAsync()).GetJsonAsync("descriptors/activities"))["items"]!.AsArray();

        Assert.Contains("supervisor", Choices(items, "CaseManagement.Task", "Who", "checklist", "checkList"));
        Assert.Contains("quality", Choices(items, "CaseManagement.Assign", "Lead", "dropdown", "selectList"));
        Assert.Empty(Choices(items, "CaseManagement.Task", "Form", "dropdown", "selectList"));
        Assert.Equal(["complaint", "consultation", "suggestion"], Choices(items, "CaseManagement.ComplaintReceived", "Kinds", "checklist", "checkList"));
    }

    [Fact]
    public async Task A_published_workflow_that_may_be_used_as_an_activity_is_offered_and_its_users_are_known()
    {
        var owner = await _host.AsAsync();
        var child = RoundTripTests.Line("greeting");
        child["options"] = new JsonObject { ["usableAsActivity"] = true, ["activityCategory"] = "House" };
        child["inputs"] = new JsonArray(new JsonObject { ["name"] = "Whom", ["displayName"] = "Whom", ["type"] = "String" });
        child["outcomes"] = new JsonArray("Said");
        await owner.PostJsonAsync("workflow-definitions/import", child);
        Assert.DoesNotContain("Greeting", await TypesAsync(owner));

        await owner.PostJsonAsync("workflow-definitions/greeting/publish", null);
        var items = (await owner.GetJsonAsync("descriptors/activities"))["items"]!.AsArray();
        var descriptor = items.Single(d => (string?)d!["typeName"] == "Greeting")!;
        Assert.Equal(("House", "@1/greeting", 1), ((string?)descriptor["category"], (string?)descriptor["constructionProperties"]!["WorkflowDefinitionVersionId"], (int)descriptor["version"]!));
        Assert.Equal("Whom", (string?)Assert.Single(descriptor["inputs"]!.AsArray())!["name"]);

        var parent = RoundTripTests.Line("parent");
        parent["root"]!["activities"] = new JsonArray(Studio.Shape("g", "Greeting", 0, ("workflowDefinitionId", "greeting"), ("workflowDefinitionVersionId", "@1/greeting")));
        await owner.PostJsonAsync("workflow-definitions/import", parent);
        await owner.PostJsonAsync("workflow-definitions/parent/publish", null);
        Assert.Equal("parent", (string?)Assert.Single((await owner.GetJsonAsync("workflow-definitions/greeting/consumers"))["consumingWorkflowDefinitionIds"]!.AsArray()));

        var changed = await owner.OpenAsync("greeting");
        changed["description"] = "second";
        await owner.SaveAsync(changed, publish: true);
        var updated = await owner.PostJsonAsync("workflow-definitions/greeting/update-references", null);
        Assert.Equal("parent", (string?)Assert.Single(updated["affectedWorkflows"]!.AsArray()));
        Assert.Equal("@2/greeting", (string?)(await owner.OpenAsync("parent"))["root"]!["activities"]![0]!["workflowDefinitionVersionId"]);
    }

    [Fact]
    public async Task Descriptors_are_compressed_and_not_sent_again_while_nothing_changed()
    {
        var owner = await _host.AsAsync();
        using var asked = new HttpRequestMessage(HttpMethod.Get, "/elsa/api/descriptors/activities?Refresh=True");
        asked.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("br"));
        var first = await owner.SendAsync(asked, ElsaHost.Token);
        Assert.Equal("br", Assert.Single(first.Content.Headers.ContentEncoding));
        Assert.True((await first.Content.ReadAsByteArrayAsync(ElsaHost.Token)).Length < 20_000);

        using var again = new HttpRequestMessage(HttpMethod.Get, "/elsa/api/descriptors/activities?Refresh=True");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotModified, (await owner.SendAsync(again, ElsaHost.Token)).StatusCode);

        await _host.RegisterAsync();
        await owner.PostJsonAsync("workflow-definitions/import", new JsonObject
        {
            ["definitionId"] = "odd",
            ["name"] = "odd",
            ["root"] = new JsonObject { ["id"] = "r", ["type"] = "Odd.Root", ["version"] = 1 },
        });
        using var later = new HttpRequestMessage(HttpMethod.Get, "/elsa/api/descriptors/activities?Refresh=True");
        later.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        Assert.Equal(HttpStatusCode.OK, (await owner.SendAsync(later, ElsaHost.Token)).StatusCode);
    }

    [Fact]
    public async Task Scripts_know_the_variables_and_inputs_of_their_definition()
    {
        var owner = await _host.AsAsync();
        var definition = RoundTripTests.Line("typed");
        definition["variables"] = new JsonArray(new JsonObject { ["id"] = "v", ["name"] = "amount", ["typeName"] = "Decimal" }, new JsonObject { ["id"] = "w", ["name"] = "no; drop", ["typeName"] = "String" });
        definition["inputs"] = new JsonArray(new JsonObject { ["name"] = "Names", ["type"] = "String", ["isArray"] = true });
        await owner.PostJsonAsync("workflow-definitions/import", definition);

        using var content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
        var answer = await owner.PostAsync("/elsa/api/scripting/javascript/type-definitions/typed", content, ElsaHost.Token);
        var text = await answer.Content.ReadAsStringAsync(ElsaHost.Token);

        Assert.Equal("application/x-typescript", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains("declare function getAmount(): number;", text, StringComparison.Ordinal);
        Assert.Contains("declare function getNames(): string[];", text, StringComparison.Ordinal);
        Assert.DoesNotContain("drop", text, StringComparison.Ordinal);
    }

    private static async Task<IEnumerable<string>> TypesAsync(HttpClient client) =>
        (await client.GetJsonAsync("descriptors/activities"))["items"]!.AsArray().Select(d => (string)d!["typeName"]!);

    private static IEnumerable<string> Names(JsonArray items, string type, string members) =>
        items.Single(d => (string?)d!["typeName"] == type)![members]!.AsArray().Select(m => (string)m!["name"]!).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Choices(JsonArray items, string type, string input, string hint, string list) =>
        items.Single(d => (string?)d!["typeName"] == type)!["inputs"]!.AsArray().Single(i => (string?)i!["name"] == input)!["uiSpecifications"]![hint]![list]!["items"]!
            .AsArray().Select(i => (string)i!["value"]!);
}
