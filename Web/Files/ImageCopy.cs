namespace CaseManagement.Web.Files;

/// <summary>Copies an image without what was written into it beside the picture: place, device, names, words, thumbnails, and whatever follows its end.</summary>
internal static class ImageCopy
{
    /// <summary>Most pixels of one side; what browsers still show.</summary>
    public const int MaxSide = 16_384;

    /// <summary>Most pixels in all.</summary>
    public const long MaxPixels = 100_000_000;

    /// <param name="type">One of those <see cref="FileType.IsShown"/> names.</param>
    /// <param name="original">From its first byte.</param>
    /// <param name="copy">Seekable; takes the copy.</param>
    /// <exception cref="InvalidDataException">The image is damaged.</exception>
    /// <exception cref="ImageTooLargeException">It has more pixels than are shown.</exception>
    public static void Write(FileType type, Stream original, Stream copy)
    {
        using var source = new ImageReader(original);
        if (type == FileType.Jpeg)
        {
            JpegImage.Copy(source, copy);
        }
        else if (type == FileType.Png)
        {
            PngImage.Copy(source, copy);
        }
        else
        {
            WebpImage.Copy(source, copy);
        }
    }

    /// <exception cref="ImageTooLargeException">They are too many.</exception>
    public static void ThrowIfTooLarge(long width, long height)
    {
        if (width is < 1 or > MaxSide || height is < 1 or > MaxSide || width * height > MaxPixels)
        {
            throw new ImageTooLargeException();
        }
    }
}

/// <summary>An image has more pixels than are shown.</summary>
internal sealed class ImageTooLargeException() : Exception("The image has more pixels than are shown.");
