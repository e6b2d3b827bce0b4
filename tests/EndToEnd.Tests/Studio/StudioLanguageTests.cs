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
    public async Task Every_screen_speaks_Chinese()
    {
        await using var host = await StudioHost.StartAsync();
        await host.RegisterAsync(null, "空调整夜停机");
        var studio = await host.SignInAsync("owner", Look.Desk);
        var untranslated = new SortedDictionary<string, string>(StringComparer.Ordinal);

        await new StudioWalk(studio, chinese: true, screen => LookAsync(studio, screen, untranslated)).AllAsync();

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

    // ids, types and states of technical things, keys, the words for which Chinese has no other, and what the shipped processes themselves say in English
    [GeneratedRegex(
        @"^(JSON|ID|ZIP|[0-9a-f]{16}|(Workflow1:\w+:)?answerQuestion|Workflow1(:\w+)*|Flowchart1|\{.*\}|.*[\u4e00-\u9fff].*|[a-z0-9]+([-@/:.][a-z0-9@/:.-]*)+|Elsa\.\w+|CaseManagement\.\w+|\d.*(hour|day).*|Answered within 24 hours|Instruction, promised date, answer|A request, a decision by two, an answer|Done|received|handle)$",
        RegexOptions.Singleline)]
    private static partial Regex Allowed();
}
