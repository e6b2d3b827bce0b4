using System.Net;
using System.Text.Json.Nodes;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Editors;
using CaseManagement.Web.Persistence.Settings;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Tests.Pages.Processes;

/// <summary>Everything of a process but its drawings is changed by forms, part by part, as steps of its draft.</summary>
public sealed class EditorTests(Site site) : IClassFixture<Site>
{
    private const string Standard = "/processes/standard-complaint";

    [Fact]
    public async Task A_form_that_is_sent_as_it_is_changes_nothing()
    {
        var owner = await site.AsAsync("owner", "en");
        var pack = await PackAsync("standard-complaint");
        foreach (var kind in PartKinds.All)
        {
            foreach (var part in kind.IsSingle ? [null] : PartsOf(pack, kind))
            {
                var address = $"{Standard}/edit/{kind.Key}/part{(part is null ? "" : $"?part={part}")}";
                var answer = await owner.PostAsync(address, [.. PartForm.FieldsOf(await SourceAsync(owner, address), address), ("act", "save")]);
                Assert.True(answer.StatusCode == HttpStatusCode.Redirect, $"{address}: {answer.StatusCode}");
            }
        }

        foreach (var table in PartsOf(pack, PartKinds.Find(PartKinds.Tables)!))
        {
            var address = $"{Standard}/tables/{table}";
            Assert.Equal(HttpStatusCode.Redirect, (await owner.PostAsync(address, [.. PartForm.FieldsOf(await SourceAsync(owner, address), address), ("act", "save")])).StatusCode);
        }

        Assert.Equal(1, await site.AskAsync(db => db.ProcessVersions.CountAsync(p => p.ProcessKey == "standard-complaint")));
    }

