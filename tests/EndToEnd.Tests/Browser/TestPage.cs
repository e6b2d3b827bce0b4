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

    /// <summary>Shows the page that is open in the other theme, as it follows a system whose preference changes.</summary>
    public Task TurnAsync(bool dark) => Page.EmulateMediaAsync(new() { ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light });

    /// <summary>
    /// Goes to a page and looks at it, in each of the themes: it is there, in the language, without a barrier, no wider than its window, not too heavy, and the browser has
    /// nothing to complain of.
    /// </summary>
    /// <param name="path">Where to.</param>
    /// <param name="name">What the pictures are called.</param>
    /// <param name="look">How the page was opened.</param>
    /// <param name="themes">Whether dark, one after the other; the page is loaded once. None: as it was opened.</param>
    /// <param name="status">What it should answer.</param>
    /// <returns>What is wrong, one line each.</returns>
    public async Task<IReadOnlyList<string>> LookAtAsync(string path, string name, Look look, bool[]? themes = null, int status = 200)
    {
        _complaints.Clear();
        var answer = await GoAsync(path);

        // some parts a page asks for once it is there
        await Assertions.Expect(Page.Locator("[hx-trigger^=load]")).ToHaveCountAsync(0);
        var wrong = new List<string>();
        foreach (var one in (themes ?? [look.Dark]).Select(dark => look with { Dark = dark }))
        {
            await TurnAsync(one.Dark);
            await ShootAsync($"{name}-{one.Language}-{(one.Dark ? "dark" : "light")}-{(one.Phone ? "phone" : "desktop")}");
            wrong.AddRange((await FindBarriersAsync()).Select(barrier => $"{one}: {barrier}"));
            wrong.AddRange(await OverflowAsync() is > 0 and var pixels ? [$"{one}: {pixels} px too wide"] : []);
        }

        wrong.AddRange(await WeightAsync() is > HeaviestPage and var bytes ? [$"{bytes} bytes"] : []);
        wrong.AddRange(answer.Status == status ? [] : [$"{answer.Status} where {status} was expected"]);
        wrong.AddRange(await Page.Locator("html").GetAttributeAsync("lang") is { } language && language == look.Language ? [] : ["in another language"]);

        // the browser reports the status of an error page as a complaint
        wrong.AddRange(_complaints.Where(said => status < 400 || !said.Contains("the server responded with a status of", StringComparison.Ordinal)));
        return [.. wrong.Select(fault => $"{path}: {fault}")];
    }

    /// <summary>What axe-core finds against WCAG 2.2 A and AA, one line per element.</summary>
    public async Task<IReadOnlyList<string>> FindBarriersAsync()
    {
        if (!await Page.EvaluateAsync<bool>("() => 'axe' in window"))
        {
            await Page.EvaluateAsync(Axe);
        }

        var found = await Page.EvaluateAsync<string>(
            """
            async () => {
              // what is fading in is looked at as it will stay; what never ends cannot be finished
              document.getAnimations().forEach(one => { try { one.finish(); } catch { } });
              const result = await axe.run(document, { resultTypes: ['violations'], runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] } });
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
