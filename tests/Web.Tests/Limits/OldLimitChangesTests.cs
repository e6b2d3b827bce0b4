using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.PostgreSql;
using CaseManagement.Web.Persistence.Sqlite;
using CaseManagement.Web.Tests.Api;
using CaseManagement.Web.Tests.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace CaseManagement.Web.Tests.Limits;

/// <summary>A database of an earlier version of the product, whose changes of limits have columns of their own: brought up to date, its limits read as before.</summary>
public sealed class OldLimitChangesTests
{
    private const string LastBefore = "InstancesOfACase";
    private const string Rungs = """[{"key": "late", "at": "due + 2 hours", "do": [{"notify": ["manager"], "template": "overdue"}]}]""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, InlineData(false), InlineData(true)]
    public async Task Limits_changed_before_changes_were_patches_hold_as_they_did(bool onPostgreSql)
    {
        await using var host = new ApiHost(onPostgreSql);
        await MakeOldAsync(host, onPostgreSql);

        using var program = host.Client();
        var limits = (await program.AskAsync("/api/v1/processes/standard-complaint/limits")).AsArray().ToDictionary(l => l!["key"].Text(), l => l!);

        Assert.Equal((12m, "workingHours", "office"), (limits["reply"]["amount"]!.GetValue<decimal>(), limits["reply"]["unit"].Text(), limits["reply"]["calendar"].Text()));
        Assert.Equal(["warn", "overdue", "manager"], limits["reply"]["rungs"]!.AsArray().Select(r => r!["key"].Text()));
        Assert.Equal((2.5m, "hours"), (limits["consultation"]["amount"]!.GetValue<decimal>(), limits["consultation"]["unit"].Text()));
        Assert.Equal((7m, "days", "late"), (limits["resolution"]["amount"]!.GetValue<decimal>(), limits["resolution"]["unit"].Text(), Assert.Single(limits["resolution"]["rungs"]!.AsArray())!["key"].Text()));
        Assert.Equal("sameDay", limits["material"]["unit"].Text());
        Assert.Null(limits["material"]["amount"]);
        Assert.Equal("promised", limits["suggestion"]["unit"].Text());

        var registered = await program.TellAsync("/api/v1/complaints", Sample.Complaint(), 201);
        var clocks = registered["clocks"]!.AsArray().ToDictionary(c => c!["key"].Text(), c => c!);
        Assert.Equal("2026-09-03T05:00:00+00:00", clocks["reply"]["dueAt"].Text());
        Assert.Equal(["late"], clocks["resolution"]["rungs"]!.AsArray().Select(r => r!["key"].Text()));

        var history = (await program.AskAsync("/api/v1/processes/standard-complaint/limits/changes")).AsArray();
        Assert.Equal(["same day", "steps", "quicker", "shorter", "first try"], history.Select(c => c!["reason"].Text()));
        Assert.Equal("newCases", history[^1]!["scope"].Text());
        Assert.Equal("24 hours -> 6 hours", history[^1]!["applied"].Text());
        await program.TellAsync($"/api/v1/processes/standard-complaint/limits/changes/{history[^2]!["id"]}/undo", new { reason = "Six after all" });
        Assert.Equal(6m, (await program.AskAsync("/api/v1/processes/standard-complaint/limits")).AsArray().Single(l => l!["key"].Text() == "reply")!["amount"]!.GetValue<decimal>());
    }

    // two changes of one limit: the later wins where it says something
    private static async Task MakeOldAsync(ApiHost host, bool onPostgreSql)
    {
        var connection = host.Database.Settings.Single(setting => setting.Key == "ConnectionStrings:Default").Value;
        await using var source = onPostgreSql ? PostgreSqlConnections.ForContexts(connection) : null;
        await using CaseManagementDbContext db = source is null
            ? new SqliteCaseManagementDbContext(new DbContextOptionsBuilder<SqliteCaseManagementDbContext>().UseSqliteStore(connection).Options)
            : PostgreSqlDatabase.NewContext(source);
        await db.Database.EnsureDeletedAsync(Token);
        await db.GetService<IMigrator>().MigrateAsync(LastBefore, Token);
        var at = onPostgreSql ? "'2026-09-01T00:00:00Z'" : new DateTimeOffset(2026, 9, 1, 0, 0, 0, TimeSpan.Zero).UtcTicks.ToString(System.Globalization.CultureInfo.InvariantCulture);
        foreach (var (limit, amount, unit, calendar, rungs, scope, reason, said) in (ReadOnlySpan<(string, string, string, string, string, string, string, string)>)
            [("reply", "6", "hours", "NULL", "NULL", "NewCases", "first try", "24 hours -> 6 hours"), ("reply", "12.0000", "workingHours", "'office'", "NULL", "OpenCases", "shorter", "x"),
             ("consultation", "2.5", "NULL", "NULL", "NULL", "OpenCases", "quicker", "x"), ("resolution", "NULL", "NULL", "NULL", $"'{Rungs}'", "OpenCases", "steps", "x"),
             ("material", "NULL", "sameDay", "NULL", "NULL", "OpenCases", "same day", "x")])
        {
            // amounts are numbers on PostgreSQL and texts on SQLite
            var number = amount == "NULL" || onPostgreSql ? amount : $"'{amount}'";
            var word = unit == "NULL" ? unit : $"'{unit}'";
#pragma warning disable EF1002 // texts of this test
            db.Database.ExecuteSqlRaw(
                $"""
                INSERT INTO "LimitChanges" ("ProcessKey", "LimitKey", "Amount", "Unit", "Calendar", "RungsJson", "Scope", "Reason", "By", "ByName", "At", "AuditText")
                VALUES ('standard-complaint', '{limit}', {number}, {word}, {calendar}, {rungs.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal)}, '{scope}', '{reason}', 'admin', 'Admin', {at}, '{said}')
                """);
#pragma warning restore EF1002
        }
    }
}
