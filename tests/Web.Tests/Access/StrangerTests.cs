using System.Reflection;
using CaseManagement.Web.Tests.Pages;

namespace CaseManagement.Web.Tests.Access;

/// <summary>What whoever has no account learns of the product from its answers: nothing of how it is built and where it runs.</summary>
public sealed class StrangerTests(AccessOrganisation organisation) : IClassFixture<AccessOrganisation>
{
    [Fact]
    public async Task No_answer_to_a_stranger_names_a_version_a_path_a_statement_or_a_machine()
    {
        var version = typeof(Program).Assembly.GetName().Version!;
        string[] inside =
        [
            Environment.MachineName, AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar), Path.GetTempPath(), $"{version}", ".NET", "Microsoft.", "Kestrel", "SQLite", "Npgsql", "SELECT ", "   at CaseManagement", "StackTrace",
            typeof(object).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0],
        ];
        var told = new List<string>();
        using var client = organisation.Client();
        foreach (var entry in AccessTable.All)
        {
            foreach (var address in new[] { "/" + organisation.Fill(entry.Path), $"/{organisation.Fill(entry.Path)}?page='--&pageSize=x&from=%00&q=%27%22%3Cscript%3E&sort=1;DROP" })
            {
                using var request = new HttpRequestMessage(new HttpMethod(entry.Method == "*" ? "GET" : entry.Method), address);
                request.Content = entry.Method is "GET" or "*" ? null : new StringContent("{\"broken\":", System.Text.Encoding.UTF8, "application/json");
                using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
                var said = $"{answer.Headers}{answer.Content.Headers}{await Browser.TextOf(answer)}";
                told.AddRange(inside.Where(word => Stands(word, said)).Select(word => $"{entry.Route} says {word}"));
                if ((int)answer.StatusCode >= 500)
                {
                    told.Add($"{entry.Route} at {address}: {(int)answer.StatusCode}");
                }
            }
        }

        Assert.True(told.Count == 0, string.Join('\n', told.Distinct()));
    }

    // a machine may have a short name, which stands in many a word and token
    private static bool Stands(string word, string said) => word == Environment.MachineName
        ? System.Text.RegularExpressions.Regex.IsMatch(said, $"(?<![A-Za-z0-9_/+-]){System.Text.RegularExpressions.Regex.Escape(word)}(?![A-Za-z0-9_/+-])")
        : said.Contains(word, StringComparison.Ordinal);
}
