using System.Security.Cryptography;
using System.Text.Json;
using CaseManagement.Domain.Complaints;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Features.Shared;
using CaseManagement.Web.Files;
using Microsoft.AspNetCore.DataProtection;

namespace CaseManagement.Web.Portal;

/// <summary>A file that was received for a case which does not exist yet.</summary>
/// <param name="File">What the case will have of it.</param>
/// <param name="Ticket">What the form carries, sealed: with it the same file comes again without its bytes.</param>
public sealed record StagedFile(Attachment File, string Ticket);

/// <summary>Why a file of a form was not taken, in words that name it.</summary>
public sealed record RefusedFile(string Name, string Why);

/// <summary>The files of a form that is not finished.</summary>
/// <param name="Taken">Received by this request and by earlier ones.</param>
/// <param name="Refused">Not taken of this request's.</param>
public sealed record StagedForm(IReadOnlyList<StagedFile> Taken, IReadOnlyList<RefusedFile> Refused)
{
    public static readonly StagedForm Nothing = new([], []);
}

/// <summary>
/// Receives files before there is a case: judged, cleaned and kept as all are, with nothing in the database. The form carries a sealed ticket for each, so that
/// whoever mistyped something need not choose them again. What no case takes within a day is swept like every file without a case.
/// </summary>
public sealed class StagedFiles(
    CaseFiles files, FileWords words, IDataProtectionProvider protection, TimeProvider clock, [FromKeyedServices(Clocks.Wall)] TimeProvider wallClock)
{
    private const int LongestTicket = 4000;

    private readonly IDataProtector _seal = protection.CreateProtector("staged-file");

    /// <summary>Opens the tickets a form carried and receives what it brings.</summary>
    /// <param name="tickets">As the form carried them; what is none of ours, or older than a form may be, is left out.</param>
    /// <param name="given">Files of this request.</param>
    /// <param name="source">From which side they come.</param>
    /// <param name="mayMore">Asked for each file before it is read: whether this caller may send one more.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<StagedForm> ReadAsync(
        IEnumerable<string?> tickets, IReadOnlyCollection<IFormFile> given, AttachmentSource source, Func<Task<bool>> mayMore, CancellationToken cancellationToken)
    {
        var most = FileLimits.For(source).Files;
        var taken = tickets.Take(most).Select(t => Open(t, source)).OfType<StagedFile>().DistinctBy(f => f.File.Sha256 + f.File.Name).ToList();
        var refused = new List<RefusedFile>();
        foreach (var one in given)
        {
            var name = FileNames.Clean(one.FileName);
            if (taken.Count >= most)
            {
                refused.Add(new RefusedFile(name, words.Say(new FileRefusedException(FileRefusals.TooMany, name))));
                continue;
            }

            if (!await mayMore())
            {
                refused.Add(new RefusedFile(name, words.Say(new FileRefusedException(FileRefusals.TooManyLately, name))));
                continue;
            }

            try
            {
                await using var content = one.OpenReadStream();
                var file = await files.ReceiveAsync(new IncomingFile(content, one.FileName, source), cancellationToken);
                if (taken.All(t => (t.File.Sha256, t.File.Name) != (file.Sha256, file.Name)))
                {
                    taken.Add(new StagedFile(file, Seal(file)));
                }
            }
            catch (FileRefusedException notTaken)
            {
                refused.Add(new RefusedFile(name, words.Say(notTaken)));
            }
        }

        return new StagedForm(taken, refused);
    }

    private string Seal(Attachment file) => _seal.Protect(JsonSerializer.Serialize(new Kept(file, wallClock.GetUtcNow())));

    private StagedFile? Open(string? ticket, AttachmentSource source)
    {
        if (ticket is not { Length: > 0 and < LongestTicket })
        {
            return null;
        }

        try
        {
            var kept = JsonSerializer.Deserialize<Kept>(_seal.Unprotect(ticket))!;

            // one file of two forms is two files of two cases
            return wallClock.GetUtcNow() - kept.At <= FormTokens.Lifetime && kept.File.Source == source
                ? new StagedFile(kept.File with { Id = Guid.CreateVersion7(clock.GetUtcNow()) }, ticket)
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private sealed record Kept(Attachment File, DateTimeOffset At);
}
