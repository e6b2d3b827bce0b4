using System.Text.Json;
using System.Text.RegularExpressions;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Tests.Pages.Processes;
using CaseManagement.Workflows.Cases;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.Web.Tests.Pages.Cases;

/// <summary>What the page of one case tells of others: no more of a person than the reader is shown on those cases themselves.</summary>
public sealed class CaseRelationsTests(Site site) : IClassFixture<Site>
{
    private const string Counters = """
        {"counters": [
          {"key": "again", "name": {"zh": "同一人再次投诉", "en": "The same person again"}, "same": ["complainant"]},
          {"key": "product", "name": {"zh": "同一产品", "en": "The same product"}, "same": ["product"]}
        ]}
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Words_are_quoted_of_a_case_alike_that_is_read_open_and_none_of_one_that_is_masked()
    {
        const string told = "夜里三点有人在仓库门口换标签，前后换了四十箱。";
        var one = await RegisterAsync("仓库夜间换标", told, "郑先生", "13700000101");
        var open = await RegisterAsync("仓库夜间换标", told, "吴女士", "13700000102");
        var covered = await CoverAsync(await RegisterAsync("仓库夜间换标", told, "举报人甲", "13700000103"));

        var page = await (await site.AsAsync("zhou")).ReadAsync($"/cases/{one.Id}/kin");

        Assert.Matches(@"^\d+%：.*仓库", Why(page, open));
        Assert.Matches(@"^\d+%$", Why(page, covered));
    }

    [Fact]
    public async Task Cases_of_one_complainant_are_told_as_such_only_where_both_may_be_known_whatever_counts_them_together()
    {
        await CountAsync();
        var one = await RegisterAsync("洗衣机漏水", "每次脱水都会漏一地。", "唐先生", "13700000201", "W-1");
        var known = await RegisterAsync("发票迟迟未开", "付款两周后仍未收到。", "唐先生", "13700000201", "W-2");
        var covered = await CoverAsync(await RegisterAsync("店长收受回扣", "当面收钱并且不入账。", "唐先生", "13700000201", "W-3"));
        var counted = await RegisterAsync("送错型号", "收到的与订单不一致。", "何女士", "13700000202", "W-1");

        var page = await (await site.AsAsync("zhou")).ReadAsync($"/cases/{one.Id}/kin");

        Assert.Equal("计入同一项：同一产品", Why(page, counted));
        Assert.NotEqual("", Why(page, known));
        Assert.DoesNotContain("同一人再次投诉", Why(page, known), StringComparison.Ordinal);
        Assert.DoesNotContain(covered.Number, page, StringComparison.Ordinal);
    }

    // how a case is said to belong to the one that is open; empty: it is not told of
    private static string Why(string page, Complaint other) =>
        Regex.Match(page, $"href=\"/cases/{other.Id}\">[^<]*</a><span class=\"push dim num\">([^<]*)</span>").Groups[1].Value;

    private CaseRuntime Cases => site.Services.GetRequiredService<CaseRuntime>();

    /// <summary>From now on cases are counted together by complainant and by product.</summary>
    private async Task CountAsync()
    {
        var pack = new StandardPack();
        pack.Files["counters.json"] = Counters;
        var (processes, by) = (site.Services.GetRequiredService<ProcessInstaller>(), new Actor(ActorKind.System, "test"));
        var imported = await processes.ImportAsync(pack.Files, "counters", by, Token);
        Assert.True(imported.Version is not null, string.Join('\n', imported.Findings.Select(f => $"{f.File} {f.JsonPath} {f.Message.En}")));
        await processes.PublishAsync(imported.Key, imported.Version.Value, "counters", by, confirms: null, Token);
    }

    private async Task<Complaint> RegisterAsync(string subject, string told, string name, string phone, string? product = null) => (await Cases.RegisterAsync(
        new Registration
        {
            Channel = "phone",
            Subject = subject,
            Description = told,
            Category = "speed",
            Complainant = new() { Name = name, Phone = phone },
            Facts = new[] { product }.OfType<string>().ToDictionary(_ => "product", p => JsonSerializer.SerializeToElement(p)),
        },
        (await site.PersonAsync("chen")).AsPerformer(), Token))!.Complaint;

    /// <summary>Whoever handles it has the identity covered.</summary>
    private async Task<Complaint> CoverAsync(Complaint complaint)
    {
        var li = (await site.PersonAsync("li")).AsPerformer();
        var outcome = await Cases.ActAsync(
            complaint.Id.Value, li,
            act =>
            {
                foreach (var task in act.Complaint.Tasks.Open.Where(t => t.Assignee is null && t.Admits(li)).ToList())
                {
                    act.Complaint.Tasks.Claim(act, task.Id);
                }

                act.Complaint.Confidentiality.Raise(act, ConfidentialityLevel.Identity, [], "内部举报，身份须保密。");
            },
            Token);
        return outcome.Complaint;
    }
}
