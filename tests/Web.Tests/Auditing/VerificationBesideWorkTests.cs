using System.Data.Common;
using CaseManagement.Tests;
using CaseManagement.Web.Auditing;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Persistence.Sqlite;
using CaseManagement.Web.Tests.Api;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CaseManagement.Web.Tests.Auditing;

/// <summary>Work goes on while the audit is verified, on nodes whose clocks and keys are their own: nothing of that is a fault.</summary>
public sealed class VerificationBesideWorkTests(ApiHost host) : IClassFixture<ApiHost>
{
    private readonly AuditDesk _desk = new(host, onPostgreSql: false);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_committed_between_two_looks_of_a_verification_is_no_fault()
    {
        using var client = host.Client();
        var id = await _desk.CaseAsync();
        var wall = host.Services.GetRequiredKeyedService<TimeProvider>(Clocks.Wall);
        if (host.Services.GetService<DbContextOptions<SqliteCaseManagementDbContext>>() is not { } options)
        {
            Assert.Skip("Looks are counted on SQLite.");
            return;
        }

        foreach (var extent in (AuditExtent[])[new(), new() { SinceAnchor = 0 }, new() { From = wall.GetUtcNow().AddMinutes(-1) }, new() { Case = id }])
        {
            // before each look the case goes on, and another node writes its first anchor
            var between = new Between(async () =>
            {
                await client.TellAsync($"/api/v1/complaints/{id}/notes", new { text = "meanwhile" });
                await AnchorAsync(wall);
            });
            var verification = ActivatorUtilities.CreateInstance<AuditVerification>(host.Services, new Contexts(options, between));

            var verdict = await verification.RunAsync(extent, await _desk.AnchorLinesAsync(), AuditMails.Job, Token);

            Assert.True(verdict.Ok, $"{extent}: {verdict.FirstBad}");
            Assert.True(between.Looks > 5, $"{extent}: {between.Looks} looks");
        }

        Assert.Null((await _desk.VerifyAsync(new AuditExtent())).FirstBad);
    }

    [Fact]
    public async Task Anchors_of_a_time_are_a_row_whatever_the_clocks_of_their_nodes_say()
    {
        using var client = host.Client();
        var id = await _desk.CaseAsync();
        var start = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
        foreach (var second in (int[])[0, 90, 30, 120, 10, 150])
        {
            await client.TellAsync($"/api/v1/complaints/{id}/notes", new { text = $"noted at {second}" });
            Assert.Equal(1, await AnchorAsync(new ManualClock(start.AddSeconds(second))));
        }

        foreach (var extent in (AuditExtent[])[new() { From = start.AddSeconds(60) }, new() { To = start.AddSeconds(60) }, new() { From = start.AddSeconds(5), To = start.AddSeconds(130) }])
        {
            var verdict = await _desk.VerifyAsync(extent);
            Assert.True(verdict.Ok, $"{extent}: {verdict.FirstBad}");
            Assert.True(verdict.Anchors >= 3, $"{extent}: {verdict.Anchors} anchors");
        }
    }

    /// <summary>A node that has a clock and a key of its own anchors what changed.</summary>
    private async Task<int> AnchorAsync(TimeProvider clock)
    {
        var folder = Directory.CreateTempSubdirectory("case-keys-");
        try
        {
            using var keys = new AnchorKeys(
                Options.Create(new AuditOptions { KeyFolder = folder.FullName }), _desk.Get<IOptions<StorageOptions>>(), _desk.Get<IHostEnvironment>(), clock);
            return await new Anchoring(
                _desk.Get<IDbContextFactory<CaseManagementDbContext>>(), _desk.Get<IConfigurationWriter>(), _desk.Get<ConfigurationAudit>(), keys, _desk.Get<IOptions<AuditOptions>>(), clock).RunAsync(Token);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private sealed class Contexts(DbContextOptions<SqliteCaseManagementDbContext> options, Between between) : IDbContextFactory<CaseManagementDbContext>
    {
        public CaseManagementDbContext CreateDbContext() =>
            new SqliteCaseManagementDbContext(new DbContextOptionsBuilder<SqliteCaseManagementDbContext>(options).AddInterceptors(between).Options);
    }

    private sealed class Between(Func<Task> work) : DbCommandInterceptor
    {
        public int Looks { get; private set; }

        public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            Looks++;
            await work();
            return result;
        }
    }
}
