using System.Text.Json.Nodes;
using CaseManagement.Domain.Complaints;
using CaseManagement.Domain.Parties;
using CaseManagement.Web.Configuration;
using CaseManagement.Workflows.Cases;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.Web.Tests.Pages.Processes;

/// <summary>Two processes write their numbers alike, as one made from another does.</summary>
public sealed class SharedNumbersTests(Site site) : IClassFixture<Site>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_number_comes_twice_and_none_is_left_out_whichever_of_them_is_withdrawn()
    {
        var first = await RegisterAsync("standard-complaint");
        await InstallAsync("other-complaint");
        List<string> numbers = [first, await RegisterAsync("other-complaint"), await RegisterAsync("standard-complaint"), await RegisterAsync("other-complaint")];
        await site.Services.GetRequiredService<ProcessInstaller>().RetractAsync("standard-complaint", Actor.Workflow, Token);
        numbers.Add(await RegisterAsync("other-complaint"));

        Assert.Equal(Enumerable.Range(int.Parse(first[^4..], System.Globalization.CultureInfo.InvariantCulture), 5), numbers.Select(n => int.Parse(n[^4..], System.Globalization.CultureInfo.InvariantCulture)));
    }

    private async Task<string> RegisterAsync(string process) => (await site.Services.GetRequiredService<CaseRuntime>().RegisterAsync(
        new Registration { Process = process, Channel = "phone", Subject = "x", Description = "y", Category = "speed", Complainant = new Complainant { Name = "Wang" } },
        (await site.PersonAsync("chen")).AsPerformer(), Token))!.Complaint.Number;

    private async Task InstallAsync(string id)
    {
        var files = new StandardPack().Change("pack.json", json =>
        {
            json["id"] = id;
            foreach (var kind in json["kinds"]!.AsArray())
            {
                kind!["workflow"] = ((string)kind["workflow"]!).Replace("standard-", "other-", StringComparison.Ordinal);
            }
        }).Files.Where(f => !f.Key.StartsWith("scenarios/", StringComparison.Ordinal)).ToDictionary(
            f => f.Key.Replace("workflows/standard-", "workflows/other-", StringComparison.Ordinal),
            f => f.Key.StartsWith("workflows/", StringComparison.Ordinal) ? Renamed(f.Value) : f.Value);
        var installer = site.Services.GetRequiredService<ProcessInstaller>();
        var imported = await installer.ImportAsync(files, null, Actor.Workflow, Token);
        Assert.NotNull(imported.Version);
        try
        {
            await installer.PublishAsync(imported.Key, imported.Version.Value, null, Actor.Workflow, confirms: null, Token);
        }
        catch (PowersNotConfirmedException asked)
        {
            await installer.PublishAsync(imported.Key, imported.Version.Value, null, Actor.Workflow, PublishReview.DigestOf(asked.Powers), Token);
        }
    }

    private static string Renamed(string workflow) =>
        JsonNode.Parse(workflow)!.ToJsonString().Replace("standard-complaint", "other-complaint", StringComparison.Ordinal)
            .Replace("standard-consultation", "other-consultation", StringComparison.Ordinal).Replace("standard-suggestion", "other-suggestion", StringComparison.Ordinal);
}
