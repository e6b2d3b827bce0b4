using System.Security.Cryptography;
using CaseManagement.Domain.Complaints;
using CaseManagement.Workflows.Cases;
using CaseManagement.Workflows.Expressions;
using CaseManagement.Workflows.Runtime;

namespace CaseManagement.Workflows.Simulation;

/// <summary>
/// The real runtime on a virtual clock and a store of its own, in memory unless another is given, with no effect outside. Moving the clock steps through every due moment on the
/// way, so nothing fires late.
/// </summary>
public sealed class VirtualInstallation : IDisposable
{
    private readonly SimulationBounds _bounds;

    /// <param name="configurations">Processes, limits and calendars; the store's <see cref="ISimulatedCaseStore.ConfigurationVersion"/> says which are current.</param>
    /// <param name="plans">Compiled definitions; may be shared by many installations.</param>
    /// <param name="start">Where the clock stands at first.</param>
    /// <param name="bounds">How far it may go.</param>
    /// <param name="ids">Gives new cases their ids; null: new ones.</param>
    /// <param name="store">Where it keeps everything, with nothing in it; gone with the installation. Null: in memory.</param>
    public VirtualInstallation(
        ICaseConfigurations configurations, IPlanSource plans, DateTimeOffset start, SimulationBounds bounds, Func<DateTimeOffset, ComplaintId>? ids = null,
        ISimulatedCaseStore? store = null)
    {
        _bounds = bounds;
        Store = store ?? new InMemoryCaseStore();
        Clock = new VirtualClock(start);
        var scripts = new JavaScriptEngine();
        Cases = new CaseRuntime(
            Store, configurations, plans,
            passesThrough => new WorkflowRuntime(Store, plans, scripts, Clock, passesThrough: passesThrough),
            new PlainCodes(), Clock, ids);
    }

    public VirtualClock Clock { get; }

    public ISimulatedCaseStore Store { get; }

    public CaseRuntime Cases { get; }

    public DateTimeOffset Now => Clock.GetUtcNow();

    /// <summary>Moves the clock, firing everything due on the way in order.</summary>
    /// <exception cref="SimulationStoppedException">More fires than the bounds allow.</exception>
    public async ValueTask MoveToAsync(DateTimeOffset moment, CancellationToken cancellationToken)
    {
        while (Store.FirstDue(moment) is { } timer)
        {
            _bounds.CountFiring();
            Clock.MoveTo(timer.DueAt);
            await Cases.FireAsync(timer.Id, cancellationToken);
        }

        Clock.MoveTo(moment);
    }

    public void Dispose() => Store.Dispose();

    // nobody outside ever sees these, so nothing needs to be sealed
    private sealed class PlainCodes : ITrackingCodes
    {
        public TrackingCode Create()
        {
            var code = RandomNumberGenerator.GetHexString(16);
            return new TrackingCode(code, code, code);
        }

        public string? Open(string kept) => kept;
    }
}
