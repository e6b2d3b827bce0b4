using System.Buffers.Binary;
using System.Text;
using CaseManagement.Web.Files;

namespace CaseManagement.Web.Tests.Files;

/// <summary>Films and sound recordings are shown without the place, the device and the time they were made; what is played stays byte for byte where it is.</summary>
public sealed class RecordingCopyTests
{
    private const string Place = "+39.9042+116.4074/";

    [Theory]
    [InlineData("isom")]
    [InlineData("qt  ")]
    [InlineData("M4A ")]
    public void What_was_written_in_beside_picture_and_sound_is_gone_and_the_rest_has_not_moved(string brand)
    {
        var samples = Encoding.ASCII.GetBytes("picture and sound");
        var original = Recording(brand, samples, "vide");

        var copy = Copy(original);

        Assert.NotNull(copy);
        Assert.Equal(original.Length, copy.Length);
        foreach (var told in (string[])[Place, "Phone 12", "loci", "©xyz", "made by", "<x:xmpmeta"])
        {
            Assert.True(IndexOf(original, told) >= 0, told);
            Assert.True(IndexOf(copy, told) < 0, told);
        }

        Assert.Equal(IndexOf(original, "picture and sound"), IndexOf(copy, "picture and sound"));
        Assert.Equal(IndexOf(original, "stbl"), IndexOf(copy, "stbl"));
        Assert.True(original.AsSpan().IndexOf(Date) >= 0);
        Assert.True(copy.AsSpan().IndexOf(Date) < 0);
    }

    [Theory]
    [InlineData("meta")]
    [InlineData("camm")]
    public void A_recording_with_a_track_of_another_kind_is_left_alone(string kind) => Assert.Null(Copy(Recording("isom", [1], kind)));

    [Fact]
    public void A_damaged_recording_is_left_alone_wherever_it_is_cut_or_whatever_length_it_claims()
    {
        var whole = Recording("isom", [1, 2, 3], "vide");
        for (var length = 9; length < whole.Length - 16; length += 7)
        {
            _ = Copy(whole[..length]);
        }

        var lying = (byte[])whole.Clone();
        BinaryPrimitives.WriteUInt32BigEndian(lying.AsSpan(IndexOf(lying, "moov") - 4), 0x7FFFFFFF);
        Assert.Null(Copy(lying));
        var huge = (byte[])whole.Clone();
        BinaryPrimitives.WriteUInt32BigEndian(huge.AsSpan(IndexOf(huge, "moov") - 4), 1);
        Assert.Null(Copy(huge));
        var none = (byte[])whole.Clone();
        BinaryPrimitives.WriteUInt32BigEndian(none.AsSpan(IndexOf(none, "trak") - 4), 0);
        Assert.Null(Copy(none));
    }

    [Fact]
    public void Parts_within_parts_end()
    {
        var deep = Box("trak");
        for (var depth = 0; depth < 50; depth++)
        {
            deep = Box("moov", Box("trak", deep));
        }

        var copy = Copy([.. Box("ftyp", "isom"u8.ToArray()), .. deep]);

        Assert.True(copy is null || IndexOf(copy, "trak") >= 0);
        Assert.Null(Copy([.. Box("ftyp", "isom"u8.ToArray()), .. Enumerable.Repeat(Box("mdat"), 20_001).SelectMany(b => b)]));
    }

    private static byte[] Date => [0xDE, 0xAD, 0xBE, 0xEF];

    internal static byte[] Recording(string brand, byte[] samples, string handler) =>
    [
        .. Box("ftyp", Encoding.ASCII.GetBytes(brand)), .. Box("mdat", samples),
        .. Box(
            "moov",
            Box("mvhd", [0, 0, 0, 0, .. Date, .. Date, 0, 0, 0, 1]),
            Box(
                "trak",
                Box("tkhd", [1, 0, 0, 0, .. Date, .. Date, .. Date, .. Date, 0, 0, 0, 1]),
                Box("mdia", Box("mdhd", [0, 0, 0, 0, .. Date, .. Date]), Box("hdlr", [0, 0, 0, 0, 0, 0, 0, 0, .. Encoding.ASCII.GetBytes(handler)]), Box("minf", Box("stbl", [9, 9]))),
                Box("udta", Box("name", "Phone 12"u8.ToArray()))),
            Box("udta", Box("©xyz", Encoding.ASCII.GetBytes(Place)), Box("loci", "here"u8.ToArray()), [0, 0, 0, 0]),
            Box("meta", "made by"u8.ToArray())),
        .. Box("uuid", "<x:xmpmeta"u8.ToArray()),
    ];

    private static byte[] Box(string type, params byte[][] parts)
    {
        var content = parts.SelectMany(p => p).ToArray();
        var head = new byte[8];
        BinaryPrimitives.WriteUInt32BigEndian(head, (uint)(content.Length + 8));
        Encoding.Latin1.GetBytes(type).CopyTo(head, 4);
        return [.. head, .. content];
    }

    private static int IndexOf(byte[] content, string text) => content.AsSpan().IndexOf(Encoding.Latin1.GetBytes(text));

    private static byte[]? Copy(byte[] original)
    {
        using var source = new MemoryStream(original);
        using var copy = new MemoryStream();
        return RecordingCopy.TryWrite(source, copy) ? copy.ToArray() : null;
    }
}
