using CaseManagement.Workflows.Runtime;

namespace CaseManagement.Workflows.Activities;

/// <summary>Elsa.ExecuteWorkflow: runs the published version of a definition within this burst; the result says how it ended.</summary>
public sealed class ExecuteWorkflow : Activity
{
    public ExecuteWorkflow()
        : base(new ActivityDescriptor("Elsa.ExecuteWorkflow", "Composition")
        {
            DisplayName = "Execute Workflow",
            Inputs =
            [
                new InputDescriptor("WorkflowDefinitionId", "String") { UIHint = "workflow-definition-picker", IsRequired = true },
                new InputDescriptor("CorrelationId", "String"),
                new InputDescriptor("Input", "ObjectDictionary"),
                new InputDescriptor("WaitForCompletion", "Boolean") { UIHint = "checkbox" },
            ],
            Outputs = [new OutputDescriptor("Result", "Object")],
        })
    {
    }

    public override async ValueTask ExecuteAsync(ActivityContext context)
    {
        var started = await context.Burst.Starter.StartAsync(Request(context, context.Burst.NewId()));
        if (started.Instance is not { } child)
        {
            throw new InvalidOperationException($"The workflow was not started ({started.Outcome}): {started.Reason}");
        }

        if (child.Status == WorkflowStatus.Finished || !context.GetBoolean("WaitForCompletion"))
        {
            context.SetOutput("Result", ChildResults.Of(child));
            await context.CompleteAsync();
            return;
        }

        WaitFor(context, child.Id);
    }

    public override async ValueTask ResumeAsync(ActivityContext context, Bookmark bookmark, object? input)
    {
        context.SetOutput("Result", await ResultAsync(context, input));
        await context.CompleteAsync();
    }

    public override ValueTask CancelAsync(ActivityContext context) => CancelChildAsync(context);

    /// <summary>What the child's end brought along; where a timer woke the parent, what the child itself says.</summary>
    internal static async ValueTask<Dictionary<string, object?>?> ResultAsync(ActivityContext context, object? input) =>
        input as Dictionary<string, object?>
        ?? (context.GetProperty("child") is string id && await context.Burst.LoadAsync(Guid.Parse(id)) is { } child ? ChildResults.Of(child) : null);

    internal static StartRequest Request(ActivityContext context, Guid childId) => new()
    {
        InstanceId = childId,
        DefinitionId = context.GetText("WorkflowDefinitionId"),
        CorrelationId = context.GetText("CorrelationId"),
        Input = context.GetDictionary("Input"),
        ParentInstanceId = context.Instance.Id,
    };

    internal static void WaitFor(ActivityContext context, Guid childId)
    {
        context.SetProperty("child", childId);
        context.CreateBookmark(Stimuli.ChildFinished, childId.ToString());
    }

    internal static async ValueTask CancelChildAsync(ActivityContext context)
    {
        if (context.GetProperty("child") is string id && await context.Burst.LoadAsync(Guid.Parse(id)) is { } child
            && child.Status == WorkflowStatus.Running)
        {
            await context.Burst.Runner.EndAsync(child, WorkflowSubStatus.Cancelled);
        }
    }
}

/// <summary>Elsa.DispatchWorkflow: starts another workflow after what runs now; may wait until it ends, however it ends.</summary>
public sealed class DispatchWorkflow : Activity
{
    public DispatchWorkflow()
        : base(new ActivityDescriptor("Elsa.DispatchWorkflow", "Composition")
        {
            DisplayName = "Dispatch Workflow",
            Inputs =
            [
                new InputDescriptor("WorkflowDefinitionId", "String") { UIHint = "workflow-definition-picker", IsRequired = true },
                new InputDescriptor("CorrelationId", "String"),
                new InputDescriptor("Input", "ObjectDictionary"),
                new InputDescriptor("WaitForCompletion", "Boolean") { UIHint = "checkbox" },
                new InputDescriptor("StartNewTrace", "Boolean") { UIHint = "checkbox", IsBrowsable = false },
                new InputDescriptor("ChannelName", "String") { IsBrowsable = false },
            ],
            Outputs = [new OutputDescriptor("Result", "Object")],
        })
    {
    }

    public override async ValueTask ExecuteAsync(ActivityContext context)
    {
        var request = ExecuteWorkflow.Request(context, context.Burst.NewId());
        if (await context.Burst.Plans.FindPublishedAsync(request.DefinitionId ?? "", context.CancellationToken) is null)
        {
            throw new InvalidOperationException($"There is no published workflow “{request.DefinitionId}”.");
        }

        context.Burst.Post(request);
        if (context.GetBoolean("WaitForCompletion"))
        {
            ExecuteWorkflow.WaitFor(context, request.InstanceId!.Value);
        }
        else
        {
            await context.CompleteAsync();
        }
    }

    /// <summary>Elsa 3.8: the result is the child's output alone, unlike that of ExecuteWorkflow.</summary>
    public override async ValueTask ResumeAsync(ActivityContext context, Bookmark bookmark, object? input)
    {
        context.SetOutput("Result", (await ExecuteWorkflow.ResultAsync(context, input))?.GetValueOrDefault("Output"));
        await context.CompleteAsync();
    }

    public override ValueTask CancelAsync(ActivityContext context) => ExecuteWorkflow.CancelChildAsync(context);
}
