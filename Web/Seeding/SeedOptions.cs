using System.Globalization;

namespace CaseManagement.Web.Seeding;

/// <summary>What was asked for on the command line.</summary>
/// <param name="Cases">So many cases shall be there, seeded ones of earlier runs counted; 1 to 10,000,000.</param>
/// <param name="Open">So many of them are open; at most all.</param>
/// <param name="Anyway">Also where the database holds cases that are neither demo nor seeded.</param>
internal sealed record SeedOptions(int Cases, int Open, bool Anyway)
{
    public const int MostCases = 10_000_000;

    /// <summary>How to ask.</summary>
    public const string Usage = "seed --cases <1-10000000> [--open <number>] [--anyway]";

    /// <returns>Null and why, when it cannot be read.</returns>
    public static (SeedOptions? Options, string? Refused) Read(IReadOnlyList<string> args)
    {
        var (cases, open, anyway) = (0, (int?)null, false);
        for (var at = 0; at < args.Count; at++)
        {
            switch (args[at])
            {
                case "--anyway":
                    anyway = true;
                    break;
                case "--cases" or "--open" when at + 1 < args.Count
                    && int.TryParse(args[at + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= MostCases:
                    (cases, open) = args[at] == "--cases" ? (number, open) : (cases, number);
                    at++;
                    break;
                case "--cases" or "--open":
                    return (null, $"{args[at]} needs a number up to {MostCases}.");
                default:
                    // settings of the product (--Storage:Provider=…) are not ours
                    break;
            }
        }

        return cases == 0 ? (null, "--cases is missing.")
            : open > cases ? (null, "--open must not be more than --cases.")
            : (new SeedOptions(cases, open ?? cases / 10, anyway), null);
    }
}
