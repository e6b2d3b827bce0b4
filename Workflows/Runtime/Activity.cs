using CaseManagement.Workflows.Runtime.Migration;
using CaseManagement.Workflows.Runtime.Plans;

namespace CaseManagement.Workflows.Runtime;

/// <summary>
/// A kind of step. One object serves all instances of all workflows, so it keeps nothing in fields: what must be remembered goes
/// into <see cref="ActivityContext.SetProperty"/> or bookmarks. It does no I/O: effects go through the burst.
/// An exception becomes an incident; a business result is an outcome.
/// </summary>
public abstract class Activity(ActivityDescriptor descriptor)
{
    public ActivityDescriptor Descriptor { get; } = descriptor;

    /// <summary>Completes, creates bookmarks, or schedules children; doing none of these leaves the activity running for ever.</summary>
    public abstract ValueTask ExecuteAsync(ActivityContext context);

    /// <summary>
    /// A bookmark's stimulus has come; the bookmark is removed afterwards unless <see cref="ActivityContext.KeepBookmark"/> was
    /// called. By default the activity completes.
    /// </summary>
    public virtual ValueTask ResumeAsync(ActivityContext context, Bookmark bookmark, object? input) => context.CompleteAsync();

    /// <summary>A child scheduled by this activity has completed.</summary>
    /// <remarks><c>child</c>: No longer part of the instance when this is called.</remarks>
    public virtual ValueTask ChildCompletedAsync(ActivityContext context, ActivityExecution child, IReadOnlyList<string> outcomes) =>
        context.CompleteAsync();

    /// <summary>The activity is cancelled while it runs; its children and bookmarks are removed by the runtime.</summary>
    public virtual ValueTask CancelAsync(ActivityContext context) => ValueTask.CompletedTask;

    /// <summary>
    /// Prepares a node of this type once, when its definition is compiled; the result is <see cref="PlanNode.Data"/>. Wrapped
    /// inputs, outputs, variables and embedded ports are prepared already.
    /// </summary>
    protected internal virtual object? Compile(NodeCompiler compiler) => null;

    /// <summary>The stimuli by which a node marked as a trigger starts its workflow, worked out at publish.</summary>
    protected internal virtual IEnumerable<TriggerStimulus> Triggers(TriggerContext context) => [];

    /// <summary>Writes and reads what <see cref="ActivityExecution.State"/> holds; by default nothing.</summary>
    protected internal virtual void WriteState(System.Text.Json.Utf8JsonWriter writer, ActivityExecution execution)
    {
    }

    protected internal virtual object? ReadState(System.Text.Json.JsonElement state, PlanNode node) => null;

    /// <summary>What <see cref="ActivityExecution.State"/> holds after its instance has gone to another version; says there if it cannot go.</summary>
    /// <param name="context">The instance on its way.</param>
    /// <param name="old">The execution as it was.</param>
    /// <param name="node">Its node in the new version.</param>
    protected internal virtual object? Migrate(MigrationContext context, ActivityExecution old, PlanNode node) => old.State;

    /// <summary>
    /// A live execution has gone to another version: what it waits for may be called otherwise now, and what lies ahead may be free to go.
    /// </summary>
    /// <param name="context">The execution at its new node.</param>
    /// <param name="old">Its node in the old version.</param>
    protected internal virtual ValueTask MigratedAsync(ActivityContext context, PlanNode old) => ValueTask.CompletedTask;
}

/// <summary>A stimulus that starts a workflow, or (with a due time) a moment that does.</summary>
public sealed record TriggerStimulus(string Name, string Key)
{
    /// <summary>Set for a timer: when it is due for the first time.</summary>
    public DateTimeOffset? DueAt { get; init; }
}
