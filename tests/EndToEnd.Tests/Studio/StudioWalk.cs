using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace CaseManagement.EndToEnd.Tests.Studio;

/// <summary>Goes through every screen of Studio that people meet, with its menus and dialogs, and has each looked at.</summary>
internal sealed class StudioWalk(StudioPage studio, bool chinese, Func<string, Task> look)
{
    private IPage Page => studio.Page;

    /// <summary>The list of definitions, the editor, the list of instances, an instance; there must be a case.</summary>
    public async Task AllAsync()
    {
        await DefinitionsAsync();
        await EditorAsync();
        await InstancesAsync();
        await InstanceAsync();
    }

    private async Task DefinitionsAsync()
    {
        await studio.OpenListAsync();
        await look("list");
        await InMenuAsync(Named("批量操作", "Bulk actions"), "list, many");
        await InMenuAsync(RowMenu("elsa-workflow-definition-list"), "list, row");
        await InDialogAsync(Named("新建流程图", "Create workflow"), "list, create");
    }

    private async Task EditorAsync()
    {
        await studio.OpenAsync("standard-consultation");
        await look("editor");
        await TabAsync("变量", "Variables");
        await look("editor, variables");
        await InDialogAsync(Named("添加变量", "Add variable"), "editor, add variable");
        await TabAsync("输入输出", "Input/Output");
        await look("editor, inputs and outputs");
        await TabAsync("版本历史", "Version history");
        await look("editor, versions");
        await InMenuAsync(Page.Locator("elsa-workflow-definition-editor .mud-table tbody .mud-menu button").First, "editor, version");
        await studio.SelectAsync(chinese ? "任务" : "Task");
        await look("task");

        // the tab of the log names inputs as the definition's file does
        foreach (var (zh, en) in ((string, string)[])[("输出", "Output"), ("通用", "Common"), ("测试", "Test"), ("提交策略", "Commit strategy"), ("信息", "Info")])
        {
            await TabAsync(zh, en);
            await look($"task, {en}");
        }

        await studio.ShootAsync($"editor-{(chinese ? "zh" : "en")}");
        await TabAsync("代码", "Code View");
        await look("code");
    }

    private async Task InstancesAsync()
    {
        await Page.Locator("[data-studio-view=Instances]").ClickAsync();
        await Instances.First.WaitForAsync();
        await look("instances");
        await InMenuAsync(Named("时间筛选", "Timestamp"), "instances, times");
        await InMenuAsync(RowMenu("elsa-workflow-instance-list"), "instances, row");
    }

    private async Task InstanceAsync()
    {
        await Instances.First.ClickAsync();
        await Page.WaitForURLAsync("**/studio/instances/*");
        await Page.Locator(".elsa-activity").First.WaitForAsync();
        await Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await look("instance");
        foreach (var tab in await Page.Locator("elsa-workflow-instance-viewer .mud-tab").AllAsync())
        {
            await tab.EvaluateAsync("element => element.click()");
            await Assertions.Expect(tab).ToHaveClassAsync(new Regex("mud-tab-active"));
            await look($"instance, {await tab.InnerTextAsync()}");
        }

        await studio.ShootAsync($"instance-{(chinese ? "zh" : "en")}");
    }

    private ILocator Instances => Page.Locator("elsa-workflow-instance-list tbody tr");

    private ILocator Named(string zh, string en) => Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex($"^{Regex.Escape(chinese ? zh : en)}", RegexOptions.IgnoreCase) }).First;

    private ILocator RowMenu(string list) => Page.Locator($"{list} tbody tr .mud-menu button").First;

    // tabs count what they hold; those that have no room wait behind an arrow
    private ILocator Tab(string zh, string en) =>
        Page.Locator(".mud-tab").Filter(new() { HasTextRegex = new Regex($@"^\s*{Regex.Escape(chinese ? zh : en)}\s*\d*\s*$", RegexOptions.IgnoreCase) });

    private async Task TabAsync(string zh, string en)
    {
        var tab = Tab(zh, en).First;
        await tab.EvaluateAsync("element => element.click()");
        await Assertions.Expect(tab).ToHaveClassAsync(new Regex("mud-tab-active"));
    }

    private async Task InMenuAsync(ILocator button, string where)
    {
        await button.ClickAsync();
        await Page.Locator(".mud-popover-open").First.WaitForAsync();
        await look(where);
        await Page.Keyboard.PressAsync("Escape");
        if (await Page.Locator(".mud-overlay").CountAsync() > 0)
        {
            // told to the overlay itself: it may be gone by now, and then a click would open the row that lies there
            await Page.EvaluateAsync("() => document.querySelector('.mud-overlay')?.click()");
        }
        else if (await Page.Locator(".mud-popover-open").CountAsync() > 0)
        {
            // what is no menu closes by its button
            await button.ClickAsync();
        }

        await Page.Locator(".mud-popover-open").First.WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }

    private async Task InDialogAsync(ILocator button, string where)
    {
        await button.ClickAsync();
        var dialog = Page.Locator(".mud-dialog");
        await dialog.WaitForAsync();
        await look(where);
        await dialog.GetByRole(AriaRole.Button, new() { Name = chinese ? "取消" : "Cancel", Exact = true }).ClickAsync();
        await dialog.WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }
}
