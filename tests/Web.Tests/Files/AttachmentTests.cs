using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using CaseManagement.Web.Files;
using CaseManagement.Web.Persistence;
using CaseManagement.Web.Tests.Api;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseManagement.Web.Tests.Files;

/// <summary>Files come in by the API, are judged, listed, and go out again.</summary>
public sealed class AttachmentTests(ApiHost host) : IClassFixture<ApiHost>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_is_added_listed_told_in_the_timeline_and_read_back()
    {
        var (client, id) = (host.Client(), await RegisterAsync());
        var content = SampleFiles.Text();

        var added = (await AddAsync(client, id, ("../说明.txt", content)))["items"]![0]!;

        Assert.Equal("说明.txt", added["name"].Text());
        Assert.Equal("text/plain", added["mediaType"].Text());
        Assert.Equal("clean", added["state"].Text());
        Assert.Equal(Hash(content), added["sha256"].Text());
        Assert.Equal(1, (int)(await client.AskAsync($"/api/v1/complaints/{id}/attachments"))["total"]!);
        var told = (await client.AskAsync($"/api/v1/complaints/{id}/timeline")).AsArray().Single(e => e!["type"].Text() == "attachment.added")!;
        Assert.Equal(Hash(content), told["data"]!["sha256"].Text());

        using var read = await client.GetAsync(new Uri($"/api/v1/complaints/{id}/attachments/{added["id"].Text()}", UriKind.Relative), Token);
        Assert.Equal(content, await read.Content.ReadAsByteArrayAsync(Token));
        Assert.Equal("attachment", read.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("说明.txt", read.Content.Headers.ContentDisposition.FileNameStar);
        Assert.Equal("nosniff", read.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.StartsWith("sandbox", read.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_read_of_an_image_tells_no_place_and_the_original_lies_sealed()
    {
        var (client, id) = (host.Client(), await RegisterAsync());
        foreach (var (name, content) in new[] { ("a.jpg", SampleFiles.Jpeg()), ("b.png", SampleFiles.Png()), ("c.webp", SampleFiles.Webp()) })
        {
            var added = (await AddAsync(client, id, (name, content)))["items"]![0]!;

            Assert.Equal(Hash(content), added["sha256"].Text());
            Assert.True((bool)added["cleaned"]!);
            using var read = await client.GetAsync(new Uri($"/api/v1/complaints/{id}/attachments/{added["id"].Text()}", UriKind.Relative), Token);
            Assert.False(SampleFiles.TellsPlace(await read.Content.ReadAsByteArrayAsync(Token)));
        }

        Assert.All(FilesOf(host), file => Assert.False(SampleFiles.TellsPlace(File.ReadAllBytes(file)), file));
    }

    [Fact]
    public async Task The_original_comes_back_as_it_was_and_only_whole()
    {
        var content = RandomNumberGenerator.GetBytes(200_000);
        var seals = host.Services.GetRequiredService<SealedFiles>();
        using var kept = new MemoryStream();
        await seals.WriteAsync(new MemoryStream(content), kept, Token);

        Assert.Equal(content, await OpenAsync(kept.ToArray()));
        await Assert.ThrowsAnyAsync<Exception>(() => OpenAsync(kept.ToArray()[..^(64 * 1024)]));
        var changed = kept.ToArray();
        changed[^100_000] ^= 1;
        await Assert.ThrowsAnyAsync<CryptographicException>(() => OpenAsync(changed));

        async Task<byte[]> OpenAsync(byte[] from)
        {
            await using var plain = seals.Open(new MemoryStream(from));
            using var read = new MemoryStream();
            await plain.CopyToAsync(read, Token);
            return read.ToArray();
        }
    }

    public static TheoryData<string, byte[], string> Hostile() => new()
    {
        { "drawing.svg", "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"u8.ToArray(), "file-type-refused" },
        { "page.html", "<!doctype html><script>alert(1)</script>"u8.ToArray(), "file-type-refused" },
        { "photo.jpg", "<!doctype html><script>alert(1)</script>"u8.ToArray(), "file-type-refused" },
        { "note.txt", "  <svg onload=alert(1)>"u8.ToArray(), "file-type-refused" },
        { "note.txt", "\uFEFF<?xml version='1.0'?><html/>"u8.ToArray(), "file-type-refused" },
        { "note.txt", [0x4D, 0x5A, 0, 1, 2], "file-type-refused" },
        { "program.exe", [0x4D, 0x5A, 0, 1, 2], "file-type-refused" },
        { "photo.gif", "GIF89a<script>"u8.ToArray(), "file-type-refused" },
        { "photo.jpg.html", SampleFiles.Jpeg(), "file-type-refused" },
        { "report.pdf", SampleFiles.Jpeg(), "file-type-differs" },
        { "photo.jpg", SampleFiles.Pdf(), "file-type-differs" },
        { "letter.docx", SampleFiles.Zip(("a.txt", "x")), "file-type-differs" },
        { "letter.docm", SampleFiles.Docx(), "file-holds-macros" },
        { "letter.docx", SampleFiles.Docx(("word/vbaProject.bin", "x")), "file-holds-macros" },
        { "letter.docx", SampleFiles.Docx(("word\\VBAPROJECT.BIN", "x")), "file-holds-macros" },
        { "letter.docx", SampleFiles.Docx(("word/_rels/settings.xml.rels", "<Relationship Type='x/attachedTemplate' TargetMode='External'/>")), "file-holds-macros" },
        { "sheet.xlsm", SampleFiles.Docx(), "file-holds-macros" },
        { "broken.docx", [.. "PK\x03\x04"u8, 1, 2, 3], "file-unreadable" },
        { "huge.png", SampleFiles.Png(40_000, 40_000), "image-too-large" },
        { "cut.jpg", [0xFF, 0xD8, 0xFF, 0xE0], "file-unreadable" },
        { "empty.txt", [], "file-empty" },
    };

    [Theory, MemberData(nameof(Hostile))]
    public async Task What_may_not_come_in_is_refused_by_name_and_nothing_of_it_stays(string name, byte[] content, string code)
    {
        var (client, id) = (host.Client(), await RegisterAsync());
        var before = FilesOf(host).Count;

        var problem = await AddAsync(client, id, 400, null, (name, content));

        Assert.Equal(code, problem["errors"]!["file"]![0]!["code"].Text());
        Assert.Equal(0, (int)(await client.AskAsync($"/api/v1/complaints/{id}/attachments"))["total"]!);
        Assert.Equal(before, FilesOf(host).Count);
    }

    [Fact]
    public async Task Images_of_another_kind_than_their_name_says_are_taken_and_named_rightly()
    {
        var (client, id) = (host.Client(), await RegisterAsync());

        var added = await AddAsync(client, id, ("wechat.jpg", SampleFiles.CleanPng()), ("letter.docx", SampleFiles.Docx()), ("noending", SampleFiles.Pdf()));

        Assert.Equal(["wechat.png", "letter.docx", "noending.pdf"], added["items"]!.AsArray().Select(i => i!["name"].Text()));
        Assert.False((bool)added["items"]![0]!["cleaned"]!);
    }

    [Fact]
    public async Task A_file_or_number_of_files_beyond_the_limits_is_refused()
    {
        var (client, id) = (host.Client(), await RegisterAsync());
        var large = new byte[(50 * 1024 * 1024) + 1];
        "%PDF-"u8.CopyTo(large);
        var many = Enumerable.Range(0, 21).Select(n => ($"{n}.txt", SampleFiles.Text())).ToArray();

        Assert.Equal("file-too-large", (await AddAsync(client, id, 400, null, ("large.pdf", large)))["errors"]!["file"]![0]!["code"].Text());
        Assert.Equal("files-too-many", (await AddAsync(client, id, 400, null, many))["errors"]!["file"]![0]!["code"].Text());
    }

    [Fact]
    public async Task The_same_request_again_adds_nothing_and_other_files_under_its_key_are_refused()
    {
        var (client, id) = (host.Client(), await RegisterAsync());

        var first = await AddAsync(client, id, 201, "k1", ("a.txt", SampleFiles.Text()));
        var again = await AddAsync(client, id, 201, "k1", ("a.txt", SampleFiles.Text()));

        Assert.Equal(first.ToJsonString(), again.ToJsonString());
        Assert.Equal(1, (int)(await client.AskAsync($"/api/v1/complaints/{id}/attachments"))["total"]!);
        Assert.Equal("idempotency-key-reused", (await AddAsync(client, id, 409, "k1", ("a.txt", SampleFiles.Text("else")))).Code());
    }

    [Fact]
    public async Task Who_may_not_see_a_case_finds_neither_it_nor_its_files()
    {
        var id = await RegisterAsync();
        var file = (await AddAsync(host.Client(), id, ("a.txt", SampleFiles.Text())))["items"]![0]!["id"].Text();
        var other = host.Client("zhao");

        await other.AskAsync($"/api/v1/complaints/{id}/attachments", 404);
        await other.AskAsync($"/api/v1/complaints/{id}/attachments/{file}", 404);
        await AddAsync(other, id, 404, null, ("b.txt", SampleFiles.Text()));
        await host.Client().AskAsync($"/api/v1/complaints/{await RegisterAsync()}/attachments/{file}", 404);
    }

    [Fact]
    public async Task A_file_that_no_case_has_is_removed_after_two_looks_and_one_that_a_case_has_stays()
    {
        var (client, id) = (host.Client(), await RegisterAsync());
        var files = host.Services.GetRequiredService<CaseFiles>();
        var (folder, sweep) = (host.Services.GetRequiredService<FileFolder>(), host.Services.GetRequiredService<FileSweep>());
        using var content = new MemoryStream(SampleFiles.Text("orphan"));
        var orphan = await files.ReceiveAsync(new IncomingFile(content, "a.txt", Domain.Complaints.AttachmentSource.Portal), Token);
        await AddAsync(client, id, ("b.jpg", SampleFiles.Jpeg()));
        var mine = await MineAsync(id);

        await sweep.RunAsync(Token);
        Assert.NotNull(folder.Find(orphan.Sha256, isSealed: false));

        await OlderAsync();
        Assert.NotNull(folder.Find(orphan.Sha256, isSealed: false));

        await OlderAsync();
        Assert.Null(folder.Find(orphan.Sha256, isSealed: false));
        Assert.NotNull(folder.Find(mine.Sha256, isSealed: true));
        Assert.NotNull(folder.Find(mine.ShownSha256!, isSealed: false));

        async Task OlderAsync()
        {
            foreach (var path in FilesOf(host))
            {
                File.SetLastWriteTimeUtc(path, File.GetLastWriteTimeUtc(path) - FileSweep.Age - TimeSpan.FromMinutes(1));
            }

            await sweep.RunAsync(Token);
        }
    }

    private static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private static List<string> FilesOf(ApiHost host) =>
        host.Services.GetRequiredService<FileFolder>().Root is var root && Directory.Exists(root) ? [.. Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)] : [];

    private async Task<Workflows.Cases.Store.AttachmentRow> MineAsync(string id)
    {
        await using var db = await host.Services.GetRequiredService<IDbContextFactory<CaseManagementDbContext>>().CreateDbContextAsync(Token);
        var complaint = Guid.Parse(id, System.Globalization.CultureInfo.InvariantCulture);
        return await db.Attachments.SingleAsync(a => a.ComplaintId == complaint, Token);
    }

    private async Task<string> RegisterAsync() => (await host.Client().TellAsync("/api/v1/complaints", Sample.Complaint(), 201))["id"].Text();

    private static Task<JsonNode> AddAsync(HttpClient client, string id, params (string Name, byte[] Content)[] files) => AddAsync(client, id, 201, null, files);

    private static async Task<JsonNode> AddAsync(HttpClient client, string id, int status, string? key, params (string Name, byte[] Content)[] files)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, content) in files)
        {
            var part = new ByteArrayContent(content);
            part.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
            part.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = "files", FileNameStar = name };
            form.Add(part);
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/complaints/{id}/attachments");
        request.Content = form;
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        using var answer = await client.SendAsync(request, Token);
        var text = await answer.Content.ReadAsStringAsync(Token);
        Assert.True(answer.StatusCode == (HttpStatusCode)status, $"{(int)answer.StatusCode} where {status} was expected: {text}");
        return JsonNode.Parse(text)!;
    }
}
