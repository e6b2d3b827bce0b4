namespace CaseManagement.Web.Files;

/// <summary>Reads an image forwards, through a buffer; whatever is missing makes it damaged.</summary>
internal sealed class ImageReader(Stream stream) : IDisposable
{
    private readonly BufferedStream _stream = new(stream, 64 * 1024);

    /// <summary>The next byte, or -1 at the end.</summary>
    public int ReadByte() => _stream.ReadByte();

    /// <exception cref="InvalidDataException">There are fewer.</exception>
    public byte[] Read(int count)
    {
        var bytes = new byte[count];
        return _stream.ReadAtLeast(bytes, count, throwOnEndOfStream: false) == count ? bytes : throw new InvalidDataException("The image ends too soon.");
    }

    /// <summary>As many as there are, up to a number.</summary>
    public int ReadSome(Span<byte> into) => _stream.ReadAtLeast(into, into.Length, throwOnEndOfStream: false);

    /// <exception cref="InvalidDataException">There are fewer.</exception>
    public void CopyTo(Stream copy, long count)
    {
        var buffer = new byte[Math.Min(64 * 1024, Math.Max(count, 1))];
        while (count > 0)
        {
            var read = _stream.Read(buffer, 0, (int)Math.Min(buffer.Length, count));
            if (read == 0)
            {
                throw new InvalidDataException("The image ends too soon.");
            }

            copy.Write(buffer, 0, read);
            count -= read;
        }
    }

    /// <exception cref="InvalidDataException">There are fewer.</exception>
    public void Skip(long count) => CopyTo(Stream.Null, count);

    // the file is its owner's
    public void Dispose()
    {
    }
}
