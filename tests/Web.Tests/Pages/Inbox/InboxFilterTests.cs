using System.Net;
using System.Text.Json.Nodes;
using CaseManagement.Web.Features.Live;

namespace CaseManagement.Web.Tests.Pages.Inbox;

/// <summary>The list narrowed by several filters at once, read in columns, and asked whether it is still so.</summary>
public sealed class InboxFilterTests(Site site) : IClassFixture<Site>
{
    private const string Speed = "空调维修三次未上门";
    private const string Goods = "热水器漏电，家人手部麻木";
    private const string Price = "门店收费高于标价";
    private const string Manner = "客服人员态度恶劣";
    private const string Fridge = "新购冰箱一周内不制冷";

    [Theory]
    [InlineData("category=service", Speed, Manner)] // with all below it
    [InlineData("category=speed", Speed)]
    [InlineData("category=service&department=service", Speed, Manner)]
    [InlineData("category=goods&department=service")]
    [InlineData("category=goods&channel=visit", Fridge)]
    [InlineData("handler=nobody-of-this-name")]
    [InlineData("due=nonsense&category=price", Price)]
    public async Task Filters_narrow_together(string query, params string[] expected)
    {
        var zhou = await site.AsAsync("zhou");

        var page = await zhou.ReadAsync($"/inbox?view=open&process=standard-complaint&{query}");

        string[] all = [Speed, Goods, Price, Manner, Fridge];
        Assert.Equal(expected.Order(), all.Where(subject => page.Contains(subject, StringComparison.Ordinal)).Order());
    }

    [Fact]
    public async Task Due_periods_share_the_open_cases_among_them()
    {
        var zhou = await site.AsAsync("zhou");
        var all = RowsIn(await zhou.ReadAsync("/inbox?view=open"));
        var parts = new List<string>();
        foreach (var period in (string[])["late", "today", "tomorrow", "later", "never"])
        {
            parts.AddRange(RowsIn(await zhou.ReadAsync($"/inbox?view=open&due={period}")));
        }

        // the rest is due in the week after tomorrow
        var week = RowsIn(await zhou.ReadAsync("/inbox?view=open&due=week"));
        Assert.NotEmpty(all);
        Assert.Equal(all.Order(), parts.Concat(week).Distinct().Order());
        Assert.Equal(parts.Count, parts.Distinct().Count());
    }

    [Fact]
    public async Task A_chosen_filter_stands_as_a_chip_in_words_and_can_be_taken_away()
    {
        var zhou = await site.AsAsync("zhou");

        var page = await zhou.ReadAsync("/inbox?view=open&department=service&due=late&handler=gone");

        Assert.Contains("牵头部门：客服部", page, StringComparison.Ordinal);
        Assert.Contains("到期：已超时", page, StringComparison.Ordinal);
        Assert.Contains("处理人：gone", page, StringComparison.Ordinal);
        Assert.Matches("href=\"/inbox\\?(?![^\"]*department=)[^\"]*handler=gone[^\"]*\"", page);
    }

