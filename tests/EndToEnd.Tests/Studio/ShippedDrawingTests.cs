using CaseManagement.Domain.Parties;
using CaseManagement.EndToEnd.Tests.Browser;
using CaseManagement.Web.Configuration;
using Microsoft.Extensions.DependencyInjection;
using static Microsoft.Playwright.Assertions;

namespace CaseManagement.EndToEnd.Tests.Studio;

/// <summary>The drawings of the policies that ship are opened one after the other, as somebody goes through them.</summary>
[Collection(StudioTests.Name)]
public sealed class ShippedDrawingTests
{
    [Fact]
    public async Task Each_drawing_of_each_shipped_process_opens_with_all_of_its_steps_and_lines()
    {
        await using var host = await StudioHost.StartAsync();
        var (packs, installer) = (host.Services.GetRequiredService<ShippedPacks>().All.Values, host.Services.GetRequiredService<ProcessInstaller>());
        foreach (var pack in packs)
        {
            var imported = await installer.ImportAsync(pack.Files, "drawings", new Actor(ActorKind.System, "test"), TestContext.Current.CancellationToken);
            Assert.NotNull(imported.Version);
        }

        var studio = await host.SignInAsync("owner", Look.EnglishDesk);
        var workflows = packs.SelectMany(p => p.Pack!.Workflows.Keys).ToList();
        await studio.OpenAsync(workflows[0]);
        foreach (var workflow in workflows)
        {
            await studio.TurnToAsync(workflow);
            var root = (await studio.ReadAsync(workflow))["root"]!;

            // by id: the one before may have as many
            foreach (var step in root["activities"]!.AsArray())
            {
                await Expect(studio.Page.Locator($".x6-node[data-cell-id='{step!["id"]}']")).ToHaveCountAsync(1);
            }

            await Expect(studio.Page.Locator(".x6-node")).ToHaveCountAsync(root["activities"]!.AsArray().Count);
            await Expect(studio.Page.Locator(".x6-edge")).ToHaveCountAsync(root["connections"]!.AsArray().Count);
            await Expect(studio.Told).ToHaveCountAsync(0);
        }

        Assert.InRange(workflows.Count, 44, 200);
        Assert.True(!studio.Complaints.Any(), string.Join(Environment.NewLine, studio.Complaints));
    }
}