    [Fact]
    public async Task Only_a_process_owner_makes_a_process_and_its_key_names_nothing_else()
    {
        var (owner, admin) = (await site.AsAsync("owner"), await site.AsAsync("admin"));
        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync("/processes/new")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync($"{Standard}/edit")).StatusCode);
        await owner.GetAsync("/processes/new");

        var wrong = await owner.PostAsync("/processes/new", ("Key", "Night Noise"), ("NameZh", "夜间噪声"), ("NameEn", ""), ("Kinds", "complaint"));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Contains("小写字母、数字和连字符组成", await Browser.TextOf(wrong), StringComparison.Ordinal);
        Assert.Contains("已有流程", await Browser.TextOf(await owner.PostAsync("/processes/new", ("Key", "standard-complaint"), ("NameZh", "a"), ("NameEn", "b"), ("Kinds", "complaint"))), StringComparison.Ordinal);

        await MakeAsync(owner, "copied", "standard-complaint");
        var (copy, source) = (await PackAsync("copied"), await PackAsync("standard-complaint"));
        Assert.Equal(source.Facts.All.Count, copy.Facts.All.Count);
        Assert.Contains("copied", copy.Workflows.Keys);
        Assert.DoesNotContain(ProcessInstaller.Check(copy), found => found.Severity == Domain.Packs.FindingSeverity.Error);
    }

    [Fact]
    public async Task A_fact_is_added_changed_moved_and_taken_away_and_every_step_is_recorded_and_can_be_undone()
    {
        var owner = await site.AsAsync("owner");
        await MakeAsync(owner, "facts-process");
        const string Facts = "/processes/facts-process/edit/facts";

        await SaveAsync(owner, $"{Facts}/part", ("p.key", "loss"), ("p.name.zh", "损失"), ("p.name.en", "Loss"), ("p.type", "money"), ("p.min", "10"), ("p.max", "１０００"));
        var loss = (await PackAsync("facts-process")).Facts.Find("loss")!;
        Assert.Equal((10m, 1000m), (loss.Min, loss.Max));
        Assert.Contains("损失", await owner.ReadAsync("/processes/facts-process/edit/facts"), StringComparison.Ordinal);

        // two truths about the same fact: the second is told, nothing is overwritten
        var other = await site.AsAsync("owner");
        var opened = PartForm.FieldsOf(await SourceAsync(other, $"{Facts}/part?part=loss"), $"{Facts}/part?part=loss");
        await SaveAsync(owner, $"{Facts}/part?part=loss", ("p.max", "2000"));
        var late = await other.PostAsync($"{Facts}/part?part=loss", opened.With(("p.max", "3000"), ("act", "save")));
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        var said = await Browser.TextOf(late);
        Assert.Contains("没有覆盖", said, StringComparison.Ordinal);
        Assert.Contains("value=\"3000\"", said, StringComparison.Ordinal);
        Assert.Equal(2000m, (await PackAsync("facts-process")).Facts.Find("loss")!.Max);

        // the step before is taken back, and then the one before that
        await UndoAsync(owner, "facts-process");
        Assert.Equal(1000m, (await PackAsync("facts-process")).Facts.Find("loss")!.Max);
        await UndoAsync(owner, "facts-process");
        Assert.Null((await PackAsync("facts-process")).Facts.Find("loss"));

        var history = await owner.ReadAsync("/processes/facts-process?tab=history");
        Assert.Contains("修改第 1 版草稿：事实：loss", history, StringComparison.Ordinal);
        Assert.Contains("撤销第 1 版草稿的一步：事实：loss", history, StringComparison.Ordinal);
        Assert.Equal(4, await site.AskAsync(db => db.ConfigurationEvents.CountAsync(e => e.Stream == "process:facts-process" && e.Type == DraftEditing.Saved)));
    }

    [Fact]
    public async Task What_is_wrong_is_said_at_its_place_and_nothing_is_saved()
    {
        var owner = await site.AsAsync("owner", "en");
        await MakeAsync(owner, "wrong-process");
        const string Facts = "/processes/wrong-process/edit/facts/part";

        var answer = await TryAsync(owner, Facts, ("p.key", "total"), ("p.name.zh", "合计"), ("p.type", "number"), ("p.by", "derived"), ("p.value", "price * (2 +"), ("p.min", "ten"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var page = await Browser.TextOf(answer);
        Assert.Contains("The expression is not understood at line 1, column 13", page, StringComparison.Ordinal);
        Assert.Contains("href=\"#p-name\"", page, StringComparison.Ordinal);
        Assert.Contains("href=\"#p-min\"", page, StringComparison.Ordinal);
        Assert.Contains("price * (2 +", page, StringComparison.Ordinal);
        Assert.Null((await PackAsync("wrong-process")).Facts.Find("total"));

        // what is not filled in is called as the form calls it, in a part of a part too
        const string Calculators = "/processes/wrong-process/edit/calculators/part";
        page = await Browser.TextOf(await TryAsync(owner, Calculators, ("p.key", "loss")));
        Assert.Contains(">Fill in: Name<", page, StringComparison.Ordinal);
        Assert.Contains(">Fill in: Rows 1 · Expression<", page, StringComparison.Ordinal);
        Assert.DoesNotContain("is missing", page, StringComparison.Ordinal);

        var used = await owner.PostAfterAsync("/processes/wrong-process/edit/roles", "/processes/wrong-process/edit/roles",
            ("Part", "supervisor"), ("Token", DraftEditing.TokenOf(JsonNode.Parse((await PackAsync("wrong-process")).Files["organisation.json"])!["roles"]!.AsArray().First(r => (string?)r!["key"] == "supervisor"))), ("Act", "remove"));
        Assert.Equal(HttpStatusCode.Conflict, used.StatusCode);
        Assert.Contains("Without it, this would be wrong", await Browser.TextOf(used), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_is_built_in_its_grid_checked_tried_and_kept_true_by_examples()
    {
        var owner = await site.AsAsync("owner", "en");
        await MakeAsync(owner, "table-process");
        await SaveAsync(owner, "/processes/table-process/edit/tables/part", ("p.key", "level"), ("p.name.zh", "定级"), ("p.name.en", "Level"), ("p.hit", "first"), ("p.live", "true"));
        const string Table = "/processes/table-process/tables/level";
        var fields = await GridAsync(owner, Table, "addCol", ("g.newCol", "people"));
        fields = await GridAsync(owner, Table, "addOut", fields, ("g.newOut", "level"));
        fields = await GridAsync(owner, Table, "addRow", fields);
        fields = await GridAsync(owner, Table, "addRow", fields, ("g.r0.a0.c0", "≥ 10"), ("g.r0.o0", "serious"), ("g.r0.zh", "{{people}} 人"), ("g.r0.en", "{{people}} people"));

        var check = await owner.PostAsync(Table, fields.With(("g.r1.a0.c0", ">= 20"), ("g.r1.o0", "general"), ("g.r1.zh", "少"), ("g.r1.en", "few"), ("act", "check")));
        var page = await Browser.TextOf(check);
        Assert.Contains("This row never decides", page, StringComparison.Ordinal);
        Assert.Contains("Gap: with People = 9 no row matches", page, StringComparison.Ordinal);

        // a cell that is not understood is marked, and nothing is saved
        var bad = await owner.PostAsync(Table, fields.With(("g.r1.a0.c0", "3..9"), ("g.r1.o0", "general"), ("g.r1.zh", "少"), ("g.r1.en", "few"), ("act", "save")));
        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
        Assert.Contains("A range needs brackets", await Browser.TextOf(bad), StringComparison.Ordinal);

        var saved = await owner.PostAsync(Table, fields.With(("g.r1.a0.c0", "[3..9]"), ("g.r1.o0", "general"), ("g.r1.zh", "少"), ("g.r1.en", "few"), ("g.w", "true"), ("g.w.o0", "general"), ("act", "save")));
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        fields = PartForm.FieldsOf(await SourceAsync(owner, Table), Table);
        var tried = await Browser.TextOf(await owner.PostAsync(Table, fields.With(("g.t0", "12"), ("act", "try"))));
        Assert.Contains("Row 1 fires: Level = Serious", tried, StringComparison.Ordinal);
        Assert.Contains("12 people", tried, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await owner.PostAsync(Table, fields.With(("g.t0", "12"), ("act", "example")))).StatusCode);
        Assert.Contains("all 1 examples hold", await owner.ReadAsync(Table), StringComparison.Ordinal);

        // another row before it, and the example says so before anything is saved
        fields = PartForm.FieldsOf(await SourceAsync(owner, Table), Table);
        var red = await Browser.TextOf(await owner.PostAsync(Table, fields.With(("g.r0.a0.c0", ">= 20"), ("act", "check"))));
        Assert.Contains("1 examples fail", red, StringComparison.Ordinal);
        Assert.Contains("now gives: Level: General", red, StringComparison.Ordinal);
    }

    private static async Task MakeAsync(Browser owner, string key, string from = "")
    {
        await owner.GetAsync("/processes/new");
        Assert.Equal(HttpStatusCode.Redirect, (await owner.PostAsync("/processes/new", ("Key", key), ("NameZh", key), ("NameEn", key), ("Kinds", "complaint"), ("From", from))).StatusCode);
    }

    private static async Task<HttpResponseMessage> TryAsync(Browser owner, string address, params (string Name, string Value)[] changed) =>
        await owner.PostAsync(address, PartForm.FieldsOf(await SourceAsync(owner, address), address).With([.. changed, ("act", "save")]));

    private static async Task SaveAsync(Browser owner, string address, params (string Name, string Value)[] changed)
    {
        var answer = await TryAsync(owner, address, changed);
        Assert.True(answer.StatusCode == HttpStatusCode.Redirect, await Browser.TextOf(answer));
    }

    private static async Task<List<(string Name, string Value)>> GridAsync(Browser owner, string address, string act, params (string Name, string Value)[] changed) =>
        await GridAsync(owner, address, act, PartForm.FieldsOf(await SourceAsync(owner, address), address), changed);

    private static async Task<List<(string Name, string Value)>> GridAsync(
        Browser owner, string address, string act, List<(string Name, string Value)> fields, params (string Name, string Value)[] changed)
    {
        var answer = await owner.PostAsync(address, fields.With([.. changed, ("act", act)]));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return PartForm.FieldsOf(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), address);
    }

    private static async Task UndoAsync(Browser owner, string key)
    {
        var page = await SourceAsync(owner, $"/processes/{key}/edit");
        var undo = System.Text.RegularExpressions.Regex.Match(page, "action=\"(/processes/[^\"]+/edit/undo/[0-9]+)\"").Groups[1].Value;
        Assert.Equal(HttpStatusCode.Redirect, (await owner.PostAsync(undo)).StatusCode);
    }

    private static async Task<string> SourceAsync(Browser owner, string address)
    {
        var answer = await owner.GetAsync(address);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{address}: {answer.StatusCode}");
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private async Task<Domain.Packs.ProcessPack> PackAsync(string key)
    {
        var json = await site.AskAsync(db => db.ProcessVersions.Where(p => p.ProcessKey == key && (p.State == ProcessVersionState.Draft || p.State == ProcessVersionState.Published))
            .OrderByDescending(p => p.Version).Select(p => p.PackJson).FirstAsync());
        return Domain.Packs.PackReader.Read(StoredConfigurations.FilesOf(json)).Pack!;
    }

    private static IEnumerable<string?> PartsOf(Domain.Packs.ProcessPack pack, PartKind kind) =>
        pack.Files.TryGetValue(kind.File, out var text) && PackStep.ListIn((JsonObject)JsonNode.Parse(text)!, kind.List) is { } list ? list.Select(PackStep.NameOf) : [];
}
