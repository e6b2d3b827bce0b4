using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Files;
using CaseManagement.Web.Tests.Persistence;
using CaseManagement.Workflows.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.Web.Tests.Pages.Inbox;

public sealed class SearchTests
{
    [Fact]
    public async Task On_sqlite_words_names_and_telephones_are_found()
    {
        await using var site = new Site();
        await FindAsync(site);
    }

    [Fact]
    public async Task On_postgresql_words_names_and_telephones_are_found()
    {
        await PostgreSqlServer.GetAsync();
        await using var site = new PostgreSqlSite();
        await FindAsync(site);
    }

    private static async Task FindAsync(Site site)
    {
        var runtime = site.Services.GetRequiredService<CaseRuntime>();
        var clerk = (await site.PersonAsync("chen")).AsPerformer();
        static Attachment File(string name) => new(name, "application/pdf", 1, new string('a', 64)) { Id = Guid.NewGuid() };

        await RegisterAsync(runtime, clerk, "Refund for parcel 4711", "The courier left it in the rain", new Complainant { Name = "Alice Archer", Phone = "(010) 8888-1234", Kind = "person" });
        await RegisterAsync(runtime, clerk, "扫地机器人不回充", "客服答复含糊", new Complainant { Name = "欧阳子涵", Phone = "13912345678", Kind = "person" }, File("购买发票.pdf"));
        await RegisterAsync(runtime, clerk, "扶梯停运", "无", new Complainant { Name = "上官雨桐", Phone = "13700001111", Kind = "person", Confidential = true }, File("上官证件.pdf"));
        var robot = await site.AskAsync(db => db.Cases.Where(c => c.Subject == "扫地机器人不回充").Select(c => c.Id).SingleAsync());
        await runtime.ActAsync(robot, clerk, CaseFiles.Attaching([File("维修合同.PDF")]), TestContext.Current.CancellationToken);
        var zhou = await site.AsAsync("zhou");
        var auditor = await site.AsAsync("auditor");

        async Task<bool> FindsAsync(Browser browser, string words, string subject) =>
            (await browser.ReadAsync($"/inbox?q={Uri.EscapeDataString(words)}")).Contains(subject, StringComparison.Ordinal);

        foreach (var words in (string[])["机器", "器人", "扫地机器人", "含糊", "欧阳", "子涵", "13912345678", "139-1234-5678", "机器 答复", "扫", "发票", "合同", "维修合同.pdf", "合同 机器"])
        {
            Assert.True(await FindsAsync(zhou, words, "扫地机器人不回充"), words);
        }

        foreach (var words in (string[])["refund", "REFUND parcel", "courier", "Archer", "01088881234", "4711"])
        {
            Assert.True(await FindsAsync(zhou, words, "Refund for parcel"), words);
        }

        foreach (var words in (string[])["量子", "机人", "1391234567", "机器 量子", "'|''", "%"])
        {
            Assert.False(await FindsAsync(zhou, words, "扫地机器人不回充"), words);
        }

        // who may not know the complainant does not find by them; who asked not to be known is found by nobody
        Assert.True(await FindsAsync(auditor, "机器", "扫地机器人不回充"));
        Assert.False(await FindsAsync(auditor, "欧阳", "扫地机器人不回充"));
        Assert.False(await FindsAsync(zhou, "上官", "扶梯停运"));
        Assert.False(await FindsAsync(zhou, "证件", "扶梯停运"));
        Assert.True(await FindsAsync(zhou, "扶梯", "扶梯停运"));
    }

    private static async Task RegisterAsync(
        CaseRuntime runtime, Performer clerk, string subject, string description, Complainant complainant, params IReadOnlyList<Attachment> files) =>
        await runtime.RegisterAsync(
            new Registration { Channel = "phone", Subject = subject, Description = description, Category = "speed", Complainant = complainant, Attachments = files }, clerk,
            TestContext.Current.CancellationToken);
}
