using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace CaseManagement.Web.Persistence;

/// <summary>Columns that repeat what another table says: where a migration adds one, it is filled for the rows that are there.</summary>
internal static class RepeatedColumns
{
    /// <param name="added">The column that was just added.</param>
    /// <param name="yes">What the database writes for true.</param>
    /// <returns>The statement, which all three databases understand; null where there is nothing to fill.</returns>
    public static string? Fill(AddColumnOperation added, string yes) => (added.Table, added.Name) switch
    {
        ("CaseTexts", "Lead") =>
            """UPDATE "CaseTexts" SET "Lead" = (SELECT c."Lead" FROM "Cases" AS c WHERE c."Id" = "CaseTexts"."ComplaintId")""",
        ("CaseTexts", "IsOpen") =>
            $"""UPDATE "CaseTexts" SET "IsOpen" = {yes} WHERE "ComplaintId" IN (SELECT c."Id" FROM "Cases" AS c WHERE c."Status" = 'open')""",
        ("TaskCandidates", "ComplaintId") =>
            """
            UPDATE "TaskCandidates" SET "ComplaintId" = (SELECT t."ComplaintId" FROM "Tasks" AS t WHERE t."Id" = "TaskCandidates"."TaskId")
            WHERE EXISTS (SELECT 1 FROM "Tasks" AS t WHERE t."Id" = "TaskCandidates"."TaskId")
            """,
        ("Tasks", "Lead") =>
            """UPDATE "Tasks" SET "Lead" = (SELECT c."Lead" FROM "Cases" AS c WHERE c."Id" = "Tasks"."ComplaintId")""",
        ("TaskCandidates", "Lead") =>
            """UPDATE "TaskCandidates" SET "Lead" = (SELECT c."Lead" FROM "Cases" AS c WHERE c."Id" = "TaskCandidates"."ComplaintId")""",
        ("TaskCandidates", "Chain") =>
            """UPDATE "TaskCandidates" SET "Chain" = (SELECT t."Chain" FROM "Tasks" AS t WHERE t."Id" = "TaskCandidates"."TaskId")""",
        _ => null,
    };
}
