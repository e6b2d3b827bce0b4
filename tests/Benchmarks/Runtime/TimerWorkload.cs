using System.Diagnostics;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Timers;
using CaseManagement.Workflows.Cases;
using CaseManagement.Workflows.Runtime;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CaseManagement.Benchmarks.Runtime;

/// <summary>Workload D: a thousand delays started one after another; how long after the last was due the last has finished.</summary>
internal static class TimerWorkload
{
    private const int Instances = 1000;

    public static async Task<(double CreatedPerSecond, double LagSeconds)> RunAsync(RuntimeHost host, TimeSpan delay)
    {
        await host.PublishAsync(Workloads.D(delay));
        using var stop = new CancellationTokenSource();
        using var metrics = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var firing = host.Sqlite is { } sqlite ? DispatchAsync(host, sqlite, metrics, stop.Token) : FireFromMemoryAsync(host, stop.Token);
        var created = Stopwatch.StartNew();
        for (var i = 0; i < Instances; i++)
        {
            await host.Runtime.StartAsync(new StartRequest { DefinitionId = "bench-d" }, CancellationToken.None);
        }

        var perSecond = Instances / created.Elapsed.TotalSeconds;
        var lastDue = host.Clock.GetUtcNow() + delay;
        await Task.Delay(delay - TimeSpan.FromMilliseconds(100), host.Clock);
        while (!await AllFinishedAsync(host))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), host.Clock);
        }

        var lag = (host.Clock.GetUtcNow() - lastDue).TotalSeconds;
        await stop.CancelAsync();
        await firing;
        return (perSecond, lag);
    }

    private static async Task<bool> AllFinishedAsync(RuntimeHost host)
    {
        if (host.Memory is { } memory)
        {
            return (await memory.InstancesAsync(CancellationToken.None)).All(i => i.Row.Status == WorkflowStatus.Finished);
        }

        await using var context = host.NewContext();
        return !await context.Instances.AnyAsync(i => i.Status == WorkflowStatus.Running);
    }

    // the product's own dispatcher
    private static async Task DispatchAsync(RuntimeHost host, Web.Persistence.Sqlite.SqliteCaseStore store, IServiceProvider metrics, CancellationToken stop)
    {
        var cases = new CaseRuntime(
            store, new NoCases(), host.Plans, passesThrough => new WorkflowRuntime(store, host.Plans, host.Scripts, host.Clock, passesThrough: passesThrough),
            new NoCases(), host.Clock);
        var options = Options.Create(new TimerOptions());
        using var firer = new TimerFirer(
            store, cases, host.Clock, host.Clock, options, Options.Create(new StorageOptions()), ActivatorUtilities.CreateInstance<TimerMetrics>(metrics), NullLogger<TimerFirer>.Instance, []);
        using var dispatcher = new TimerDispatcher(store, firer, host.Clock, host.Clock, options, NullLogger<TimerDispatcher>.Instance);
        await dispatcher.StartAsync(CancellationToken.None);
        await Task.Delay(Timeout.InfiniteTimeSpan, host.Clock, stop).ContinueWith(_ => { }, TaskScheduler.Default);
        await dispatcher.StopAsync(CancellationToken.None);
    }

    private static async Task FireFromMemoryAsync(RuntimeHost host, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            if (await host.Memory!.FirstDueAsync(host.Clock.GetUtcNow(), CancellationToken.None) is { } due)
            {
                await host.Runtime.FireTimerAsync(due.Id, CancellationToken.None);
                continue;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(5), host.Clock, CancellationToken.None);
        }
    }

    private sealed class NoCases : ICaseConfigurations, ITrackingCodes
    {
        public ValueTask<CaseConfiguration> AtAsync(long version, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<ProcessVersionInUse> ProcessAsync(string process, int version, CancellationToken cancellationToken) => throw new NotSupportedException();

        public TrackingCode Create() => throw new NotSupportedException();

        public string? Open(string kept) => null;
    }
}