    [Fact]
    public async Task Columns_are_chosen_ordered_kept_and_go_with_a_saved_filter()
    {
        var sun = await site.AsAsync("sun");
        await sun.ReadAsync("/inbox?view=open");

        await sun.PostAsync("/inbox/columns?view=open", ("Act", "add"), ("Column", "department"));
        await sun.PostAsync("/inbox/columns?view=open", ("Columns", "department"), ("Act", "add"), ("Column", "number"));
        var answer = await sun.PostAsync("/inbox/columns?view=open", ("Columns", "department,number"), ("Act", "before"), ("Column", "number"));

        var page = await sun.FollowAsync(answer);
        Assert.True(page.IndexOf("data-l=\"编号\"", StringComparison.Ordinal) < page.IndexOf("data-l=\"牵头部门\"", StringComparison.Ordinal));
        Assert.Matches("/inbox/filters\\?[^\"]*columns=number(,|%2C)department", page);
        Assert.Contains("data-l=\"编号\"", await sun.ReadAsync("/inbox?view=open"), StringComparison.Ordinal);
        Assert.Contains("data-l=\"渠道\"", await sun.ReadAsync("/inbox?view=open&columns=channel"), StringComparison.Ordinal);
        await sun.PostAsync("/inbox/columns?view=open", ("Act", "clear"));
        Assert.DoesNotContain("data-l=", await sun.ReadAsync("/inbox?view=open"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("add", "description")]
    [InlineData("add", "fact:description")]
    [InlineData("add", "fact:complainant")]
    [InlineData("remove", "number")]
    [InlineData("grow", "number")]
    [InlineData("add", null)]
    public async Task What_cannot_be_a_column_is_refused_and_changes_nothing(string act, string? column)
    {
        var zhang = await site.AsAsync("zhang");
        await zhang.ReadAsync("/inbox");

        var answer = await zhang.PostAsync("/inbox/columns", [("Act", act), .. column is null ? [] : new[] { ("Column", column) }]);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.DoesNotContain("data-l=", await zhang.ReadAsync("/inbox?view=open"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fact_of_the_register_book_is_a_column_for_those_who_work_on_the_case_alone()
    {
        var (zhou, auditor) = (await site.AsAsync("zhou"), await site.AsAsync("auditor"));

        var worked = await zhou.ReadAsync("/inbox?view=open&columns=fact:amountProposed,number");
        var masked = await auditor.ReadAsync("/inbox?view=open&columns=fact:amountProposed,number");

        Assert.Contains("1,200.00", worked, StringComparison.Ordinal);
        Assert.Contains("拟赔偿金额", masked, StringComparison.Ordinal);
        Assert.Contains(Fridge, masked, StringComparison.Ordinal);
        Assert.DoesNotContain("1,200.00", masked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_open_list_learns_which_cases_it_holds_now_and_that_one_was_changed()
    {
        var (wang, zhou) = (await site.AsAsync("wang"), await site.AsAsync("zhou"));
        var id = (await site.CaseAsync(Goods)).Complaint.Id.ToString();
        var before = await AskAsync(wang, "/live/cases?view=open&idle=true");
        await zhou.ReadAsync($"/cases/{id}");
        await zhou.PostAsync($"/cases/{id}/entries", ("Kind", "note"), ("Text", "请尽快"));

        var after = await AskAsync(wang, "/live/cases?view=open&sort=newest&idle=true");

        Assert.Equal(before.Select(c => c.Key).Order(), after.Select(c => c.Key).Order());
        Assert.True(after[id]!.GetValue<long>() > before[id]!.GetValue<long>());
        Assert.Equal(HttpStatusCode.NotFound, (await (await site.AsAsync("zhao")).GetAsync($"/live/cases/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await (await site.AsAsync("owner")).GetAsync("/live/cases")).StatusCode);
    }

    [Fact]
    public async Task Who_asks_too_often_is_told_to_come_later()
    {
        var liu = await site.AsAsync("liu");
        var answers = new List<HttpResponseMessage>();
        for (var time = 0; time <= LiveCases.MostEach; time++)
        {
            answers.Add(await liu.GetAsync($"/live/cases?view=open&q={time}"));
        }

        Assert.Equal(HttpStatusCode.OK, answers[0].StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, answers[^1].StatusCode);
        Assert.NotNull(answers[^1].Headers.RetryAfter);
        Assert.Equal(HttpStatusCode.OK, (await liu.GetAsync("/live/cases?view=open&q=0")).StatusCode);
    }

    private static async Task<JsonObject> AskAsync(Browser browser, string address) => JsonNode.Parse(await browser.ReadAsync(address))!.AsObject();

    private static List<string> RowsIn(string page) =>
        [.. System.Text.RegularExpressions.Regex.Matches(page, "data-case=\"([0-9a-f-]{36})\"").Select(m => m.Groups[1].Value)];
}
