using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure.Internal;
using Npgsql.EntityFrameworkCore.PostgreSQL.Migrations;

namespace CaseManagement.Web.Persistence.PostgreSql;

#pragma warning disable EF1001 // the generator's constructor takes this type; there is no public way to add to CREATE TABLE
/// <summary>Adds what EF Core cannot say of PostgreSQL tables: that audit rows can only be added.</summary>
internal sealed class PostgreSqlTableLayout(MigrationsSqlGeneratorDependencies dependencies, INpgsqlSingletonOptions npgsqlOptions)
    : NpgsqlMigrationsSqlGenerator(dependencies, npgsqlOptions)
{
    protected override void Generate(CreateIndexOperation operation, IModel? model, MigrationCommandListBuilder builder, bool terminate = true)
    {
        base.Generate(operation, model, builder, terminate);
        if (operation.Name == "IX_Messages_EscalatedTo")
        {
            // Nearly all that supervisors get are escalations: taken for chance, the planner expects a hundred of thirty thousand and looks up each one's case.
            builder.Append("CREATE STATISTICS \"Messages_Escalated\" (mcv) ON \"Recipient\", \"Channel\", \"Escalation\" FROM \"Messages\"")
                .AppendLine(Dependencies.SqlGenerationHelper.StatementTerminator);
            EndStatement(builder);
        }
    }

    protected override void Generate(AddColumnOperation operation, IModel? model, MigrationCommandListBuilder builder, bool terminate = true)
    {
        base.Generate(operation, model, builder, terminate);
        if (terminate && RepeatedColumns.Fill(operation, "TRUE") is { } fill)
        {
            builder.Append(fill).AppendLine(Dependencies.SqlGenerationHelper.StatementTerminator);
            EndStatement(builder);
        }
    }

    protected override void Generate(
        CreateTableOperation operation, IModel? model, MigrationCommandListBuilder builder, bool terminate = true)
    {
        base.Generate(operation, model, builder, terminate);
        if (operation.Name == "CaseTexts")
        {
            // The planner must know how rare a rare pair is, or it looks for it in the newest cases first and never finds it.
            foreach (var column in (string[])["Words", "People"])
            {
                builder.Append($"ALTER TABLE \"CaseTexts\" ALTER COLUMN \"{column}\" SET STATISTICS 1000").AppendLine(Dependencies.SqlGenerationHelper.StatementTerminator);
            }

            EndStatement(builder);
        }

        if (AuditTables.Chained.TryGetValue(operation.Name, out var chained))
        {
            Trigger(builder, operation.Name, "Changed", $"UPDATE OF {chained}", "audit rows are not changed");
            Trigger(builder, operation.Name, "Deleted", "DELETE", "audit rows are not deleted");
        }
    }

    private void Trigger(MigrationCommandListBuilder builder, string table, string suffix, string when, string message)
    {
        var helper = Dependencies.SqlGenerationHelper;
        var name = helper.DelimitIdentifier($"{table}_{suffix}");
        builder.AppendLine($"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS")
            .AppendLine($"$$BEGIN RAISE EXCEPTION '{message}'; END$$")
            .AppendLine(helper.StatementTerminator)
            .Append($"CREATE TRIGGER {name} BEFORE {when} ON {helper.DelimitIdentifier(table)} ")
            .Append($"FOR EACH ROW EXECUTE FUNCTION {name}()")
            .AppendLine(helper.StatementTerminator);
        EndStatement(builder);
    }
}
#pragma warning restore EF1001
