using CaseManagement.Web.Persistence;
using CaseManagement.Workflows.Cases.Store;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.Web.Tests.Api;

/// <summary>A request that comes again under its key gets its own first answer, and nobody else's.</summary>
public sealed class RequestOnceTests : IAsyncDisposable
{
    private const string Complaints = "/api/v1/complaints";

    private readonly ApiHost _host = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task The_same_request_is_done_once_and_another_under_its_key_is_refused()
    {
        using var chen = _host.Client("chen");
        var first = await chen.TellAsync(Complaints, Sample.Complaint(), 201, "k");
        var again = await chen.TellAsync(Complaints, Sample.Complaint(), 201, "k");
        var other = Sample.Complaint();
        other["subject"] = "another";

        Assert.Equal(first.ToJsonString(), again.ToJsonString());
        Assert.Equal("idempotency-key-reused", (await chen.TellAsync(Complaints, other, 409, "k")).Code());
        Assert.Equal(1, (await chen.AskAsync(Complaints))["total"]!.GetValue<int>());
    }

    [Fact]
    public async Task Somebody_elses_key_gives_nobody_somebody_elses_answer()
    {
        using var chen = _host.Client("chen");
        using var li = _host.Client("li");

        var (hers, his) = (await chen.TellAsync(Complaints, Sample.Complaint(), 201, "k"), await li.TellAsync(Complaints, Sample.Complaint(), 201, "k"));

        Assert.NotEqual(hers["id"].Text(), his["id"].Text());
    }

    [Fact]
    public async Task The_same_key_on_another_route_is_another_request()
    {
        using var li = _host.Client("li");
        var id = (await li.TellAsync(Complaints, Sample.Complaint(), 201, "k"))["id"].Text();

        await li.TellAsync($"{Complaints}/{id}/notes", new { text = "one" }, idempotencyKey: "k");
        await li.TellAsync($"{Complaints}/{id}/notes", new { text = "one" }, idempotencyKey: "k");

        Assert.Single((await li.AskAsync($"{Complaints}/{id}/timeline")).AsArray(), e => e!["type"].Text() == "noted");
    }

    [Fact]
    public async Task Who_may_no_longer_see_the_case_gets_no_answer_of_before()
    {
        using var chen = _host.Client("chen");
        var id = Guid.Parse((await chen.TellAsync(Complaints, Sample.Complaint(), 201, "k"))["id"].Text());
        await _host.Services.GetRequiredService<IConfigurationWriter>().RunWithContextAsync(
            async (db, _) =>
            {
                db.CaseParties.Add(new PartyRow(id, PartyKinds.Barred, "chen"));
                await db.SaveChangesAsync(Token);
                return true;
            },
            Token);

        Assert.Equal("complaint-unknown", (await chen.TellAsync(Complaints, Sample.Complaint(), 404, "k")).Code());
    }
}
