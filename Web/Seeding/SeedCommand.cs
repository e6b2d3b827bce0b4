using System.Diagnostics;
using System.Globalization;
using CaseManagement.Web.Configuration;
using CaseManagement.Web.Persistence;
using CaseManagement.Workflows.Cases.Store;
using CaseManagement.Workflows.Runtime;
using Microsoft.EntityFrameworkCore;

namespace CaseManagement.Web.Seeding;

/// <summary>
/// <c>seed --cases 1000000 --open 100000</c>: fills a database with invented cases for trying out and measuring. Each is a copy of a case that was walked through
/// the standard process, written by the store as any other, with people, words and moments of its own. Closed ones carry a short history.
/// </summary>
internal sealed class SeedCommand(IServiceProvider services, TextWriter output)
{
    private const string Prefix = "SEED";
    private const int Refused = 2;
    private const int Together = 40;

    // demo cases, and a few that somebody tried out
    private const int OthersAllowed = 50;

    private static readonly string[] Channels = ["phone", "phone", "phone", "web", "web", "email", "visit"];
    private static readonly string[] Categories = ["goods", "speed", "price", "attitude"];

    /// <summary>The number of a seeded case; the tenth digit is reached with ten million.</summary>
    public static string NumberOf(long number) => $"{Prefix}{number.ToString("00000000", CultureInfo.InvariantCulture)}";

    /// <summary>Seeds.</summary>
    /// <returns>0; 2 when it is refused or cannot be read, and nothing was written.</returns>
    public async Task<int> RunAsync(IReadOnlyList<string> args, CancellationToken cancellationToken)
    {
        var (options, refused) = SeedOptions.Read(args);
        if (options is null)
        {
            await output.WriteLineAsync($"{refused}\n{SeedOptions.Usage}");
            return Refused;
        }

        if (services.GetRequiredService<IHostEnvironment>().IsProduction())
        {
            await output.WriteLineAsync("Invented cases are refused in Production.");
            return Refused;
        }

        var contexts = services.GetRequiredService<IDbContextFactory<CaseManagementDbContext>>();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (!options.Anyway && await db.Cases.Where(c => !c.Number.StartsWith(Prefix)).Take(OthersAllowed + 1).CountAsync(cancellationToken) > OthersAllowed)
        {
            await output.WriteLineAsync("There are cases here that are neither demo nor seeded. --anyway adds invented ones all the same.");
            return Refused;
        }

        var organisation = new SeedOrganisation(services.GetRequiredService<IConfigurationWriter>(), contexts);
        await organisation.InstallAsync(cancellationToken);
        var last = await db.Cases.Where(c => c.Number.StartsWith(Prefix)).MaxAsync(c => c.Number, cancellationToken) is { } number
            ? int.Parse(number.AsSpan(Prefix.Length), CultureInfo.InvariantCulture) : 0;
        var open = last == 0 ? 0 : await db.Cases.CountAsync(c => c.Number.StartsWith(Prefix) && c.ClosedAt == null, cancellationToken);
        var configurations = services.GetRequiredService<StoredConfigurations>();
        var configuration = await configurations.CurrentAsync(cancellationToken);
        var walks = new SeedWalks(configurations, services.GetRequiredService<IPlanSource>(), configuration, services.GetRequiredService<TimeProvider>().GetUtcNow());
        var templates = await walks.AllAsync(cancellationToken);
        await CopyAsync(templates, organisation, last, options.Cases, options.Open - open, cancellationToken);
        await db.Database.ExecuteSqlRawAsync("ANALYZE", cancellationToken);
        return 0;
    }

    private async Task CopyAsync(
        IReadOnlyList<SeedTemplate> templates, SeedOrganisation organisation, int last, int cases, int open, CancellationToken cancellationToken)
    {
        var waited = Stopwatch.StartNew();
        var (opened, closed) = (Wheel(templates.Where(t => t.IsOpen)), Wheel(templates.Where(t => !t.IsOpen)));
        var desks = organisation.Desks.SelectMany(d => Enumerable.Repeat(d, d.Share)).ToList();
        var made = 0;
        var store = services.GetRequiredService<ICaseStore>();
        var batches = Enumerable.Range(0, (Math.Max(0, cases - last) + Together - 1) / Together);
        await Parallel.ForEachAsync(batches, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancellationToken }, async (batch, token) =>
        {
            var from = last + (batch * Together) + 1;
            var to = Math.Min(from + Together - 1, cases);
            await store.RunAsync(
                async transaction =>
                {
                    for (var number = from; number <= to; number++)
                    {
                        // open ones lie among the closed as they do in life
                        var isOpen = (long)(number - last) * open / (cases - last) != (long)(number - last - 1) * open / (cases - last);
                        var draw = new SeedDraw(number);
                        var template = draw.Of(isOpen ? opened : closed, 10);
                        await template.CopyAsync(transaction, number, WordsOf(draw, draw.Of(desks, 11), organisation), token);
                    }

                    return true;
                },
                token);
            if (Interlocked.Add(ref made, to - from + 1) / 50_000 is var said && said != (made - (to - from + 1)) / 50_000)
            {
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{made:N0} cases, {waited.Elapsed.TotalSeconds:0} s"));
            }
        });
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{made:N0} cases made in {waited.Elapsed.TotalSeconds:0} s"));
    }

    private static Dictionary<string, string> WordsOf(SeedDraw draw, SeedOrganisation.Desk desk, SeedOrganisation organisation)
    {
        var (handler, handlerName) = draw.Of(desk.Handlers, 12);
        var (clerk, clerkName) = draw.Of(organisation.ClerkList, 13);
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [SeedWalks.Subject] = SeedWords.Subject(draw),
            [SeedWalks.Description] = SeedWords.Description(draw),
            [SeedWalks.Complainant] = SeedWords.Complainant(draw),
            [SeedWalks.Phone] = SeedWords.Phone(draw),
            [SeedWalks.Handler] = handler,
            [SeedWalks.HandlerName] = handlerName,
            [SeedWalks.Desk] = clerk,
            [SeedWalks.DeskName] = clerkName,
            [SeedWalks.Department] = desk.Department,
            [SeedWalks.Category] = draw.Of(Categories, 14),

            // one in a hundred by letter
            [SeedWalks.Channel] = draw.Below(100, 15) == 0 ? "letter" : draw.Of(Channels, 16),
        };
    }

    private static List<SeedTemplate> Wheel(IEnumerable<SeedTemplate> templates) => [.. templates.SelectMany(t => Enumerable.Repeat(t, t.Weight))];
}
