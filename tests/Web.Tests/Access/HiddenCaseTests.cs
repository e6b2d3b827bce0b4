using System.Text.RegularExpressions;
using CaseManagement.Domain.Complaints;
using CaseManagement.Web.Tests.Pages;

namespace CaseManagement.Web.Tests.Access;

/// <summary>Nothing that somebody can look at tells them of a case they may not know of: no list, no badge, no length of an answer; of counts, those that are named here.</summary>
public sealed partial class HiddenCaseTests : IAsyncDisposable
{
    // what was recorded of whoever looks, and when a key was last used, changes with each look
    private static readonly string[] ToldOfLooking = ["audit", "keys", "account", "jobs", "health", "metrics", "api/v1/audit", "api/v1/jobs"];

    /// <summary>Where one number is of all cases, whoever looks; nothing else may differ there. A stated limit.</summary>
    private static readonly string[] Counts =
    [
        "GET processes", "GET processes/{key}", "GET processes/{key}/records", "GET processes/{key}/migrate", "GET processes/{key}/simulation", "GET processes/{key}/replay", "GET limits/{process?}", "GET limits/{process}/add",
    ];

    /// <summary>How much each person has to do, "fewer than 5 others", and undelivered messages without number or address: rules use true counts and say so.</summary>
    private static readonly string[] SaysHowMany = ["GET board/cases/{id:guid}/reassign", "GET limits/{process}/{limit}/remove", "GET outbox"];

    private readonly AccessOrganisation _organisation = new();

    public ValueTask DisposeAsync() => _organisation.DisposeAsync();

    [Fact]
    public async Task Everything_reads_the_same_with_and_without_a_case_one_may_not_know_of()
    {
        await _organisation.InitializeAsync();
        var entries = AccessTable.All.Where(e => e.Method == "GET" && e.Realm is Realm.Page or Realm.Api && !SaysHowMany.Contains(e.Route) && !ToldOfLooking.Any(place => e.Path.TrimStart('/').StartsWith(place, StringComparison.Ordinal)))
            .Select(e => (Entry: e, Address: "/" + _organisation.Fill(e.Path) + (e.Query.Length == 0 ? "" : _organisation.Fill(e.Query)))).ToList();
        string[] people = ["sun", "leads-here", "head-here", "reader-here", "auditor", "owner", "admin", "zhao"];
        var before = new Dictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
        foreach (var person in people)
        {
            // what a first look writes, such as what is new, is written before
            await ReadAsync(person, entries);
            before[person] = await ReadAsync(person, entries);
        }

        await _organisation.KeepCloselyAsync(ConfidentialityLevel.Restricted);

        var told = new List<string>();
        foreach (var person in people)
        {
            var after = await ReadAsync(person, entries);
            told.AddRange(after.Where(page => before[person][page.Key] != page.Value).Select(page => $"{page.Key} tells {person}: {Difference(before[person][page.Key], page.Value)}"));
        }

        Assert.True(told.Count == 0, string.Join('\n', told));
    }

    private async Task<Dictionary<string, string>> ReadAsync(string person, IReadOnlyList<(AccessEntry Entry, string Address)> entries)
    {
        var browser = await _organisation.AsAsync(person, "en");
        using var program = _organisation.ActingAs(person);
        var read = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (entry, address) in entries)
        {
            using var answer = entry.Realm == Realm.Api ? await program.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken) : await browser.GetAsync(address);
            var said = Once().Replace(await Browser.TextOf(answer), "");
            read[entry.Route] = $"{(int)answer.StatusCode} {(Counts.Contains(entry.Route) ? Number().Replace(said, "#") : said)}";
        }

        return read;
    }

    private static string Difference(string before, string after)
    {
        var at = before.Zip(after).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"…{before[Math.Max(0, at - 60)..Math.Min(before.Length, at + 60)]}… then …{after[Math.Max(0, at - 60)..Math.Min(after.Length, at + 60)]}…".ReplaceLineEndings(" ");
    }

    /// <summary>What is another in every answer: sealed tokens of forms and sessions, ids of requests, tokens of editors.</summary>
    [GeneratedRegex(@"CfDJ8[\w-]+|""traceId"":""[^""]*""|404 · \w+|[0-9a-f]{8}-[0-9a-f]{4}-[47][0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{16}\.[0-9a-f]{16}")]
    private static partial Regex Once();

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Number();
}
