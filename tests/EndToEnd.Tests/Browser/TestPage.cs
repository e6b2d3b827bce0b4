using System.Text.Json;
using Microsoft.Playwright;

namespace CaseManagement.EndToEnd.Tests.Browser;

/// <summary>A browser page that remembers what the browser complained about.</summary>
internal sealed class TestPage
{
    private static readonly string Axe = File.ReadAllText(Repository.File("Web/frontend/node_modules/axe-core/axe.min.js"));
    private readonly List<string> _complaints = [];

    public TestPage(IPage page)
    {
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                _complaints.Add(message.Text);
            }
        };
        page.PageError += (_, error) => _complaints.Add(error);
    }

    public IPage Page { get; }

    public async Task<IResponse> GoAsync(string path) => (await Page.GotoAsync(path))!;

    /// <summary>Script errors and broken content policy so far.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    /// <summary>What axe-core finds against WCAG 2.2 A and AA, one line per element.</summary>
    public async Task<IReadOnlyList<string>> FindBarriersAsync()
    {
        await Page.EvaluateAsync(Axe);
        var found = await Page.EvaluateAsync<string>(
            """
            async () => {
              // what is fading in is looked at as it will stay; what never ends cannot be finished
              document.getAnimations().forEach(one => { try { one.finish(); } catch { } });
              const result = await axe.run(document, { runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] } });
              return JSON.stringify(result.violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.target.join(' ')} — ${node.failureSummary}`)));
            }
            """);
        return JsonSerializer.Deserialize<List<string>>(found)!;
    }

    /// <summary>The most a page and what it loads at first may weigh, unpacked.</summary>
    public const int HeaviestPage = 300 * 1024;

    /// <summary>What the page and everything it loaded weigh, unpacked: that much it is without any compression. What the browser still had counts too.</summary>
    public Task<int> WeightAsync() => Page.EvaluateAsync<int>(
        "() => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].reduce((sum, one) => sum + one.decodedBodySize, 0)");

    /// <summary>By how many pixels the page is wider than the window; elements that scroll inside themselves do not count.</summary>
    public Task<int> OverflowAsync() =>
        Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");

    public Task ShootAsync(string name) => Page.ScreenshotAsync(new()
    {
        Path = Path.Combine(Repository.File("test-output"), name + ".png"),
        FullPage = true,
    });
}
