using CaseManagement.Web.Organisation;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Tests.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.Web.Tests.Access;

/// <summary>A page asks once; whatever may have changed meanwhile is asked anew.</summary>
public sealed class RequestReadsTests(ApiHost host) : IClassFixture<ApiHost>
{
    private readonly HttpContextAccessor _http = new() { HttpContext = new DefaultHttpContext { Request = { Method = "GET" } } };
    private int _asked;

    [Fact]
    public async Task A_request_that_only_reads_asks_once_for_each_thing()
    {
        var reads = new RequestReads(_http);

        Assert.Equal((1, 1, 2), (await AskAsync(reads), await AskAsync(reads), await AskAsync(reads, "another")));
    }

    [Fact]
    public async Task The_next_request_asks_anew()
    {
        var reads = new RequestReads(_http);
        await AskAsync(reads);
        _http.HttpContext = new DefaultHttpContext { Request = { Method = "GET" } };

        Assert.Equal(2, await AskAsync(reads));
    }

    [Theory, InlineData("POST"), InlineData("DELETE")]
    public async Task A_request_that_changes_something_asks_each_time(string method)
    {
        _http.HttpContext!.Request.Method = method;
        var reads = new RequestReads(_http);

        Assert.Equal((1, 2), (await AskAsync(reads), await AskAsync(reads)));
    }

    [Fact]
    public async Task A_request_that_was_to_read_and_writes_after_all_asks_anew()
    {
        var reads = new RequestReads(_http);
        await AskAsync(reads);
        await host.Services.GetRequiredService<IConfigurationWriter>().RunWithContextAsync((_, _) => ValueTask.FromResult(true), TestContext.Current.CancellationToken);

        Assert.Equal((2, 2), (await AskAsync(reads), await AskAsync(reads)));
    }

    [Fact]
    public async Task What_failed_is_asked_again()
    {
        var reads = new RequestReads(_http);

        await Assert.ThrowsAsync<TimeoutException>(async () => await reads.OnceAsync<int>("thing", () => throw new TimeoutException()));
        await Assert.ThrowsAsync<TimeoutException>(async () => await reads.OnceAsync("thing", () => Task.FromException<int>(new TimeoutException())));

        Assert.Equal(1, await AskAsync(reads));
    }

    private ValueTask<int> AskAsync(RequestReads reads, string what = "thing") => reads.OnceAsync(what, () => Task.FromResult(++_asked));
}
