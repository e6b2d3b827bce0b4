using System.Collections.Frozen;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.StaticFiles;

namespace CaseManagement.Web.Designer;

/// <summary>A file of the Studio package.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="ContentType">Of the file itself, also where a compressed copy is sent.</param>
/// <param name="Encodings">Ready compressed copies: the file's ending by content encoding, the smallest first.</param>
/// <param name="IsNamedByContent">Its name holds a hash of its content, so that it never changes.</param>
public sealed record StudioFile(string Path, string ContentType, IReadOnlyList<(string Encoding, string Ending)> Encodings, bool IsNamedByContent);

/// <summary>Elsa Studio as its npm package has it; the build puts it beside the program. Read once, at the first request.</summary>
public sealed partial class StudioPackage
{
    private static readonly (string Encoding, string Ending)[] Compressed = [("br", ".br"), ("gzip", ".gz")];

    private StudioPackage(string version, FrozenDictionary<string, StudioFile> files)
    {
        Version = version;
        Files = files;
    }

    /// <summary>Where the build puts the package.</summary>
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "studio");

    /// <summary>Of the package, such as 3.8.2.</summary>
    public string Version { get; }

    /// <summary>Every file by its address below the base, such as <c>/_framework/dotnet.js</c>.</summary>
    public IReadOnlyDictionary<string, StudioFile> Files { get; }

    /// <exception cref="IOException">The package is not where the build should have put it.</exception>
    public static StudioPackage Read(string folder)
    {
        var about = JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(Path.Combine(folder, "package.json")));
        var all = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ToHashSet(StringComparer.Ordinal);
        var types = new FileExtensionContentTypeProvider();
        var files = all
            .Where(path => !Compressed.Any(one => path.EndsWith(one.Ending, StringComparison.Ordinal) && all.Contains(path[..^one.Ending.Length])))
            .Select(path => new StudioFile(
                path,
                types.TryGetContentType(path, out var type) ? type : "application/octet-stream",
                [.. Compressed.Where(one => all.Contains(path + one.Ending))],
                HashInName().IsMatch(Path.GetFileName(path))));
        return new StudioPackage(
            about.GetProperty("version").GetString()!,
            files.ToFrozenDictionary(file => "/" + Path.GetRelativePath(folder, file.Path).Replace(Path.DirectorySeparatorChar, '/'), StringComparer.Ordinal));
    }

    [GeneratedRegex(@"\.[a-z0-9]{10}\.[a-z.]+$")]
    private static partial Regex HashInName();
}
