using CaseManagement.Workflows.Expressions;
using CaseManagement.Workflows.Runtime.Stores;

namespace CaseManagement.Workflows.Runtime;

/// <summary>
/// Runs workflows durably: each call is one burst in one transaction of its own. To do more in the same transaction, use
/// <see cref="RunAsync"/> or <see cref="Open"/> and the methods of <see cref="Burst"/>.
/// </summary>
public interface IWorkflowRuntime
{
    /// <summary>Runs <paramref name="work"/> in a burst and saves it. May run it again after a lost race.</summary>
    ValueTask<T> RunAsync<T>(Func<Burst, ValueTask<T>> work, CancellationToken cancellationToken);

    /// <summary>A burst on a transaction somebody else opened; they call <see cref="Burst.SaveAsync"/> and commit.</summary>
    Burst Open(IBurstTransaction transaction, CancellationToken cancellationToken);

    ValueTask<StartResult> StartAsync(StartRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Delivers a stimulus. Where it is addressed to no instance and several wait, each resumes in a burst of its own, so one
    /// cannot undo or exhaust the others; a crash between them leaves the rest waiting.
    /// </summary>
    ValueTask<DeliverResult> DeliverAsync(Stimulus stimulus, CancellationToken cancellationToken);

    ValueTask<DeliverResult> ResumeBookmarkAsync(
        Guid instanceId, Guid bookmarkId, object? input, CancellationToken cancellationToken);

    ValueTask<DeliverResult> CompleteTaskAsync(string taskId, object? result, CancellationToken cancellationToken);

    ValueTask<DeliverResult> FireTimerAsync(Guid timerId, CancellationToken cancellationToken);

    ValueTask<bool> CancelAsync(Guid instanceId, CancellationToken cancellationToken);

    ValueTask<bool> RetryAsync(Guid instanceId, int? incidentId, CancellationToken cancellationToken);
}

/// <summary>What every burst of a runtime shares.</summary>
/// <remarks><c>PassesThrough</c>: Exceptions that undo the burst and reach its caller, such as a refusal by the
/// domain.</remarks>
internal sealed record RuntimeServices(
    IPlanSource Plans, IScriptEngine Scripts, RuntimeLimits Limits, Func<Exception, bool> PassesThrough);

/// <inheritdoc cref="IWorkflowRuntime"/>
public sealed class WorkflowRuntime : IWorkflowRuntime
{
    private readonly IBurstStore _store;
    private readonly TimeProvider _time;
    private readonly RuntimeServices _services;

    /// <remarks><c>passesThrough</c>: Exceptions of activities that are no incidents but undo the burst, such as a domain's
    /// refusal.</remarks>
    public WorkflowRuntime(
        IBurstStore store, IPlanSource plans, IScriptEngine scripts, TimeProvider time, RuntimeLimits? limits = null,
        Func<Exception, bool>? passesThrough = null)
    {
        _store = store;
        _time = time;
        _services = new RuntimeServices(plans, scripts, limits ?? RuntimeLimits.Default, passesThrough ?? (_ => false));
    }

    public ValueTask<T> RunAsync<T>(Func<Burst, ValueTask<T>> work, CancellationToken cancellationToken) =>
        _store.RunAsync(
            async transaction =>
            {
                var burst = Open(transaction, cancellationToken);
                var result = await work(burst);
                await burst.SaveAsync();
                return result;
            },
            cancellationToken);

    public Burst Open(IBurstTransaction transaction, CancellationToken cancellationToken) =>
        new(_services, transaction, _time.GetUtcNow(), cancellationToken);

    public ValueTask<StartResult> StartAsync(StartRequest request, CancellationToken cancellationToken) =>
        RunAsync(burst => burst.StartAsync(request), cancellationToken);

    public async ValueTask<DeliverResult> DeliverAsync(Stimulus stimulus, CancellationToken cancellationToken)
    {
        if (stimulus.InstanceId is not null)
        {
            return await RunAsync(burst => burst.DeliverAsync(stimulus), cancellationToken);
        }

        var (result, waiting) = await RunAsync(burst => burst.DeliverToOneAsync(stimulus), cancellationToken);
        foreach (var instanceId in waiting)
        {
            var addressed = stimulus with { InstanceId = instanceId, KeepIfUnmatched = false };
            var one = await RunAsync(burst => burst.DeliverAsync(addressed), cancellationToken);
            result = result with { Resumed = result.Resumed + one.Resumed };
        }

        return result;
    }

    public ValueTask<DeliverResult> ResumeBookmarkAsync(
        Guid instanceId, Guid bookmarkId, object? input, CancellationToken cancellationToken) =>
        RunAsync(burst => burst.ResumeBookmarkAsync(instanceId, bookmarkId, input), cancellationToken);

    public ValueTask<DeliverResult> CompleteTaskAsync(string taskId, object? result, CancellationToken cancellationToken) =>
        RunAsync(burst => burst.CompleteTaskAsync(taskId, result), cancellationToken);

    public ValueTask<DeliverResult> FireTimerAsync(Guid timerId, CancellationToken cancellationToken) =>
        RunAsync(burst => burst.FireTimerAsync(timerId), cancellationToken);

    public ValueTask<bool> CancelAsync(Guid instanceId, CancellationToken cancellationToken) =>
        RunAsync(burst => burst.CancelAsync(instanceId), cancellationToken);

    public ValueTask<bool> RetryAsync(Guid instanceId, int? incidentId, CancellationToken cancellationToken) =>
        RunAsync(burst => burst.RetryAsync(instanceId, incidentId), cancellationToken);
}
