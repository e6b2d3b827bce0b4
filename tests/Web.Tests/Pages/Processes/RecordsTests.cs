using System.Net;
using CaseManagement.Web.Persistence.Settings;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Tests.Pages.Processes;

/// <summary>Categories, numbers, times of keeping and pause reasons are changed as a draft.</summary>
public sealed class RecordsTests(Site site) : IClassFixture<Site>
{
    private const string Page = "/processes/standard-complaint/records";

    [Fact]
    public async Task Everybody_reads_what_cases_are_kept_by_and_only_process_owners_change_it()
    {
        var (owner, admin) = (await site.AsAsync("owner"), await site.AsAsync("admin"));

        var read = await admin.ReadAsync(Page);
        Assert.Contains("TS2026110008", read, StringComparison.Ordinal);
        Assert.Contains("整件案件自“办结时间”起保存 3 年。", read, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"step\"", read, StringComparison.Ordinal);
        Assert.Contains("name=\"step\"", await owner.ReadAsync(Page), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.PostAsync(Page, ("Act", "retire"), ("Tree", "subject"), ("Node", "price"), ("Version", "1"))).StatusCode);
    }

    [Fact]
    public async Task A_retired_category_is_previewed_becomes_a_draft_and_once_published_no_new_case_has_it()
    {
        var owner = await site.AsAsync("owner");
        await owner.ReadAsync(Page);
        var version = await VersionAsync();

        var preview = await Browser.TextOf(await owner.PostAsync(Page, ("Act", "retire"), ("Tree", "subject"), ("Node", "goods"), ("Version", version), ("step", "preview")));
        Assert.Contains("已有它的案件保留", preview, StringComparison.Ordinal);
        Assert.Contains("少于 5 件", preview, StringComparison.Ordinal);
        Assert.Contains("“routing”", preview, StringComparison.Ordinal);
        Assert.Equal(version, await VersionAsync());
        Assert.Equal(HttpStatusCode.BadRequest, (await owner.PostAsync(Page, ("Act", "retire"), ("Tree", "subject"), ("Node", "goods"), ("Version", version), ("step", "draft"))).StatusCode);

        var made = await owner.PostAsync(Page, ("Act", "retire"), ("Tree", "subject"), ("Node", "goods"), ("Version", version), ("Reason", "不再经营商品"), ("step", "draft"));

        Assert.Equal(HttpStatusCode.Redirect, made.StatusCode);
        Assert.Contains("tab=compare", made.Headers.Location!.OriginalString, StringComparison.Ordinal);
        var late = await owner.PostAsync(Page, ("Act", "retire"), ("Tree", "subject"), ("Node", "price"), ("Version", version), ("Reason", "x"), ("step", "draft"));
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        var draft = await VersionAsync();
        Assert.Contains("已停用", await owner.ReadAsync(Page), StringComparison.Ordinal);
        await owner.PostAsync($"/processes/standard-complaint/versions/{draft}/publish", ("f.note", "商品停用"));
        var chen = await site.AsAsync("chen");
        Assert.DoesNotContain("value=\"goods\"", await chen.ReadAsync("/intake"), StringComparison.Ordinal);
        Assert.Contains("value=\"service\"", await chen.ReadAsync("/intake"), StringComparison.Ordinal);
        Assert.Contains("商品", await (await site.AsAsync("zhou")).ReadAsync("/inbox?view=open&columns=category"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TS{yyyy}{seq:4}", "Month")]
    [InlineData("TS{yyyy}{MM}", "Month")]
    [InlineData("", "Never")]
    [InlineData("TS{yyyy}{MM}{seq:4}", "Fortnight")]
    public async Task Numbers_that_would_repeat_make_no_draft(string pattern, string cycle)
    {
        var owner = await site.AsAsync("owner");
        await owner.ReadAsync(Page);
        var before = await VersionAsync();

        var answer = await owner.PostAsync(Page, ("Act", "number"), ("Pattern", pattern), ("Cycle", cycle), ("WhenFull", "Extend"), ("Version", before), ("Reason", "x"), ("step", "draft"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(before, await VersionAsync());
    }

    [Fact]
    public async Task Numbers_that_a_case_has_already_are_named()
    {
        var owner = await site.AsAsync("owner");
        await owner.ReadAsync(Page);

        // a yearly run begins at 1 with the same text that the month's had
        var preview = await Browser.TextOf(await owner.PostAsync(Page, ("Act", "number"), ("Pattern", "TS{yyyy}{MM}{seq:4}"), ("Cycle", "Year"), ("WhenFull", "Extend"), ("Version", await VersionAsync()), ("step", "preview")));

        Assert.Contains("编号 TS2026110001 已经有案件用了", preview, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"draft\"", preview, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("add", "", "", "<b>", "", "NameEn")]
    [InlineData("move", "service", "speed", "", "", "")]
    [InlineData("rename", "nowhere", "", "新", "New", "")]
    [InlineData("erase", "goods", "", "", "", "")]
    public async Task What_cannot_be_changed_is_refused_and_changes_nothing(string act, string node, string parent, string zh, string en, string field)
    {
        var owner = await site.AsAsync("owner");
        await owner.ReadAsync(Page);
        var before = await VersionAsync();

        var answer = await owner.PostAsync(Page, ("Act", act), ("Tree", "subject"), ("Node", node), ("Parent", parent), ("NameZh", zh), ("NameEn", en), ("Version", before), ("Reason", "x"), ("step", "draft"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.True(field.Length == 0 || (await Browser.TextOf(answer)).Contains("名称要有", StringComparison.Ordinal));
        Assert.Equal(before, await VersionAsync());
    }

    private async Task<string> VersionAsync() =>
        (await site.AskAsync(db => db.ProcessVersions.Where(p => p.ProcessKey == "standard-complaint" && p.State != ProcessVersionState.Superseded).MaxAsync(p => p.Version))).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
