using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using CaseManagement.Web.Designer;
using CaseManagement.Web.Tests.Api;

namespace CaseManagement.Web.Tests.Designer;

public sealed partial class StudioFilesTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Startup = "/studio/_framework/blazor.webassembly.js";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("br, gzip", "br")]
    [InlineData("gzip, deflate", "gzip")]
    [InlineData("br;q=0, gzip", "gzip")]
    [InlineData("identity", null)]
    [InlineData(null, null)]
    public async Task A_file_is_sent_compressed_as_the_browser_takes_it_and_says_the_same(string? accepts, string? encoding)
    {
        var plain = await File.ReadAllBytesAsync(Path.Combine(StudioPackage.Folder, "_framework", "blazor.webassembly.js"), Cancellation);

        var answer = await GetAsync(Startup, accepts);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(encoding, answer.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Equal("text/javascript", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains("Accept-Encoding", answer.Headers.Vary);
        Assert.Equal(plain, await UnpackAsync(answer, encoding));
    }

    [Theory]
    [InlineData(".wasm", "application/wasm")]
    [InlineData(".dat", "application/octet-stream")]
    [InlineData(".css", "text/css")]
    [InlineData(".woff2", "font/woff2")]
    public async Task Files_have_the_types_browsers_insist_on(string ending, string type)
    {
        var path = StudioPackage.Read(StudioPackage.Folder).Files.Keys.First(p => p.EndsWith(ending, StringComparison.Ordinal));

        Assert.Equal(type, (await GetAsync("/studio" + path, "br")).Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task What_is_named_by_its_content_is_kept_and_the_rest_asked_again()
    {
        var named = StudioPackage.Read(StudioPackage.Folder).Files.Single(f => f.Key.StartsWith("/_framework/Elsa.Studio.Core.xp", StringComparison.Ordinal)).Key;

        Assert.Equal("public, max-age=31536000, immutable", (await GetAsync("/studio" + named, "br")).Headers.CacheControl!.ToString());
        Assert.Equal("no-cache", (await GetAsync("/studio/_framework/dotnet.js", "br")).Headers.CacheControl!.ToString());
    }

    [Fact]
    public async Task Asked_again_with_its_tag_a_file_is_not_sent_again()
    {
        var first = await GetAsync(Startup, "br");
        Assert.StartsWith("\"3.8.2-", first.Headers.ETag!.Tag, StringComparison.Ordinal);

        var again = await GetAsync(Startup, "br", first.Headers.ETag);
        var otherEncoding = await GetAsync(Startup, "gzip", first.Headers.ETag);

        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Empty(await again.Content.ReadAsByteArrayAsync(Cancellation));
        Assert.Equal(HttpStatusCode.OK, otherEncoding.StatusCode);
    }

    [Theory]
    [InlineData("/studio/../appsettings.json")]
    [InlineData("/studio/%2e%2e/appsettings.json")]
    [InlineData("/studio/_framework/..%2f..%2fappsettings.json")]
    [InlineData("/studio/index.html")]
    public async Task Nothing_but_the_package_is_served(string address)
    {
        var answer = await GetAsync(address, "br");

        Assert.NotEqual(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public void The_policy_allows_exactly_the_inline_scripts_of_this_package()
    {
        var found = Directory.EnumerateFiles(Path.Combine(StudioPackage.Folder, "_framework"), "Elsa.Studio.*.wasm")
            .SelectMany(StringsOf).SelectMany(text => Script().Matches(text)).Select(match => match.Groups[1].Value)
            .Select(script => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)))}");

        Assert.Equal(StudioContentPolicy.InlineScripts.Order(StringComparer.Ordinal), found.Distinct().Order(StringComparer.Ordinal));
    }

    private async Task<HttpResponseMessage> GetAsync(string address, string? accepts, EntityTagHeaderValue? tag = null)
    {
        using var client = host.CreateClient(new() { AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, UriKind.Relative));
        if (accepts is not null)
        {
            request.Headers.AcceptEncoding.ParseAdd(accepts);
        }

        if (tag is not null)
        {
            request.Headers.IfNoneMatch.Add(tag);
        }

        return await client.SendAsync(request, Cancellation);
    }

    private static async Task<byte[]> UnpackAsync(HttpResponseMessage answer, string? encoding)
    {
        await using var sent = await answer.Content.ReadAsStreamAsync(Cancellation);
        await using Stream stream = encoding switch
        {
            "br" => new BrotliStream(sent, CompressionMode.Decompress),
            "gzip" => new GZipStream(sent, CompressionMode.Decompress),
            _ => sent,
        };
        using var unpacked = new MemoryStream();
        await stream.CopyToAsync(unpacked, Cancellation);
        return unpacked.ToArray();
    }

    // an assembly wrapped for the browser: its metadata begins with the mark BSJB
    private static List<string> StringsOf(string file)
    {
        var bytes = File.ReadAllBytes(file);
        var start = bytes.AsSpan().IndexOf("BSJB"u8);
        if (start < 0)
        {
            throw new InvalidDataException($"{file} holds no .NET metadata; the package is built in another way.");
        }

        using var provider = MetadataReaderProvider.FromMetadataImage([.. bytes[start..]]);
        var reader = provider.GetMetadataReader();
        var strings = new List<string>();
        for (var handle = MetadataTokens.UserStringHandle(1); !handle.IsNil; handle = reader.GetNextHandle(handle))
        {
            strings.Add(reader.GetUserString(handle));
        }

        return strings;
    }

    [GeneratedRegex("<script>(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Script();
}
