using System.Globalization;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace CaseManagement.Web.Designer;

/// <summary>
/// Serves the Studio package below <c>/studio</c>: compressed copies where the browser takes them; what is named by its content for a
/// year, the rest asked again by an ETag with the package's version in it (npm gives the files of every version the same date).
/// </summary>
public static class StudioFiles
{
    public const string Base = "/studio";

    public static IApplicationBuilder UseStudioFiles(this IApplicationBuilder app)
    {
        var package = new Lazy<StudioPackage>(() => StudioPackage.Read(StudioPackage.Folder));
        return app.Use((context, next) =>
            (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
            && context.Request.Path.StartsWithSegments(Base, StringComparison.Ordinal, out var rest)
            && package.Value.Files.TryGetValue(rest.Value ?? "", out var file)
                ? SendAsync(context, package.Value.Version, file)
                : next(context));
    }

    private static Task SendAsync(HttpContext context, string version, StudioFile file)
    {
        var (request, response) = (context.Request, context.Response);
        var accepted = StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptEncoding, out var list)
            ? list.Where(one => one.Quality is not 0).Select(one => one.Value.Value).ToHashSet(StringComparer.OrdinalIgnoreCase)
            : [];
        var (encoding, ending) = file.Encodings.FirstOrDefault(one => accepted.Contains(one.Encoding));
        var content = new FileInfo(file.Path + ending);
        var tag = new EntityTagHeaderValue($"\"{version}-{content.Length.ToString("x", CultureInfo.InvariantCulture)}{(encoding is null ? "" : "-" + encoding)}\"");

        response.Headers.ETag = tag.ToString();
        response.Headers.Vary = HeaderNames.AcceptEncoding;
        response.Headers.CacheControl = file.IsNamedByContent ? "public, max-age=31536000, immutable" : "no-cache";
        if (EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out var known)
            && known.Any(one => one.Equals(EntityTagHeaderValue.Any) || one.Compare(tag, useStrongComparison: false)))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        response.ContentType = file.ContentType;
        response.ContentLength = content.Length;
        response.Headers.ContentEncoding = encoding is null ? StringValues.Empty : encoding;
        return HttpMethods.IsHead(request.Method) ? Task.CompletedTask : response.SendFileAsync(content.FullName, context.RequestAborted);
    }
}
