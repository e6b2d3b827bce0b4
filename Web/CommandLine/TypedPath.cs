namespace CaseManagement.Web.CommandLine;

/// <summary>Paths typed on the command line.</summary>
public static class TypedPath
{
    /// <summary>
    /// The path as its writer meant it: <c>dotnet run --project Web</c> starts the product in the folder Web, while paths are typed from where
    /// the command is given, which a shell tells in <c>PWD</c>.
    /// </summary>
    /// <returns>The absolute path; where nothing is there, the path from where the product runs.</returns>
    public static string Resolve(string path) => Resolve(path, Directory.GetCurrentDirectory(), Environment.GetEnvironmentVariable("PWD"));

    /// <inheritdoc cref="Resolve(string)"/>
    public static string Resolve(string path, string here, string? shell)
    {
        var fromHere = Path.GetFullPath(path, here);
        if (Path.Exists(fromHere) || !Path.IsPathFullyQualified(shell ?? ""))
        {
            return fromHere;
        }

        var fromShell = Path.GetFullPath(path, shell!);
        return Path.Exists(fromShell) ? fromShell : fromHere;
    }
}
