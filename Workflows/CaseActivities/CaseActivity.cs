using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Tasks;
using CaseManagement.Workflows.Cases;
using CaseManagement.Workflows.Runtime;

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

    /// <summary>Waits for a fact of the domain; the bookmark of an earlier round of this shape is replaced by the runtime.</summary>
    protected static void Await(ActivityContext context, string signal, string key) => context.CreateBookmark(signal, key);
}
