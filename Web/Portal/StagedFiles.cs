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
/// <param name="Field">The fact it answers; null for one that just comes along.</param>
/// <param name="IsNew">Received by this request.</param>
public sealed record StagedFile(Attachment File, string Ticket, string? Field = null, bool IsNew = false);

/// <summary>Why a file of a form was not taken, in words that name it, and which field it was chosen in.</summary>
public sealed record RefusedFile(string Name, string Why, string? Field = null);

/// <summary>The files of a form that is not finished.</summary>
/// <param name="Taken">Received by this request and by earlier ones.</param>
/// <param name="Refused">Not taken of this request's.</param>
public sealed record StagedForm(IReadOnlyList<StagedFile> Taken, IReadOnlyList<RefusedFile> Refused)
{
    public static readonly StagedForm Nothing = new([], []);

    /// <summary>What the case will have of them.</summary>
    public IReadOnlyList<Attachment> Attachments => [.. Taken.Select(f => f.File)];

    /// <summary>Received by this request, may tell where they were made, and nothing can take that out: who sends them is asked before they are used.</summary>
    public IReadOnlyList<Attachment> Telling => [.. Taken.Where(f => f.IsNew && FileType.MayTellPlace(f.File)).Select(f => f.File)];

    /// <summary>The answers with the files as what the fields for files hold; whatever else was sent for those is left out.</summary>
    public FormAnswers Into(FormAnswers answers, IEnumerable<string> fields) => answers.With(
        fields,
        Taken.Where(f => f.Field is not null).GroupBy(f => f.Field!, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => (IReadOnlyList<string>)[.. g.Select(f => f.File.Id.ToString())], StringComparer.Ordinal));

    /// <summary>Shows in the fields for files what was received for them, and what was not.</summary>
    /// <param name="fields">The form.</param>
    /// <param name="rest">The key of the field that shows what just comes along; null where the page does that otherwise.</param>
    public IReadOnlyList<FormField> Fill(IReadOnlyList<FormField> fields, string? rest = null) =>
        [.. fields.Select(field => field.Type == FieldType.Files ? Filled(field, field.Key == rest ? null : field.Key) : field)];

    private FormField Filled(FormField field, string? key)
    {
        var (taken, refused) = (Taken.Where(f => f.Field == key).ToList(), Refused.Where(f => f.Field == key).Select(f => f.Why).ToList());
        return field with
        {
            Options = [.. taken.Select(f => new Choice(f.Ticket, $"{f.File.Name} · {FileWords.Size(f.File.Size)}"))],
            Values = [.. taken.Select(f => f.Ticket)],
            Error = refused.Count > 0 ? string.Join(' ', refused) : field.Error,
        };
    }
}

/// <summary>
/// Receives files before there is a case: judged, cleaned and kept as all are, with nothing in the database. The form carries a sealed ticket for each, so that
/// whoever mistyped something need not choose them again. What no case takes within a day is swept like every file without a case.
/// </summary>
public sealed class StagedFiles(
    CaseFiles files, FileWords words, IDataProtectionProvider protection, TimeProvider clock, [FromKeyedServices(Clocks.Wall)] TimeProvider wallClock)
{
    private const int LongestTicket = 4000;

    /// <summary>What a form calls files, and tickets, that just come along; with a dot and the key of a fact after it, those that answer that fact.</summary>
    private const string FilesName = "files";
    private const string TicketsName = "staged";

    private readonly IDataProtector _seal = protection.CreateProtector("staged-file");

    /// <summary>Opens the tickets a form carried and receives what it brings.</summary>
    /// <param name="form">Carries <c>staged</c> and <c>files</c>; tickets that are none of ours, or older than a form may be, are left out.</param>
    /// <param name="fields">Facts that files may answer: those come as <c>staged.{key}</c> and <c>files.{key}</c>.</param>
    /// <param name="source">From which side they come.</param>
    /// <param name="mayMore">Asked for each file before it is read: whether this caller may send one more.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<StagedForm> ReadAsync(
        IFormCollection form, IReadOnlyCollection<string> fields, AttachmentSource source, Func<Task<bool>> mayMore, CancellationToken cancellationToken)
    {
        var most = FileLimits.For(source).Files;
        string? FieldOf(string name, string prefix) => fields.FirstOrDefault(f => string.Equals(name, $"{prefix}.{f}", StringComparison.OrdinalIgnoreCase));
        var taken = form.Where(f => f.Key == TicketsName || f.Key.StartsWith(TicketsName + ".", StringComparison.Ordinal))
            .SelectMany(f => f.Value.Select(t => Open(t, source, FieldOf(f.Key, TicketsName)))).OfType<StagedFile>()
            .DistinctBy(f => (f.File.Sha256, f.File.Name, f.Field)).Take(most).ToList();
        var refused = new List<RefusedFile>();
        foreach (var one in form.Files)
        {
            var (name, field) = (FileNames.Clean(one.FileName), FieldOf(one.Name, FilesName));
            if (taken.Count >= most)
            {
                refused.Add(new RefusedFile(name, words.Say(new FileRefusedException(FileRefusals.TooMany, name)), field));
                continue;
            }

            if (!await mayMore())
            {
                refused.Add(new RefusedFile(name, words.Say(new FileRefusedException(FileRefusals.TooManyLately, name)), field));
                continue;
            }

            try
            {
                await using var content = one.OpenReadStream();
                var file = await files.ReceiveAsync(new IncomingFile(content, one.FileName, source), cancellationToken);
                if (taken.All(t => (t.File.Sha256, t.File.Name, t.Field) != (file.Sha256, file.Name, field)))
                {
                    taken.Add(new StagedFile(file, Seal(file), field, IsNew: true));
                }
            }
            catch (FileRefusedException notTaken)
            {
                refused.Add(new RefusedFile(name, words.Say(notTaken), field));
            }
        }

        return new StagedForm(taken, refused);
    }

    private string Seal(Attachment file) => _seal.Protect(JsonSerializer.Serialize(new Kept(file, wallClock.GetUtcNow())));

    private StagedFile? Open(string? ticket, AttachmentSource source, string? field)
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
                ? new StagedFile(kept.File with { Id = Guid.CreateVersion7(clock.GetUtcNow()) }, ticket, field)
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private sealed record Kept(Attachment File, DateTimeOffset At);
}
