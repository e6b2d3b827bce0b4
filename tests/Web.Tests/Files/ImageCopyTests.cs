using CaseManagement.Web.Files;

namespace CaseManagement.Web.Tests.Files;

public sealed class ImageCopyTests
{
    public static TheoryData<string> Kinds() => ["jpeg", "png", "webp"];

    [Theory, MemberData(nameof(Kinds))]
    public void The_copy_of_an_image_does_not_tell_where_it_was_taken(string kind)
    {
        var (type, original) = Sample(kind);

        var copy = Copy(type, original);

        Assert.True(SampleFiles.TellsPlace(original));
        Assert.False(SampleFiles.TellsPlace(copy));
        Assert.Equal(type, FileSignatures.Recognise(copy));
        Assert.Equal(copy, Copy(type, copy));
    }

    [Fact]
    public void A_picture_taken_upright_stays_upright()
    {
        var copy = Copy(FileType.Jpeg, SampleFiles.Jpeg(turned: 8));

        var exif = copy.AsSpan().IndexOf("Exif\0\0"u8);
        Assert.True(exif > 0);
        Assert.Equal(8, copy[exif + 6 + 8 + 2 + 9]);
    }

    [Fact]
    public void A_picture_that_lies_as_it_was_taken_keeps_nothing_of_Exif() =>
        Assert.Equal(-1, Copy(FileType.Jpeg, SampleFiles.Jpeg(turned: 1)).AsSpan().IndexOf("Exif"u8));

    [Fact]
    public void The_coded_picture_and_the_colours_of_a_JPEG_stay()
    {
        var copy = Copy(FileType.Jpeg, SampleFiles.Jpeg());

        Assert.True(copy.AsSpan().IndexOf("ICC_PROFILE"u8) > 0);
        Assert.True(copy.AsSpan().EndsWith((ReadOnlySpan<byte>)[0x12, 0xFF, 0x00, 0x34, 0xFF, 0xD0, 0x56, 0xFF, 0xD9]));
    }

    [Fact]
    public void The_header_of_a_WebP_no_longer_promises_what_was_taken_out_and_its_length_is_right()
    {
        var copy = Copy(FileType.Webp, SampleFiles.Webp());

        Assert.Equal(0, copy[20]);
        Assert.Equal(copy.Length - 8, BitConverter.ToInt32(copy, 4));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void An_image_of_too_many_pixels_is_known_by_its_header(string kind)
    {
        var (type, original) = kind switch
        {
            "jpeg" => (FileType.Jpeg, SampleFiles.Jpeg(40_000, 10)),
            "png" => (FileType.Png, SampleFiles.Png(40_000, 40_000)),
            _ => (FileType.Webp, SampleFiles.Webp(16_384, 16_384)),
        };

        Assert.Throws<ImageTooLargeException>(() => Copy(type, original));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void An_image_cut_off_anywhere_is_copied_or_refused_and_never_worse(string kind)
    {
        var (type, original) = Sample(kind);
        for (var length = 0; length < original.Length; length++)
        {
            try
            {
                Assert.False(SampleFiles.TellsPlace(Copy(type, original[..length])));
            }
            catch (InvalidDataException)
            {
                // damaged is what it is
            }
        }
    }

    private static (FileType Type, byte[] Original) Sample(string kind) => kind switch
    {
        "jpeg" => (FileType.Jpeg, SampleFiles.Jpeg()),
        "png" => (FileType.Png, SampleFiles.Png()),
        _ => (FileType.Webp, SampleFiles.Webp()),
    };

    private static byte[] Copy(FileType type, byte[] original)
    {
        using var copy = new MemoryStream();
        ImageCopy.Write(type, new MemoryStream(original), copy);
        return copy.ToArray();
    }
}
