using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace CaseManagement.Web.Persistence.Sqlite;

#pragma warning disable EF1001 // the generator's constructor takes this type; there is no public way to add to CREATE TABLE
/// <summary>
/// Adds what EF Core cannot say of SQLite tables: narrow ones are clustered by their key (WITHOUT ROWID), so that the rows of one
/// case or instance share a page, and audit rows can only be added. It also holds when a later migration rebuilds a table.
/// </summary>
internal sealed class SqliteTableLayout(MigrationsSqlGeneratorDependencies dependencies, IRelationalAnnotationProvider annotations)
    : SqliteMigrationsSqlGenerator(dependencies, annotations)
{
    private static readonly HashSet<string> Clustered = new(StringComparer.Ordinal)
    {
        "Tasks", "TaskCandidates", "CaseTraces", "CaseCounts", "CaseParties", "Clocks", "Answers", "Sequences", "Bookmarks", "Triggers", "Timers", "Journal", "Incidents",
        "NotificationReads", "SettingReadings", "Memberships", "CaseWatches",
    };

    protected override void Generate(AddColumnOperation operation, IModel? model, MigrationCommandListBuilder builder, bool terminate = true)
    {
        base.Generate(operation, model, builder, terminate);
        if (terminate && RepeatedColumns.Fill(operation, "1") is { } fill)
        {
            builder.Append(fill).AppendLine(Dependencies.SqlGenerationHelper.StatementTerminator);
            EndStatement(builder);
        }
    }

    protected override void Generate(
        CreateTableOperation operation, IModel? model, MigrationCommandListBuilder builder, bool terminate = true)
    {
        // A rebuild creates the new table under a passing name first.
        var name = operation.Name.StartsWith("ef_temp_", StringComparison.Ordinal) ? operation.Name["ef_temp_".Length..] : operation.Name;
        base.Generate(operation, model, builder, terminate: false);
        builder.Append(Clustered.Contains(name) ? " WITHOUT ROWID" : "");
        if (terminate)
        {
            builder.AppendLine(Dependencies.SqlGenerationHelper.StatementTerminator);
            EndStatement(builder);
        }

        if (AuditTables.Chained.TryGetValue(name, out var chained))
        {
            Trigger(builder, operation.Name, "Changed", $"UPDATE OF {chained}", "audit rows are not changed");
            Trigger(builder, operation.Name, "Deleted", "DELETE", "audit rows are not deleted");
        }
    }

    private void Trigger(MigrationCommandListBuilder builder, string table, string suffix, string when, string message)
    {
        var helper = Dependencies.SqlGenerationHelper;
        builder.Append("CREATE TRIGGER ").Append(helper.DelimitIdentifier($"{table}_{suffix}"))
            .Append($" BEFORE {when} ON ").Append(helper.DelimitIdentifier(table))
            .Append($" BEGIN SELECT RAISE(ABORT, '{message}'); END")
            .AppendLine(helper.StatementTerminator);
        EndStatement(builder);
    }
}
#pragma warning restore EF1001
