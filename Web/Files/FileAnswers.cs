using CaseManagement.Domain.Complaints;
using Microsoft.AspNetCore.Mvc;

namespace CaseManagement.Web.Files;

/// <summary>Sends files so that no browser runs or renders what is in them.</summary>
public static class FileAnswers
{
    /// <summary>Nothing of it may do anything, wherever it is opened.</summary>
    public const string ContentSecurityPolicy = "sandbox; default-src 'none'; frame-ancestors 'none'";

    /// <summary>To be saved, under its name.</summary>
    public static FileStreamResult Download(ControllerBase controller, Stream content, Attachment attachment)
    {
        Seal(controller.Response);
        return controller.File(content, attachment.MediaType, attachment.Name, enableRangeProcessing: content.CanSeek);
    }

    /// <summary>For an image element of our own pages; only a type that <see cref="FileType.IsShown"/> names.</summary>
    public static FileStreamResult Image(ControllerBase controller, Stream content, string mediaType)
    {
        Seal(controller.Response);
        controller.Response.Headers.ContentDisposition = "inline";
        return controller.File(content, mediaType);
    }

    private static void Seal(HttpResponse response)
    {
        response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "no-store";
    }
}
