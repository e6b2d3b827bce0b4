using CaseManagement.EndToEnd.Tests.Browser;

namespace CaseManagement.EndToEnd.Tests.Studio;

/// <summary>What Studio leaves without a name or out of reach our page names and makes reachable.</summary>
[Collection(StudioTests.Name)]
public sealed class StudioBarrierTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task No_screen_of_the_designer_has_a_barrier(bool dark)
    {
        await using var host = await StudioHost.StartAsync();
        await host.RegisterAsync(null, "空调整夜停机");
        var studio = await host.SignInAsync("owner", new Look("zh-CN", dark, Phone: false));
        var barriers = new List<string>();

        await new StudioWalk(studio, chinese: true, async screen => barriers.AddRange(await studio.FindBarriersAsync(screen))).AllAsync();

        Assert.True(barriers.Count == 0, string.Join('\n', barriers));
    }
}
