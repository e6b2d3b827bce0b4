using System.Security.Cryptography;
using CaseManagement.Web.Api.Problems;

namespace CaseManagement.Web.Api.Bodies;

/// <summary>The bytes of a request, read once, never more than allowed.</summary>
public sealed class RequestBody
{
    /// <summary>Largest body of a request, in bytes.</summary>
    public const int MaxBytes = 1024 * 1024;

    private RequestBody(byte[] bytes) => Bytes = bytes;

    public byte[] Bytes { get; }

    /// <summary>SHA-256, lower-case hex.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Bytes));

    /// <exception cref="ApiProblemException"><c>body-too-large</c></exception>
    public static async Task<RequestBody> ReadAsync(HttpContext context, long maxBytes = MaxBytes)
    {
        if (context.Features.Get<RequestBody>() is { } read)
        {
            return read;
        }

        if (context.Request.ContentLength > maxBytes)
        {
            throw TooLarge();
        }

        using var content = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int count;
        while ((count = await context.Request.Body.ReadAsync(chunk, context.RequestAborted)) > 0)
        {
            if (content.Length + count > maxBytes)
            {
                throw TooLarge();
            }

            content.Write(chunk, 0, count);
        }

        var body = new RequestBody(content.ToArray());
        context.Features.Set(body);
        return body;
    }

    private static ApiProblemException TooLarge() =>
        new(StatusCodes.Status413PayloadTooLarge, "body-too-large", "The body is larger than this request may be.");
}
