using CaseManagement.EndToEnd.Tests.Browser;

namespace CaseManagement.EndToEnd.Tests.Studio;

/// <summary>The designer has no barrier but those known of Studio: what Studio leaves without a name our page names.</summary>
[Collection(StudioTests.Name)]
public sealed class StudioBarrierTests
{
    // in Studio's own markup, by rule and element: an input whose label is not tied to it, a chip that is a button around a button, a bar
    // that is drawn anew without the name our page gave it, tables that scroll in themselves
    private static readonly string[] Known =
    [
        ": label: #mudinput", ": nested-interactive: .mud-chip", ".mud-progress-linear", ": scrollable-region-focusable: #mudtable",
    ];

    [Fact]
    public async Task No_screen_of_the_designer_has_a_barrier_but_those_known_of_Studio()
    {
        await using var host = await StudioHost.StartAsync();
        await host.RegisterAsync(null, "空调整夜停机");
        var studio = await host.SignInAsync("owner", new Look("zh-CN", false, Phone: false));
        var barriers = new List<string>();

        await new StudioWalk(studio, chinese: true, async screen => barriers.AddRange(await studio.FindBarriersAsync(screen))).AllAsync();

        var unknown = barriers.Where(one => !Known.Any(known => one.Contains(known, StringComparison.Ordinal))).ToList();
        Assert.True(unknown.Count == 0, string.Join('\n', unknown));
    }
}
