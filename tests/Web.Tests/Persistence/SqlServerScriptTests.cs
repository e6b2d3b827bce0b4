using System.Reflection;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Cases;
using CaseManagement.Web.Persistence.SqlServer;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Logging.Abstractions;
using Quartz;

namespace CaseManagement.Web.Tests.Persistence;

/// <summary>What can be known of SQL Server without one: the model, the scripts that make its tables, how a query reads, what a dead server leads to.</summary>
public sealed class SqlServerScriptTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_migrations_describe_the_model()
    {
        await using var context = SqlServerDatabase.NewContext();

        Assert.False(context.Database.HasPendingModelChanges());
    }

    [Theory, InlineData(MigrationsSqlGenerationOptions.Default), InlineData(MigrationsSqlGenerationOptions.Idempotent)]
    public async Task The_script_of_the_migrations_is_transact_sql(MigrationsSqlGenerationOptions options)
    {
        await using var context = SqlServerDatabase.NewContext();

        var script = context.GetService<IMigrator>().GenerateScript(options: options);

        Assert.True(TSql.Parse(script).Batches.Count > 1);
        foreach (var said in new[]
        {
            "CREATE TRIGGER [Events_Changed]", "CREATE TRIGGER [ConfigurationEvents_Deleted]",
            "[Id] binary(16) NOT NULL", "[DueAt] datetimeoffset", "[Document] varbinary(max) NULL", "COLLATE Latin1_General_100_BIN2",
        })
        {
            Assert.Contains(said, script, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Every_table_of_the_other_databases_is_there()
    {
        await using var context = SqlServerDatabase.NewContext();
        var script = context.GetService<IMigrator>().GenerateScript();

        Assert.All(
            context.Model.GetEntityTypes().Select(e => e.GetTableName()).Distinct(),
            table => Assert.Contains($"CREATE TABLE [{table}]", script, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_part_of_an_index_has_a_length_that_an_index_can_hold()
    {
        await using var context = SqlServerDatabase.NewContext();

        foreach (var index in context.GetService<IDesignTimeModel>().Model.GetEntityTypes().SelectMany(e => e.GetIndexes()))
        {
            Assert.InRange(index.Properties.Sum(p => Bytes(p.GetColumnType())), 1, 1700);
        }

        foreach (var key in context.GetService<IDesignTimeModel>().Model.GetEntityTypes().SelectMany(e => e.GetKeys()))
        {
            Assert.InRange(key.Properties.Sum(p => Bytes(p.GetColumnType())), 1, 900);
        }

        static int Bytes(string type) => type.StartsWith("nvarchar(", StringComparison.Ordinal)
            ? int.Parse(type["nvarchar(".Length..^1], System.Globalization.CultureInfo.InvariantCulture) * 2
            : 16;
    }

    [Fact]
    public async Task A_search_ignores_case_takes_brackets_as_they_are()
    {
        await using var context = SqlServerDatabase.NewContext();
        var pattern = LikePattern.Of("a[b");

        var inColumn = context.Cases.Where(c => EF.Functions.Like(c.Subject, pattern, "\\")).ToQueryString();
        TSql.Parse(inColumn);
        Assert.Contains("[Subject] COLLATE Latin1_General_100_CI_AS_KS_WS_SC LIKE REPLACE(@pattern, N'[', N'\\[') ESCAPE N'\\'", inColumn, StringComparison.Ordinal);
    }

    /// <summary>Without that package everything builds, and every command with a parameter fails.</summary>
    [Fact]
    public void The_driver_is_whole()
    {
        Assert.Equal("Microsoft.SqlServer.Server", Assembly.Load(new AssemblyName("Microsoft.SqlServer.Server")).GetName().Name);
        Assert.Equal(System.Data.SqlDbType.VarBinary, new SqlParameter("@p", new byte[1]).SqlDbType);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_a_failure_that_passes()
    {
        await using var store = new SqlServerCaseStore(SqlServerDatabase.Nowhere, 1, 1, NullLogger<SqlServerCaseStore>.Instance);

        var failure = await Assert.ThrowsAsync<StoreFailedException>(() => store.RunAsync(t => t.NextAsync("a", Token), Token).AsTask());

        Assert.IsType<SqlException>(failure.InnerException);
        Assert.True(DatabaseAway.Is(failure));
    }

    [Fact]
    public void The_database_is_created_so_that_readers_do_not_wait_for_writers()
    {
        var sql = SqlServerGate.CreateSql("a]b");

        TSql.Parse(sql);
        Assert.Contains("[a]]b]", sql, StringComparison.Ordinal);
        Assert.Contains("READ_COMMITTED_SNAPSHOT ON", sql, StringComparison.Ordinal);
    }

    /// <summary>Of recurring jobs, as Quartz.NET brings it, with the names it puts in.</summary>
    [Fact]
    public void The_schedules_tables_are_transact_sql()
    {
        using var script = new StreamReader(typeof(IScheduler).Assembly.GetManifestResourceStream("Quartz.Impl.AdoJobStore.Schema.create_sqlServer.sql")!);

        TSql.Parse(script.ReadToEnd().Replace("{0}", "QRTZ_", StringComparison.Ordinal).Replace("{1}", "QRTZ_", StringComparison.Ordinal));
    }
}
