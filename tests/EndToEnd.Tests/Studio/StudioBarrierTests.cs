using CaseManagement.EndToEnd.Tests.Browser;

namespace CaseManagement.EndToEnd.Tests.Studio;

/// <summary>The designer has no barrier but those known of Studio: what Studio leaves without a name our page names.</summary>
[Collection(StudioTests.Name)]
public sealed class StudioBarrierTests
{
    [Theory]
    [InlineData("zh-CN", false)]
    [InlineData("zh-CN", true)]
    [InlineData("en", false)]
    [InlineData("en", true)]
    public async Task Every_screen_of_the_designer_has_no_barrier_but_those_known_of_Studio(string language, bool dark)
    {
        await using var host = await StudioHost.StartAsync();
        await host.RegisterAsync(null, "空调整夜停机");
        var studio = await host.SignInAsync("owner", new Look(language, dark, Phone: false));
        var barriers = new List<string>();

        await new StudioWalk(studio, language == "zh-CN", async screen => barriers.AddRange(await studio.FindBarriersAsync(screen))).AllAsync();

        // Studio's own, in the panel of a task: an input whose label is not tied to it, a chip that is a button around a button
        Assert.DoesNotContain(barriers, one => !(one.StartsWith("task", StringComparison.Ordinal)
            && (one.Contains(": label: #mudinput", StringComparison.Ordinal) || one.Contains(": nested-interactive: .mud-chip", StringComparison.Ordinal))));
    }
}
