using System.IO.Compression;
using System.Text;
using CaseManagement.Domain.Packs;
using CaseManagement.Workflows.Simulation;

namespace CaseManagement.Workflows.Tests.Simulation;

/// <summary>What a zip may not be to be read as a process pack.</summary>
public sealed class HostilePackTests
{
    [Theory]
    [InlineData("../pack.json")]
    [InlineData("a/../../pack.json")]
    [InlineData("..\\pack.json")]
    [InlineData("/etc/pack.json")]
    [InlineData("C:\\pack.json")]
    public void A_path_that_leaves_the_pack_is_refused(string path) => Refused([(path, "{}")]);

    [Fact]
    public void A_file_that_is_there_twice_is_refused() => Refused([("pack.json", "{}"), ("pack.json", "{\"id\":\"other\"}")]);

    [Fact]
    public void More_files_than_a_pack_has_are_refused() => Refused([.. Enumerable.Range(0, PackReader.MaxFiles + 1).Select(i => ($"{i}.json", "{}"))]);

    [Fact]
    public void One_file_that_unpacks_to_more_than_a_file_may_be_is_refused() => Refused([("pack.json", new string(' ', PackReader.MaxFileBytes + 1))]);

    [Fact]
    public void Many_small_files_that_unpack_to_more_than_a_pack_may_be_are_refused()
    {
        var most = new string(' ', PackReader.MaxFileBytes);
        var packed = Zip([.. Enumerable.Range(0, (100 * 1024 * 1024 / PackReader.MaxFileBytes) + 1).Select(i => ($"{i}.json", most))]);

        Assert.InRange(packed.Length, 1, 2 * 1024 * 1024);
        Assert.Throws<UnreadableZipException>(() => PackFiles.ReadZip(new MemoryStream(packed)));
    }

    [Fact]
    public void A_size_that_lies_helps_nobody()
    {
        var packed = Zip([("pack.json", new string(' ', PackReader.MaxFileBytes + 1))]);
        var directory = packed.AsSpan().LastIndexOf("PK\x01\x02"u8);
        BitConverter.TryWriteBytes(packed.AsSpan(directory + 24), 10);

        var read = PackFiles.ReadZip(new MemoryStream(packed));

        // no more comes out than was promised
        Assert.InRange(read["pack.json"].Length, 0, 10);
    }

    [Fact]
    public void A_zip_in_a_zip_is_one_more_file_and_is_not_opened()
    {
        var inner = Encoding.Latin1.GetString(Zip([("pack.json", new string(' ', 1000))]));

        var read = PackFiles.ReadZip(new MemoryStream(Zip([("inner.zip", inner)])));

        Assert.Equal(["inner.zip"], read.Keys);
    }

    private static void Refused((string Path, string Text)[] files) => Assert.Throws<UnreadableZipException>(() => PackFiles.ReadZip(new MemoryStream(Zip(files))));

    private static byte[] Zip((string Path, string Text)[] files)
    {
        using var buffer = new MemoryStream();
        using (var archive = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, text) in files)
            {
                using var writer = new StreamWriter(archive.CreateEntry(path).Open());
                writer.Write(text);
            }
        }

        return buffer.ToArray();
    }
}
