using CaseManagement.Workflows.Expressions;
using CaseManagement.Workflows.Runtime.Plans;

namespace CaseManagement.Workflows.Runtime.Migration;

/// <summary>
/// Makes of an instance the same instance on another version: executions, bookmarks, variables and what activity types keep, each at its
/// counterpart. Nothing runs here.
/// </summary>
internal static class InstanceMigration
{
    /// <exception cref="MigrationRefusedException">The instance cannot go; it is as it was.</exception>
    public static (WorkflowInstance Instance, MigrationReport Report) Carry(WorkflowInstance old, ActivityMap map)
    {
        var context = new MigrationContext(old, map);
        var dropped = new List<string>();
        var moved = new WorkflowInstance(old.Id, map.To, old.CreatedAt)
        {
            SubStatus = old.SubStatus,
            CorrelationId = old.CorrelationId,
            StoredCorrelationId = old.StoredCorrelationId,
            Name = old.Name,
            ParentInstanceId = old.ParentInstanceId,
            UpdatedAt = old.UpdatedAt,
            FinishedAt = old.FinishedAt,
            Version = old.Version,
            InputValues = old.InputValues,
            OutputValues = old.OutputValues,
            ActivityOutputs = old.ActivityOutputs?.ToDictionary(o => map.Renamed.GetValueOrDefault(o.Key, o.Key), o => o.Value, StringComparer.Ordinal),
            RootVariables = Variables(context, map.From.Workflow, map.To.Workflow, old.RootVariables, dropped),
            LastExecutionId = old.LastExecutionId,
            LastJournalSequence = old.LastJournalSequence,
            IsDirty = true,
        };
        if (old.ExecutionList.Count == 0)
        {
            context.Refuse(MigrationRefusals.NothingRuns, null, "The instance has come to its end.");
        }

        CarryExecutions(context, moved, dropped);
        if (context.Refusals.Count > 0)
        {
            throw new MigrationRefusedException(context.Refusals);
        }

        foreach (var bookmark in old.BookmarkList)
        {
            var node = moved.FindExecution(bookmark.ExecutionId)!.Node;
            moved.BookmarkList.Add(new Bookmark
            {
                Id = bookmark.Id,
                ExecutionId = bookmark.ExecutionId,
                ActivityId = node.Id,
                NodeId = node.NodeId,
                Name = node.TypeName,
                StimulusName = bookmark.StimulusName,
                StimulusKey = bookmark.StimulusKey,
                CreatedAt = bookmark.CreatedAt,
                Payload = bookmark.Payload,
                Indexed = bookmark.Indexed,
                TakesKept = bookmark.TakesKept,
                DueAt = bookmark.DueAt,
                Severity = bookmark.Severity,
                HasIndexRow = bookmark.HasIndexRow,
                HasTimerRow = bookmark.HasTimerRow,
            });
        }

        moved.IncidentList.AddRange(old.IncidentList);
        return (moved, new MigrationReport([.. context.PassedOver], dropped));
    }

    private static void CarryExecutions(MigrationContext context, WorkflowInstance moved, List<string> dropped)
    {
        var carried = new Dictionary<int, ActivityExecution>();
        var taken = new Dictionary<(int? Parent, int Node), PlanNode>();
        foreach (var old in context.Instance.ExecutionList)
        {
            var node = context.Map.Forth(old.Node);
            if (node is null)
            {
                context.Refuse(MigrationRefusals.NoCounterpart, old.Node, $"“{old.Node.Id}” waits and is not in the version.");
                continue;
            }

            if (node.TypeName != old.Node.TypeName)
            {
                context.Refuse(MigrationRefusals.OtherType, old.Node, $"“{old.Node.Id}” waits and is a {node.TypeName} in the version.");
                continue;
            }

            if (old.Parent is { } parent && !carried.ContainsKey(parent.Id))
            {
                continue; // its container cannot go, which is said already
            }

            if (!ReferenceEquals(node.Parent, old.Parent is null ? null : carried[old.Parent.Id].Node))
            {
                context.Refuse(MigrationRefusals.OtherContainer, old.Node, $"“{old.Node.Id}” waits and lies in another container in the version.");
                continue;
            }

            if (!taken.TryAdd((old.Parent?.Id, node.Index), old.Node) && !ReferenceEquals(taken[(old.Parent?.Id, node.Index)], old.Node))
            {
                context.Refuse(MigrationRefusals.CounterpartShared, old.Node, $"“{old.Node.Id}” and another that waits would become one.");
                continue;
            }

            var execution = new ActivityExecution(old.Id, node, old.Parent is null ? null : carried[old.Parent.Id])
            {
                Status = old.Status,
                Locals = old.Locals,
                Properties = old.Properties,
                Outputs = old.Outputs,
                WorkflowOutcomes = old.WorkflowOutcomes,
                State = node.Activity.Migrate(context, old, node),
            };
            execution.Variables = execution.Parent is null ? moved.RootVariables : Variables(context, old.Node, node, old.Variables, dropped);
            carried.Add(old.Id, execution);
            moved.ExecutionList.Add(execution);
            if (execution.Parent is { } container)
            {
                container.LiveChildren++;
            }
        }
    }

    // by id; a value whose variable has another type now is brought to it
    private static object?[]? Variables(MigrationContext context, PlanNode from, PlanNode to, object?[]? values, List<string> dropped)
    {
        dropped.AddRange(from.Variables.Where(v => to.Variables.All(n => n.Id != v.Id)).Select(v => v.Name));
        if (values is null || to.Variables.Count == 0)
        {
            return to.Variables.Count == 0 ? null : [.. to.Variables.Select(v => v.Default)];
        }

        var carried = new object?[to.Variables.Count];
        for (var i = 0; i < carried.Length; i++)
        {
            var variable = to.Variables[i];
            var position = IndexOf(from, variable.Id);
            try
            {
                carried[i] = position < 0 ? variable.Default
                    : from.Variables[position].TypeName == variable.TypeName && from.Variables[position].IsArray == variable.IsArray ? values[position]
                    : variable.Convert(values[position]);
            }
            catch (ValueConversionException exception)
            {
                context.Refuse(MigrationRefusals.VariableDoesNotFit, null, $"Variable {variable.Name}: {exception.Message}");
            }
        }

        return carried;
    }

    private static int IndexOf(PlanNode node, string variableId)
    {
        for (var i = 0; i < node.Variables.Count; i++)
        {
            if (node.Variables[i].Id == variableId)
            {
                return i;
            }
        }

        return -1;
    }
}
