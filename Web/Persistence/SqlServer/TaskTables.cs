using System.Text.Json;
using CaseManagement.Domain.Tasks;
using CaseManagement.Workflows.Cases.Store;

namespace CaseManagement.Web.Persistence.SqlServer;

/// <summary>Tasks, who may take them, and clocks.</summary>
internal sealed class TaskTables(SqlServerSession session)
{
    private static readonly string[] TaskColumns =
    [
        "ComplaintId", "Id", "Key", "Kind", "TitleZh", "TitleEn", "State", "Assignee", "AssigneeName", "Candidates", "Chain", "DueAt",
        "CreatedAt", "DoneAt", "Outcome", "Lead",
    ];

    private static readonly string[] ClockColumns =
    [
        "ComplaintId", "Key", "NameZh", "NameEn", "Limit", "State", "Unit", "StartedAt", "DueAt", "WarnAt", "MetAt", "BreachedAt",
        "Provisional", "PauseReason",
    ];

    private static readonly Saves SaveTaskSql = new("Tasks", ["ComplaintId", "Id"], TaskColumns, TaskColumns.Skip(2));

    private static readonly Saves SaveClockSql = new("Clocks", ["ComplaintId", "Key"], ClockColumns, ClockColumns.Skip(2));

    private static readonly Inserts InsertCandidateSql = new("TaskCandidates", ["ComplaintId", "TaskId", "Candidate", "DueAt", "Lead", "Chain"]);

    private const string DeleteCandidatesSql = $"""DELETE FROM "TaskCandidates" WHERE "TaskId" IN {Statement.Ids};""";

    public void Save(IReadOnlyList<TaskRow> tasks)
    {
        if (tasks.Count == 0)
        {
            return;
        }

        session.QueueRows(SaveTaskSql, tasks, static (statement, task) =>
            statement.Bind(task.ComplaintId).Bind(task.Id).Bind(task.Key).Bind(task.Kind).Bind(task.TitleZh).Bind(task.TitleEn)
                .Bind(task.State).Bind(task.Assignee).Bind(task.AssigneeName).Bind(JsonSerializer.Serialize(task.Candidates))
                .Bind(task.Chain).Bind(task.DueAt).Bind(task.CreatedAt).Bind(task.DoneAt).Bind(task.Outcome).Bind(task.Lead));
        session.QueueIds(DeleteCandidatesSql, [.. tasks.Select(t => t.Id)]);
        session.QueueRows(
            InsertCandidateSql,
            [.. tasks.Where(t => t.State == nameof(TaskState.Open)).SelectMany(t => t.Candidates.Distinct(StringComparer.Ordinal), static (t, candidate) => (Task: t, candidate))],
            static (statement, row) => statement.Bind(row.Task.ComplaintId).Bind(row.Task.Id).Bind(row.candidate).Bind(row.Task.DueAt).Bind(row.Task.Lead).Bind(row.Task.Chain));
    }

    public void Save(IReadOnlyList<ClockRow> clocks) => session.QueueRows(SaveClockSql, clocks, static (statement, clock) =>
        statement.Bind(clock.ComplaintId).Bind(clock.Key).Bind(clock.NameZh).Bind(clock.NameEn).Bind(clock.Limit).Bind(clock.State)
            .Bind(clock.Unit).Bind(clock.StartedAt).Bind(clock.DueAt).Bind(clock.WarnAt).Bind(clock.MetAt).Bind(clock.BreachedAt)
            .Bind(clock.Provisional).Bind(clock.PauseReason));
}
