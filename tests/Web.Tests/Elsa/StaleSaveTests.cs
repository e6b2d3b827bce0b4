using System.Net;
using System.Text.Json.Nodes;

namespace CaseManagement.Web.Tests.Elsa;

public sealed class StaleSaveTests : IAsyncDisposable
{
    private readonly ElsaHost _host = new();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("en", "saved this workflow at", "not saved")]
    [InlineData("zh-CN", "保存了这个流程", "没有保存")]
    public async Task The_second_of_two_editors_is_told_who_saved_and_nothing_of_theirs_is_kept(string language, string said, string outcome)
    {
        var (first, second) = (await _host.AsAsync(), await _host.AsAsync(language: language));
        await first.CreateAsync("Refunds");
        var (mine, theirs) = (await first.OpenAsync("refunds"), await second.OpenAsync("refunds"));

        await first.SaveAsync(Described(mine, "mine"));
        var refused = (await second.SaveAsync(Described(theirs, "theirs"), status: HttpStatusCode.BadRequest)).Said();

        Assert.Contains("何流程", refused, StringComparison.Ordinal);
        Assert.Contains(said, refused, StringComparison.Ordinal);
        Assert.Contains(outcome, refused, StringComparison.Ordinal);
        Assert.Equal("mine", (string?)(await second.OpenAsync("refunds"))["description"]);
    }

    [Fact]
    public async Task Two_owners_who_open_the_published_version_do_not_both_make_a_draft_of_it()
    {
        var (first, second) = (await _host.AsAsync(), await _host.AsAsync());
        var (mine, theirs) = (await first.OpenAsync(ElsaHost.Standard), await second.OpenAsync(ElsaHost.Standard));

        await first.SaveAsync(Described(mine, "mine"));

        await second.SaveAsync(Described(theirs, "theirs"), status: HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task An_editor_that_saves_again_before_the_first_answer_came_back_is_not_told_off()
    {
        var owner = await _host.AsAsync();
        var opened = await owner.CreateAsync("Refunds");

        await owner.SaveAsync(Described(opened, "one"));
        var saved = await owner.SaveAsync(Described(opened, "two"));

        Assert.Equal("two", (string?)saved["description"]);
    }

    [Fact]
    public async Task Who_opens_again_after_having_been_told_can_save()
    {
        var (first, second) = (await _host.AsAsync(), await _host.AsAsync());
        var mine = await first.CreateAsync("Refunds");
        var theirs = await second.OpenAsync("refunds");
        await first.SaveAsync(Described(mine, "mine"));
        await second.SaveAsync(Described(theirs, "theirs"), status: HttpStatusCode.BadRequest);

        var again = await second.OpenAsync("refunds");
        await second.SaveAsync(Described(again, "theirs, after all"));

        await first.SaveAsync(Described(mine, "mine again"), status: HttpStatusCode.BadRequest);
        Assert.Equal("theirs, after all", (string?)(await first.OpenAsync("refunds"))["description"]);
    }

    [Fact]
    public async Task A_version_brought_in_on_the_process_page_makes_an_open_editor_stale()
    {
        var owner = await _host.AsAsync();
        var opened = await owner.OpenAsync(ElsaHost.Standard);
        var exported = await _host.QueryAsync(db => Task.FromResult(db.ProcessVersions.Single(p => p.ProcessKey == ElsaHost.Standard).PackJson));
        var files = Configuration.StoredConfigurations.FilesOf(exported);
        files["workflows/standard-complaint.json"] = files["workflows/standard-complaint.json"].Replace("\"收到投诉\"", "\"收到投诉件\"", StringComparison.Ordinal);

        await _host.Get<Configuration.ProcessInstaller>().ImportAsync(files, null, new Domain.Parties.Actor(Domain.Parties.ActorKind.Person, "admin", "admin"), ElsaHost.Token);

        var said = (await owner.SaveAsync(Described(opened, "changed"), status: HttpStatusCode.BadRequest)).Said();
        Assert.Contains("version 2", said, StringComparison.Ordinal);
    }

    private static JsonObject Described(JsonObject definition, string description)
    {
        var changed = (JsonObject)definition.DeepClone();
        changed["description"] = description;
        return changed;
    }
}
