using System.Text.Json;
using System.Text.RegularExpressions;
using CaseManagement.EndToEnd.Tests.Browser;

namespace CaseManagement.EndToEnd.Tests.Studio;

/// <summary>
/// Studio's own words are Chinese for Chinese readers, and what it leaves without a name or out of reach our page names and makes reachable. One walk looks at both: each
/// screen, menu and dialog once, in either theme.
/// </summary>
[Collection(StudioTests.Name)]
public sealed partial class StudioScreenTests
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
    public async Task Every_screen_speaks_Chinese_and_has_no_barrier_in_either_theme()
    {
        await using var host = await StudioHost.StartAsync();
        await host.RegisterAsync(null, "空调整夜停机");
        var studio = await host.SignInAsync("owner", Look.Desk);
        var (untranslated, barriers) = (new SortedDictionary<string, string>(StringComparer.Ordinal), new List<string>());

        await new StudioWalk(studio, chinese: true, async screen =>
        {
            await ReadAsync(studio, screen, untranslated);
            barriers.AddRange(await studio.FindBarriersAsync(screen));
        }).AllAsync();

        Assert.True(untranslated.Count == 0, string.Join('\n', untranslated.Select(one => $"{one.Value}: {one.Key}")));
        Assert.True(barriers.Count == 0, string.Join('\n', barriers));
        Assert.Empty(studio.Outside);
        Assert.Empty(studio.Complaints);
    }

    private static async Task ReadAsync(StudioPage studio, string where, SortedDictionary<string, string> untranslated)
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
