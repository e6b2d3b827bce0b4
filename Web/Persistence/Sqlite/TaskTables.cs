using System.Text.Json;
using CaseManagement.Domain.Tasks;
using CaseManagement.Workflows.Cases.Store;

namespace CaseManagement.Web.Persistence.Sqlite;

/// <summary>Tasks, who may take them, and clocks.</summary>
internal sealed class TaskTables(Statements statements)
{
    private const string FindCaseSql = """SELECT "ComplaintId" FROM "Tasks" WHERE "Id" = ?""";

    private const string SaveTaskSql =
        """
        INSERT INTO "Tasks" ("ComplaintId", "Id", "Key", "Kind", "TitleZh", "TitleEn", "State", "Assignee", "AssigneeName",
               "Candidates", "Chain", "DueAt", "CreatedAt", "DoneAt", "Outcome", "Lead")
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT ("ComplaintId", "Id") DO UPDATE SET
               "Key" = excluded."Key", "Kind" = excluded."Kind", "TitleZh" = excluded."TitleZh", "TitleEn" = excluded."TitleEn",
               "State" = excluded."State", "Assignee" = excluded."Assignee", "AssigneeName" = excluded."AssigneeName",
               "Candidates" = excluded."Candidates", "Chain" = excluded."Chain", "DueAt" = excluded."DueAt",
               "CreatedAt" = excluded."CreatedAt", "DoneAt" = excluded."DoneAt", "Outcome" = excluded."Outcome", "Lead" = excluded."Lead"
        """;

    private const string DeleteCandidatesSql = """DELETE FROM "TaskCandidates" WHERE "TaskId" = ?""";

    private const string InsertCandidateSql =
        """INSERT OR IGNORE INTO "TaskCandidates" ("ComplaintId", "TaskId", "Candidate", "DueAt", "Lead", "Chain") VALUES (?, ?, ?, ?, ?, ?)""";

    private const string SaveClockSql =
        """
        INSERT INTO "Clocks" ("ComplaintId", "Key", "NameZh", "NameEn", "Limit", "State", "Unit", "StartedAt", "DueAt", "WarnAt",
               "MetAt", "BreachedAt", "Provisional", "PauseReason")
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT ("ComplaintId", "Key") DO UPDATE SET
               "NameZh" = excluded."NameZh", "NameEn" = excluded."NameEn", "Limit" = excluded."Limit", "State" = excluded."State",
               "Unit" = excluded."Unit", "StartedAt" = excluded."StartedAt", "DueAt" = excluded."DueAt",
               "WarnAt" = excluded."WarnAt", "MetAt" = excluded."MetAt", "BreachedAt" = excluded."BreachedAt",
               "Provisional" = excluded."Provisional", "PauseReason" = excluded."PauseReason"
        """;

    public Guid? FindCase(Guid task) => statements.Of(FindCaseSql).Bind(task).One<Guid?>(static row => row.Id(0));

    public void Save(TaskRow task)
    {
        statements.Of(SaveTaskSql).Bind(task.ComplaintId).Bind(task.Id).Bind(task.Key).Bind(task.Kind).Bind(task.TitleZh)
            .Bind(task.TitleEn).Bind(task.State).Bind(task.Assignee).Bind(task.AssigneeName)
            .Bind(JsonSerializer.Serialize(task.Candidates)).Bind(task.Chain).Bind(task.DueAt).Bind(task.CreatedAt)
            .Bind(task.DoneAt).Bind(task.Outcome).Bind(task.Lead).Run();
        statements.Of(DeleteCandidatesSql).Bind(task.Id).Run();
        if (task.State != nameof(TaskState.Open))
        {
            return;
        }

        foreach (var candidate in task.Candidates)
        {
            statements.Of(InsertCandidateSql).Bind(task.ComplaintId).Bind(task.Id).Bind(candidate).Bind(task.DueAt).Bind(task.Lead).Bind(task.Chain).Run();
        }
    }

    public void Save(ClockRow clock) =>
        statements.Of(SaveClockSql).Bind(clock.ComplaintId).Bind(clock.Key).Bind(clock.NameZh).Bind(clock.NameEn).Bind(clock.Limit)
            .Bind(clock.State).Bind(clock.Unit).Bind(clock.StartedAt).Bind(clock.DueAt).Bind(clock.WarnAt).Bind(clock.MetAt)
            .Bind(clock.BreachedAt).Bind(clock.Provisional).Bind(clock.PauseReason).Run();
}
