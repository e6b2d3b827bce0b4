using System.IO.Compression;
using System.Net;
using System.Text.RegularExpressions;
using CaseManagement.Domain.Packs;
using CaseManagement.Tests.Stores;
using CaseManagement.Web.Persistence.Settings;
using CaseManagement.Web.Tests.Pages.Processes;
using CaseManagement.Workflows.Simulation;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Tests.Reporting;

/// <summary>A pack that ships, or is brought, is looked at, installed as a draft and found on the page of its process; the pages of reports and figures open.</summary>
public sealed class GalleryTests : IAsyncDisposable
{
    private readonly OwnerHost _host = new();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_pack_is_shown_before_it_is_installed_and_then_is_a_draft()
    {
        var owner = await _host.SignInAsync("owner");

        var list = await owner.ReadAsync("/gallery");
        var pack = await owner.ReadAsync($"/gallery/{OwnerHost.Process}");

        Assert.Contains($"/gallery/{OwnerHost.Process}", list, StringComparison.Ordinal);
        Assert.Contains("Install as a draft", pack, StringComparison.Ordinal);
        Assert.Contains("<svg", pack, StringComparison.Ordinal);

        var installed = await owner.PostAsync($"/gallery/{OwnerHost.Process}", $"/gallery/{OwnerHost.Process}", []);

        Assert.Equal(HttpStatusCode.Redirect, installed.StatusCode);
        Assert.StartsWith($"/processes/{OwnerHost.Process}?version=2", installed.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Contains("Several channels", await owner.ReadAsync("/gallery/coverage"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hostile_pack_is_refused_with_its_reason_and_nothing_changes()
    {
        var owner = await _host.SignInAsync("owner", "zh-CN");
        var files = ShippedPacks.Files("property-service-guideline").ToDictionary();
        Dictionary<string, string> With(string file, Func<string, string> change) => new(files) { [file] = change(files.GetValueOrDefault(file) ?? "") };
        static byte[] Zip(params (string Name, byte[] Bytes)[] entries)
        {
            using var buffer = new MemoryStream();
            using (var archive = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
            {
                foreach (var (name, bytes) in entries)
                {
                    using var stream = archive.CreateEntry(name).Open();
                    stream.Write(bytes);
                }
            }

            return buffer.ToArray();
        }

        var rows = string.Join(',', Enumerable.Range(0, 10_000).Select(at => $$$"""{"key":"l{{{at}}}","name":{"zh":"一","en":"one"}}"""));
        (byte[] Pack, string Reason)[] hostile =
        [
            ([1, 2, 3], "不是 zip"),
            (PackFiles.WriteZip(files)[..200], "不是 zip"),
            (Zip(("../pack.json", "{}"u8.ToArray())), "不是流程包里的路径"),
            (Zip(("pack.json", "{}"u8.ToArray()), ("pack.json", "{}"u8.ToArray())), "出现了两次"),
            (Zip(("pack.json", [0xFF, 0xFE, 0x7B, 0x00])), "不是 UTF-8"),
            (Zip(("facts.json", new byte[PackReader.MaxFileBytes + 1])), "超过 2 MB"),
            (Zip([.. Enumerable.Range(0, PackReader.MaxFiles + 1).Select(at => ($"scenarios/{at}.json", "{}"u8.ToArray()))]), "最多 500 个文件"),
            (PackFiles.WriteZip(With("pack.json", text => text.Replace("\"format\": 1", "\"format\": 99", StringComparison.Ordinal))), "只支持格式 1"),
            (PackFiles.WriteZip(With("levels.json", _ => $$"""{"levels":[{{rows}}]}""")), "最多 2000 项"),
            (PackFiles.WriteZip(With("levels.json", _ => new string('[', 100) + new string(']', 100))), "嵌套超过"),
            (PackFiles.WriteZip(With("script.html", _ => "<script>alert(1)</script>")), "没有这样的文件"),
            (PackFiles.WriteZip(With("levels.json", _ => "{\"levels\":[{\"key\":\"a\",\"name\":{\"zh\":\"\u202e\",\"en\":\"x\"}}]}")), "控制字符"),
        ];
        async Task<(int, int, int)> CountAsync() => (
            await _host.QueryAsync(db => db.ProcessVersions.CountAsync()), await _host.QueryAsync(db => db.WorkflowDefinitions.CountAsync()), await _host.QueryAsync(db => db.ConfigurationEvents.CountAsync()));
        var before = await CountAsync();

        foreach (var (pack, reason) in hostile)
        {
            var answer = await owner.PostAsync("/gallery", "/gallery", [], pack);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            var said = await OwnerHost.TextOf(answer);
            Assert.True(said.Contains(reason, StringComparison.Ordinal), $"{reason}: {said[said.IndexOf("role=\"alert\"", StringComparison.Ordinal)..][..400]}");
        }

        Assert.Equal(before, await CountAsync());
    }

    [Fact]
    public async Task A_pack_from_outside_is_looked_at_bound_installed_and_comes_back_the_same()
    {
        var owner = await _host.SignInAsync("owner");
        var files = ShippedPacks.Files("property-service-guideline").ToDictionary();
        var versions = await _host.QueryAsync(db => db.ProcessVersions.CountAsync());

        // looked at, nothing is stored; another owner's ticket finds nothing
        var brought = await owner.PostAsync("/gallery", "/gallery", [], PackFiles.WriteZip(files));
        Assert.Equal(HttpStatusCode.Redirect, brought.StatusCode);
        var address = brought.Headers.Location!.ToString();
        var page = await owner.ReadAsync(address);
        Assert.Contains("Bound to your organisation", page, StringComparison.Ordinal);
        Assert.Equal(versions, await _host.QueryAsync(db => db.ProcessVersions.CountAsync()));
        Assert.Equal(HttpStatusCode.NotFound, (await (await _host.SignInAsync("li")).GetAsync(address)).StatusCode);

        // installed as it came, to the byte
        var installed = await owner.PostAsync(address, address, []);
        Assert.StartsWith("/processes/property-service-guideline?version=1", installed.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal(files.OrderBy(f => f.Key, StringComparer.Ordinal), (await FilesAsync(owner, 1)).OrderBy(f => f.Key, StringComparer.Ordinal));

        // its names are bound on the page of the process, in every place, and it comes back the same from its export
        var pack = PackReader.Read(files).Pack!;
        var (department, role) = (pack.Organisation.Departments[0].Key, pack.Organisation.Roles[0].Key);
        var names = await owner.ReadAsync("/processes/property-service-guideline/names");
        var token = Regex.Match(names, "name=\"token\" value=\"([^\"]+)\"").Groups[1].Value;
        var bound = await owner.PostAsync(
            "/processes/property-service-guideline/names", "/processes/property-service-guideline/names",
            new() { ["token"] = token, [$"n.departments.{department}"] = "quality", [$"n.roles.{role}"] = "supervisor" });
        Assert.Equal(HttpStatusCode.Redirect, bound.StatusCode);
        var here = await FilesAsync(owner, 1);
        var read = PackReader.Read(here);
        Assert.Contains(read.Pack!.Organisation.Departments, one => one.Key == "quality");
        Assert.Contains(read.Pack.Organisation.Roles, one => one.Key == "supervisor");
        Assert.DoesNotContain(read.Pack.Organisation.Roles, one => one.Key == role);
        Assert.DoesNotContain(PackChecker.Check(read.Pack), finding => finding.Severity == FindingSeverity.Error);

        // whoever had it open before is told, and nothing is overwritten
        var late = await owner.PostAsync(
            "/processes/property-service-guideline/names", "/processes/property-service-guideline/names", new() { ["token"] = token, ["n.departments.quality"] = "finance" });
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);

        var again = await owner.PostAsync("/gallery", "/gallery", [], PackFiles.WriteZip(here));
        var second = await owner.PostAsync(again.Headers.Location!.ToString(), again.Headers.Location!.ToString(), []);
        Assert.Equal(HttpStatusCode.Redirect, second.StatusCode);
        Assert.Equal(here.OrderBy(f => f.Key, StringComparer.Ordinal), (await FilesAsync(owner, 2)).OrderBy(f => f.Key, StringComparer.Ordinal));

        // what is nothing here is said before publishing, beside the clauses
        var publish = await owner.ReadAsync("/processes/property-service-guideline?version=2&tab=findings");
        Assert.Contains("Before publishing", publish, StringComparison.Ordinal);
        Assert.Contains("/processes/property-service-guideline/names", publish, StringComparison.Ordinal);
        Assert.Contains("Before publishing", await owner.ReadAsync("/processes/property-service-guideline/simulation?version=2"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_example_that_fails_keeps_a_version_from_being_published_and_is_named()
    {
        var owner = await _host.SignInAsync("owner");
        var files = ShippedPacks.Files(OwnerHost.Process).ToDictionary();
        files["scenarios/table-level-1.json"] = $$$"""
            {"id":"wrong","process":"{{{OwnerHost.Process}}}","name":{"zh":"错例","en":"A wrong example"},
             "steps":[{"calculate":{"table":"{{{PackReader.Read(files).Pack!.Tables.Keys.First()}}}","facts":{}},"expect":{"outputs":{"level":"no-such"} } }]}
            """;
        await owner.ImportAsync(PackFiles.WriteZip(files));

        var page = await owner.ReadAsync($"/processes/{OwnerHost.Process}?version=2&tab=findings");
        var answer = await owner.PostAsync($"/processes/{OwnerHost.Process}?version=2", $"/processes/{OwnerHost.Process}/versions/2/publish", new() { ["f.note"] = "try", ["f.confirm"] = "yes" });

        Assert.Contains("A wrong example", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal(ProcessVersionState.Draft, await _host.QueryAsync(db => db.ProcessVersions.Where(p => p.ProcessKey == OwnerHost.Process && p.Version == 2).Select(p => p.State).SingleAsync()));
    }

    private static async Task<Dictionary<string, string>> FilesAsync(OwnerHost.Browser owner, int version)
    {
        using var answer = await owner.GetAsync($"/processes/property-service-guideline/versions/{version}/export");
        using var zip = new MemoryStream(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        return PackFiles.ReadZip(zip);
    }

    [Fact]
    public async Task Reports_are_listed_shown_with_their_base_and_given_out_as_a_file()
    {
        await _host.RegisterAsync();
        var manager = await _host.SignInAsync("wu");

        Assert.Contains($"/reports/{OwnerHost.Process}/monthly", await manager.ReadAsync("/reports"), StringComparison.Ordinal);
        var report = await manager.ReadAsync($"/reports/{OwnerHost.Process}/monthly?From=2026-09&By=lead");
        Assert.Contains("(of: Cases closed in the period)", report, StringComparison.Ordinal);
        var file = await (await manager.PostAsync($"/reports/{OwnerHost.Process}/monthly", $"/reports/{OwnerHost.Process}/monthly/csv?from=2026-09&by=lead", [])).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Contains("base: Cases closed in the period", file, StringComparison.Ordinal);
        Assert.Contains("Total,1,0,0,", file, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await manager.GetAsync($"/reports/{OwnerHost.Process}/monthly?From=2024-01-01&To=2026-09-01")).StatusCode);
    }
}
