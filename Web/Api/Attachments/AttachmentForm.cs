using System.Security.Cryptography;
using System.Text;
using CaseManagement.Domain;
using CaseManagement.Domain.Complaints;
using CaseManagement.Web.Api.Problems;
using CaseManagement.Web.Files;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace CaseManagement.Web.Api.Attachments;

/// <summary>Reads the files of a multipart form one after the other, as they come; none is ever whole in memory.</summary>
public sealed class AttachmentForm(CaseFiles files)
{
    private const int LongestBoundary = 100;
    private const int MaxParts = 100;

    /// <returns>The files, received.</returns>
    /// <exception cref="InvalidInputException">One is not taken, or there are none or too many.</exception>
    /// <exception cref="ApiProblemException"><c>form-unreadable</c></exception>
    public async Task<IReadOnlyList<Attachment>> ReceiveAsync(HttpRequest request, AttachmentSource source, CancellationToken cancellationToken)
    {
        var limits = FileLimits.For(source);
        var received = new List<Attachment>();
        try
        {
            var reader = new MultipartReader(BoundaryOf(request), request.Body) { BodyLengthLimit = limits.Bytes + 1 };
            for (var parts = 0; await reader.ReadNextSectionAsync(cancellationToken) is { } section; parts++)
            {
                if (parts == MaxParts)
                {
                    throw Unreadable();
                }

                if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition) || !disposition.IsFileDisposition())
                {
                    continue;
                }

                if (received.Count == limits.Files)
                {
                    throw Refused(FileRefusals.TooMany);
                }

                var name = disposition.FileNameStar.HasValue ? disposition.FileNameStar : HeaderUtilities.RemoveQuotes(disposition.FileName);
                received.Add(await files.ReceiveAsync(new IncomingFile(section.Body, name.ToString(), source), cancellationToken));
            }
        }
        catch (InvalidDataException tooLong) when (tooLong.Message.Contains("length limit", StringComparison.OrdinalIgnoreCase))
        {
            throw Refused(FileRefusals.TooLarge);
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or IOException)
        {
            throw Unreadable();
        }

        return received.Count > 0 ? received : throw Refused(new Rule("file-required", "The form has no file."));
    }

    /// <summary>What the same files sent again are known by.</summary>
    public static string HashOf(IReadOnlyList<Attachment> received) => Convert.ToHexStringLower(SHA256.HashData(
        Encoding.UTF8.GetBytes(string.Join('\n', received.Select(f => $"{f.Sha256} {f.Name}")))));

    private static string BoundaryOf(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
        && HeaderUtilities.RemoveQuotes(type.Boundary).Value is { Length: > 0 and <= LongestBoundary } boundary
            ? boundary
            : throw Unreadable();

    private static InvalidInputException Refused(Rule rule) => new([new InputProblem("file", rule.Code, rule.Message)]);

    private static ApiProblemException Unreadable() => new(StatusCodes.Status400BadRequest, "form-unreadable", "The body is not a multipart form with files.");
}
