using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CaseManagement.EndToEnd.Tests.Browser;
using Microsoft.Playwright;

namespace CaseManagement.EndToEnd.Tests.Studio;

/// <summary>Studio as somebody works in it: the list, the canvas, the panels.</summary>
internal sealed class StudioPage
{
    // the first start reads 9 MB and runs interpreted; on a busy machine that takes a while
    private const int Patience = 180_000;

    private readonly TestPage _page;
    private readonly bool _chinese;

    public StudioPage(TestPage page, Uri address, string language)
    {
        _page = page;
        _chinese = language == "zh-CN";
        page.Page.SetDefaultTimeout(Patience);
        page.Page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(address.ToString(), StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal)
                && !request.Url.StartsWith("blob:", StringComparison.Ordinal))
            {
                Outside.Add(request.Url);
            }
        };
    }

    public IPage Page => _page.Page;

    /// <summary>What was asked of other hosts.</summary>
    public List<string> Outside { get; } = [];

    /// <summary>Script errors and broken content policy; Studio's own remarks about how it draws are left out.</summary>
    public IEnumerable<string> Complaints => _page.Complaints.Where(text => !text.Contains("manhattan", StringComparison.Ordinal) && !text.Contains("Could not find wrapper element", StringComparison.Ordinal));

    public Task ShootAsync(string name) => Page.ScreenshotAsync(new() { Path = Path.Combine(Repository.File("test-output"), $"studio-{name}.png") });

    /// <summary>What axe-core finds on the screen that is shown, in the dark theme and in the light one, which stays.</summary>
    public async Task<IReadOnlyList<string>> FindBarriersAsync(string screen)
    {
        var found = new List<string>();
        foreach (var dark in new[] { true, false })
        {
            await _page.TurnAsync(dark);
            found.AddRange((await _page.FindBarriersAsync()).Select(one => $"{screen} ({(dark ? "dark" : "light")}): {one}"));
        }

        return found;
    }

    public async Task OpenListAsync()
    {
        await Page.GotoAsync("/studio");
        await Page.Locator("elsa-workflow-definition-list tbody tr").First.WaitForAsync();

        // the list writes its page into the address when it is read, and that closes a dialog opened just before
        await Page.WaitForURLAsync(new Regex(@"/studio\?page="));
        await Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
    }

    public async Task OpenAsync(string definition)
    {
        await Page.GotoAsync($"/studio/definitions/{definition}");
        await ReadyAsync();
        await Page.Locator(".elsa-activity").First.WaitForAsync();
        await FitAsync();
    }

    /// <summary>Shows another definition without loading Studio again, as going back and forth does.</summary>
    public async Task TurnToAsync(string definition)
    {
        await Page.EvaluateAsync("id => dispatchEvent(new PopStateEvent('popstate', { state: { designer: { view: 'Definition', id } } }))", definition);
        await Page.Locator($"elsa-workflow-definition-editor[definition-id='{definition}']").WaitForAsync();
        await Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
    }

    /// <summary>Shows the whole drawing.</summary>
    public Task FitAsync() => Page.Locator(".mud-toolbar .mud-icon-button").First.ClickAsync();

    /// <summary>Creates a definition in the list's dialog; Studio opens it.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> CreateAsync(string name)
    {
        await Page.GetByRole(AriaRole.Button, new() { Name = _chinese ? "新建流程图" : "Create workflow" }).First.ClickAsync();
        var dialog = Page.Locator(".mud-dialog");
        await dialog.Locator("input").First.FillAsync(name);
        await dialog.GetByRole(AriaRole.Button, new() { Name = _chinese ? "确定" : "Ok" }).ClickAsync();
        await Page.WaitForURLAsync("**/studio/definitions/**");
        await ReadyAsync();
        return new Uri(Page.Url).Segments[^1];
    }

    /// <summary>Drags an activity from the picker onto the canvas and waits until the draft is saved.</summary>
    public async Task DragAsync(string category, string activity, int x, int y)
    {
        var item = Page.Locator("[draggable=true]").Filter(new() { HasTextRegex = new Regex($@"^\s*{Regex.Escape(activity)}\s*$") }).First;
        if (!await item.IsVisibleAsync())
        {
            await Page.Locator(".mud-expand-panel-header", new() { HasTextString = category }).ClickAsync();

            // while it opens, what lies under the pointer changes
            await Page.Locator(".mud-collapse-entered").Filter(new() { Has = item }).WaitForAsync();
        }

        // a canvas that has just come up may let the first one fall
        await SavedAsync(async () =>
        {
            do
            {
                await item.DragToAsync(Canvas, new() { TargetPosition = new() { X = x, Y = y } });
            }
            while (!await AppearsAsync(Node(activity)));
        });
    }

    /// <summary>Draws a line from the first way out of one activity into another.</summary>
    public async Task LinkAsync(string from, string to)
    {
        var start = await MiddleAsync(Node(from).Locator(".x6-port-out circle").First);
        var end = await MiddleAsync(Node(to).Locator(".x6-port-in circle").First);
        await SavedAsync(async () =>
        {
            await Page.Mouse.MoveAsync(start.X, start.Y);
            await Page.Mouse.DownAsync();
            await Page.Mouse.MoveAsync(end.X - 20, end.Y - 10, new() { Steps = 8 });
            await Page.Mouse.MoveAsync(end.X, end.Y, new() { Steps = 8 });
            await Page.Mouse.UpAsync();
        });
    }

    // a selected activity lies below the frame of its selection
    public Task SelectAsync(string activity) => Node(activity).Locator(".elsa-activity").ClickAsync(new() { Force = true });

    /// <summary>Ticks a choice of the selected activity's inputs.</summary>
    public async Task TickAsync(string label)
    {
        var box = Page.Locator(".mud-checkbox").Filter(new() { HasTextRegex = new Regex($@"^\s*{Regex.Escape(label)}\s*$") }).First;
        await box.WaitForAsync();
        await SavedAsync(() => box.Locator("input").SetCheckedAsync(true));
    }

    /// <summary>Publishes with Studio's own button.</summary>
    public Task PublishAsync() => SavedAsync(() => Page.Locator("button.mud-icon-button.mud-primary-text").First.ClickAsync(), publishes: true);

    /// <summary>Presses Studio's own publish button; the answer may be a refusal.</summary>
    public Task<IResponse> PressPublishAsync() => SaveAsync(() => Page.Locator("button.mud-icon-button.mud-primary-text").First.ClickAsync(), publishes: true);

    /// <summary>The latest version of a definition, as Studio would read it.</summary>
    public async Task<JsonNode> ReadAsync(string definition) => JsonNode.Parse(await Page.EvaluateAsync<string>(
        """
        async id => {
          const token = document.querySelector('elsa-backend-provider').getAttribute('access-token');
          return (await fetch(`/elsa/api/workflow-definitions/by-definition-id/${id}`, { headers: { Authorization: `Bearer ${token}` } })).text();
        }
        """,
        definition))!;

    /// <summary>What Studio tells at the top of the page.</summary>
    public ILocator Told => Page.Locator(".mud-snackbar");

    public ILocator Bar => Page.Locator("#designer-bar");

    public ILocator Node(string activity) => Page.Locator(".x6-node").Filter(new() { Has = Page.Locator(".activity-type", new() { HasTextString = activity }) }).First;

    /// <summary>Does something that makes Studio save, and waits for the answer.</summary>
    public Task<IResponse> SaveAsync(Func<Task> action, bool publishes = false) => Page.RunAndWaitForResponseAsync(action, response =>
        response.Request.Method == "POST" && response.Url.EndsWith("/elsa/api/workflow-definitions", StringComparison.Ordinal)
        && response.Request.PostData?.Contains("\"publish\":true", StringComparison.Ordinal) == publishes);

    private async Task SavedAsync(Func<Task> action, bool publishes = false)
    {
        var answer = await SaveAsync(action, publishes);
        if (!answer.Ok)
        {
            await Told.First.WaitForAsync();
            Assert.Fail($"{answer.Status}: {string.Join("; ", await Told.AllInnerTextsAsync())}");
        }
    }

    private ILocator Canvas => Page.Locator(".x6-graph").First;

    private async Task ReadyAsync()
    {
        await Page.Locator(".mud-expand-panel-header").First.WaitForAsync();
        await Canvas.WaitForAsync();
        await Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
    }

    private static async Task<bool> AppearsAsync(ILocator locator)
    {
        try
        {
            await locator.WaitForAsync(new() { Timeout = 5_000 });
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private static async Task<(float X, float Y)> MiddleAsync(ILocator locator)
    {
        var box = (await locator.BoundingBoxAsync())!;
        return (box.X + (box.Width / 2), box.Y + (box.Height / 2));
    }
}
