using System.Text.Json.Nodes;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Tasks;
using CaseManagement.Workflows.Cases;
using CaseManagement.Workflows.Runtime;
using CaseManagement.Workflows.Runtime.Plans;

namespace CaseManagement.Workflows.CaseActivities;

/// <summary>
/// A step that works on the case the burst has open. It looks before it waits and looks again when woken, so a stimulus that
/// came early, late or twice does no harm.
/// </summary>
public abstract class CaseActivity(ActivityDescriptor descriptor) : Activity(descriptor)
{
    /// <summary>The case as a step of the process acts on it.</summary>
    protected static CaseAct ActOf(ActivityContext context) => context.Burst.Get<CaseSession>().ActAsWorkflow(context.Now);

    /// <summary>Where the tasks of this shape belong and what they are called: its display text, and its description in English.</summary>
    protected static TaskOrigin OriginOf(ActivityContext context) =>
        new(context.Instance.Id, context.Node.Id, ShapeTexts.Of(context.Node).Zh, ShapeTexts.Of(context.Node).En);

    /// <summary>What the step wants done by people; null: it asks for no task, or has asked for none that could still be open.</summary>
    private protected virtual TaskOrder? OrderOf(ActivityContext context) => null;

    /// <summary>The facts of the domain the step waits for while it waits, as name and key.</summary>
    private protected virtual IEnumerable<(string Signal, string Key)> Awaited(ActivityContext context) =>
        OrderOf(context) is null ? [] : [(CaseSignals.TaskCompleted, context.Node.Id)];

    /// <summary>A step that is cut, by a join that waits for any of its ways or because it is entered anew, takes back what it asked of people.</summary>
    public override ValueTask CancelAsync(ActivityContext context)
    {
        if (context.Burst.Find<CaseSession>()?.ActAsWorkflow(context.Now) is { } act)
        {
            act.Complaint.Tasks.CancelOf(act, context.Instance.Id, context.Node.Id);
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Goes on waiting as the new version draws it: for what it waits for there, with its tasks as they are there. Nothing is asked again.</summary>
    protected internal override ValueTask MigratedAsync(ActivityContext context, PlanNode old)
    {
        var act = ActOf(context);
        if (OrderOf(context) is { } order)
        {
            act.Complaint.Tasks.Follow(act, OriginOf(context), order);
        }

        var awaited = Awaited(context).ToList();
        foreach (var bookmark in context.Bookmarks.ToList())
        {
            if (!awaited.Remove((bookmark.StimulusName, bookmark.StimulusKey)))
            {
                context.RemoveBookmark(bookmark);
            }
        }

        foreach (var (signal, key) in awaited)
        {
            Await(context, signal, key);
        }

        if (!JsonNode.DeepEquals(old.Json, context.Node.Json))
        {
            context.LookAgain();
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Waits for a fact of the domain; the bookmark of an earlier round of this shape is replaced by the runtime.</summary>
    protected static void Await(ActivityContext context, string signal, string key) => context.CreateBookmark(signal, key);
}
