using CaseManagement.Domain.Complaints;
using CaseManagement.Web.Files;
using Microsoft.Extensions.Localization;

namespace CaseManagement.Web.Features.Shared;

/// <summary>Receives the files of a posted form, all or none.</summary>
public sealed class FormFiles(CaseFiles files, FileWords words, RuleTexts rules, IStringLocalizer<SharedText> text)
{
    /// <param name="given">As posted.</param>
    /// <param name="source">From which side they come.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The files, or in words why some are not taken; each is named.</returns>
    public async Task<(IReadOnlyList<Attachment> Received, string? Refused)> ReceiveAsync(
        IReadOnlyCollection<IFormFile> given, AttachmentSource source, CancellationToken cancellationToken)
    {
        if (given.Count > FileLimits.For(source).Files)
        {
            return ([], rules.Say(FileRefusals.TooMany.Code));
        }

        var (received, refused) = (new List<Attachment>(), new List<string>());
        foreach (var one in given)
        {
            try
            {
                await using var content = one.OpenReadStream();
                received.Add(await files.ReceiveAsync(new IncomingFile(content, one.FileName, source), cancellationToken));
            }
            catch (FileRefusedException notTaken)
            {
                refused.Add(words.Say(notTaken));
            }
        }

        return refused.Count == 0 ? (received, null) : ([], string.Join(text["FileSeparator"], refused));
    }
}
