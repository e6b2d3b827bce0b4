namespace CaseManagement.Web.Designer;

/// <summary>
/// The content policy of the pages that hold Studio. Foreign code runs there, so it may speak to the designer's realm alone: no case and
/// no task can be asked for, no form can be sent, nothing leaves the host.
/// </summary>
public static class StudioContentPolicy
{
    /// <summary>
    /// SHA-256 of the inline scripts that Studio 3.8.2 brings along (its keyboard shortcuts: saving in the editor, reading a list again).
    /// </summary>
    public static IReadOnlyList<string> InlineScripts { get; } =
        ["sha256-snlP1jz0gjwc5cTz9ErZcliXuCK63+Mmf68RRCeptgc=", "sha256-vu6sQrKXQHR4Yn3FMMihA/9TxxfIXnCxKwvLrTPJ5ts="];

    /// <summary>The policy for a page asked for under this scheme and host.</summary>
    public static string For(HttpRequest request)
    {
        var host = $"{request.Scheme}://{request.Host.ToUriComponent()}";
        return $"default-src 'self'; script-src 'self' 'wasm-unsafe-eval' {string.Join(' ', InlineScripts.Select(hash => $"'{hash}'"))}; " +
            "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; " +
            $"connect-src {host}/elsa/ {host}/studio/; worker-src 'self' blob:; frame-src 'none'; form-action 'none'; " +
            "object-src 'none'; base-uri 'self'; frame-ancestors 'none'";
    }
}
