using System.Text.Json;
using System.Text.RegularExpressions;

namespace CaseManagement.EndToEnd.Tests.Texts;

/// <summary>What the content policy and the forms rely on, read from the sources.</summary>
public sealed partial class MarkupTests
{
    [Fact]
    public void Every_icon_is_in_the_sprite()
    {
        var sprite = JsonSerializer.Deserialize<List<string>>(File.ReadAllText(Repository.File("Web/frontend/icons.json")))!;
        var named = Views.Razor.SelectMany(file => Icon().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value))
            .Where(name => !name.Contains('@', StringComparison.Ordinal));

        Assert.Empty(named.Except(sprite));
    }

    [Fact]
    public void No_view_holds_script_or_style_of_its_own()
    {
        var inline = Views.Razor.Where(file => Inline().IsMatch(File.ReadAllText(file))).Select(Path.GetFileName);

        Assert.Empty(inline);
    }

    [Fact]
    public void Every_form_that_posts_carries_the_antiforgery_token()
    {
        var without = Views.Razor
            .SelectMany(file => Post().Matches(File.ReadAllText(file)).Select(match => $"{Path.GetFileName(file)}: {match.Value}"))
            .Where(form => !form.Contains("asp-antiforgery=\"true\"", StringComparison.Ordinal));

        Assert.Empty(without);
    }

    [Fact]
    public void The_lock_file_names_no_registry() =>
        Assert.DoesNotContain("\"resolved\"", File.ReadAllText(Repository.File("Web/frontend/package-lock.json")), StringComparison.Ordinal);

    [GeneratedRegex(@"<icon [^>]*?name=""([^""]+)""")]
    private static partial Regex Icon();

    [GeneratedRegex(@"<style|<script(?![^>]*\ssrc=)|<(?!due\b)[a-z]+[^>]*\sstyle=""|\son[a-z]+=""|javascript:", RegexOptions.IgnoreCase)]
    private static partial Regex Inline();

    [GeneratedRegex(@"<form[^>]*method=""post""[^>]*>")]
    private static partial Regex Post();
}
