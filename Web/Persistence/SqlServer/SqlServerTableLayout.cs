using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Update;

namespace CaseManagement.Web.Persistence.SqlServer;

/// <summary>Adds what EF Core cannot say of SQL Server tables: how documents are read, and that audit rows can only be added.</summary>
internal sealed class SqlServerTableLayout(MigrationsSqlGeneratorDependencies dependencies, ICommandBatchPreparer commandBatchPreparer)
    : SqlServerMigrationsSqlGenerator(dependencies, commandBatchPreparer)
{
    /// <summary>Of all text: by code units.</summary>
    public const string Collation = "Latin1_General_100_BIN2";

    /// <summary>Of what <c>LIKE</c> looks into: whatever the case, and nothing else is alike.</summary>
    public const string SearchCollation = "Latin1_General_100_CI_AS_KS_WS_SC";

    /// <summary>The function behind <see cref="Cases.Documents.Text"/>.</summary>
    public const string DocumentText = "document_text";

    /// <summary>The function behind <see cref="Cases.Documents.Says"/>.</summary>
    public const string DocumentSays = "document_says";

    // A document is UTF-8, which the table variable's collation says; a conversion alone would take it for text in the database's code page.
    // OPENJSON answers texts of any length, JSON_VALUE none that is longer than 4,000.
    private static readonly string[] DocumentFunctions =
    [
        $"""
        CREATE FUNCTION [dbo].[{DocumentText}] (@document varbinary(max), @path nvarchar(400)) RETURNS nvarchar(max) AS
        BEGIN
            DECLARE @text TABLE ([Value] varchar(max) COLLATE Latin1_General_100_BIN2_UTF8 NULL);
            INSERT INTO @text ([Value]) VALUES (@document);
            DECLARE @dot int = CHARINDEX(N'.', REVERSE(@path));
            DECLARE @parent nvarchar(402) = CASE WHEN @dot = 0 THEN N'$' ELSE N'$.' + LEFT(@path, LEN(@path) - @dot) END;
            DECLARE @name nvarchar(400) = CASE WHEN @dot = 0 THEN @path ELSE RIGHT(@path, @dot - 1) END;
            RETURN (SELECT TOP (1) j.[value] FROM @text AS t CROSS APPLY OPENJSON(t.[Value], @parent) AS j
                    WHERE j.[key] = @name COLLATE {Collation} AND j.[type] IN (1, 2, 3));
        END
        """,
        $"""
        CREATE FUNCTION [dbo].[{DocumentSays}] (@document varbinary(max), @path nvarchar(400)) RETURNS bit AS
        BEGIN
            RETURN CASE WHEN [dbo].[{DocumentText}](@document, @path) = N'true' THEN 1 ELSE 0 END;
        END
        """,
    ];

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
        if (operation.Name == "Cases")
        {
            Array.ForEach(DocumentFunctions, function => InABatchOfItsOwn(builder, function));
        }

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
