using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Tests.Elsa;

public sealed class FileTests : IAsyncDisposable
{
    private readonly ElsaHost _host = new();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Files_and_zips_come_in_together_and_go_out_as_a_zip_with_those_that_use_them()
    {
        var owner = await _host.AsAsync();
        var user = RoundTripTests.Line("user");
        user["root"]!["activities"] = new JsonArray(Studio.Shape("run", "Elsa.ExecuteWorkflow", 0, ("workflowDefinitionId", Studio.Text("one"))));

        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(Encoding.UTF8.GetBytes("\uFEFF" + RoundTripTests.Line("one").ToJsonString())), "files", "one.json" },
            { new ByteArrayContent(Zip(("user.json", user.ToJsonString()), ("two.json", RoundTripTests.Line("two").ToJsonString()), ("readme.txt", "not read"))), "files", "more.zip" },
        };
        var answer = await owner.PostAsync("/elsa/api/workflow-definitions/import-files", form, ElsaHost.Token);
        Assert.Equal(3, (int)JsonNode.Parse(await answer.Content.ReadAsStringAsync(ElsaHost.Token))!["count"]!);

        Assert.Equal(["workflow-definition-one-1.json", "workflow-definition-user-1.json"], await NamesAsync(await owner.GetAsync("/elsa/api/workflow-definitions/one/export?versionOptions=Latest&includeConsumingWorkflows=True", ElsaHost.Token)));
        using var many = new StringContent("{\"ids\":[\"@1/one\",\"@1/two\",\"@9/nothing\"]}", Encoding.UTF8, "application/json");
        Assert.Equal(["workflow-definition-one-1.json", "workflow-definition-two-1.json"], await NamesAsync(await owner.PostAsync("/elsa/api/bulk-actions/export/workflow-definitions", many, ElsaHost.Token)));
    }

    [Fact]
    public async Task A_zip_that_is_cut_short_or_holds_too_much_is_refused()
    {
        var owner = await _host.AsAsync();
        foreach (var zip in new[] { Zip(("one.json", RoundTripTests.Line("one").ToJsonString()))[..60], Zip([.. Enumerable.Range(0, 101).Select(i => ($"{i}.json", "{}"))]), Zip(("bomb.json", new string(' ', 3_000_000))) })
        {
            using var form = new MultipartFormDataContent { { new ByteArrayContent(zip), "files", "some.zip" } };
            var answer = await owner.PostAsync("/elsa/api/workflow-definitions/import-files", form, ElsaHost.Token);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.NotEmpty(JsonNode.Parse(await answer.Content.ReadAsStringAsync(ElsaHost.Token))!.Said());
        }

        Assert.False(await _host.QueryAsync(db => db.WorkflowDefinitions.AnyAsync(d => d.ProcessKey == null)));
    }

    [Fact]
    public async Task Of_several_none_is_deleted_when_one_cannot_be()
    {
        var owner = await _host.AsAsync();
        await owner.PostJsonAsync("workflow-definitions/import", RoundTripTests.Line("one"));
        await owner.PostJsonAsync("workflow-definitions/import", RoundTripTests.Line("two"));
        await owner.PostJsonAsync("workflow-definitions/two/publish", null);

        await owner.PostJsonAsync("bulk-actions/delete/workflow-definitions/by-definition-id", new JsonObject { ["definitionIds"] = new JsonArray("one", "two") }, HttpStatusCode.BadRequest);

        Assert.Equal("one", (string?)(await owner.OpenAsync("one"))["definitionId"]);
    }

    [Fact]
    public async Task A_name_is_free_for_the_definition_that_has_it_and_the_list_is_searched_sorted_and_paged()
    {
        var owner = await _host.AsAsync();
        foreach (var name in new[] { "alpha", "beta", "gamma" })
        {
            await owner.PostJsonAsync("workflow-definitions/import", RoundTripTests.Line(name));
        }

        Assert.False((bool)(await owner.GetJsonAsync("workflow-definitions/validation/is-name-unique?name=beta"))["isUnique"]!);
        Assert.True((bool)(await owner.GetJsonAsync("workflow-definitions/validation/is-name-unique?name=beta&definitionId=beta"))["isUnique"]!);
        Assert.Equal(["gamma"], await ListAsync("versionOptions=Latest&SearchTerm=AMM&IsSystem=False"));
        Assert.Equal(["gamma", "beta"], await ListAsync("versionOptions=Latest&DefinitionIds=alpha&DefinitionIds=beta&DefinitionIds=gamma&OrderBy=Name&OrderDirection=Descending&Page=0&PageSize=2"));
        Assert.Equal(["beta"], await ListAsync("VERSIONOPTIONS=1&ids=%401%2Fbeta"));
        Assert.Empty(await ListAsync("versionOptions=Published&DefinitionIds=alpha"));
        Assert.Empty(await ListAsync("versionOptions=Latest&SearchTerm=%25%25%25"));

        async Task<IEnumerable<string>> ListAsync(string query) =>
            (await owner.GetJsonAsync("workflow-definitions?" + query))["items"]!.AsArray().Select(i => (string)i!["name"]!);
    }

    private static byte[] Zip(params (string Name, string Text)[] files)
    {
        using var buffer = new MemoryStream();
        using (var archive = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in files)
            {
                using var writer = new StreamWriter(archive.CreateEntry(name).Open());
                writer.Write(text);
            }
        }

        return buffer.ToArray();
    }

    private static async Task<IEnumerable<string>> NamesAsync(HttpResponseMessage answer)
    {
        Assert.Equal("application/zip", answer.Content.Headers.ContentType!.MediaType);
        using var archive = new ZipArchive(await answer.Content.ReadAsStreamAsync(ElsaHost.Token));
        return archive.Entries.Select(e => e.Name).Order(StringComparer.Ordinal);
    }
}
