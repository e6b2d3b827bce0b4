using System.Collections.Concurrent;
using System.Net.Http.Json;
using CaseManagement.Web.Tests.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace CaseManagement.Web.Tests.Durability;

/// <summary>The product is killed while a gateway has a message and has not answered: it comes again, under the same key.</summary>
public sealed class WebhookKillTests : IAsyncLifetime
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("casemanagement-webhook-");
    private readonly ConcurrentQueue<string> _keys = new();
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _second = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WebApplication _gateway = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _gateway = builder.Build();
        _gateway.Urls.Add("http://127.0.0.1:0");
        _gateway.MapPost("/sms", async context =>
        {
            _keys.Enqueue(context.Request.Headers["Idempotency-Key"]!);
            if (_keys.Count > 1)
            {
                _second.TrySetResult();
                return;
            }

            _first.TrySetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });
        await _gateway.StartAsync(Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _data.Delete(recursive: true);
    }

    [Fact]
    public async Task A_message_under_way_when_the_product_is_killed_comes_again_under_the_same_key()
    {
        using (var product = await StartAsync())
        {
            using var pages = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = product.Client.BaseAddress };
            var admin = new Browser(pages);
            await admin.GetAsync("/sign-in");
            await admin.PostAsync("/sign-in/demo", ("userName", "admin"));
            await admin.ReadAsync("/channels");
            await admin.PostAsync("/channels/sms", ("Name", "Gateway"), ("Url", _gateway.Urls.Single() + "/sms"), ("IsEnabled", "true"), ("Version", "0"));
            (await product.Client.PostAsJsonAsync("/api/v1/complaints", new { channel = "phone", subject = "Late", description = "Late", category = "speed", complainant = new { phone = "13800000000" } }, Token)).EnsureSuccessStatusCode();
            await _first.Task.WaitAsync(TimeSpan.FromSeconds(60), Token);
            product.Kill();
        }

        using (await StartAsync())
        {
            await _second.Task.WaitAsync(TimeSpan.FromMinutes(5), Token);
        }

        Assert.Equal(2, _keys.Count);
        Assert.Single(_keys.Distinct());
    }

    private Task<ProductProcess> StartAsync() => ProductProcess.StartAsync(
        _data.FullName, Token, $"--OutgoingHttp:AllowedHosts:0={_gateway.Urls.Single()}", "--OutgoingHttp:AllowedNetworks:0=127.0.0.1/32", "--OutgoingHttp:TimeoutSeconds=120");
}
