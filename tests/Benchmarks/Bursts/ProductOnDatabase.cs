using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Parties;
using CaseManagement.Domain.Tasks;
using CaseManagement.Web.Configuration;
using CaseManagement.Workflows.Cases;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CaseManagement.Benchmarks.Bursts;

/// <summary>The product's own services in this process, without pages and dispatchers: its bursts and nothing else.</summary>
internal sealed class ProductOnDatabase : IAsyncDisposable
{
    private static readonly Performer Program = new() { Actor = new Actor(ActorKind.ApiKey, "bench", "bench"), ActsForHolders = true };

    private readonly WebApplication _services;
    private readonly CaseRuntime _cases;
    private readonly MeterListener _listener = new();
    private long _commits;

    private ProductOnDatabase(WebApplication services)
    {
        _services = services;
        _cases = services.Services.GetRequiredService<CaseRuntime>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument is { Meter.Name: "CaseManagement.Store", Name: "store.commits" })
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref _commits, value));
        _listener.Start();
    }

    public static async Task<ProductOnDatabase> StartAsync(TimeProvider clock, Dictionary<string, string?> settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = Environments.Development });
        builder.Configuration.AddInMemoryCollection(settings).AddInMemoryCollection([KeyValuePair.Create("Demo:Cases", (string?)"false")]);
        builder.Logging.SetMinimumLevel(LogLevel.Critical);
        builder.Services.AddLocalization();
        builder.Services.AddCases(builder.Configuration, builder.Environment, clock);
        var services = builder.Build();
        await services.Services.PrepareAsync(CancellationToken.None);
        return new ProductOnDatabase(services);
    }

    /// <summary>Registers as many cases as are needed, then completes the first task of each, that alone measured.</summary>
    public async Task<BurstCost> CompleteAsync(int callers, int bursts)
    {
        var tasks = new Guid[bursts];
        await EachAsync(16, bursts, async i => tasks[i] = await RegisterAsync());
        var done = new TaskCompletion
        {
            Outcome = "Done",
            Data = new Dictionary<string, JsonElement> { ["replyForm"] = JsonSerializer.SerializeToElement("oral") },
        };
        GC.Collect();
        var (commits, bytes) = (Interlocked.Read(ref _commits), GC.GetTotalAllocatedBytes(precise: true));
        var processor = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        await EachAsync(callers, bursts, async i =>
            await _cases.ActOnTaskAsync(tasks[i], Program, act => act.Complaint.Tasks.Complete(act, tasks[i], done), CancellationToken.None));
        var took = clock.Elapsed.TotalSeconds;
        return new BurstCost(
            bursts / took, (Interlocked.Read(ref _commits) - commits) / (double)bursts,
            (GC.GetTotalAllocatedBytes(precise: true) - bytes) / (double)bursts, (Environment.CpuUsage.TotalTime - processor) / bursts);
    }

    /// <summary>Registers open cases.</summary>
    public Task RegisterAsync(int callers, int cases) => EachAsync(callers, cases, _ => RegisterAsync());

    /// <summary>One of the product's services.</summary>
    public T Service<T>()
        where T : notnull => Services.GetRequiredService<T>();

    /// <summary>The product's services.</summary>
    public IServiceProvider Services => _services.Services;

    /// <summary>Takes cases from registration to close, all of them one step at a time.</summary>
    /// <param name="cases">How many.</param>
    /// <param name="between">Called after each step of all cases, to let time pass.</param>
    public async Task CloseAsync(int cases, Action between)
    {
        var ids = new Guid[cases];
        await EachAsync(8, cases, async i => ids[i] = (await RegisterCaseAsync()).Id.Value);
        for (var open = cases; open > 0;)
        {
            between();
            open = 0;
            await EachAsync(8, cases, async i =>
            {
                if (await StepAsync(ids[i]))
                {
                    Interlocked.Increment(ref open);
                }
            });
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _services.DisposeAsync();
    }

    private static readonly Dictionary<string, JsonElement> Answers = new()
    {
        ["replyForm"] = JsonSerializer.SerializeToElement("oral"),
        ["cause"] = JsonSerializer.SerializeToElement("排班有误"),
        ["proposal"] = JsonSerializer.SerializeToElement("今天上门"),
        ["validity"] = JsonSerializer.SerializeToElement("valid"),
        ["amountProposed"] = JsonSerializer.SerializeToElement(0),
        ["satisfaction"] = JsonSerializer.SerializeToElement("satisfied"),
    };

    // the first open task is done, or the complainant agrees; false when the case is closed
    private async Task<bool> StepAsync(Guid id)
    {
        await _cases.ActAsync(id, Program, act =>
        {
            if (act.Complaint.IsOpen && act.Complaint.Tasks.Open.FirstOrDefault() is { } task)
            {
                var asked = (task.Form is { } form ? act.Rules.Form(form)?.Fields : null)?.Select(field => field.Fact).ToHashSet() ?? [];
                act.Complaint.Tasks.Complete(act, task.Id, new TaskCompletion { Outcome = task.Outcomes[0], Data = Answers.Where(a => asked.Contains(a.Key)).ToDictionary(a => a.Key, a => a.Value), Reason = "…" });
            }
            else if (act.Complaint.IsOpen)
            {
                act.Complaint.Answer(act, "Agreed", null, new Dictionary<string, Domain.Facts.FactValue>());
            }
        }, CancellationToken.None);
        return (await _cases.ReadAsync(id, CancellationToken.None))!.Complaint.IsOpen;
    }

    private async Task<Guid> RegisterAsync() => (await RegisterCaseAsync()).Tasks.Open.First().Id;

    private async Task<Complaint> RegisterCaseAsync()
    {
        var registered = await _cases.RegisterAsync(
            new Registration
            {
                Channel = "phone",
                Subject = "空调维修拖延",
                Description = "约定上门三次未到",
                Category = "speed",
                Complainant = new Complainant { Name = "王女士", Phone = "13800000000" },
            },
            Program, CancellationToken.None);
        return registered!.Complaint;
    }

    private static async Task EachAsync(int callers, int count, Func<int, Task> work)
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            for (var i = Interlocked.Increment(ref next); i < count; i = Interlocked.Increment(ref next))
            {
                await work(i);
            }
        })));
    }
}

/// <summary>What bursts took.</summary>
/// <param name="PerSecond">So many in a second.</param>
/// <param name="Commits">Commits for each.</param>
/// <param name="Bytes">Allocated for each.</param>
/// <param name="Processor">Processor time of this process for each; the database server's is not in it.</param>
internal sealed record BurstCost(double PerSecond, double Commits, double Bytes, TimeSpan Processor);
