using System.Collections.Frozen;
using System.Text.Json;

namespace CaseManagement.Web.Organisation;

/// <summary>The passwords people choose first, as the npm package @zxcvbn-ts/language-common collects them; laid beside the program by the build.</summary>
public static class CommonPasswords
{
    private static readonly Lazy<FrozenSet<string>> All = new(Read);

    /// <summary>How many there are.</summary>
    public static int Count => All.Value.Count;

    /// <param name="password">In small letters.</param>
    /// <exception cref="IOException">The list is not where the build lays it: passwords are not judged without it.</exception>
    public static bool Contains(string password) => All.Value.Contains(password);

    private static FrozenSet<string> Read()
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Passwords", "passwords.json"));
        return JsonSerializer.Deserialize<string[]>(file)!.Select(word => word.ToLowerInvariant()).ToFrozenSet(StringComparer.Ordinal);
    }
}
