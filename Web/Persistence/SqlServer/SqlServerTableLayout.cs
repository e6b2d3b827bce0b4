using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Update;

namespace CaseManagement.Web.Persistence.SqlServer;

/// <summary>Adds what EF Core cannot say of SQL Server tables: that audit rows can only be added.</summary>
internal sealed class SqlServerTableLayout(MigrationsSqlGeneratorDependencies dependencies, ICommandBatchPreparer commandBatchPreparer)
    : SqlServerMigrationsSqlGenerator(dependencies, commandBatchPreparer)
{
    /// <summary>Of all text: by code units.</summary>
    public const string Collation = "Latin1_General_100_BIN2";

    /// <summary>Of what <c>LIKE</c> looks into: whatever the case, and nothing else is alike.</summary>
    public const string SearchCollation = "Latin1_General_100_CI_AS_KS_WS_SC";

    /// <summary>The trigger that refuses changes.</summary>
    public static string Changed(string table) => $"{table}_Changed";

    /// <summary>The trigger that refuses deletion.</summary>
    public static string Deleted(string table) => $"{table}_Deleted";

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
        base.Generate(operation, model, builder, terminate);
        if (AuditTables.Chained.TryGetValue(operation.Name, out var chained))
        {
            var table = Dependencies.SqlGenerationHelper.DelimitIdentifier(operation.Name);
            var isChained = string.Join(" OR ", chained.Split(", ").Select(column => $"UPDATE({column})"));
            InABatchOfItsOwn(builder, $"""
                CREATE TRIGGER {Name(Changed(operation.Name))} ON {table} AFTER UPDATE AS
                IF ({isChained}) AND EXISTS (SELECT 1 FROM inserted) THROW 51003, N'audit rows are not changed', 1;
                """);
            InABatchOfItsOwn(builder, $"""
                CREATE TRIGGER {Name(Deleted(operation.Name))} ON {table} AFTER DELETE AS
                IF EXISTS (SELECT 1 FROM deleted) THROW 51003, N'audit rows are not deleted', 1;
                """);
        }
    }

    private string Name(string identifier) => Dependencies.SqlGenerationHelper.DelimitIdentifier(identifier);

    /// <summary>Such a statement must be alone in its batch, which a script with conditions cannot say but so.</summary>
    private void InABatchOfItsOwn(MigrationCommandListBuilder builder, string sql)
    {
        builder.Append($"EXEC(N'{sql.Replace("'", "''", StringComparison.Ordinal)}')").AppendLine(Dependencies.SqlGenerationHelper.StatementTerminator);
        EndStatement(builder);
    }
}
