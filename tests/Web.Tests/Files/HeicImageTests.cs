using CaseManagement.Web.Files;

namespace CaseManagement.Web.Tests.Files;

public sealed class HeicImageTests
{
    [Fact]
    public void The_copy_tells_no_place_and_the_picture_is_where_it_was()
    {
        var original = SampleFiles.Heic(out var at);

        var copy = Copy(original);

        Assert.True(SampleFiles.TellsPlace(original));
        Assert.NotNull(copy);
        Assert.False(SampleFiles.TellsPlace(copy));
        Assert.True(copy.AsSpan().IndexOf("between"u8) < 0);
        Assert.Equal(original.Length, copy.Length);
        Assert.Equal(SampleFiles.HeicPicture, copy[at..(at + SampleFiles.HeicPicture.Length)]);
        Assert.True(copy.AsSpan().IndexOf((ReadOnlySpan<byte>)[.. "idat"u8, 0, 0, 0, 0, 0, 4, 0, 4]) > 0, "how the tiles are put together");
        Assert.True(copy.AsSpan().IndexOf("irot"u8) > 0, "which side is up");
        Assert.Equal(FileType.Heic, FileSignatures.Recognise(copy));
        Assert.Equal(copy, Copy(copy));
    }

    [Fact]
    public void One_cut_off_anywhere_gets_no_copy_or_one_that_tells_nothing()
    {
        var original = SampleFiles.Heic(out _);
        for (var length = 0; length < original.Length; length++)
        {
            Assert.True(Copy(original[..length]) is not { } copy || !SampleFiles.TellsPlace(copy), $"{length}");
        }
    }

    [Fact]
    public void One_with_any_byte_wrong_is_copied_or_not_and_never_worse()
    {
        var original = SampleFiles.Heic(out _);
        for (var at = 0; at < original.Length; at++)
        {
            foreach (var wrong in (byte[])[0, 1, 0x7F, 0xFF])
            {
                var changed = original.ToArray();
                changed[at] = wrong;

                // a part that says it is a picture is kept as one
                _ = Copy(changed);
            }
        }
    }

    private static byte[]? Copy(byte[] original)
    {
        using var copy = new MemoryStream();
        return HeicImage.TryWrite(new MemoryStream(original), copy) ? copy.ToArray() : null;
    }
}
