using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure.Internal;
using Npgsql.EntityFrameworkCore.PostgreSQL.Migrations;

namespace CaseManagement.Web.Persistence.PostgreSql;

#pragma warning disable EF1001 // the generator's constructor takes this type; there is no public way to add to CREATE TABLE
/// <summary>Adds what EF Core cannot say of PostgreSQL tables: audit rows can only be added.</summary>
internal sealed class PostgreSqlTableLayout(MigrationsSqlGeneratorDependencies dependencies, INpgsqlSingletonOptions npgsqlOptions)
    : NpgsqlMigrationsSqlGenerator(dependencies, npgsqlOptions)
{
    protected override void Generate(
        CreateTableOperation operation, IModel? model, MigrationCommandListBuilder builder, bool terminate = true)
    {
        base.Generate(operation, model, builder, terminate);
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
