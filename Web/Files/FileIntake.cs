using System.Security.Cryptography;
using CaseManagement.Domain;
using CaseManagement.Domain.Complaints;
using Microsoft.Extensions.Options;

namespace CaseManagement.Web.Files;

/// <summary>Reads a file that comes in, judges it, and keeps its bytes.</summary>
public sealed class FileIntake(FileFolder folder, SealedFiles seals, IOptions<FilesOptions> options, TimeProvider clock)
{
    private const int Chunk = 64 * 1024;

    /// <inheritdoc cref="CaseFiles.ReceiveAsync"/>
    public async Task<Attachment> ReceiveAsync(IncomingFile file, CancellationToken cancellationToken)
    {
        var name = FileNames.Clean(file.Name);
        var incoming = folder.CreateIncoming();
        var path = incoming.Name;
        try
        {
            await using (incoming)
            {
                var sha256 = await CopyAsync(file, incoming, name, cancellationToken);
                var size = incoming.Length;
                var type = await RecogniseAsync(incoming, name, file.Source, cancellationToken);
                var shown = type.MediaType is var media && FileType.IsCleaned(media) ? await CleanAsync(incoming, type, name, sha256, cancellationToken) : null;
                if (shown is null || shown == sha256)
                {
                    await folder.KeepAsync(incoming, sha256, isSealed: false);
                }
                else
                {
                    await SealAsync(incoming, sha256, cancellationToken);
                }

                return new Attachment(type.Endings.Contains(FileNames.EndingOf(name)) ? name : FileNames.WithEnding(name, type.Endings[0]), media, size, sha256)
                {
                    Id = Guid.CreateVersion7(clock.GetUtcNow()),
                    Source = file.Source,
                    State = options.Value.HasScanner ? AttachmentState.Pending : AttachmentState.Clean,
                    ShownSha256 = shown,
                };
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <returns>The hash.</returns>
    private static async Task<string> CopyAsync(IncomingFile file, FileStream incoming, string name, CancellationToken cancellationToken)
    {
        var most = FileLimits.For(file.Source).Bytes;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[Chunk];
        int count;
        while ((count = await file.Content.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (incoming.Length + count > most)
            {
                throw Refused(FileRefusals.TooLarge, name);
            }

            hash.AppendData(buffer, 0, count);
            await incoming.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
        }

        return incoming.Length > 0 ? Convert.ToHexStringLower(hash.GetHashAndReset()) : throw Refused(FileRefusals.Empty, name);
    }

    private static async Task<FileType> RecogniseAsync(FileStream incoming, string name, AttachmentSource source, CancellationToken cancellationToken)
    {
        var ending = FileNames.EndingOf(name);
        var expected = FileType.Taken(source).FirstOrDefault(t => t.Endings.Contains(ending));
        if (expected is null && ending is ".docm" or ".xlsm" or ".dotm" or ".xltm" or ".xlsb" or ".xlam")
        {
            throw Refused(FileRefusals.Macros, name);
        }

        var head = new byte[FileSignatures.Needed];
        incoming.Position = 0;
        var count = await incoming.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
        var type = FileSignatures.Recognise(head.AsSpan(0, count));
        if (type == FileType.Zip && expected != FileType.Zip)
        {
            type = Look(incoming, name);
        }

        if (type is null && expected == FileType.Text)
        {
            incoming.Position = 0;
            type = await PlainText.IsTextAsync(incoming, cancellationToken) ? FileType.Text : null;
        }

        if (type is null || (ending.Length > 0 && expected is null) || !FileType.Taken(source).Contains(type))
        {
            throw Refused(FileRefusals.Type, name);
        }

        // programs name images wrongly all the time, and one image is as good as another
        return expected is null || expected == type || (expected.IsImage && type.IsImage) ? type : throw Refused(FileRefusals.TypeDiffers, name);
    }

    private static FileType Look(FileStream incoming, string name)
    {
        try
        {
            return OfficeDocument.Recognise(incoming);
        }
        catch (MacrosException)
        {
            throw Refused(FileRefusals.Macros, name);
        }
        catch (InvalidDataException)
        {
            throw Refused(FileRefusals.Unreadable, name);
        }
    }

    /// <summary>Keeps a copy of an image or a recording without what was written into it.</summary>
    /// <returns>The copy's hash, which is the file's own when there was nothing to take out; null when of a HEIC picture or a recording it cannot be.</returns>
    private async Task<string?> CleanAsync(FileStream incoming, FileType type, string name, string sha256, CancellationToken cancellationToken)
    {
        var copy = folder.CreateIncoming();
        var path = copy.Name;
        try
        {
            await using (copy)
            {
                incoming.Position = 0;
                if (!await Task.Run(() => Write(type, incoming, copy), cancellationToken))
                {
                    return null;
                }

                await copy.FlushAsync(cancellationToken);
                var shown = await FileFolder.HashAsync(copy, cancellationToken);
                if (shown != sha256)
                {
                    await folder.KeepAsync(copy, shown, isSealed: false);
                }

                return shown;
            }
        }
        catch (ImageTooLargeException)
        {
            throw Refused(FileRefusals.ImageTooLarge, name);
        }
        catch (InvalidDataException)
        {
            throw Refused(FileRefusals.Unreadable, name);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static bool Write(FileType type, FileStream incoming, FileStream copy)
    {
        if (type == FileType.Heic)
        {
            return HeicImage.TryWrite(incoming, copy);
        }

        if (!FileType.IsShown(type.MediaType))
        {
            return RecordingCopy.TryWrite(incoming, copy);
        }

        ImageCopy.Write(type, incoming, copy);
        return true;
    }

    private async Task SealAsync(FileStream incoming, string sha256, CancellationToken cancellationToken)
    {
        var written = folder.CreateIncoming();
        var path = written.Name;
        try
        {
            await using (written)
            {
                incoming.Position = 0;
                await seals.WriteAsync(incoming, written, cancellationToken);
                await folder.KeepAsync(written, sha256, isSealed: true);
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static FileRefusedException Refused(Rule rule, string name) => new(rule, name);
}
