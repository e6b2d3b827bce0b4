using System.Text.Json;
using System.Text.RegularExpressions;
using CaseManagement.EndToEnd.Tests.Browser;
using Microsoft.Playwright;

namespace CaseManagement.EndToEnd.Tests.Studio;

/// <summary>Studio's own words are Chinese for Chinese readers; what people wrote stays as they wrote it.</summary>
[Collection(StudioTests.Name)]
public sealed partial class StudioLanguageTests
{
    // what people see of Studio itself: no canvas and no picker (our server names those), no code, no values of fields
    private const string Collect =
        """
        () => {
          const others = '.topbar, .rail, #designer-bar, #designer-outline, .skip, .live, script, style, textarea, .monaco-editor, .x6-graph, [draggable="true"]';
          const shown = element => { const box = element.getBoundingClientRect(); return box.width > 0 && box.height > 0; };
          const found = [];
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            if (node.parentElement && !node.parentElement.closest(others) && shown(node.parentElement)) found.push(node.data.trim());
          }
          for (const element of document.querySelectorAll('[title], [placeholder], [aria-label]')) {
            if (!element.closest(others)) for (const name of ['title', 'placeholder', 'aria-label']) found.push(element.getAttribute(name) ?? '');
          }
          return JSON.stringify(found.filter(text => /[A-Za-z]{2}/.test(text)));
        }
        """;

    [Fact]
    public async Task Every_main_screen_speaks_Chinese()
    {
        await using var host = await StudioHost.StartAsync();
        var studio = await host.SignInAsync("owner", Look.Desk);
        var untranslated = new SortedDictionary<string, string>(StringComparer.Ordinal);

        await studio.OpenListAsync();
        await LookAsync(studio, "list", untranslated);
        await OpenedAsync(studio, "批量操作", untranslated);
        await InDialogAsync(studio, "新建流程图", untranslated);
        await studio.OpenAsync("standard-consultation");
        await LookAsync(studio, "editor", untranslated);
        foreach (var tab in (string[])["变量", "输入输出", "版本历史"])
        {
            await TabAsync(studio, tab);
            await LookAsync(studio, tab, untranslated);
        }

        await TabAsync(studio, "变量");
        await InDialogAsync(studio, "添加变量", untranslated);
        await studio.SelectAsync("任务");
        // the tab of the log names inputs as the definition's file does
        foreach (var tab in (string[])["输出", "通用", "测试", "提交策略", "信息"])
        {
            await TabAsync(studio, tab);
            await LookAsync(studio, $"task, {tab}", untranslated);
        }

        await studio.ShootAsync("editor-zh");
        await TabAsync(studio, "代码");
        await LookAsync(studio, "code", untranslated);
        await studio.Page.Locator("[data-studio-view=Instances]").ClickAsync();
        await studio.Page.Locator("elsa-workflow-instance-list tbody tr").First.WaitForAsync();
        await LookAsync(studio, "instances", untranslated);
        await OpenedAsync(studio, "时间筛选", untranslated);

        Assert.True(untranslated.Count == 0, string.Join('\n', untranslated.Select(one => $"{one.Value}: {one.Key}")));
        Assert.Empty(studio.Outside);
        Assert.Empty(studio.Complaints);
    }

    [Fact]
    public async Task What_people_wrote_is_not_translated()
    {
        await using var host = await StudioHost.StartAsync();
        var studio = await host.SignInAsync("owner", Look.Desk);
        await studio.OpenListAsync();
        var id = await studio.CreateAsync("Published");

        await Assertions.Expect(studio.Page.Locator(".mud-tab").Filter(new() { HasTextString = "Published" })).ToHaveCountAsync(1);
        await Assertions.Expect(studio.Page.Locator(".mud-input-control", new() { HasTextString = "流程图的名称。" }).Locator("input")).ToHaveValueAsync("Published");
        await studio.Page.Locator("[data-studio-view=Definitions]").ClickAsync();
        await Assertions.Expect(studio.Page.Locator("elsa-workflow-definition-list tbody tr", new() { HasTextString = id }).Locator("td[data-label=Name], td:nth-child(3)").First)
            .ToContainTextAsync("Published");
    }

    private static async Task OpenedAsync(StudioPage studio, string button, SortedDictionary<string, string> untranslated)
    {
        await studio.Page.GetByRole(AriaRole.Button, new() { Name = button }).First.ClickAsync();
        await studio.Page.Locator(".mud-popover-open").First.WaitForAsync();
        await LookAsync(studio, button, untranslated);
        await studio.Page.Keyboard.PressAsync("Escape");
        if (await studio.Page.Locator(".mud-overlay").CountAsync() > 0)
        {
            await studio.Page.Locator(".mud-overlay").First.ClickAsync(new() { Force = true });
        }
    }

    private static async Task InDialogAsync(StudioPage studio, string button, SortedDictionary<string, string> untranslated)
    {
        await studio.Page.GetByRole(AriaRole.Button, new() { Name = button }).First.ClickAsync();
        var dialog = studio.Page.Locator(".mud-dialog");
        await dialog.WaitForAsync();
        await LookAsync(studio, button, untranslated);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "取消" }).ClickAsync();
        await dialog.WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }

    // tabs that have no room wait behind an arrow
    private static async Task TabAsync(StudioPage studio, string name)
    {
        var tab = studio.Page.Locator(".mud-tab").Filter(new() { HasTextRegex = new Regex($@"^\s*{name}\s*$") }).First;
        await tab.EvaluateAsync("element => element.click()");
        await Assertions.Expect(tab).ToHaveClassAsync(new Regex("mud-tab-active"));
    }

    private static async Task LookAsync(StudioPage studio, string where, SortedDictionary<string, string> untranslated)
    {
        foreach (var text in JsonSerializer.Deserialize<List<string>>(await studio.Page.EvaluateAsync<string>(Collect))!)
        {
            if (!Allowed().IsMatch(text))
            {
                untranslated.TryAdd(text, where);
            }
        }
    }

    // ids and names of technical things, keys, the words for which Chinese has no other, and what the sample process itself says in English
    [GeneratedRegex(
        @"^(JSON|ID|ZIP|[0-9a-f]{16}|(Workflow1:\w+:)?answerQuestion|.*[\u4e00-\u9fff].*|[a-z0-9]+([-@/:.][a-z0-9@/:.-]*)+|Elsa\.\w+|CaseManagement\.\w+|\d.*(hour|day).*|Answered within 24 hours|Instruction, promised date, answer|Done|received|handle)$",
        RegexOptions.Singleline)]
    private static partial Regex Allowed();
}
