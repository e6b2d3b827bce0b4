using CaseManagement.EndToEnd.Tests.Browser;

namespace CaseManagement.EndToEnd.Tests.Studio;

/// <summary>The designer has no barrier, neither in our page nor in the Studio it holds: what Studio leaves without a name our page names.</summary>
[Collection(StudioTests.Name)]
public sealed class StudioBarrierTests
{
    [Theory]
    [InlineData("zh-CN", false)]
    [InlineData("zh-CN", true)]
    [InlineData("en", false)]
    [InlineData("en", true)]
    public async Task Every_screen_of_the_designer_is_without_barriers(string language, bool dark)
    {
        await using var host = await StudioHost.StartAsync();
        await host.RegisterAsync(null, "空调整夜停机");
        var studio = await host.SignInAsync("owner", new Look(language, dark, Phone: false));
        var barriers = new List<string>();

        await new StudioWalk(studio, language == "zh-CN", async screen => barriers.AddRange(await studio.FindBarriersAsync(screen))).AllAsync();

        Assert.Empty(barriers);
    }
}
