using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CaseManagement.Web.Persistence.Settings;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Tests.Pages.Processes;

/// <summary>A workflow is changed without the canvas, by the same rules as in the designer.</summary>
public sealed partial class StepListTests : IAsyncDisposable
{
    private const string Steps = $"/processes/{OwnerHost.Process}/workflows/standard-complaint/steps";

    private readonly OwnerHost _host = new();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_steps_name_candidates_and_way_are_changed_into_a_draft()
    {
        var owner = await _host.SignInAsync("owner");
        var page = await owner.ReadAsync($"{Steps}/handle");
        Assert.Contains("Investigate and propose", page, StringComparison.Ordinal);

        var saved = await owner.PostAsync($"{Steps}/handle", $"{Steps}/handle", Sent(page, ("name-en", "Look into it"), ("name-zh", "查办"), ("in-Who", "supervisor")));

        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        var shape = await ShapeAsync("handle");
        Assert.Equal(("查办", "Look into it"), ((string?)shape["metadata"]!["displayText"], (string?)shape["metadata"]!["description"]));
        Assert.Equal(("Object", "[\"supervisor\"]"), ((string?)shape["who"]!["expression"]!["type"], (string?)shape["who"]!["expression"]!["value"]));
        Assert.Equal([ProcessVersionState.Published, ProcessVersionState.Draft], await _host.QueryAsync(db => db.ProcessVersions.Where(p => p.ProcessKey == OwnerHost.Process).OrderBy(p => p.Version).Select(p => p.State).ToListAsync()));
        Assert.Contains("Look into it", await owner.ReadAsync(Steps), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Saving_a_step_as_it_is_changes_nothing()
    {
        var owner = await _host.SignInAsync("owner");
        foreach (var step in (string[])["handle", "first", "approve"])
        {
            var page = await owner.ReadAsync($"{Steps}/{step}");
            Assert.Equal(HttpStatusCode.Redirect, (await owner.PostAsync($"{Steps}/{step}", $"{Steps}/{step}", Sent(page))).StatusCode);
        }

        Assert.Equal(1, await _host.QueryAsync(db => db.ProcessVersions.CountAsync(p => p.ProcessKey == OwnerHost.Process)));
    }

    [Fact]
    public async Task A_step_is_added_on_a_way_and_taken_out_again()
    {
        var owner = await _host.SignInAsync("owner");
        var before = await WaysAsync();
        var list = await owner.ReadAsync(Steps);

        var added = await owner.PostAsync(Steps, Steps, new() { ["Type"] = "CaseManagement.Task", ["After"] = "first|Done", ["Zh"] = "复核", ["En"] = "Check", ["Token"] = TokenIn(list) });

        Assert.Equal(HttpStatusCode.Redirect, added.StatusCode);
        var id = Regex.Match(added.Headers.Location!.ToString(), "steps/([0-9a-f]{16})").Groups[1].Value;
        var between = await WaysAsync();
        Assert.Contains(("first", "Done", id), between);
        var next = Assert.Single(before, way => way is { From: "first", Port: "Done" }).To;
        Assert.Contains((id, "Done", next), between);
        var page = await owner.ReadAsync($"{Steps}/{id}");
        Assert.Contains("Findings about this step", page, StringComparison.Ordinal);

        var removed = await owner.PostAsync($"{Steps}/{id}", $"{Steps}/{id}/remove", new() { ["token"] = TokenIn(page) });

        Assert.Equal(HttpStatusCode.Redirect, removed.StatusCode);
        Assert.Equal(before.Order(), (await WaysAsync()).Order());
    }

    [Fact]
    public async Task Somebody_elses_save_in_between_is_not_overwritten()
    {
        var (first, second) = (await _host.SignInAsync("owner"), await _host.SignInAsync("owner"));
        var (one, other) = (await first.ReadAsync($"{Steps}/handle"), await second.ReadAsync($"{Steps}/first"));
        await first.PostAsync($"{Steps}/handle", $"{Steps}/handle", Sent(one, ("name-en", "Mine")));

        var refused = await second.PostAsync($"{Steps}/first", $"{Steps}/first", Sent(other, ("name-en", "Theirs")));

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        var told = await OwnerHost.TextOf(refused);
        Assert.Contains("Theirs", told, StringComparison.Ordinal);
        Assert.Equal("Mine", (string?)(await ShapeAsync("handle"))["metadata"]!["description"]);
        Assert.NotEqual("Theirs", (string?)(await ShapeAsync("first"))["metadata"]!["description"]);
    }

    [Fact]
    public async Task What_is_not_on_offer_is_refused_and_others_may_not_change_anything()
    {
        var owner = await _host.SignInAsync("owner");
        var page = await owner.ReadAsync($"{Steps}/handle");

        Assert.Equal(HttpStatusCode.BadRequest, (await owner.PostAsync($"{Steps}/handle", $"{Steps}/handle", Sent(page, ("in-Who", "nobody-knows")))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await owner.PostAsync(Steps, Steps, new() { ["Type"] = "Acme.Unknown", ["After"] = "first|Done", ["Token"] = TokenIn(page) })).StatusCode);
        foreach (var person in (string[])["admin", "auditor", "li"])
        {
            Assert.Equal(HttpStatusCode.NotFound, (await (await _host.SignInAsync(person)).GetAsync(Steps)).StatusCode);
        }

        Assert.Equal(1, await _host.QueryAsync(db => db.ProcessVersions.CountAsync(p => p.ProcessKey == OwnerHost.Process)));
    }

    // what a browser would send of the page's form, with some fields typed over
    private static Dictionary<string, string?> Sent(string page, params (string Field, string Value)[] typed)
    {
        var sent = new Dictionary<string, string?> { ["token"] = TokenIn(page) };
        foreach (Match input in Input().Matches(page))
        {
            if (!input.Value.Contains("type=\"checkbox\"", StringComparison.Ordinal) && !input.Value.Contains("type=\"radio\"", StringComparison.Ordinal))
            {
                sent[input.Groups[1].Value] = Value().Match(input.Value).Groups[1].Value;
            }
            else if (input.Value.Contains(" checked", StringComparison.Ordinal))
            {
                sent[input.Groups[1].Value] = Value().Match(input.Value).Groups[1].Value;
            }
        }

        foreach (Match area in Area().Matches(page))
        {
            sent[area.Groups[1].Value] = area.Groups[2].Value;
        }

        foreach (Match select in Select().Matches(page))
        {
            sent[select.Groups[1].Value] = Chosen().Match(select.Groups[2].Value) is { Success: true } chosen ? chosen.Groups[1].Value : "";
        }

        foreach (var (field, value) in typed)
        {
            sent[$"f.{field}"] = value;
        }

        return sent;
    }

    private static string TokenIn(string page) => Token().Match(page).Groups[1].Value;

    private async Task<JsonNode> ShapeAsync(string id) => (await RootAsync())["activities"]!.AsArray().Single(shape => (string?)shape!["id"] == id)!;

    private async Task<List<(string From, string Port, string To)>> WaysAsync() => [.. (await RootAsync())["connections"]!.AsArray()
        .Select(way => ((string)way!["source"]!["activity"]!, (string?)way["source"]!["port"] ?? "Done", (string)way["target"]!["activity"]!))];

    private async Task<JsonNode> RootAsync() =>
        JsonNode.Parse(await _host.QueryAsync(db => db.WorkflowDefinitions.Where(d => d.DefinitionId == "standard-complaint" && d.IsLatest).Select(d => d.Json).SingleAsync()))!["root"]!;

    [GeneratedRegex("name=\"[Tt]oken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();

    [GeneratedRegex("<input[^>]*name=\"(f\\.[^\"]+)\"[^>]*>")]
    private static partial Regex Input();

    [GeneratedRegex(" value=\"([^\"]*)\"")]
    private static partial Regex Value();

    [GeneratedRegex("<textarea[^>]*name=\"(f\\.[^\"]+)\"[^>]*>(.*?)</textarea>", RegexOptions.Singleline)]
    private static partial Regex Area();

    [GeneratedRegex("<select[^>]*name=\"(f\\.[^\"]+)\"[^>]*>(.*?)</select>", RegexOptions.Singleline)]
    private static partial Regex Select();

    [GeneratedRegex("<option value=\"([^\"]*)\" selected")]
    private static partial Regex Chosen();
}
