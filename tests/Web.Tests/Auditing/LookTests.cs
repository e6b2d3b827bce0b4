using System.Text.Json.Nodes;
using CaseManagement.Web.Auditing;
using CaseManagement.Web.Tests.Api;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Tests.Auditing;

/// <summary>Looks that change nothing and are recorded all the same: what a change of a limit would do, whether a version can be published.</summary>
public sealed class LookTests(ApiHost host) : IClassFixture<ApiHost>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_preview_of_a_limit_is_recorded_once_an_hour_and_a_check_of_a_version_each_time()
    {
        var desk = new AuditDesk(host, onPostgreSql: false);
        using var admin = host.Client("admin");
        using var zhou = host.Client("zhou");
        using var owner = host.Client("owner");
        var change = new { amount = 20, scope = "openCases", reason = "test" };
        const string Preview = "/api/v1/processes/standard-complaint/limits/reply/preview";

        await admin.TellAsync(Preview, change);
        await admin.TellAsync(Preview, change);
        await zhou.TellAsync(Preview, change);
        await owner.TellAsync("/api/v1/processes/standard-complaint/validate", null);

        var looked = await desk.AskAsync(db => db.ConfigurationEvents.Where(e => e.Type == ReadLog.LimitPreviewed || e.Type == ReadLog.ProcessValidated).OrderBy(e => e.RecordedAt).ThenBy(e => e.Sequence).ToListAsync(Token));
        Assert.Equal([("admin", ReadLog.LimitPreviewed), ("zhou", ReadLog.LimitPreviewed), ("owner", ReadLog.ProcessValidated)], looked.Select(e => (e.ActorId!, e.Type)));
        Assert.Equal(("standard-complaint", "reply"), (JsonNode.Parse(looked[0].Data)!["process"].Text(), JsonNode.Parse(looked[0].Data)!["limit"].Text()));
    }
}
