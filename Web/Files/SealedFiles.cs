using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace CaseManagement.Web.Files;

/// <summary>
/// Files under a key of their own (AES-256-GCM, block by block), which stands at their beginning, wrapped by Data Protection. A block that was changed,
/// moved or cut off is not read.
/// </summary>
public sealed class SealedFiles(IDataProtectionProvider protection)
{
    private const int Block = 64 * 1024;
    private const int TagLength = 16;
    private const int NonceLength = 12;
    private const int MaxWrapped = 1024;

    private static readonly byte[] Mark = "CMS1"u8.ToArray();

    private readonly IDataProtector _keys = protection.CreateProtector("case-file");

    /// <summary>Seals everything from where the stream stands.</summary>
    public async Task WriteAsync(Stream plain, Stream target, CancellationToken cancellationToken)
    {
        var key = RandomNumberGenerator.GetBytes(32);
        var wrapped = _keys.Protect(key);
        var head = new byte[Mark.Length + 2];
        Mark.CopyTo(head, 0);
        BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(Mark.Length), checked((ushort)wrapped.Length));
        await target.WriteAsync(head, cancellationToken);
        await target.WriteAsync(wrapped, cancellationToken);
        using var aes = new AesGcm(key, TagLength);
        var (now, next) = (new byte[Block], new byte[Block]);
        var cipher = new byte[Block + TagLength];
        var count = await plain.ReadAtLeastAsync(now, Block, throwOnEndOfStream: false, cancellationToken);
        for (var block = 0L; ; block++)
        {
            var following = await plain.ReadAtLeastAsync(next, Block, throwOnEndOfStream: false, cancellationToken);
            aes.Encrypt(Nonce(block, following == 0), now.AsSpan(0, count), cipher.AsSpan(0, count), cipher.AsSpan(count, TagLength));
            await target.WriteAsync(cipher.AsMemory(0, count + TagLength), cancellationToken);
            if (following == 0)
            {
                return;
            }

            (now, next, count) = (next, now, following);
        }
    }

    /// <summary>The file as it was, read forwards; closes the sealed one.</summary>
    /// <exception cref="CryptographicException">Its key cannot be unwrapped any more.</exception>
    /// <exception cref="InvalidDataException">It is not a sealed file.</exception>
    public Stream Open(Stream target)
    {
        var head = new byte[Mark.Length + 2];
        if (target.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length || !head.AsSpan().StartsWith(Mark)
            || BinaryPrimitives.ReadUInt16BigEndian(head.AsSpan(Mark.Length)) is var length && length > MaxWrapped)
        {
            throw new InvalidDataException("Not a sealed file.");
        }

        var wrapped = new byte[BinaryPrimitives.ReadUInt16BigEndian(head.AsSpan(Mark.Length))];
        target.ReadExactly(wrapped);
        return new Opened(target, _keys.Unprotect(wrapped));
    }

    private static byte[] Nonce(long block, bool isLast)
    {
        var nonce = new byte[NonceLength];
        BinaryPrimitives.WriteInt64BigEndian(nonce, block);
        nonce[^1] = isLast ? (byte)1 : (byte)0;
        return nonce;
    }

    private sealed class Opened(Stream source, byte[] key) : Stream
    {
        private readonly AesGcm _aes = new(key, TagLength);
        private readonly byte[] _plain = new byte[Block];
        private byte[] _now = new byte[Block + TagLength];
        private byte[] _next = new byte[Block + TagLength];
        private int _nextCount = -1;
        private long _block;
        private int _count;
        private int _at;
        private bool _hasEnded;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            if (_at == _count && !_hasEnded)
            {
                NextBlock();
            }

            var count = Math.Min(buffer.Length, _count - _at);
            _plain.AsSpan(_at, count).CopyTo(buffer);
            _at += count;
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _aes.Dispose();
                source.Dispose();
            }

            base.Dispose(disposing);
        }

        private void NextBlock()
        {
            var count = _nextCount >= 0 ? _nextCount : source.ReadAtLeast(_next, _next.Length, throwOnEndOfStream: false);
            (_now, _next) = (_next, _now);
            _nextCount = source.ReadAtLeast(_next, _next.Length, throwOnEndOfStream: false);
            if (count < TagLength)
            {
                throw new InvalidDataException("The sealed file is cut off.");
            }

            _count = count - TagLength;
            _at = 0;
            _hasEnded = _nextCount == 0;
            _aes.Decrypt(Nonce(_block++, _hasEnded), _now.AsSpan(0, _count), _now.AsSpan(_count, TagLength), _plain.AsSpan(0, _count));
        }
    }
}
