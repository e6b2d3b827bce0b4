using System.Net.Http.Headers;
using CaseManagement.Web.Auditing;
using CaseManagement.Web.Persistence.Settings;
using CaseManagement.Web.Tests.Api;
using CaseManagement.Web.Tests.Files;
using CaseManagement.Web.Tests.Pages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.Web.Tests.Auditing;

/// <summary>What is read of what is protected, or refused, is in the chain.</summary>
public sealed class ReadTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Reason = "An informant's case, for few eyes.";

    private readonly AuditDesk _desk = new(host, onPostgreSql: false);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pages_timelines_lists_and_files_of_a_closely_kept_case_are_chained_and_so_is_each_refusal()
    {
        using var li = host.Client("li");
        using var zhou = host.Client("zhou");
        var id = (await _desk.CaseAsync()).ToString();
        var task = (await li.AskAsync($"/api/v1/tasks?complaint={id}"))["items"]![0]!["id"].Text();
        await li.TellAsync($"/api/v1/tasks/{task}/claim", new { });
        var file = await AttachAsync(li, id);
        await li.TellAsync($"/api/v1/complaints/{id}/confidentiality", new { level = "restricted", reason = Reason });

        await li.AskAsync($"/api/v1/complaints/{id}");
        await li.AskAsync($"/api/v1/complaints/{id}/timeline");
        await li.AskAsync("/api/v1/complaints?status=open&pageSize=200");
        await li.GetAsync(new Uri($"/api/v1/complaints/{id}/attachments/{file}", UriKind.Relative), Token);
        await zhou.AskAsync($"/api/v1/complaints/{id}", 404);
        await zhou.AskAsync($"/api/v1/complaints/{id}", 404);
        await zhou.AskAsync($"/api/v1/complaints/{Guid.NewGuid()}", 404);

        Assert.Equal(3, (await ReadsAsync(ReadLog.CaseRead, "li")).Count(e => e.Data.Contains(id, StringComparison.Ordinal)));
        Assert.Contains(file, Assert.Single(await ReadsAsync(ReadLog.FileRead, "li")).Data, StringComparison.Ordinal);
        Assert.Equal(2, (await ReadsAsync(Denials.Denied, "zhou")).Count(e => e.Data.Contains(id, StringComparison.Ordinal)));
        Assert.Null((await _desk.VerifyAsync(new AuditExtent())).FirstBad);
    }

    [Fact]
    public async Task A_register_that_shows_a_closely_kept_case_is_chained_on_its_page_and_by_the_API()
    {
        using var li = host.Client("li");
        var id = (await _desk.CaseAsync()).ToString();
        var task = (await li.AskAsync($"/api/v1/tasks?complaint={id}"))["items"]![0]!["id"].Text();
        await li.TellAsync($"/api/v1/tasks/{task}/claim", new { });
        await li.TellAsync($"/api/v1/tasks/{task}/complete", new { outcome = "Done", data = new { replyForm = "oral" } });
        await li.TellAsync($"/api/v1/complaints/{id}/confidentiality", new { level = "restricted", reason = Reason });
        var page = new Browser(host.CreateClient(new() { AllowAutoRedirect = false }));
        await page.GetAsync("/sign-in?lang=en");
        await page.PostAsync("/sign-in/demo", ("userName", "li"));

        var number = (await li.AskAsync("/api/v1/registers/standard-complaint/handling"))["items"]!.AsArray().Single(step => step!["complaint"].Text() == id)!["number"].Text();
        Assert.Contains(number, await page.ReadAsync("/registers/standard-complaint/handling"), StringComparison.Ordinal);

        var chained = (await ReadsAsync(ReadLog.CaseRead, "li")).Where(e => e.Data.Contains(id, StringComparison.Ordinal) && e.Data.Contains("\"register\"", StringComparison.Ordinal));
        Assert.Equal(2, chained.Count());
    }

    [Fact]
    public async Task Looking_for_a_person_is_chained_by_number_whatever_it_finds_and_by_name_where_it_finds_one_once_an_hour()
    {
        await _desk.CaseAsync();
        using var wu = host.Client("wu");

        foreach (var asked in new[] { "13900000000", "13900000000", "Wang", "nobody at all" })
        {
            await wu.AskAsync($"/api/v1/complaints?q={Uri.EscapeDataString(asked)}");
        }

        Assert.Equal(["13900000000", "Wang"], (await ReadsAsync(ReadLog.IdentitySearched, "wu")).Select(e => System.Text.Json.Nodes.JsonNode.Parse(e.Data)!["query"].Text()).Order());
    }

    [Fact]
    public async Task A_message_that_is_put_aside_is_recorded_without_its_address()
    {
        using var program = host.Client();
        var id = (await _desk.CaseAsync()).ToString();
        await program.TellAsync($"/api/v1/complaints/{id}/replies", new { kind = "first", text = "We have heard you." });
        await host.Services.GetRequiredService<Web.Timers.OutboxDispatcher>().DeliverDueAsync(Token);

        var parked = await _desk.AskAsync(db => db.ConfigurationEvents.AsNoTracking().Where(e => e.Type == Web.Timers.OutboxDispatcher.Parked && e.Data.Contains(id)).ToListAsync(Token));
        Assert.NotEmpty(parked);
        Assert.All(parked, e => Assert.DoesNotContain("13800000000", e.Data, StringComparison.Ordinal));
    }

    private Task<List<ConfigurationEvent>> ReadsAsync(string type, string person) =>
        _desk.AskAsync(db => db.ConfigurationEvents.AsNoTracking().Where(e => e.Type == type && e.ActorId == person).ToListAsync(Token));

    private static async Task<string> AttachAsync(HttpClient client, string id)
    {
        using var form = new MultipartFormDataContent();
        using var part = new ByteArrayContent(SampleFiles.Text());
        part.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = "file", FileName = "note.txt" };
        form.Add(part);
        using var answer = await client.PostAsync(new Uri($"/api/v1/complaints/{id}/attachments", UriKind.Relative), form, Token);
        return System.Text.Json.Nodes.JsonNode.Parse(await answer.Content.ReadAsStringAsync(Token))!["items"]![0]!["id"].Text();
    }
}
