using System.Text.Json;
using System.Text.RegularExpressions;
using CaseManagement.Web.Tests.Api;

namespace CaseManagement.Web.Tests.Designer;

public sealed partial class StudioWordsTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task Each_word_of_Studio_has_its_Chinese_with_the_same_places()
    {
        using var client = host.CreateClient();
        var words = JsonSerializer.Deserialize<Dictionary<string, string>>(
            await client.GetStringAsync(new Uri("/studio/words/zh-CN.json", UriKind.Relative), TestContext.Current.CancellationToken))!;

        Assert.True(words.Count > 500);
        Assert.All(words, word =>
        {
            Assert.True(word.Value.Any(c => c is >= '\u4e00' and <= '\u9fff') || word.Value == "JSON", word.Key);
            Assert.Subset(PlacesOf(word.Key), PlacesOf(word.Value));
        });
    }

    private static HashSet<string> PlacesOf(string text) => [.. Place().Matches(text).Select(match => match.Value)];

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Place();
}
